"""Changes: a facilitator moves a hangout, calls it off or gives it back, and all concerned hear."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.hangouts import telling
from models.hangouts.hangout import Hangout
from models.hangouts.seats import promote


async def move(
    session: AsyncSession,
    hangout: Hangout,
    community: Community,
    to: datetime,
    *,
    by: str,
    now: datetime,
) -> None:
    """Move a locked hangout and tell of it; raises what `Hangout.move` raises."""
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
    """Give a locked hangout back and tell of it; raises what `Hangout.restore` raises."""
    hangout.restore(now)
    await _tell(session, hangout, community, by, now)


async def _tell(
    session: AsyncSession, hangout: Hangout, community: Community, by: str, now: datetime
) -> None:
    await telling.tell_of_change(session, hangout, community, by=by, now=now)
    # Seats that were offered have to be confirmed before the new start, or can be offered again.
    await promote(session, hangout, now)
