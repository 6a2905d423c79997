"""Telling: digests that stand in Slack show no more of what was taken back or put otherwise."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.digests.networks import NetworkDigest
from models.digests.personal import LOOKS_BACK
from models.digests.posted import NETWORK, PERSONAL, WEEKLY
from models.posts import SAID, SENDING, Post
from models.redrawing import mark_again, put_off, put_off_in
from models.time import A_WEEK

# News is in the first digest after it, which holidays may delay; a question is told of beside other
# news as long as it is open and young (models/digests/collecting.py).
TOLD_FOR = timedelta(weeks=12)


async def redraw_digests(
    session: AsyncSession, community_id: int, since: datetime | None, now: datetime
) -> None:
    """Draw those digests anew that may tell of what was new there at `since`; None for nothing."""
    if since is None:
        return
    if (stale := put_off_in(session)) is not None:
        stale.digests[community_id].add(since)
    else:
        await _redraw_told(session, community_id, [since], now)


async def redraw_elsewhere(session: AsyncSession, community: Community, now: datetime) -> None:
    """Draw all digests anew, of whatever age, that may tell of this community to others.

    Network digests are chosen anew from time to time, so each may have told of it once.
    """
    is_elsewhere = and_(Post.about_id == community.id, Post.place_id != community.channel_id)
    told = or_(Post.kind == NETWORK, and_(Post.kind == WEEKLY, is_elsewhere))
    query = select(Post.key).where(told, Post.state.in_([SENDING, SAID]))
    await Post.redraw_keyed(session, (await session.scalars(query)).all(), now)


async def redraw_personal(
    session: AsyncSession, told: Collection[tuple[str, datetime]], now: datetime
) -> None:
    """Draw those weekly letters anew that may tell their readers of what was new at that moment.

    `told` are readers, by their member id, with such moments.
    """
    stale = put_off_in(session)
    moments: dict[str, set[datetime]] = {} if stale is None else stale.letters
    for member_id, at in told:
        moments.setdefault(member_id, set()).add(at)
    if stale is None and moments:
        await _redraw_letters(session, moments, now)


@asynccontextmanager
async def redrawn_together(session: AsyncSession, now: datetime) -> AsyncIterator[None]:
    """Mark what becomes stale in this block at its end: each card, digest and letter once.

    For what changes hundreds of rows in one transaction, for which others wait.
    """
    stale = put_off(session)
    try:
        yield
    finally:
        mark_again(session)
    for kind, ids in sorted(stale.cards.items()):
        await Post.redraw(session, kind, sorted(ids), now)
    for community_id, moments in sorted(stale.digests.items()):
        await _redraw_told(session, community_id, moments, now)
    if stale.letters:
        await _redraw_letters(session, stale.letters, now)


async def _redraw_told(
    session: AsyncSession, community_id: int, moments: Collection[datetime], now: datetime
) -> None:
    networks = [one.id for one in await NetworkDigest.telling_of(session, community_id)]
    is_told_in = or_(
        and_(Post.kind == WEEKLY, Post.about_id == community_id),
        and_(Post.kind == NETWORK, Post.about_id.in_(networks)),
    )
    query = select(Post.key, Post.said_at).where(
        is_told_in,
        Post.state == SAID,
        Post.said_at >= min(moments),
        Post.said_at < max(moments) + TOLD_FOR,
    )
    stale = [
        digest.key
        for digest in await session.execute(query)
        if any(since <= digest.said_at < since + TOLD_FOR for since in moments)
    ]
    await Post.redraw_keyed(session, stale, now)


async def _redraw_letters(
    session: AsyncSession, moments: Mapping[str, Collection[datetime]], now: datetime
) -> None:
    query = select(Post.key, Post.place_id, Post.said_at).where(
        Post.kind == PERSONAL, Post.place_id.in_(list(moments)), Post.state == SAID
    )
    stale = [
        letter.key
        for letter in await session.execute(query)
        if any(
            letter.said_at - LOOKS_BACK - A_WEEK <= at <= letter.said_at
            for at in moments[letter.place_id]
        )
    ]
    await Post.redraw_keyed(session, stale, now)
