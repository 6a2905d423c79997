"""All of it, to take along.

[Export]    a ZIP file of documents and tables comes into my own conversation, for nobody else
"""

import asyncio
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.message import Message
from handlers.blocks.my_data.exporting import export_file, export_promised
from handlers.blocks.my_data.ids import EXPORT
from handlers.documents.my_data import my_data_bundle
from handlers.posts import PostKind
from handlers.request import Reply, request_key
from models.database import Database
from models.members import Member
from models.my_data import exporting
from models.my_data.seeing import collect
from models.posts import Post
from models.time import Clock


def register(app: Any) -> None:
    app.action(EXPORT)(export_my_data)


async def export_my_data(
    ack: AsyncAck,
    body: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Send one's own data, whatever the button says."""
    await ack()
    async with db.begin() as session:
        await exporting.send(session, member.member_id, request_key(body), clock())
    await reply(export_promised())


async def draw_export(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw the file of whoever the post goes to, as of now."""
    member = await Member.find(session, post.place_id)
    if member is None:
        return None
    data = await collect(session, member, now)
    # Years of it take a moment, in which others want to be answered.
    return export_file(member, await asyncio.to_thread(my_data_bundle, data, now), now)


POSTS: dict[str, PostKind] = {exporting.EXPORTED: PostKind(draw_export, is_file=True)}
