"""Starting, running and stopping the bot in an orderly way."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import aiohttp
from sqlalchemy.exc import IntegrityError

from bot import storage
from bot.app import Identity, Staffroom, create_app
from bot.config import Config
from bot.postman import Postman
from bot.scheduler import Scheduler
from bot.slack import (
    Lines,
    check_app_token,
    handlers_client,
    identify,
    leave_out_proxy,
    open_lines,
    postmans_client,
)
from bot.socket_mode import Rhythm, Socket
from handlers import post_kinds
from handlers.posts import tell_of_trouble
from models.database import Database
from models.time import Clock, utc_now
from models.workspaces import Workspace

logger = logging.getLogger(__name__)

# Seconds for each of Slack's three answers between the start and "Ready"; the database has five.
SLACK_ANSWERS_WITHIN = 4.0
# Seconds the handlers under way may take when the bot is stopped, and then what it was saying.
HANDLERS_FINISH_WITHIN = 6.0
POSTS_FINISH_WITHIN = 3.0


@dataclass(frozen=True)
class Bot:
    """A running bot, part by part."""

    identity: Identity
    staffroom: Staffroom
    postman: Postman
    scheduler: Scheduler
    socket: Socket


@asynccontextmanager
async def running(
    config: Config, db: Database, clock: Clock = utc_now, rhythm: Rhythm | None = None
) -> AsyncIterator[Bot]:
    """Start the bot and stop it again at the end of the block, losing nothing.

    Raises TokenRefusedError or UnreachableError when Slack does not let us in, and
    DatabaseUnusableError.
    """
    leave_out_proxy(config)
    async with AsyncExitStack() as stack:
        lines = await stack.enter_async_context(open_lines())
        identity = await _let_in(config, lines.quick)
        await storage.bring_up_to_date(db)
        await _meet(db, identity, clock)
        bot = _assembled(config, db, clock, identity, lines, rhythm)
        stack.push_async_callback(_stop, bot)
        await bot.socket.open(SLACK_ANSWERS_WITHIN)
        bot.postman.start()
        bot.scheduler.start()
        yield bot


async def _let_in(config: Config, session: aiohttp.ClientSession) -> Identity:
    """Show both tokens to Slack and return who we are."""
    token = config.slack_bot_token.get_secret_value()
    client = handlers_client(token, config.slack_api_url, session)
    identity = await identify(client, SLACK_ANSWERS_WITHIN)
    app_token = config.slack_app_token.get_secret_value()
    await check_app_token(client, app_token, SLACK_ANSWERS_WITHIN)
    return identity


def _assembled(
    config: Config,
    db: Database,
    clock: Clock,
    identity: Identity,
    lines: Lines,
    rhythm: Rhythm | None,
) -> Bot:
    url, team_id = config.slack_api_url, identity.team_id
    client = postmans_client(identity.token, url, lines.patient)
    kinds = post_kinds()
    postman = Postman(db, client, clock, kinds, tell_of_trouble(db, clock, kinds), team_id)
    client = handlers_client(None, url, lines.quick)
    staffroom = create_app(db, clock, client, identity, postman.studio)
    return Bot(
        identity,
        staffroom,
        postman,
        Scheduler(db, clock, handlers_client(identity.token, url, lines.quick)),
        Socket(staffroom.app, config.slack_app_token.get_secret_value(), lines.patient, rhythm),
    )


async def _meet(db: Database, identity: Identity, clock: Clock) -> None:
    """Note the workspace; when two replicas start together, the second finds it noted."""
    for is_last_try in (False, True):
        try:
            async with db.begin() as session:
                await Workspace.meet(
                    session,
                    identity.team_id,
                    name=identity.team_name,
                    url=identity.url,
                    bot_user_id=identity.bot_user_id,
                    now=clock(),
                )
            return
        except IntegrityError:
            if is_last_try:
                raise


async def _stop(bot: Bot) -> None:
    """Let what is under way finish, then leave. What is still to be said stays in its rows."""
    bot.scheduler.rest()
    # Handlers answer over the socket, so it stays open until they have. If new ones keep coming,
    # the second half of the time is for those that are already here.
    if not await _is_quiet(bot, HANDLERS_FINISH_WITHIN / 2):
        bot.socket.hear_no_more()
        if not await _is_quiet(bot, HANDLERS_FINISH_WITHIN / 2):
            logger.error("Some handlers did not finish in time")
    await bot.socket.close()
    try:
        await asyncio.wait_for(bot.postman.stop(), POSTS_FINISH_WITHIN)
    except TimeoutError:
        logger.warning("Slack takes long to answer; the next start looks what it has taken")
    await bot.scheduler.stop(POSTS_FINISH_WITHIN)


async def _is_quiet(bot: Bot, within: float) -> bool:
    """Wait until no handler is under way and every envelope has its answer."""
    try:
        async with asyncio.timeout(within):
            while not (await bot.staffroom.door.empty(0) and await bot.socket.answered(0)):
                await bot.staffroom.door.empty(within)
                await bot.socket.answered(within)
    except TimeoutError:
        return False
    return True


async def run(config: Config, db: Database, clock: Clock = utc_now) -> None:
    """Run until SIGTERM or SIGINT; a second one ends the process at once."""
    ready, stop = asyncio.Event(), asyncio.Event()
    serving = asyncio.create_task(_serve(config, db, clock, ready, stop))

    def leave(number: int) -> None:
        if stop.is_set():
            # Every change is one transaction, so nothing is half done.
            logger.warning("Asked twice to stop; ending at once")
            os._exit(128 + number)
        logger.info("Stopping")
        stop.set()
        if not ready.is_set():
            serving.cancel()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, leave, number)
    try:
        await serving
    except asyncio.CancelledError:
        if not stop.is_set():
            raise


async def _serve(
    config: Config, db: Database, clock: Clock, ready: asyncio.Event, stop: asyncio.Event
) -> None:
    async with running(config, db, clock) as bot:
        ready.set()
        logger.info("Ready: %s as %s", bot.identity.team_name, bot.identity.bot_user_id)
        await stop.wait()
