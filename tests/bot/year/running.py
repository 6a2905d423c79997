"""Two replicas of the bot that live through the year on one database, and what befalls them.

The ticks run whenever a row says that something is due, and now and then for no reason. What they
are to do at those moments is not known here: that is what the calendar is for.
"""

from __future__ import annotations

import asyncio
from bisect import insort
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import bindparam, func, select

from bot.scheduler import Tick
from handlers import consultancies, digests, pilots, thanks
from models import claims
from models.consultancies.consultancy import Consultancy
from models.database import Database
from models.digests.customs import DigestCustoms
from models.hangouts.hangout import Hangout
from models.members import Member
from models.pilots.pilot import Pilot
from models.posts import CLAIM_LASTS, DUE, Post
from models.thanks.customs import Customs
from tests.bot.year.happenings import Happening, does
from tests.bot.year.outages import Outages, away
from tests.bot.year.replicas import OF_THE_CALENDAR, Replica, StandingClock
from tests.bot.year.schools import BEGINS, CIRCLES, DAY, WEEK
from tests.bot.year.slack import ListeningSlack
from tests.world import WORKSPACE

# Where the rows keep when time alone makes something due, and the tick that does it then.
AT_THEIR_TIME = (
    (Hangout.starts_at, consultancies.keep_consultancies_going),
    (Hangout.ends_at, consultancies.keep_consultancies_going),
    (Consultancy.step_ends_at, consultancies.keep_consultancies_going),
    (Pilot.next_ask_at, pilots.ask_for_values),
    (DigestCustoms.next_at, digests.issue_digests),
    (Member.next_digest_at, digests.write_personal),
    (Customs.next_prompt_at, thanks.keep_thanks_going),
)
AHEAD = select(
    *(
        select(func.min(at)).where(at > bindparam("since", type_=at.type)).scalar_subquery()
        for at, _ in AT_THEIR_TIME
    ),
    select(func.min(Post.due_at))
    .where(Post.state == DUE, Post.due_at > bindparam("now", type_=Post.due_at.type))
    .scalar_subquery(),
)
# What runs at some moment of each week although nothing is due: it must find that out.
FOR_NO_REASON = {tick for _, tick in AT_THEIR_TIME} | {digests.write_to_facilitators}
# How often a replica dies in the middle of its work, and how often the database is away.
DIES, DATABASE_GOES = 0.05, 0.02
# How often both come to the same work at the same time.
TOGETHER = 0.3
# Seconds in which a postman who was nudged looks for posts, and claims them.
A_ROUND = 0.007
A_MOMENT = timedelta(seconds=1)
# What went wrong is made up for by a tick’s next turn; that of every quarter of an hour comes last.
NEXT_MINUTE, NEXT_QUARTER = timedelta(minutes=1), timedelta(minutes=16)
A_WHILE = timedelta(minutes=2)


@dataclass(order=True)
class Halt:
    """A moment at which these ticks run, whatever the rows say."""

    at: datetime
    ticks: Collection[Tick] = field(compare=False)


