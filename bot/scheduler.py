"""The timetable: ticks the bot makes without being asked. What each finds due lives in rows."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime, timedelta
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from slack_sdk.web.async_client import AsyncWebClient

from handlers import (
    communities,
    consultancies,
    digests,
    exports,
    hangouts,
    materials,
    members,
    my_data,
    pilots,
    thanks,
)
from models import claims
from models.database import Database
from models.drafts import Draft
from models.events import SeenEvent
from models.pictures import StoredPicture
from models.runs import Run
from models.time import Clock

logger = logging.getLogger(__name__)

# A tick returns what it did in a few words, for the ledger.
Tick = Callable[[Database, Clock, AsyncWebClient], Awaitable[str]]
UTC_ZONE = ZoneInfo("UTC")
# Where the latest moment is looked for, the nearest first; every tick is at least weekly.
LOOKS_BACK = (
    timedelta(minutes=2),
    timedelta(minutes=30),
    timedelta(hours=6),
    timedelta(days=2),
    timedelta(days=8),
)
# What went past unnoticed, because the database was away or the clock jumped, is found this soon.
LOOKS_EVERY = 300  # seconds
# A tick that takes longer is broken off.
TAKES_AT_MOST = timedelta(minutes=10)
# A run without an end is that of a process that died; somebody runs it again after this long.
GIVEN_UP_AFTER = TAKES_AT_MOST + timedelta(minutes=5)


async def tidy_up(db: Database, clock: Clock, _: AsyncWebClient) -> str:
    """Forget what nobody needs any more: old events, drafts, runs, ended posts, old pictures."""
    async with db.everywhere().begin() as session:
        now = clock()
        await SeenEvent.forget_old(session, now)
        await Draft.forget_old(session, now)
        await Run.forget_old(session, now)
        await claims.forget_old(session, now)
        await StoredPicture.forget_old(session, now)
    return "tidied up"


TIMETABLE: dict[Tick, BaseTrigger] = {
    hangouts.keep_hangouts_going: CronTrigger(minute="*", timezone=UTC_ZONE),
    consultancies.keep_consultancies_going: CronTrigger(minute="*", timezone=UTC_ZONE),
    pilots.ask_for_values: CronTrigger(minute="*", timezone=UTC_ZONE),
    thanks.keep_thanks_going: CronTrigger(minute="*", timezone=UTC_ZONE),
    digests.issue_digests: CronTrigger(minute="*", timezone=UTC_ZONE),
    digests.write_personal: CronTrigger(minute="*", timezone=UTC_ZONE),
    digests.write_to_facilitators: CronTrigger(minute="*/15", timezone=UTC_ZONE),
    thanks.nudge: CronTrigger(minute=23, timezone=UTC_ZONE),
    materials.check_materials: CronTrigger(minute=29, timezone=UTC_ZONE),
    materials.post_archives: CronTrigger(minute=2, timezone=UTC_ZONE),
    members.refresh_profiles: CronTrigger(minute="*/10", timezone=UTC_ZONE),
    communities.refresh_channels: CronTrigger(minute=41, timezone=UTC_ZONE),
    my_data.forget_nameless: CronTrigger(minute=53, timezone=UTC_ZONE),
    exports.remove_old_records: CronTrigger(hour=2, minute=47, timezone=UTC_ZONE),
    tidy_up: CronTrigger(hour=3, minute=17, timezone=UTC_ZONE),
}


class Scheduler:
    """Runs the timetable. Every replica has one; each of its moments is run by one of them.

    The ledger of runs says what was done last, so a tick missed while the bot was down is caught up
    at the start: once, however many moments were missed.
    """

    def __init__(
        self,
        db: Database,
        clock: Clock,
        client: AsyncWebClient,
        timetable: dict[Tick, BaseTrigger] | None = None,
    ) -> None:
        self._db, self._clock, self._client = db, clock, client
        self.timetable = TIMETABLE if timetable is None else timetable
        # Who asks while a tick is under way waits for its end.
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._under_way: set[asyncio.Task[None]] = set()
        # Whether a moment is still to be run is for the ledger to say, so none is ever too late.
        self._scheduler = AsyncIOScheduler(
            timezone=UTC_ZONE,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    @property
    def jobs(self) -> set[str]:
        """The names of what APScheduler waits for: every tick, and the look for missed ones."""
        return {job.id for job in self._scheduler.get_jobs()}

    def start(self) -> None:
        """Run the timetable from now on, beginning with what was missed."""
        for tick, trigger in self.timetable.items():
            self._scheduler.add_job(
                self._begin, trigger, id=tick.__name__, args=[self.run_if_due, tick]
            )
        look = IntervalTrigger(seconds=LOOKS_EVERY)
        self._scheduler.add_job(self._begin, look, id="catch_up", args=[self.catch_up])
        self._scheduler.start()
        self._spawn(self.catch_up())

    def rest(self) -> None:
        """Begin nothing new; what is under way goes on."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def stop(self, within: float) -> None:
        """Let the ticks under way finish, and break off those that take more seconds."""
        self.rest()
        if not self._under_way:
            return
        _, late = await asyncio.wait(self._under_way, timeout=within)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def catch_up(self) -> None:
        """Run what the ledger lacks: after a start, and when the demo's clock was moved."""
        for tick in await self._behind():
            await self.run_if_due(tick)

    async def _behind(self) -> list[Tick]:
        """Return the ticks whose moment has come, and those under way, whose end is waited for."""
        now = self._now()
        names = [tick.__name__ for tick in self.timetable]
        try:
            async with self._db() as session:
                last = await Run.last_of(session, names, now)
        except Exception:
            logger.exception("The ledger could not be read")
            return []
        return [
            tick
            for tick, name in zip(self.timetable, names, strict=True)
            if self._turns[name].locked() or self._has_work(tick, last.get(name), now)
        ]

    def _has_work(self, tick: Tick, last: Run | None, now: datetime) -> bool:
        moment = latest_moment(self.timetable[tick], last.due_at if last else None, now)
        return moment is not None or _is_given_up(last, now)

    async def run_if_due(self, tick: Tick) -> None:
        """Run the tick for its latest moment, unless some replica already did."""
        async with self._turns[tick.__name__]:
            try:
                run = await self._claim(tick)
                if run is not None:
                    await self._run(tick, run)
            except Exception:
                # The database may be away for a while; the next look finds what is due.
                logger.exception("The ledger could not be kept for the tick %s", tick.__name__)

    async def _run(self, tick: Tick, run: Run) -> None:
        began, said, error = monotonic(), None, None
        try:
            async with asyncio.timeout(TAKES_AT_MOST.total_seconds()):
                said = await tick(self._db, self._clock, self._client)
        except asyncio.CancelledError:
            # The bot is being stopped. The next start finds the moment free and runs it again.
            logger.warning("The tick %s was broken off", tick.__name__)
            async with self._db.begin() as session:
                await session.delete(await session.get_one(Run, run.id))
            raise
        except Exception as caught:
            logger.exception("The tick %s failed", tick.__name__)
            error = _first_line(caught)
        async with self._db.begin() as session:
            await Run.end(session, run, monotonic() - began, said, error)

    async def _begin(self, work: Callable[..., Coroutine[Any, Any, None]], *given: Tick) -> None:
        # In a task of ours, because APScheduler breaks its own off when it is shut down.
        self._spawn(work(*given))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _claim(self, tick: Tick) -> Run | None:
        """Take the latest moment nobody has taken, or a run whose process has died."""
        now = self._now()
        async with self._db() as session:
            last = await Run.last(session, tick.__name__, now)
        due_at = latest_moment(self.timetable[tick], last.due_at if last else None, now)
        if due_at is not None:
            async with self._db.begin() as session:
                return await Run.begin(session, tick.__name__, due_at, self._clock())
        if last is not None and _is_given_up(last, now):
            async with self._db.begin() as session:
                return await Run.take_over(session, last, self._clock())
        return None

    def _now(self) -> datetime:
        return self._clock().astimezone(UTC_ZONE)


def _is_given_up(last: Run | None, now: datetime) -> bool:
    return last is not None and last.is_given_up(now, GIVEN_UP_AFTER)


def latest_moment(trigger: BaseTrigger, last: datetime | None, now: datetime) -> datetime | None:
    """Return the latest moment of the timetable after `last`, or None if none has come since.

    A tick that never ran is due at once, for the latest moment before now.
    """
    for span in LOOKS_BACK:
        begin = now - span if last is None else max(last, now - span)
        moment, found = trigger.get_next_fire_time(begin, begin), None
        while moment is not None and moment <= now:
            found, moment = moment, trigger.get_next_fire_time(moment, moment)
        if found is not None or begin == last:
            return found
    return now.replace(second=0, microsecond=0) if last is None else None


def _first_line(error: Exception) -> str:
    """Return what went wrong without what a database adds: the values, members' words included."""
    return f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"[:300]
