"""A hangout that comes nearer: who answers it, what becomes of it, and what is said of it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event

from models.communities import Community
from models.hangouts import posted, signups, telling
from models.hangouts.hangout import Hangout
from models.members import Member
from tests.examples import a_hangout, a_series
from tests.handlers.problems.steps import key_of
from tests.world import WORKSPACE

# Thursday 19 November 2026, 16:00 in Denver: two days from now.
START = datetime(2026, 11, 19, 23, 0, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)
REMINDERS = (posted.DAY_BEFORE, posted.SOON, posted.BRIEF)


@dataclass(frozen=True)
class Coming:
    """A hangout of the math circle that Ben leads; `link` is its video link."""

    world: Any
    hangout_id: int
    link: str = "https://video.example/math"

    async def joins(self, *member_ids: str) -> None:
        async with self.world.db.begin() as session:
            hangout = await Hangout.of(session, self.hangout_id, for_update=True)
            for member_id in member_ids:
                await signups.join(session, hangout, member_id, self.world.clock())

    async def presents(self, member_id: str, question: str | None) -> None:
        now = self.world.clock()
        async with self.world.db.begin() as session:
            hangout = await Hangout.of(session, self.hangout_id, for_update=True)
            await signups.ask_to_present(session, hangout, member_id, now)
            await signups.bring(
                session, hangout, member_id, problem_id=None, question=question, now=now
            )

    async def cannot(self, member_id: str) -> None:
        async with self.world.db.begin() as session:
            hangout = await Hangout.of(session, self.hangout_id, for_update=True)
            await signups.cannot_come(session, hangout, member_id, self.world.clock())

    async def moves_to(self, start: datetime) -> None:
        await self._changes(lambda hangout, now: hangout.move(start, now))

    async def is_called_off(self) -> None:
        await self._changes(lambda hangout, now: hangout.call_off("Snow", now))

    async def is_on_again(self) -> None:
        await self._changes(lambda hangout, now: hangout.restore(now))

    async def is_led_by(self, member_id: str) -> None:
        await self._changes(lambda hangout, _: setattr(hangout, "facilitator_id", member_id))

    async def _changes(self, change: Any) -> None:
        now = self.world.clock()
        async with self.world.db.begin() as session:
            hangout = await Hangout.of(session, self.hangout_id, for_update=True)
            change(hangout, now)
            community = await session.get_one(Community, hangout.community_id)
            await telling.tell_of_change(session, hangout, community, by="UDANA", now=now)
        await hurry(self.world)

    async def until(self, moment: datetime) -> None:
        """Let time pass to a moment, and everything be said that is due by then."""
        self.world.clock.move(moment - self.world.clock())
        await self.world.bot.scheduler.catch_up()
        await hurry(self.world)


async def hurry(world) -> None:
    """Let everything be said, while the clock hurries through Slack's second between two posts."""
    await world.settled()


async def a_coming_hangout(world, community: Community) -> Coming:
    """Return a hangout at START that Ben leads and nobody has answered yet."""
    async with world.db.begin() as session:
        series = a_series(
            community_id=community.id, facilitators=["UBEN"], planned_by="UBEN", link=Coming.link
        )
        series.workspace_id = WORKSPACE
        session.add(series)
        await session.flush()
        of_it = {"community_id": community.id, "series_id": series.id, "link": Coming.link}
        hangout = a_hangout(starts_at=START, facilitator_id="UBEN", **of_it)
        session.add(hangout)
        await session.flush()
        await telling.brief_facilitator(session, hangout, world.clock())
    return Coming(world, hangout.id)


async def sets(world, member_id: str, **traits: Any) -> None:
    """Change what a member chose in their settings or has in their profile."""
    async with world.db.begin() as session:
        member = await Member.find(session, member_id)
        for name, value in traits.items():
            setattr(member, name, value)


def kinds(world, member_id: str) -> list[str]:
    """Return which reminders and briefs somebody has, in the order they came."""
    said = [key_of(letter).partition(":")[0] for letter in world.letters(member_id)]
    return [kind for kind in said if kind in REMINDERS]


def reminder(world, member_id: str, kind: str) -> dict[str, Any]:
    """Return somebody's only letter of that kind."""
    [letter] = [one for one in world.letters(member_id) if key_of(one).startswith(f"{kind}:")]
    return letter


def entries(world, member_id: str, below: dict[str, Any] | None = None) -> list[Event]:
    """Return the calendar entries in files somebody has, only those in a letter's thread if given.

    They are read by an independent reader, as a calendar program reads them.
    """
    found = []
    for letter in world.letters(member_id):
        if below is None or letter.get("thread_ts") == below["ts"]:
            found += [file["id"] for file in letter.get("files", ())]
    calendars = [Calendar.from_ical(world.slack.files[one].content) for one in found]
    return [event for calendar in calendars for event in calendar.walk("VEVENT")]
