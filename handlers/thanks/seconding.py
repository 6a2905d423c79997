"""Seconding: saying the same, with the button or the emoji of the community.

[Second this]           one's name stands on the card; once more takes it back
(the emoji on a card)   does the same, in any skin tone; taking it off undoes it
"""

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.thanks.changing import seconded
from handlers.blocks.thanks.ids import SECOND
from handlers.request import Reply
from handlers.request.reacting import Reacted
from models.database import Database
from models.members import Member
from models.posts import Post
from models.thanks import seconding
from models.thanks.posted import CARD
from models.time import Clock


def register(app: Any) -> None:
    app.action(SECOND)(second)


async def second(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, clock: Clock, reply: Reply
) -> None:
    """Put one's name on the card, or take it off; the card follows in place."""
    await ack()
    async with db.begin() as session:
        stands = await seconding.press(session, action.get("value"), member.member_id, clock())
    await reply(seconded(stands=stands))


async def follow_reaction(session: AsyncSession, reacted: Reacted, now: datetime) -> None:
    """Second the thanks on whose card the emoji was put, or undo that when it was taken off."""
    post = await Post.standing_at(session, reacted.channel_id, reacted.ts)
    if post is None or post.kind != CARD or post.about_id is None:
        return
    follow = seconding.react if reacted.is_added else seconding.take_back_reaction
    await follow(session, post.about_id, reacted.member_id, reacted.emoji, now)
