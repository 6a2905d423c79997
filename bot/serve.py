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

from bot.app import Identity, Staffroom, create_app
from bot.config import Config
from bot.postman import Postman
from bot.scheduler import Scheduler
from bot.slack import (
    UnreachableError,
    check_app_token,
    handlers_client,
    identify,
    postmans_client,
)
from bot.socket_mode import Socket
from handlers import post_kinds
from handlers.posts import tell_of_trouble
from models import migrations
from models.database import Database
from models.time import Clock, utc_now
from models.workspaces import Workspace

logger = logging.getLogger(__name__)

# Seconds from the start to "ready", or to a clear message and the end.
READY_WITHIN = 15.0
# Seconds that handlers under way may take to finish when the bot is stopped.
FINISH_WITHIN = 10.0
PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")


@dataclass(frozen=True)
class Bot:
    """A running bot, part by part."""

    identity: Identity
    staffroom: Staffroom
    postman: Postman
    scheduler: Scheduler
    socket: Socket


@asynccontextmanager
async def running(config: Config, db: Database, clock: Clock = utc_now) -> AsyncIterator[Bot]:
    """Start the bot and stop it again at the end of the block, losing nothing.

    Raises TokenRefusedError or UnreachableError when Slack does not let us in.
    """
    if config.is_local_slack:
        # The SDK would send even what is meant for this machine through the proxy.
        for name in PROXIES:
            os.environ.pop(name, None)
    token = config.slack_bot_token.get_secret_value()
    app_token = config.slack_app_token.get_secret_value()
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        client = handlers_client(token, config.slack_api_url, session)
        identity = await identify(client, READY_WITHIN / 3)
        await check_app_token(client, app_token, READY_WITHIN / 3)
        await migrations.upgrade(db)
        await _meet(db, identity, clock)
        tokenless = handlers_client(None, config.slack_api_url, session)
        staffroom = create_app(db, clock, tokenless, identity)
        postman = Postman(
            db,
            postmans_client(token, config.slack_api_url, session),
            clock,
            post_kinds(),
            tell_of_trouble(db, clock),
        )
        scheduler = Scheduler(db, clock, client)
        socket = Socket(staffroom.app, app_token)
        stack.push_async_callback(_stop, staffroom, postman, scheduler, socket)
        try:
            await socket.open(READY_WITHIN / 3)
        except TimeoutError:
            raise UnreachableError("Slack's Socket Mode does not answer.") from None
        postman.start()
        await scheduler.start()
        yield Bot(identity, staffroom, postman, scheduler, socket)


async def _meet(db: Database, identity: Identity, clock: Clock) -> None:
    async with db.begin() as session:
        await Workspace.meet(
            session,
            identity.team_id,
            name=identity.team_name,
            url=identity.url,
            bot_user_id=identity.bot_user_id,
            now=clock(),
        )


async def _stop(
    staffroom: Staffroom, postman: Postman, scheduler: Scheduler, socket: Socket
) -> None:
    scheduler.stop()
    # Handlers answer over the socket, so it stays open until they have.
    if not await staffroom.door.empty(FINISH_WITHIN / 2):
        logger.warning("Some handlers take long; closing the connection all the same")
    await socket.close()
    if not await staffroom.door.empty(FINISH_WITHIN / 2):
        logger.error("Some handlers did not finish in time")
    await postman.stop()


async def run(config: Config, db: Database, clock: Clock = utc_now) -> None:
    """Run until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with running(config, db, clock) as bot:
        logger.info("Ready: %s as %s", bot.identity.team_name, bot.identity.bot_user_id)
        await stop.wait()
        logger.info("Stopping")
