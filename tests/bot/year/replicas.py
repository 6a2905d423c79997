"""A replica of the bot without its connection to Slack, which can be killed like a process."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.postman import Postman
from bot.scheduler import TIMETABLE, Scheduler, Tick
from handlers import communities, members, post_kinds
from handlers.posts import tell_of_trouble
from models.database import Database
from tests.bot.year.schools import BEGINS
from tests.bot.year.slack import ListeningSlack

KINDS = post_kinds()
# Those that ask Slack about people and channels are no matter of the calendar.
OF_THE_CALENDAR = {
    tick: trigger
    for tick, trigger in TIMETABLE.items()
    if tick not in (members.refresh_profiles, communities.refresh_channels)
}


class Killed(BaseException):
    """The process ends here and now."""


@dataclass
class StandingClock:
    """Stands still until it is moved, so that what was said when is no matter of chance."""

    now: datetime = BEGINS

    def __call__(self) -> datetime:
        return self.now


@dataclass
class OwnClock:
    """The clock as one process sees it, which may be killed after so many more looks."""

    clock: StandingClock
    looks_left: int | None = None

    def __call__(self) -> datetime:
        if self.looks_left is not None:
            if not self.looks_left:
                raise Killed
            self.looks_left -= 1
        return self.clock.now


class Replica:
    """One process of the bot: its ticks and its postman."""

    def __init__(self, db: Database, clock: StandingClock, slack: ListeningSlack) -> None:
        self.db, self.slack = db, slack
        self.clock = OwnClock(clock)

    def start(self) -> None:
        client: Any = self.slack
        self.clock = OwnClock(self.clock.clock)
        self.scheduler = Scheduler(self.db, self.clock, client, OF_THE_CALENDAR)
        told = tell_of_trouble(self.db, self.clock, KINDS)
        self.postman = Postman(self.db, client, self.clock, KINDS, told)
        self.postman.start()

    async def dies(self) -> None:
        """End without finishing anything."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.postman.stop(), 0.001)

    async def works(self, ticks: Collection[Tick]) -> None:
        """Run the ticks as its scheduler would; one that is killed leaves the others."""
        with suppress(Killed):
            for tick in ticks:
                await self.scheduler.run_if_due(tick)
