"""Attention: once a week, a private list for facilitators of what their community may want.

(the first school day of the week, 7:30)    problems without an answer, presenters missing, who
                                            was not heard for a while, what could not be said;
                                            nothing new to say, nothing written
(App Home)                                  the same in a few lines; [The whole list] shows it
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.models.blocks import Block
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.digests.attention import (
    ForFacilitators,
    attention_letter,
    attention_part,
    nothing_left,
)
from handlers.blocks.digests.ids import ATTENTION as SHOW
from handlers.blocks.message import Message
from handlers.blocks.posts import deleted_since
from handlers.blocks.problems.facts import Legend
from handlers.names import names_of
from handlers.posts import PostKind
from handlers.request import Reply
from models.communities import Community
from models.database import Database
from models.digests import attending
from models.digests.attention import attention, is_news, told_before
from models.digests.posted import ATTENTION, FACILITATING
from models.errors import NotHereError
from models.ids import id_from
from models.members import Member
from models.posts import Post
from models.problems.posted import card_links
from models.time import A_WEEK, Clock

logger = logging.getLogger(__name__)


# Who looks after more of them has a letter for each; the page stays short and quick to draw.
COMMUNITIES_AT_MOST = 3


def register(app: Any) -> None:
    app.action(SHOW)(show_attention)


async def show_attention(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Show the whole list of one community to whoever facilitates it; the number may be forged."""
    await ack()
    async with db() as session:
        community = await session.get(Community, id_from(action.get("value")) or 0)
        if community is None or not await _is_written_to(session, community, member.member_id):
            raise NotHereError("That list is for those who facilitate the community.")
        shown = await _shown(session, community, member.member_id, clock())
    if shown.wanted.is_nothing:
        await reply(nothing_left(community))
        return
    await reply(attention_letter(shown, may_be_muted=False))


async def write_to_facilitators(db: Database, clock: Clock, _: AsyncWebClient) -> str:
    """Keep the lists that are due; what goes wrong in one community holds up no other."""
    async with db.everywhere()() as session:
        waiting = await attending.waiting(session, clock())
    written, failed = 0, 0
    for community_id, workspace_id in waiting.items():
        try:
            written += await _write(db.of(workspace_id), community_id, clock())
        except Exception:
            logger.exception("Could not write to the facilitators of community %s", community_id)
            failed += 1
    return f"{written} communities" + (f", {failed} failed" if failed else "")


async def _write(db: Database, community_id: int, now: datetime) -> bool:
    # In holidays there is nothing to keep for a whole week, and nothing waits for the look.
    async with db() as session:
        community = await session.get_one(Community, community_id)
        if await attending.due_moment(session, community, now) is None:
            return False
    async with db.begin() as session:
        community = await session.get_one(Community, community_id)
        return await attending.write(session, community, now)


async def next_moment(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when a list is due next."""
    return await attending.next_moment(session, now)


async def draw_attention(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw the list as things are now, if it has something new and its reader facilitates.

    When something in it was deleted, that of an earlier week is of no more use to anybody.
    """
    community = await session.get(Community, post.about_id)
    over = deleted_since() if post.ts is not None else None
    is_old = post.said_at is not None and post.said_at < now - A_WEEK
    if community is None or is_old:
        return over
    if not await _is_written_to(session, community, post.place_id):
        return over
    told_at = await told_before(session, post)
    shown = await _shown(session, community, post.place_id, now, told_at)
    if post.ts is None and not await is_news(session, shown.wanted, told_at):
        return None
    return over if shown.wanted.is_nothing else attention_letter(shown)


async def home_now(session: AsyncSession, member: Member, now: datetime) -> Sequence[Block]:
    """Return what wants attention where this member facilitates; nothing where nothing does."""
    communities = [
        one
        for one in await Community.of_member(session, member.member_id)
        if _is_for(one, member.member_id)
    ]
    return attention_part(
        [
            await _shown(session, one, member.member_id, now)
            for one in communities[:COMMUNITIES_AT_MOST]
        ]
    )


def _is_for(community: Community, member_id: str) -> bool:
    """Say whether this person facilitates the community, and it is one that lives."""
    return _lives(community) and member_id in community.facilitators


async def _is_written_to(session: AsyncSession, community: Community, member_id: str) -> bool:
    """Say whether the letter is for this person, who may lead where nobody facilitates."""
    return _lives(community) and member_id in await attending.readers(session, community)


def _lives(community: Community) -> bool:
    return community.archived_at is None and community.bot_left_at is None


async def _shown(
    session: AsyncSession,
    community: Community,
    reader_id: str,
    now: datetime,
    told_at: datetime | None = None,
) -> ForFacilitators:
    wanted = await attention(session, community, reader_id, now, told_at)
    problems = [one.problem for one in wanted.unanswered.standings]
    people = [*(one.author_id for one in problems), *wanted.quiet_ids]
    legend = Legend(
        names=await names_of(session, people),
        links=await card_links(session, [one.id for one in problems]),
    )
    return ForFacilitators(community=community, wanted=wanted, legend=legend)


POSTS = {ATTENTION: PostKind(draw_attention, switch=FACILITATING)}
