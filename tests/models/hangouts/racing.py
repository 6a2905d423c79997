"""A process of its own in which members press a button, all at the same moment."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.connection import Connection

from models.database import Database, connect
from models.hangouts import signups
from models.hangouts.hangout import Hangout
from tests.forking import forking

WORKSPACE = "T0STAFF"
# Seconds that a process may take for all of its members.
PATIENCE = 60


@dataclass(frozen=True)
class Crowd:
    """Members who press at once: where, for which hangout, and what time their process has."""

    database_url: str
    hangout_id: int
    member_ids: tuple[str, ...]
    now: datetime


async def press(db: Database, crowd: Crowd) -> list[int]:
    """Return what each is told: a position on the list, or 0 for a seat."""

    async def ask(member_id: str) -> int:
        async with db.begin() as session:
            hangout = await Hangout.of(session, crowd.hangout_id, for_update=True)
            place = await signups.ask_to_present(session, hangout, member_id, crowd.now)
        return place.position or 0

    return list(await asyncio.gather(*map(ask, crowd.member_ids)))


async def press_in_processes(crowds: list[Crowd]) -> list[int]:
    """Let each crowd press in a process of its own; return what they are told, all together."""
    barrier = forking.Barrier(len(crowds))
    ends = []
    for crowd in crowds:
        ours, theirs = forking.Pipe()
        forking.Process(target=_run, args=(crowd, barrier, theirs), daemon=True).start()
        ends.append(ours)
    return [place for end in ends for place in await asyncio.to_thread(_told, end)]


def _told(end: Connection) -> list[int]:
    assert end.poll(PATIENCE)
    return list(end.recv())


def _run(crowd: Crowd, barrier: object, end: Connection) -> None:
    end.send(asyncio.run(_work(crowd, barrier)))


async def _work(crowd: Crowd, barrier: object) -> list[int]:
    database = connect(crowd.database_url)
    db = database.of(WORKSPACE)
    async with db() as session:
        await Hangout.of(session, crowd.hangout_id)
    await asyncio.to_thread(barrier.wait, PATIENCE)
    told = await press(db, crowd)
    await database.close()
    return told


def crowds(
    database_url: str, hangout_id: int, member_ids: list[str], now: datetime, processes: int
) -> list[Crowd]:
    """Share the members out; the clocks of the processes differ by a second each."""
    return [
        Crowd(
            database_url,
            hangout_id,
            tuple(member_ids[number::processes]),
            now - timedelta(seconds=number),
        )
        for number in range(processes)
    ]
