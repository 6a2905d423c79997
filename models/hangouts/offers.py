"""Offers: the letters about a freed seat, which is somebody's if they confirm it in time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from models.hangouts.hangout import Hangout
from models.hangouts.posted import LAPSED, OFFER
from models.hangouts.signup import Signup
from models.posts import Post

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


async def tell_of_offer(
    session: AsyncSession, hangout: Hangout, offered: Signup, now: datetime
) -> None:
    """Tell somebody on the waiting list that a seat is theirs if they confirm in time."""
    until = offered.offered_until or hangout.starts_at
    await _letter(session, OFFER, hangout, offered, until, now)


async def tell_of_lapse(
    session: AsyncSession, hangout: Hangout, offered: Signup, now: datetime
) -> None:
    """Tell somebody that the seat they did not confirm has gone on; they are still expected."""
    await _letter(session, LAPSED, hangout, offered, hangout.starts_at, now)


async def redraw_offers(session: AsyncSession, hangout: Hangout, now: datetime) -> None:
    """Let the letters say what became of the offers: confirmed, given back, gone on."""
    await Post.redraw(session, OFFER, hangout.id, now)


async def _letter(
    session: AsyncSession,
    kind: str,
    hangout: Hangout,
    offered: Signup,
    useful_until: datetime,
    now: datetime,
) -> None:
    """Keep a letter whose key ends in the time to confirm by, in seconds.

    Before that the key holds when they asked, in microseconds: who gave a seat back and asked anew
    may be offered another one until the same noon.
    """
    asked = ((offered.asked_at or EPOCH) - EPOCH) // timedelta(microseconds=1)
    until = int((offered.offered_until or hangout.starts_at).timestamp())
    await Post.add(
        session,
        f"{kind}:{hangout.id}:{offered.member_id}:{asked}:{until}",
        offered.member_id,
        kind=kind,
        due_at=now,
        about_id=hangout.id,
        useful_until=useful_until,
    )
