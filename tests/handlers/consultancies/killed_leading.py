"""A process of its own that leads, and is killed before or after it has committed."""

import asyncio
import os
import signal
from datetime import timedelta
from multiprocessing.process import BaseProcess

from sqlalchemy import event, select

from handlers.consultancies.leading import lead_consultancies
from models.communities import Community
from models.consultancies import leading
from models.consultancies.consultancy import Consultancy
from models.database import Database, connect
from models.time import MovableClock, utc_now
from tests.forking import forking
from tests.world import WORKSPACE


def start_leading(world, url: str, work: str, when: str) -> BaseProcess:
    """Start a process that opens what is due, or goes on, and dies `before` or `after` it commits.

    `work` is "opening" or "going on".
    """
    ahead = world.clock() - utc_now()
    process = forking.Process(target=_run, args=(url, ahead, work, when), daemon=True)
    process.start()
    return process


def _run(url: str, ahead: timedelta, work: str, when: str) -> None:
    asyncio.run(_work(url, ahead, work, when))


async def _work(url: str, ahead: timedelta, work: str, when: str) -> None:
    clock, db = MovableClock(), connect(url)
    clock.move(ahead)
    if when == "before":
        event.listen(db.engine.sync_engine, "commit", lambda _: _die())
    if work == "opening":
        await lead_consultancies(db, clock, None)
    else:
        await _go_on(db.of(WORKSPACE), clock)
    _die()


async def _go_on(db: Database, clock: MovableClock) -> None:
    async with db.begin() as session:
        ident = await session.scalar(select(Consultancy.id))
        consultancy = await Consultancy.of(session, ident, for_update=True)
        community = await session.get_one(Community, consultancy.community_id)
        await leading.go_on(session, consultancy, community, consultancy.step or 0, clock())


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
