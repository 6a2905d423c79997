"""Receiving: the card in the channel, the letters, and keeping it between the people.

(thanks are given)      a card in the channel if they are public, a letter to each receiver
[Thank back]            opens the form for whoever said it
[Keep private]          the card goes, who seconded it is forgotten, the giver gets a kind letter
"""

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.message import Message
from handlers.blocks.thanks.cards import gone, thanks_card
from handlers.blocks.thanks.changing import kept_private
from handlers.blocks.thanks.ids import KEEP_PRIVATE
from handlers.blocks.thanks.letters import kept_private_letter, received_letter
from handlers.home import Home
from handlers.posts import PostKind
from handlers.request import Reply
from handlers.thanks.drawing import EVERYBODY, facts_of
from models.communities import Community
from models.database import Database
from models.members import Member
from models.posts import Post
from models.thanks import changing
from models.thanks.finding import of, receivers_of
from models.thanks.posted import CARD, KEPT_PRIVATE, RECEIVED, RECEIVING
from models.thanks.thanks import Thanks
from models.time import Clock


def register(app: Any) -> None:
    app.action(KEEP_PRIVATE)(keep_private)


async def keep_private(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Let only giver and receivers see it from now on; pressing twice tells the giver once."""
    await ack()
    member_id = member.member_id
    async with db.begin() as session:
        thanks = await changing.keep_private(session, action.get("value"), member_id, clock())
        facts = await facts_of(session, thanks, member_id)
        receiver_ids = await _receivers(session, thanks)
    await reply(kept_private(facts))
    await home.refresh(*receiver_ids)


async def draw_card(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw the card as things stand; what is gone or private before it was said is not said."""
    thanks = await _standing(session, post)
    if thanks is None or thanks.is_private:
        return _gone(post)
    return thanks_card(await facts_of(session, thanks, EVERYBODY), now)


async def draw_received(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the letter, unless the thanks are gone or not for this person any more."""
    thanks, reader = await _standing(session, post), post.place_id
    if thanks is None or reader not in await _receivers(session, thanks):
        return _gone(post)
    community = await session.get_one(Community, thanks.community_id)
    place = f"#{community.channel_name}" if community.channel_name else community.name
    return received_letter(await facts_of(session, thanks, reader), place)


async def draw_kept_private(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw what the giver is told, unless the thanks are gone by then."""
    thanks = await _standing(session, post)
    if thanks is None:
        return None
    return kept_private_letter(await facts_of(session, thanks, post.place_id))


async def _standing(session: AsyncSession, post: Post) -> Thanks | None:
    thanks = await of(session, post.about_id)
    return thanks if thanks is not None and thanks.deleted_at is None else None


async def _receivers(session: AsyncSession, thanks: Thanks) -> list[str]:
    return (await receivers_of(session, [thanks.id])).get(thanks.id, [])


def _gone(post: Post) -> Message | None:
    """Return what stands in place of words that were said, and nothing for those that were not."""
    return gone() if post.ts is not None else None


POSTS = {
    CARD: PostKind(draw_card),
    RECEIVED: PostKind(draw_received, switch=RECEIVING),
    KEPT_PRIVATE: PostKind(draw_kept_private, switch=RECEIVING),
}
