"""Waiting: one's own pilots that wait for a value, because a whole round went by without one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, case, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.pilots.observation import Observation
from models.pilots.pilot import Pilot, Rhythm

# A pilot waits for a value when there is none from so many days, by its rhythm.
ROUND, LONG_ROUND = timedelta(days=7), timedelta(days=14)


async def waiting(
    session: AsyncSession, member_id: str, now: datetime, limit: int
) -> Sequence[Pilot]:
    """Return one's running pilots without a value for a whole round, which end soonest first.

    Paused ones, and those about which nothing is to be asked, are left out.
    """
    today = now.date()
    since = case((Pilot.rhythm == Rhythm.FORTNIGHTLY, today - LONG_ROUND), else_=today - ROUND)
    noted = select(Observation.id).where(
        Observation.pilot_id == Pilot.id,
        Observation.deleted_at.is_(None),
        Observation.on_date > since,
    )
    is_stopped = and_(Pilot.stopped_rhythm.is_not(None), Pilot.stopped_rhythm == Pilot.rhythm)
    query = (
        select(Pilot)
        .where(Pilot.member_id == member_id, Pilot.deleted_at.is_(None))
        .where(Pilot.finished_at.is_(None), Pilot.paused_at.is_(None), ~is_stopped)
        .where(Pilot.rhythm != Rhythm.NEVER, Pilot.starts_on <= since, ~noted.exists())
        .order_by(Pilot.ends_on, Pilot.id)
    )
    return (await session.scalars(query.limit(limit))).all()
