"""A process of its own with a postman in it, who may be killed at a given step."""

import asyncio
import logging
import os
import signal
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.process import BaseProcess

import aiohttp
from sqlalchemy import event

from bot.postman import Postman
from handlers.posts import tell_of_trouble
from models.database import Database, connect
from models.time import MovableClock, utc_now
from tests.bot.posting import KINDS, Office, slack_client
from tests.forking import forking


@dataclass(frozen=True)
class Place:
    """Where the process works: which database, which Slack, and how far ahead its clock is."""

    database_url: str
    slack_url: str
    token: str
    ahead: timedelta

    @classmethod
    def of(cls, office: Office, database_url: str) -> "Place":
        slack, ahead = office.slack, office.clock() - utc_now()
        return cls(database_url, slack.api_url, slack.bot_token, ahead)


def start(place: Place, step: str | None = None) -> BaseProcess:
    """Start a postman in a process of its own; `step` is that before which it is killed.

    A step is the beginning of what the postman notes in its log, such as "drawn", or "commit 2"
    for the moment when the second transaction is written but not committed.
    """
    process = forking.Process(target=_run, args=(place, step), daemon=True)
    process.start()
    return process


async def end(process: BaseProcess, seconds: float = 10) -> bool:
    """Wait for the end; say whether it was a violent one."""
    await asyncio.to_thread(process.join, seconds)
    code = process.exitcode
    process.kill()
    return code == -signal.SIGKILL


def _run(place: Place, step: str | None) -> None:
    asyncio.run(_work(place, step))


async def _work(place: Place, step: str | None) -> None:
    clock, db = MovableClock(), connect(place.database_url)
    clock.move(place.ahead)
    if step:
        _die_before(step, db)
    async with aiohttp.ClientSession() as session:
        client = slack_client(place.slack_url, place.token, session, timeout=20)
        postman = Postman(db, client, clock, KINDS, tell_of_trouble(db, clock))
        postman.start()
        await asyncio.sleep(60)


def _die_before(step: str, db: Database) -> None:
    if step.startswith("commit "):
        left = [None] * int(step.removeprefix("commit "))

        @event.listens_for(db.engine.sync_engine, "commit")
        def count(_: object) -> None:
            left.pop()
            if not left:
                _die()

        return

    class Killer(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.getMessage().startswith(step):
                _die()

    logging.getLogger("bot").setLevel(logging.DEBUG)
    logging.getLogger("bot").addHandler(Killer())


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
