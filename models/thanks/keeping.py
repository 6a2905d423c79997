"""Keeping: one's own journal is sent as files, to oneself alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.errors import RuleError
from models.posts import DUE, SENDING, Post
from models.thanks.journal import Side, page_of
from models.thanks.posted import JOURNAL_DOCUMENT, JOURNAL_TABLE

NOTHING_YET = (
    "There is nothing to keep yet. As soon as somebody thanks you, or you thank somebody, your "
    "journal can be a document."
)


async def send(session: AsyncSession, member_id: str, request_key: str, now: datetime) -> None:
    """Keep the two files for this person; what is under way is enough for who presses twice.

    Raises RuleError for an empty journal.
    """
    pages = [await page_of(session, side, member_id, now) for side in Side]
    if not any(page.total for page in pages):
        raise RuleError(NOTHING_YET)
    under_way = select(Post.id).where(
        Post.kind.in_([JOURNAL_DOCUMENT, JOURNAL_TABLE]),
        Post.place_id == member_id,
        Post.state.in_([DUE, SENDING]),
    )
    if await session.scalar(under_way.limit(1)) is not None:
        return
    for kind in (JOURNAL_DOCUMENT, JOURNAL_TABLE):
        await Post.add(
            session, f"{kind}:{member_id}:{request_key}", member_id, kind=kind, due_at=now
        )
