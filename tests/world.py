"""The whole of a test's world: a local Slack, the bot, its database and a clock."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.sandbox.workspace import Workspace
from bot.serve import Bot
from models import claims
from models.database import Database
from models.time import MovableClock

WORKSPACE = "T0STAFF"
DATABASES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class World:
    """What a test looks at. `settled` waits until the bot has said all it has to say by now."""

    slack: Workspace
    bot: Bot
    database: Database
    clock: MovableClock

    @property
    def db(self) -> Database:
        return self.database.of(WORKSPACE)

    async def settled(self, timeout: float = 10.0) -> None:
        async with asyncio.timeout(timeout):
            while True:
                await self.bot.staffroom.door.empty(timeout)
                await self.slack.settled()
                # One look is several questions, between which a post may make another one due.
                if await self._looks_settled() and await self._looks_settled():
                    return
                self.bot.postman.nudge()
                await asyncio.sleep(0.02)

    async def _looks_settled(self) -> bool:
        async with self.database.everywhere()() as session:
            is_due = await claims.is_anything_due(session, self.clock())
        return self.bot.postman.is_idle and not is_due

    async def moves(self, by: timedelta) -> None:
        """Let time pass, and everything happen that falls due."""
        self.clock.move(by)
        await self.bot.scheduler.catch_up()
        await self.settled()

    def messages(self, channel_id: str = "CMATHCIRCLE") -> list[dict[str, Any]]:
        """Return what stands in a channel for everybody to see."""
        return self.slack.channels[channel_id].messages

    def letters(self, member_id: str) -> list[dict[str, Any]]:
        """Return what the bot wrote to somebody directly."""
        letters = self.slack.direct_message(member_id).messages
        return [message for message in letters if message.get("bot_id")]
