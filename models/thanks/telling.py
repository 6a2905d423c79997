"""Telling: the card in the channel, and a letter to everybody who is thanked.

Of private thanks there is no card, and nothing that is sent moves for anybody else's eyes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.digests.telling import redraw_digests, redraw_personal
from models.posts import Post
from models.thanks.finding import receivers_of
from models.thanks.posted import (
    CARD,
    KEPT_PRIVATE,
    RECEIVED,
    SHOWER,
    card_key,
    received_key,
)
from models.thanks.thanks import Thanks


async def announce(
    session: AsyncSession, thanks: Thanks, community: Community | None, now: datetime
) -> None:
    """Keep the letters to the receivers and, of public thanks, the card; twice is harmless.

    Notes of a shower arrive together on their day, which is not told of here.
    """
    if thanks.shower_id is not None or thanks.deleted_at is not None:
        return
    if not thanks.is_private and community is not None:
        await Post.add(
            session,
            card_key(thanks),
            community.channel_id,
            kind=CARD,
            due_at=now,
            about_id=thanks.id,
            cause_id=thanks.giver_id,
        )
    for member_id in (await receivers_of(session, [thanks.id])).get(thanks.id, []):
        await Post.add(
            session,
            received_key(thanks, member_id),
            member_id,
            kind=RECEIVED,
            due_at=now,
            about_id=thanks.id,
        )


async def redraw(session: AsyncSession, thanks: Thanks, now: datetime) -> None:
    """Show the thanks as they are now: in the letters and, while they are public, on the card."""
    receivers = (await receivers_of(session, [thanks.id])).get(thanks.id, [])
    await redraw_for(session, thanks, receivers, now)


async def redraw_for(
    session: AsyncSession, thanks: Thanks, receivers: Sequence[str], now: datetime
) -> None:
    """Show them as they are now to everybody; these are, or were until now, who is thanked."""
    await redraw_letters(session, thanks, receivers, now)
    if not thanks.is_private:
        await redraw_card(session, thanks, now)
        await redraw_digests(session, thanks.community_id, thanks.thanked_at, now)
    await Post.redraw(session, RECEIVED, thanks.id, now)
    if thanks.shower_id is not None:
        await Post.redraw(session, SHOWER, thanks.shower_id, now)


async def redraw_letters(
    session: AsyncSession, thanks: Thanks, receivers: Sequence[str], now: datetime
) -> None:
    """Show in the weekly letters of these receivers what is true now."""
    reached = thanks.arrives_at or thanks.thanked_at
    await redraw_personal(session, [(one, reached) for one in receivers], now)


async def redraw_card(session: AsyncSession, thanks: Thanks, now: datetime) -> None:
    """Show in the channel what is true now: who seconds it, or that it is not there any more."""
    await Post.redraw(session, CARD, thanks.id, now)


async def tell_of_keeping_private(session: AsyncSession, thanks: Thanks, now: datetime) -> None:
    """Keep a letter to the giver: a receiver would rather have it between them. Once."""
    await Post.add(
        session,
        f"{KEPT_PRIVATE}:{thanks.id}",
        thanks.giver_id,
        kind=KEPT_PRIVATE,
        due_at=now,
        about_id=thanks.id,
    )
