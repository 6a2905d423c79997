"""Archiving: all that is public in a community, as a document and tables to keep.

/material archive, [Send the archive]    facilitators get it in their own conversation at once
(first weekday of a quarter, 9:00)       every facilitator gets it; nothing there, nothing sent
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.materials.archiving import (
    archive_document,
    archive_promised,
    archive_tables_file,
)
from handlers.blocks.materials.ids import ARCHIVE
from handlers.blocks.message import Message
from handlers.documents.archive import archive_page
from handlers.documents.archive_tables import archive_tables
from handlers.posts import PostKind
from handlers.request import Reply, Where, request_key
from models.archive import sending
from models.archive.collecting import collect
from models.archive.contents import Archive
from models.archive.quarters import next_moment_of
from models.communities import Community
from models.database import Database
from models.errors import NotHereError
from models.ids import id_from
from models.materials.posted import ARCHIVE_DOCUMENT, ARCHIVE_TABLES
from models.members import Member
from models.posts import Post
from models.time import Clock

logger = logging.getLogger(__name__)


def register(app: Any) -> None:
    app.command("/material", "archive", alone=True)(ask_for_archive)
    app.action(ARCHIVE)(ask_for_archive)


async def ask_for_archive(
    ack: AsyncAck,
    body: dict[str, Any],
    where: Where,
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Send the archive to a facilitator who asks for it."""
    await ack()
    community_id = await _community_meant(body, where)
    async with db.begin() as session:
        community = await session.get(Community, community_id)
        if community is None or not _is_known_to(member, community):
            raise NotHereError("I can't find that community. Please choose one of yours.")
        await sending.send_to(session, community, member, request_key(body), clock())
    await reply(archive_promised(community))


async def _community_meant(body: dict[str, Any], where: Where) -> int:
    """Return the id in the button's value, which may be forged, else where the member is."""
    [action, *_] = body.get("actions") or [{}]
    return id_from(action.get("value")) or (await where.community()).id


def _is_known_to(member: Member, community: Community) -> bool:
    return not community.is_private or community.has_member(member.member_id)


async def post_archives(db: Database, clock: Clock, _: AsyncWebClient) -> str:
    """Send the archives of the quarter; what goes wrong with one community holds up no other."""
    sent, failed = 0, 0
    async with db.everywhere()() as session:
        waiting = await sending.due(session, clock())
    for community_id, workspace_id in waiting.items():
        try:
            async with db.of(workspace_id).begin() as session:
                sent += await sending.send_quarterly(session, community_id, clock())
        except Exception:
            logger.exception("Could not send the archive of community %s", community_id)
            failed += 1
    return f"{sent} sent" + (f", {failed} failed" if failed else "")


async def next_moment(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when the next archive is made."""
    moments = [next_moment_of(now, one.tz) for one in await Community.living(session)]
    return min(moments, default=None)


async def draw_document(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw the document as of now, unless its reader may not have it any more."""
    return await _drawn(session, post, now, archive_page, archive_document)


async def draw_tables(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw the tables, as the document."""
    return await _drawn(session, post, now, archive_tables, archive_tables_file)


async def _drawn(
    session: AsyncSession,
    post: Post,
    now: datetime,
    write: Callable[[Archive], bytes],
    wrap: Callable[[Archive, bytes], Message],
) -> Message | None:
    community = await session.get(Community, post.about_id)
    if community is None or not await sending.may_read(session, community, post):
        return None
    archive = await collect(session, community, now)
    # Thousands of rows take a moment, in which others want to be answered.
    return wrap(archive, await asyncio.to_thread(write, archive))


POSTS = {
    ARCHIVE_DOCUMENT: PostKind(draw_document, is_file=True, was_promised=True),
    ARCHIVE_TABLES: PostKind(draw_tables, is_file=True, was_promised=True),
}
