"""The whole of a test's world: a local Slack, the bot, its database and a clock."""

import asyncio
import re
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
# What the name of a story says that may go otherwise on the other database.
AT_ONCE = re.compile(r"at_once|same_moment|same_time|together|twice|again|double|two_|replica")
# Seconds between two looks whether something is still under way.
A_MOMENT = 0.002
# Seconds in which a postman who was nudged looks for posts, and claims them.
A_ROUND = 0.01
# So much of the bot's waiting for Slack's pace is the clock's.
A_WAIT = timedelta(seconds=0.3)


@dataclass(frozen=True)
class World:
    """What a test looks at."""

    slack: Workspace
    bot: Bot
    database: Database
    clock: MovableClock

    @property
    def db(self) -> Database:
        return self.database.of(WORKSPACE)

    async def settled(self, timeout: float = 10.0) -> None:
        """Wait until the bot has said all it has to say by now.

        The clock moves on whenever the bot does nothing but wait, for a channel hears one message
        a second, and a card is redrawn as seldom.
        """
        async with asyncio.timeout(timeout):
            while not await self._looks_settled():
                self.bot.postman.nudge()
                await asyncio.sleep(A_ROUND)
                if self.bot.postman.is_idle:
                    self.clock.move(A_WAIT)

    async def _looks_settled(self) -> bool:
        """Wait for what is under way; say whether nothing is due besides.

        The door, the local Slack and the postman know between them of all that is under way, so
        nothing has to stay quiet for a while.
        """
        while True:
            while not await self._is_at_rest():  # noqa: ASYNC110 - no event
                await asyncio.sleep(A_MOMENT)
            await self.slack.settled(quiet=0)
            stirred = self.slack.stirred
            async with self.database.everywhere()() as session:
                is_due = await claims.is_anything_due(session, self.clock())
            # What went on while the database was asked may have made another post due.
            if await self._is_at_rest() and self.slack.stirred == stirred:
                return not is_due

    async def _is_at_rest(self) -> bool:
        return self.bot.postman.is_idle and await self.bot.staffroom.door.empty(0)

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
