"""Seconding: saying the same, with the button or the emoji of the community.

[Second this]           one's name stands on the card; once more takes it back
(the emoji on a card)   does the same, in any skin tone; taking it off undoes it
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.thanks.changing import seconded
from handlers.blocks.thanks.ids import SECOND
from handlers.home import Home
from handlers.request import Reply
from handlers.request.reacting import Reacted
from models.database import Database
from models.ids import id_from
from models.members import Member
from models.posts import Post
from models.thanks import seconding
from models.thanks.finding import receivers_of
from models.thanks.posted import CARD
from models.time import Clock


def register(app: Any) -> None:
    app.action(SECOND)(second)


async def second(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Put one's name on the card, or take it off; the card follows in place."""
    await ack()
    async with db.begin() as session:
        stands = await seconding.press(session, action.get("value"), member.member_id, clock())
        receiver_ids = await _receivers(session, id_from(action.get("value")) or 0)
    await reply(seconded(stands=stands))
    await home.refresh(*receiver_ids)


async def follow_reaction(
    session: AsyncSession, reacted: Reacted, now: datetime
) -> Collection[str]:
    """Second the thanks on whose card the emoji was put, or undo that when it was taken off.

    Returns who received them, whose pages show it.
    """
    post = await Post.standing_at(session, reacted.channel_id, reacted.ts)
    if post is None or post.kind != CARD or post.about_id is None:
        return ()
    follow = seconding.react if reacted.is_added else seconding.take_back_reaction
    await follow(session, post.about_id, reacted.member_id, reacted.emoji, now)
    return await _receivers(session, post.about_id)


async def _receivers(session: AsyncSession, thanks_id: int) -> Collection[str]:
    return (await receivers_of(session, [thanks_id])).get(thanks_id, [])