class Year:
    """The school year with what members do in it, and with outages of the bot and of Slack."""

    def __init__(
        self,
        databases: tuple[Database, Database],
        random: Random,
        outages: Outages,
        happenings: Collection[Happening],
        weeks: int,
    ) -> None:
        self.ends = BEGINS + weeks * WEEK
        self.clock, self.random, self.outages = StandingClock(), random, outages
        self.slack = ListeningSlack(self.clock, outages, random)
        self.replicas = [Replica(db, self.clock, self.slack) for db in databases]
        self.db = databases[0].of(WORKSPACE)
        self._to_happen = list(happenings)
        self._halts = sorted(_halts(random, outages, weeks))
        self._worked_at = BEGINS
        self._ahead: Sequence[datetime | None] = ()

    async def passes(self) -> None:
        """Live through the whole of it, from one moment at which something is due to the next."""
        for replica in self.replicas:
            replica.start()
        while (halt := await self._next_halt()) < self.ends:
            if self.outages.is_bot_down(halt):
                halt = await self._is_dark(halt)
            self.clock.now = max(halt, self.clock.now)
            await self._members_act()
            await self._works(self._due())
            await self._has_spoken()
        for replica in self.replicas:
            await replica.postman.stop()

    async def _next_halt(self) -> datetime:
        """Return the next moment at which something is due, to be said or to be done."""
        now, since = self.clock.now, self._worked_at
        async with self.db.everywhere()() as session:
            moments = await session.execute(AHEAD, {"since": since, "now": now})
            *self._ahead, said_at = moments.one()
        if self.outages.is_slack_down(now):
            said_at = None
        fixed = [one.at for one in (*self._halts[:1], *self._to_happen[:1])]
        return min(one for one in (*self._ahead, said_at, *fixed, self.ends) if one is not None)

    def _due(self) -> list[Tick]:
        """Return the ticks whose time has come, in the order of the timetable."""
        now, ticks = self.clock.now, set[Tick]()
        while self._halts and self._halts[0].at <= now:
            ticks |= set(self._halts.pop(0).ticks)
        for moment, (_, tick) in zip(self._ahead, AT_THEIR_TIME, strict=True):
            if moment is not None and moment <= now:
                ticks.add(tick)
        return [tick for tick in OF_THE_CALENDAR if tick in ticks]

    async def _is_dark(self, since: datetime) -> datetime:
        """Let both replicas die and start when the outage is over; return when that is."""
        for replica in self.replicas:
            await replica.dies()
        self.clock.now = self.outages.bot_is_up(since)
        for replica in self.replicas:
            replica.start()
        return self.clock.now

    async def _members_act(self) -> None:
        while self._to_happen and self._to_happen[0].at <= self.clock.now:
            async with self.db.begin() as session:
                await does(session, self._to_happen.pop(0))

    async def _works(self, ticks: Sequence[Tick]) -> None:
        """Let one replica, or both at once, do what is due, unless something comes between."""
        self._worked_at = self.clock.now
        fate = self.random.random()
        if fate < DIES:
            await self._is_cut_short(ticks)
        elif fate < DIES + DATABASE_GOES:
            with away(replica.db for replica in self.replicas):
                await self._try(ticks)
                await asyncio.sleep(A_ROUND)
            self._again(ticks)
        else:
            await self._try(ticks)

    async def _is_cut_short(self, ticks: Sequence[Tick]) -> None:
        """Let a replica die in the middle of its ticks, or of saying what they left."""
        doomed = self.random.choice(self.replicas)
        doomed.clock.looks_left = self.random.randrange(12)
        await doomed.works(ticks)
        doomed.postman.nudge()
        await asyncio.sleep(self.random.random() * 0.02)
        await doomed.dies()
        doomed.start()
        self._again(ticks)

    async def _try(self, ticks: Sequence[Tick]) -> None:
        if ticks:
            await asyncio.gather(*(replica.works(ticks) for replica in self._at_work()))

    def _again(self, ticks: Sequence[Tick]) -> None:
        if ticks:
            insort(self._halts, Halt(self.clock.now + NEXT_MINUTE, ticks))
        if digests.write_to_facilitators in ticks:
            lists = (digests.write_to_facilitators,)
            insort(self._halts, Halt(self.clock.now + NEXT_QUARTER, lists))

    def _at_work(self) -> list[Replica]:
        """Return who comes to some work first, or both at the same time."""
        if self.random.random() < TOGETHER:
            return self.replicas
        return [self.random.choice(self.replicas)]

    async def _has_spoken(self) -> None:
        """Wait until all that is due is said, while the clock goes on where the bot only waits."""
        step, idle_rounds = A_MOMENT, 0
        while await self._has_more_to_say():
            if await self._goes_round():
                step, idle_rounds = A_MOMENT, 0
            elif self.outages.is_slack_down(self.clock.now):
                idle_rounds += 1
                if idle_rounds > 1:
                    return
            else:
                self.clock.now += step
                step = min(step * 1.5, CLAIM_LASTS / 2)

    async def _goes_round(self) -> bool:
        """Let the postmen look for posts, and say whether one was seen at work."""
        was_seen = False
        for replica in self._at_work():
            replica.postman.nudge()
        await asyncio.sleep(A_ROUND)
        while not all(replica.postman.is_idle for replica in self.replicas):
            was_seen = True
            await asyncio.sleep(A_ROUND)
        return was_seen

    async def _has_more_to_say(self) -> bool:
        async with self.db.everywhere()() as session:
            return await claims.is_anything_due(session, self.clock.now)


def _halts(random: Random, outages: Outages, weeks: int) -> list[Halt]:
    """Return when ticks run for other reasons than a row that says so."""
    halts = [Halt(BEGINS, OF_THE_CALENDAR)]
    for _, end in [*outages.bot, *outages.slack]:
        # Everything is looked for, and a while later what could not be said is noted.
        halts += [Halt(end, OF_THE_CALENDAR), Halt(end + A_WHILE, [digests.issue_digests])]
    for week in range(weeks):
        begins = BEGINS + week * WEEK
        halts.append(Halt(begins + random.randrange(4 * 24) * timedelta(hours=1), FOR_NO_REASON))
        # For the lists of facilitators no row says when, so the tick comes every Monday morning.
        mornings = [one for circle in CIRCLES if (one := circle.first_morning(week))]
        utc = begins.replace(hour=7, minute=30) + DAY
        halts += [Halt(one, [digests.write_to_facilitators]) for one in [*mornings, utc]]
        if week % 8 == 0:
            minutes = random.randrange(7 * 24 * 60)
            halts.append(Halt(begins + timedelta(minutes=minutes), OF_THE_CALENDAR))
    return halts
