"""Welcoming: whoever comes to a community is greeted once in their life, and in private.

(somebody joins a community's channel)    a short letter with three things to try
"""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.communities.welcoming import welcome
from handlers.blocks.message import Message
from handlers.posts import PostKind
from models.communities import Community
from models.members import Member
from models.posts import Post

WELCOME = "communities.welcome"
# Whoever was away for longer has found their way without it.
IS_USEFUL_FOR = timedelta(days=7)


async def note_arrival(
    session: AsyncSession, community: Community, member_id: str, now: datetime
) -> None:
    """Note that somebody is in the channel; who is new to it, and was never greeted, gets a letter.

    The community is locked. Whoever was there when it was set up, or has only come back, is not
    new.
    """
    is_new = community.membership(member_id) is None
    community.welcome(member_id, now)
    await Member.note_all(session, [member_id])
    member = await Member.find(session, member_id)
    if not is_new or member is None or member.is_bot or member.welcomed_at is not None:
        return
    member.welcomed_at = now
    due_at = member.next_loud_moment(now)
    await Post.add(
        session,
        f"{WELCOME}:{member_id}",
        member_id,
        kind=WELCOME,
        due_at=due_at,
        about_id=community.id,
        useful_until=due_at + IS_USEFUL_FOR,
    )


async def draw_welcome(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the letter, unless they left again, turned out to be a bot, or nothing happens there."""
    community = await session.get(Community, post.about_id)
    member = await Member.find(session, post.place_id)
    if community is None or not community.has_member(post.place_id):
        return None
    if community.archived_at is not None or community.bot_left_at is not None:
        return None
    is_there = member is not None and member.left_at is None and not member.is_bot
    return welcome(community) if is_there else None


# Slack takes no letters to bots, and may not have told yet who is one: then nobody is troubled.
POSTS = {WELCOME: PostKind(draw_welcome, is_optional=True, is_unasked=True)}
