"""Changes: a facilitator moves a hangout, calls it off or gives it back, and all concerned hear."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.hangouts import telling
from models.hangouts.hangout import (
    A_HANGOUT_AT_MOST,
    Hangout,
    HangoutOffError,
    MovedWhereError,
)
from models.hangouts.seats import promote
from models.time import zone


async def move(
    session: AsyncSession,
    hangout: Hangout,
    community: Community,
    to: datetime,
    *,
    by: str,
    now: datetime,
) -> None:
    """Move a locked hangout and tell of it.

    Raises what `Hangout.move` raises, and MovedWhereError when the community meets then already.
    The series is locked, so that no two are moved to the same time at once.
    """
    await _require_free(session, hangout, to)
    hangout.move(to, now)
    await _tell(session, hangout, community, by, now)


async def call_off(
    session: AsyncSession,
    hangout: Hangout,
    community: Community,
    why: str | None,
    *,
    by: str,
    now: datetime,
) -> None:
    """Call a locked hangout off and tell of it; raises what `Hangout.call_off` raises."""
    hangout.call_off(why, now)
    await _tell(session, hangout, community, by, now)


async def restore(
    session: AsyncSession, hangout: Hangout, community: Community, *, by: str, now: datetime
) -> None:
    """Give a locked hangout back and tell of it.

    Raises what `Hangout.restore` raises, and HangoutOffError when the community meets then.
    """
    if not hangout.is_on and await _at_that_time(session, hangout, hangout.starts_at) is not None:
        raise HangoutOffError("Another hangout takes place at that time. Move that one first.")
    hangout.restore(now)
    await _tell(session, hangout, community, by, now)


async def _require_free(session: AsyncSession, hangout: Hangout, to: datetime) -> None:
    other = await _at_that_time(session, hangout, to)
    if other is not None:
        start = other.starts_at.astimezone(zone(other.tz))
        raise MovedWhereError(
            f"The hangout of {start:%A} {start.day} {start:%B}, {start:%H:%M} ({other.tz}) is at "
            "that time. Please choose another one."
        )


async def _at_that_time(session: AsyncSession, hangout: Hangout, at: datetime) -> Hangout | None:
    """Return another hangout of the community that takes place while this one would."""
    query = (
        select(Hangout)
        .where(Hangout.community_id == hangout.community_id, Hangout.id != hangout.id)
        .where(Hangout.called_off_at.is_(None), Hangout.starts_at > at - A_HANGOUT_AT_MOST)
        .where(Hangout.starts_at < at + (hangout.ends_at - hangout.starts_at))
        .where(Hangout.ends_at > at)
        .order_by(Hangout.starts_at)
        .limit(1)
    )
    return (await session.scalars(query)).first()


async def _tell(
    session: AsyncSession, hangout: Hangout, community: Community, by: str, now: datetime
) -> None:
    await telling.tell_of_change(session, hangout, community, by=by, now=now)
    # Seats that were offered have to be confirmed before the new start, or can be offered again.
    await promote(session, hangout, now)
