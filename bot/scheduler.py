"""The timetable: ticks the bot makes without being asked. What each finds due lives in rows."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import IntegrityError

from handlers import members
from models import claims
from models.database import Database
from models.drafts import Draft
from models.events import SeenEvent
from models.runs import Run
from models.time import Clock

logger = logging.getLogger(__name__)

# A tick returns what it did in a few words, for the ledger.
Tick = Callable[[Database, Clock, AsyncWebClient], Awaitable[str]]
UTC_ZONE = ZoneInfo("UTC")
# Every tick is at least weekly, so what was missed longer ago has been made up for since.
LOOKS_BACK = timedelta(days=8)


async def tidy_up(db: Database, clock: Clock, _: AsyncWebClient) -> str:
    """Forget what nobody needs any more: old events, drafts, runs and posts that ended."""
    async with db.everywhere().begin() as session:
        now = clock()
        await SeenEvent.forget_old(session, now)
        await Draft.forget_old(session, now)
        await Run.forget_old(session, now)
        await claims.forget_old(session, now)
    return "tidied up"


TIMETABLE: dict[Tick, BaseTrigger] = {
    members.refresh_profiles: CronTrigger(minute="*/10", timezone=UTC_ZONE),
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
        self._scheduler = AsyncIOScheduler(
            timezone=UTC_ZONE,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 3600},
        )

    async def start(self) -> None:
        for tick, trigger in self.timetable.items():
            self._scheduler.add_job(self.run_if_due, trigger, id=tick.__name__, args=[tick])
        self._scheduler.start()
        await self.catch_up()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def catch_up(self) -> None:
        """Run what the ledger lacks: after a start, and when the demo's clock was moved."""
        for tick in self.timetable:
            await self.run_if_due(tick)

    async def run_if_due(self, tick: Tick) -> None:
        """Run the tick for its latest moment, unless some replica already did."""
        due_at = await self._due(tick)
        if due_at is None or not await self._claim(tick, due_at):
            return
        started, said, error = monotonic(), None, None
        try:
            said = await tick(self._db, self._clock, self._client)
        except Exception as caught:
            logger.exception("The tick %s failed", tick.__name__)
            error = f"{type(caught).__name__}: {caught}"[:500]
        await self._note(tick, due_at, monotonic() - started, said, error)

    async def _due(self, tick: Tick) -> datetime | None:
        """Return the latest moment of the timetable that nobody has taken yet."""
        now = self._clock().astimezone(UTC_ZONE)
        async with self._db() as session:
            last = await Run.last_due(session, tick.__name__)
        if last is None:
            return now.replace(second=0, microsecond=0)
        due_at, moment = None, max(last, now - LOOKS_BACK)
        while True:
            moment = self.timetable[tick].get_next_fire_time(moment, moment)
            if moment is None or moment > now:
                return due_at
            due_at = moment

    async def _claim(self, tick: Tick, due_at: datetime) -> bool:
        run = Run(job=tick.__name__, due_at=due_at, started_at=self._clock())
        try:
            async with self._db.begin() as session:
                session.add(run)
        except IntegrityError:
            return False
        return True

    async def _note(
        self, tick: Tick, due_at: datetime, seconds: float, said: str | None, error: str | None
    ) -> None:
        async with self._db.begin() as session:
            run = await Run.of(session, tick.__name__, due_at)
            run.seconds, run.said, run.error = round(seconds, 3), said, error
