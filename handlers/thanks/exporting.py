"""Exporting: one's own journal as a document to keep and as a table.

[Keep as a document]    both come as files into one's own conversation, for nobody else
"""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.message import Message
from handlers.blocks.thanks.exporting import (
    journal_document,
    journal_promised,
    journal_table_file,
)
from handlers.blocks.thanks.ids import EXPORT
from handlers.documents.journal import journal_page, journal_table
from handlers.posts import PostKind
from handlers.request import Reply, request_key
from models.database import Database
from models.members import Member
from models.posts import Post
from models.thanks import keeping
from models.thanks.journal import Journal, whole
from models.thanks.posted import JOURNAL_DOCUMENT, JOURNAL_TABLE
from models.time import Clock


def register(app: Any) -> None:
    app.action(EXPORT)(keep_journal)


async def keep_journal(
    ack: AsyncAck,
    body: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Send one's own journal, whatever the button says."""
    await ack()
    async with db.begin() as session:
        await keeping.send(session, member.member_id, request_key(body), clock())
    await reply(journal_promised())


async def draw_document(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw the document of whoever the post goes to, as of now; nothing when all is gone."""
    found = await _journal(session, post, now)
    if found is None:
        return None
    member, journal = found
    content = await asyncio.to_thread(journal_page, journal, member, now)
    return journal_document(member, content, now)


async def draw_table(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw the table, as the document."""
    found = await _journal(session, post, now)
    if found is None:
        return None
    member, journal = found
    return journal_table_file(member, journal_table(journal, member), now)


async def _journal(
    session: AsyncSession, post: Post, now: datetime
) -> tuple[Member, Journal] | None:
    member = await Member.find(session, post.place_id)
    journal = await whole(session, post.place_id, now)
    return (member, journal) if member and (journal.received or journal.given) else None


POSTS = {
    JOURNAL_DOCUMENT: PostKind(draw_document, is_file=True, was_promised=True),
    JOURNAL_TABLE: PostKind(draw_table, is_file=True, was_promised=True),
}
