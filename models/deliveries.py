"""Deliveries: a file that somebody asked for comes once, however often they pressed."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.members import Member
from models.posts import DUE, SAID, SENDING, Post

# Who presses again so soon meant the same file, which is there already.
IS_NEW_FOR = timedelta(seconds=30)


async def is_coming(session: AsyncSession, member_id: str, now: datetime, *kinds: str) -> bool:
    """Say whether a file of these kinds is on its way to this person, or has just come.

    Their row is locked: the second of two who ask at once waits, and finds what the first one kept.
    """
    await session.execute(select(Member.id).where(Member.member_id == member_id).with_for_update())
    has_just_come = and_(Post.state == SAID, Post.said_at > now - IS_NEW_FOR)
    query = select(Post.id).where(
        Post.kind.in_(kinds),
        Post.place_id == member_id,
        or_(Post.state.in_([DUE, SENDING]), has_just_come),
    )
    return await session.scalar(query.limit(1)) is not None
