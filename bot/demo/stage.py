"""The whole of the demo in one process: a Slack of our own, its page, the bot, and one clock."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from pydantic import SecretStr
from sqlalchemy import select

from bot.config import Config
from bot.sandbox.page import Page
from bot.sandbox.page.scene import ReadMarks
from bot.sandbox.workspace import Workspace
from bot.serve import Bot, running
from handlers import post_kinds
from models import claims
from models.database import Database, connect
from models.posts import DUE, PACE, Post
from models.time import MovableClock, utc_now

MANIFEST = Path(__file__).parents[2] / "manifest.yml"
# Seconds after which something is wrong if the bot still has something to say.
SETTLES_WITHIN = 30.0
# Seconds between looks whether it has: while the story is told, and when somebody moved the clock.
BREATH = 0.004
LOOK = 0.05


class Stage:
    """What the demo is made of. `bot` is there once the stage is open."""

    bot: Bot

    def __init__(self, slack: Workspace, db: Database, clock: MovableClock) -> None:
        self.slack = slack
        self.db = db.of(slack.team_id)
        self.clock = clock
        self.page = Page(slack, slack_manifest(), clock, self.next_word, self.catch_up)
        self._kinds = post_kinds()

    async def settled(self) -> None:
        """Wait until the bot has said all it has to say by now; raises TimeoutError."""
        async with asyncio.timeout(SETTLES_WITHIN):
            await self.handled()
            while await self._has_more_to_say():
                await asyncio.sleep(BREATH)
                await self.handled()

    async def handled(self) -> None:
        """Wait until the bot has done what it was asked for; what it then says may take longer."""
        await self.bot.staffroom.door.empty(SETTLES_WITHIN)

    async def _has_more_to_say(self) -> bool:
        if not self.bot.postman.is_idle:
            return True
        async with self.db() as session:
            is_due = await claims.is_anything_due(session, self.clock())
        return is_due or not self.bot.postman.is_idle

    async def goes_to(self, moment: datetime) -> None:
        """Move the clock forward, halting wherever the bot has something to say."""
        while await self._is_due_before(moment):
            word_at = await self.next_word()
            if word_at is None or word_at >= moment:
                break
            self._moves_to(word_at)
            await self.settled()
        self._moves_to(moment)

    async def _is_due_before(self, moment: datetime) -> bool:
        """Say whether something is due by then, though perhaps nothing that is still to be said."""
        async with self.db() as session:
            due_at = await claims.next_due(session)
        return due_at is not None and due_at < moment

    async def comes_to_the_present(self) -> None:
        """Move the clock to the real time, as if nobody had played anything."""
        await self.goes_to(utc_now())
        await self.bot.scheduler.catch_up()
        await self.settled()
        self._moves_to(utc_now())
        # A private answer is gone when Slack's window is opened anew, and so are its marks.
        for channel in self.slack.channels.values():
            channel.ephemerals.clear()
        self.page.read = ReadMarks()

    def _moves_to(self, moment: datetime) -> None:
        self.clock.move(max(moment - self.clock(), timedelta()))
        # It hears of what was committed, but not of a clock that was moved.
        self.bot.postman.nudge()

    async def catch_up(self) -> None:
        """Do all that has become due, however far the clock was moved.

        A channel hears one message a second, and these seconds are the clock's: nobody waits.
        """
        self.bot.postman.nudge()
        await self.bot.scheduler.catch_up()
        async with asyncio.timeout(SETTLES_WITHIN):
            while await self._has_more_to_say():
                await asyncio.sleep(LOOK)
                if self.bot.postman.is_idle:
                    self._moves_to(self.clock() + PACE)

    async def next_word(self) -> datetime | None:
        """Return when the bot will next say something, as things stand now.

        Much of what is due later draws nothing by then: a question is not brought back once it has
        an answer.
        """
        async with self.db() as session:
            due = select(Post).where(Post.state == DUE).order_by(Post.due_at)
            for post in (await session.scalars(due)).all():
                if await self._kinds[post.kind].draw(session, post, post.due_at):
                    return post.due_at
        return None


@asynccontextmanager
async def open_stage(
    clock: MovableClock, *, port: int = 0, record: Path | None = None
) -> AsyncIterator[Stage]:
    """Start everything, with nobody there yet; the database is forgotten at the end."""
    slack = Workspace(slack_manifest(), clock=clock)
    if record:
        slack.record(record)
    with tempfile.TemporaryDirectory(prefix="staffroom-demo-") as folder:
        url = f"sqlite:///{folder}/demo.db"
        db = connect(url)
        stage = Stage(slack, db, clock)
        try:
            await slack.start(port=port)
            async with running(_config(slack, url), db, clock) as stage.bot:
                yield stage
        finally:
            await slack.stop()
            await db.close()


def slack_manifest() -> dict[str, Any]:
    return dict(yaml.safe_load(MANIFEST.read_text(encoding="utf-8")))


def _config(slack: Workspace, database_url: str) -> Config:
    """Return a configuration of the demo's own; what stands in the environment does not count."""
    return Config(
        slack_bot_token=SecretStr(slack.bot_token),
        slack_app_token=SecretStr(slack.app_token),
        slack_signing_secret=None,
        slack_api_url=slack.api_url,
        database_url=database_url,
        log_level="WARNING",
        port=0,
    )
