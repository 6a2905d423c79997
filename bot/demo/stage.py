"""The whole of the demo in one process: a Slack of our own, its page, the bot, and one clock."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from pydantic import SecretStr
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Config
from bot.sandbox.page import Page
from bot.sandbox.page.scene import ReadMarks
from bot.sandbox.workspace import Workspace
from bot.scheduler import Tick
from bot.serve import Bot, running
from handlers import (
    consultancies,
    digests,
    exports,
    hangouts,
    materials,
    my_data,
    pilots,
    post_kinds,
    thanks,
)
from models import claims
from models.database import Database, connect
from models.posts import DUE, PACE, Post
from models.time import MovableClock, utc_now

MANIFEST = Path(__file__).parents[2] / "manifest.yml"
# Slack takes one message a second in a channel, so two things never happen closer together.
APART = timedelta(seconds=2)
# Seconds after which something is wrong if the bot still has something to say.
SETTLES_WITHIN = 30.0
# Seconds between looks whether it has: while the story is told, and when somebody moved the clock.
BREATH = 0.012
LOOK = 0.05
Ticks = Mapping[Callable[..., Awaitable[datetime | None]], Tick]
# What they do can be seen, so the story halts for them and leaves the others to the end. Each by
# the question when it next has something to do.
TICKS: Ticks = {
    hangouts.next_moment: hangouts.keep_hangouts_going,
    consultancies.next_moment: consultancies.keep_consultancies_going,
    pilots.next_moment: pilots.ask_for_values,
    thanks.next_moment: thanks.keep_thanks_going,
    digests.next_weekly: digests.issue_digests,
    digests.next_personal: digests.write_personal,
    digests.next_list: digests.write_to_facilitators,
}
# What they do comes once a month, a quarter or a year, or hardly ever: the story waits for none.
SELDOM: Ticks = {
    materials.next_moment: materials.check_materials,
    materials.next_archive: materials.post_archives,
    exports.next_moment: exports.remove_old_records,
    my_data.next_moment: my_data.forget_nameless,
}
EVERY_TICK: Ticks = {**TICKS, **SELDOM}
# Moving the clock stops somewhere, whatever the bot finds to do.
HALTS_AT_MOST = 400


@dataclass(frozen=True)
class Halt:
    """A moment at which the bot has something to say, or ticks have something to do."""

    at: datetime
    ticks: tuple[Tick, ...] = ()


class Stage:
    """What the demo is made of. `bot` is there once the stage is open."""

    bot: Bot

    def __init__(self, slack: Workspace, db: Database, clock: MovableClock) -> None:
        self.slack = slack
        self.db = db.of(slack.team_id)
        self.clock = clock
        self.page = Page(slack, slack_manifest(), clock, self.next_word, self.passes)
        self._kinds = post_kinds()

    async def settled(self) -> None:
        """Wait until the bot has said all it has to say by now; raises TimeoutError."""
        async with asyncio.timeout(SETTLES_WITHIN):
            await self.handled()
            while await self._has_more_to_say():
                await asyncio.sleep(BREATH)
                await self.handled()
                self._waits_for_nobody()

    async def handled(self) -> None:
        """Wait until the bot has done what it was asked for; what it then says may take longer."""
        await self.bot.staffroom.door.empty(SETTLES_WITHIN)

    async def _has_more_to_say(self) -> bool:
        if not self.bot.postman.is_idle:
            return True
        async with self.db.everywhere()() as session:
            is_due = await claims.is_anything_due(session, self.clock())
        return is_due or not self.bot.postman.is_idle

    async def goes_to(self, moment: datetime) -> None:
        """Move the clock forward, halting wherever the bot has something to say or to do."""
        async for halt in self._halts(TICKS, before=moment):
            for tick in halt.ticks:
                await self.bot.scheduler.run_if_due(tick)
            await self.settled()
        self._moves_to(moment)

    async def _halts(self, ticks: Ticks, before: datetime) -> AsyncIterator[Halt]:
        """Move the clock to one moment after the other at which something happens."""
        for _ in range(HALTS_AT_MOST):
            halt = await self._next_halt(ticks, before)
            if halt is None:
                break
            self._moves_to(halt.at)
            yield halt

    async def _next_halt(self, ticks: Ticks, before: datetime) -> Halt | None:
        """Return the next moment at which something is due, if there is one before that."""
        async with self.db() as session:
            post_at, moments = await claims.next_due(session), await self._next(session, ticks)
        at = min([*moments.values(), *([post_at] if post_at else [])], default=before)
        # All of that moment: a later look asks for moments after it.
        due = tuple(tick for tick, moment in moments.items() if moment == at)
        return Halt(at, due) if at < before else None

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

    def _waits_for_nobody(self) -> None:
        """Let a second pass for the bot when it does nothing but wait.

        A channel hears one message a second, and a card is redrawn as seldom; these seconds are the
        clock's.
        """
        if self.bot.postman.is_idle:
            self._moves_to(self.clock() + PACE)

    def _moves_to(self, moment: datetime) -> None:
        self.clock.move(max(moment - self.clock(), timedelta()))
        # It hears of what was committed, but not of a clock that was moved.
        self.bot.postman.nudge()

    async def passes(self, time: timedelta) -> None:
        """Let time pass, with everything that happens meanwhile in its order."""
        until = self.clock() + time
        async for _ in self._halts(EVERY_TICK, before=until):
            await self.catch_up()
        self._moves_to(until)
        await self.catch_up()

    async def catch_up(self) -> None:
        """Do all that has become due by now."""
        self.bot.postman.nudge()
        await self.bot.scheduler.catch_up()
        async with asyncio.timeout(SETTLES_WITHIN):
            while await self._has_more_to_say():
                await asyncio.sleep(LOOK)
                self._waits_for_nobody()

    async def next_word(self) -> datetime | None:
        """Return when the bot will next say or do something, as things stand now."""
        async with self.db() as session:
            post_at, ticks = await self._next_post(session), await self._next(session, EVERY_TICK)
        return min([*ticks.values(), *([post_at] if post_at else [])], default=None)

    async def _next_post(self, session: AsyncSession) -> datetime | None:
        """Return when the next post is said.

        Much of what is due later draws nothing by then: a question is not brought back once it has
        an answer.
        """
        due = select(Post).where(Post.state == DUE).order_by(Post.due_at)
        for post in (await session.scalars(due)).all():
            if await self._kinds[post.kind].draw(session, post, post.due_at):
                return post.due_at
        return None

    async def _next(self, session: AsyncSession, ticks: Ticks) -> dict[Tick, datetime]:
        """Return when each tick will next change something that can be seen."""
        moments = {tick: await look(session, self.clock()) for look, tick in ticks.items()}
        return {tick: moment for tick, moment in moments.items() if moment is not None}


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
        db = connect(url, is_sole=True)
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
