"""Exporting: the network's records as tables, for leads.

/staffroom export, [Export]     a ZIP file of tables into the lead's own conversation; how far it
                                is, when there are many communities; others get a kind no
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.exports.exporting import (
    export_file,
    export_progress,
    export_promised,
    export_under_way,
)
from handlers.blocks.exports.ids import EXPORT
from handlers.blocks.message import Message
from handlers.exports.tables import Export
from handlers.posts import PostKind
from handlers.request import Reply, request_key
from models.communities import Community
from models.database import Database
from models.exports import sending
from models.exports.gathering import communities_for, gather, gather_all
from models.exports.posted import FILE
from models.members import Member
from models.posts import Post
from models.time import Clock

logger = logging.getLogger(__name__)

# With fewer communities the file is there sooner than anybody could read how far it is.
MANY = 4
# chat.update is Tier 3, about 50 a minute.
SHOWN_EVERY = 1.2  # seconds
# What was gathered longer ago is gathered anew: somebody may have made it private meanwhile.
FRESH_FOR = timedelta(minutes=2)
KEPT_AT_MOST = 3


def register(app: Any) -> None:
    app.command("/staffroom", "export", alone=True)(ask_for_export)
    app.action(EXPORT)(ask_for_export)


async def ask_for_export(
    ack: AsyncAck,
    body: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    client: AsyncWebClient,
    reply: Reply,
) -> None:
    """Gather the records for a lead. Should we die meanwhile, the postman gathers them."""
    await ack()
    async with db.begin() as session:
        key = await sending.ask(session, member, request_key(body), clock())
    if key is None:
        await reply(export_under_way())
        return
    await reply(export_promised())
    _gathered.keep(key, await _gather(db, clock, key, Progress(client, member.member_id)), clock())
    async with db.begin() as session:
        await sending.is_ready(session, key, clock())


async def _gather(db: Database, clock: Clock, key: str, progress: Progress) -> bytes:
    export, reader_id = Export(), progress.member_id
    async with db() as session:
        seen = [one.id for one in await communities_for(session, reader_id)]
    for community_id in seen:
        # One at a time: while Slack is told how far it is, no connection waits with us.
        async with db() as session:
            community = await session.get_one(Community, community_id)
            records = await gather(session, community, reader_id, clock())
        # Years of a community take a moment, in which others want to be answered.
        await asyncio.to_thread(export.add, records)
        if len(seen) >= MANY and progress.is_news(export.communities == len(seen)):
            await progress.show(export_progress(export.communities, len(seen)))
            async with db.begin() as session:
                await sending.wait_for(session, key, clock())
    return await asyncio.to_thread(export.packed, clock())


class Progress:
    """One message in somebody's conversation that says how far it is, edited in place."""

    def __init__(self, client: AsyncWebClient, member_id: str) -> None:
        self._client, self.member_id = client, member_id
        self._place: tuple[str, str] | None = None
        self._shown_at = 0.0

    def is_news(self, is_last: bool) -> bool:
        """Say whether it is time to show how far it is; the end always is."""
        return is_last or asyncio.get_running_loop().time() - self._shown_at >= SHOWN_EVERY

    async def show(self, message: Message) -> None:
        """Show it. What Slack does not take holds nothing up: the file is what was asked for."""
        self._shown_at = asyncio.get_running_loop().time()
        try:
            if self._place is not None:
                channel, ts = self._place
                await self._client.chat_update(channel=channel, ts=ts, **message.to_dict())
                return
            said = await self._client.chat_postMessage(channel=self.member_id, **message.to_dict())
            self._place = str(said["channel"]), str(said["ts"])
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            logger.info("Could not show how far an export is: %s", error)


@dataclass(frozen=True)
class Packed:
    """One ZIP file, as of that moment."""

    content: bytes
    made_at: datetime


class Gathered:
    """The files that were gathered in this process and wait for its postman, a few at most.

    Another replica's postman gathers the records itself; so nothing is lost with this memory.
    """

    def __init__(self) -> None:
        self._files: dict[str, Packed] = {}

    def keep(self, key: str, content: bytes, now: datetime) -> None:
        while len(self._files) >= KEPT_AT_MOST:
            self._files.pop(next(iter(self._files)))
        self._files[key] = Packed(content, now)

    def of(self, key: str, now: datetime) -> bytes | None:
        """Return the content of that file, unless it is not here or too old."""
        file = self._files.get(key)
        return file.content if file and now - file.made_at < FRESH_FOR else None


_gathered = Gathered()


async def draw_file(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw the file, unless its reader is no lead any more."""
    member = await Member.find(session, post.place_id)
    if member is None or not await sending.may_read(session, post.place_id):
        return None
    content = _gathered.of(post.key, now)
    if content is None:
        export = Export()
        async for records, _ in gather_all(session, post.place_id, now):
            await asyncio.to_thread(export.add, records)
        content = await asyncio.to_thread(export.packed, now)
    return export_file(member, content, now)


POSTS = {FILE: PostKind(draw_file, is_file=True)}
