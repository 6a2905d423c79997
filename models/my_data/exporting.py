"""Exporting: all that is kept about somebody is sent as one file, to themselves alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.deliveries import is_coming
from models.posts import Post

# A file in a direct message.
EXPORTED = "my_data.export"


async def send(session: AsyncSession, member_id: str, request_key: str, now: datetime) -> None:
    """Keep the file for this person; who presses twice gets one."""
    if not await is_coming(session, member_id, now, EXPORTED):
        key = f"{EXPORTED}:{member_id}:{request_key}"
        await Post.add(session, key, member_id, kind=EXPORTED, due_at=now)
