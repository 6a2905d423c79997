"""Exporting: all that is kept about somebody is sent as one file, to themselves alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.members import Member
from models.posts import DUE, SENDING, Post

# A file in a direct message.
EXPORTED = "my_data.export"


async def send(session: AsyncSession, member_id: str, request_key: str, now: datetime) -> None:
    """Keep the file for this person; what is under way is enough for who presses twice."""
    # The second of two presses at once waits, and finds what the first one kept.
    await session.execute(select(Member.id).where(Member.member_id == member_id).with_for_update())
    under_way = select(Post.id).where(
        Post.kind == EXPORTED, Post.place_id == member_id, Post.state.in_([DUE, SENDING])
    )
    if await session.scalar(under_way.limit(1)) is None:
        key = f"{EXPORTED}:{member_id}:{request_key}"
        await Post.add(session, key, member_id, kind=EXPORTED, due_at=now)
