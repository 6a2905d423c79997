"""Steps that tests of the weekly digest take: what there is to tell, and what becomes of a week."""

from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import event, select

from models.communities import Community
from models.database import Database
from models.digests import customs, issuing
from models.digests.collecting import collect
from models.digests.customs import Choice, DigestCustoms
from models.digests.digest import Digest
from models.digests.ledger import Fate, IssuedDigest
from models.posts import SAID, Post
from models.problems import Problem
from tests.examples import ANA, BEN, NOW, a_hangout, a_material, a_pilot, a_problem, a_series
from tests.models.thanks.belonging import thanks_said

WEEK = timedelta(days=7)
# Friday, 14:00 in Denver; NOW is the Tuesday before. The Monday of that week is the 16th.
FRIDAY = datetime(2026, 11, 20, 21, tzinfo=UTC)


async def wants(
    db: Database,
    circle: Community,
    weekday: int | None = 4,
    at: time | None = time(14),
    now: datetime = NOW,
    channel_id: str | None = None,
) -> DigestCustoms:
    """Let a facilitator choose a day, an hour and perhaps another channel."""
    async with db.begin() as session:
        community = await Community.locked(session, circle.id)
        choice = Choice.of(community, weekday=weekday, at=at, channel_id=channel_id)
        return await customs.change(session, community, choice, by=BEN, now=now)


async def issued(db: Database, chosen: DigestCustoms, now: datetime) -> list[Fate]:
    """Do what the tick does at that moment."""
    async with db.begin() as session:
        return await issuing.issue(session, chosen.id, now)


async def change_community(db: Database, circle: Community, **traits: Any) -> None:
    async with db.begin() as session:
        community = await session.get_one(Community, circle.id)
        for name, value in traits.items():
            setattr(community, name, value)


async def next_at(db: Database, chosen: DigestCustoms) -> datetime | None:
    async with db() as session:
        return (await session.get_one(DigestCustoms, chosen.id)).next_at


async def ledger(db: Database) -> list[tuple[str, str]]:
    """Return what became of each week."""
    async with db() as session:
        rows = await session.scalars(select(IssuedDigest).order_by(IssuedDigest.week))
        return [(row.week.isoformat(), row.fate) for row in rows]


async def asks(db: Database, circle: Community, at: datetime = NOW, **traits: Any) -> Problem:
    """Let Ana share a problem."""
    facts = {"id": None, "community_id": circle.id, "shared_at": at, "request_key": f"P{at}"}
    async with db.begin() as session:
        session.add(problem := a_problem(**facts | traits))
    return problem


async def stands(db: Database, kind: str, about_id: int, key: str = "") -> None:
    """Let a card stand in the channel."""
    async with db.begin() as session:
        session.add(
            Post(
                workspace_id="T0STAFF",
                key=key or f"{kind}:{about_id}",
                kind=kind,
                about_id=about_id,
                place_id="C0MATHCIRCLE",
                channel_id="C0MATHCIRCLE",
                due_at=NOW,
                state=SAID,
                ts=f"1700000000.{about_id:06}",
            )
        )


async def a_busy_week(db: Database, circle: Community, at: datetime = NOW) -> None:
    """Let one thing of each kind happen, and a hangout with two free seats be ahead."""
    await asks(db, circle, at)
    await thanks_said(db, circle, BEN, thanked_at=at, request_key=f"T{at}")
    async with db.begin() as session:
        shared = {"community_id": circle.id, "request_key": f"V{at}"}
        session.add(a_pilot(**shared, circle="community", started_at=at, shared_at=at))
        session.add(a_material(**shared, owner_id=ANA, saved_at=at, is_announced=True))
        session.add(series := a_series(community_id=circle.id))
        await session.flush()
        starts_at = at + timedelta(days=2)
        session.add(a_hangout(community_id=circle.id, series_id=series.id, starts_at=starts_at))


async def collected(
    db: Database,
    circle: Community,
    since: datetime = NOW - WEEK,
    now: datetime = NOW,
    **narrowed: Any,
) -> Digest:
    async with db() as session:
        community = await session.get_one(Community, circle.id)
        return await collect(session, community, since, now, **narrowed)


@contextmanager
def questions_counted(db: Database):
    """Count what the database is asked in the meantime."""
    asked = []

    def note(*details: Any) -> None:
        asked.append(details[2])

    engine = db.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)
