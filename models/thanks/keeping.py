"""Keeping: one's own journal is sent as files, to oneself alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.deliveries import is_coming
from models.errors import RuleError
from models.posts import Post
from models.thanks.journal import Side, page_of
from models.thanks.posted import JOURNAL_DOCUMENT, JOURNAL_TABLE

NOTHING_YET = (
    "There is nothing to keep yet. As soon as somebody thanks you, or you thank somebody, your "
    "journal can be a document."
)


async def send(session: AsyncSession, member_id: str, request_key: str, now: datetime) -> None:
    """Keep the two files for this person; who presses twice gets them once.

    Raises RuleError for an empty journal.
    """
    pages = [await page_of(session, side, member_id, now) for side in Side]
    if not any(page.total for page in pages):
        raise RuleError(NOTHING_YET)
    if await is_coming(session, member_id, now, JOURNAL_DOCUMENT, JOURNAL_TABLE):
        return
    for kind in (JOURNAL_DOCUMENT, JOURNAL_TABLE):
        await Post.add(
            session, f"{kind}:{member_id}:{request_key}", member_id, kind=kind, due_at=now
        )
