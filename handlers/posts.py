"""Posts in Slack: how each kind is drawn, and what happens when one cannot be said.

(a post meets a permanent error)    facilitators or leads, and whoever caused it, get a letter
[Try again]                         everything that failed in that channel is said after all
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.communities import TRY_AGAIN
from handlers.blocks.message import Message
from handlers.blocks.posts import tried_again, trouble_letter
from handlers.request import Reply, said_in
from models import undelivered
from models.communities import Community
from models.database import Database
from models.members import Member
from models.posts import FAILED, PEOPLE, Post
from models.time import Clock

TROUBLE = "posts.trouble"

Draw = Callable[[AsyncSession, Post, datetime], Awaitable[Message | None]]


@dataclass(frozen=True)
class PostKind:
    """How one kind of post is drawn from the current state, at sending time.

    `draw` returns None when there is nothing to say any more. `switch` is the name under which a
    member can switch these letters off; they also wait for the end of quiet hours. For one that
    `is_optional` nothing else waits, and nobody is told when Slack refuses it. One that `is_file`
    is known again by its file's name, for Slack takes no metadata with a file.
    """

    draw: Draw
    switch: str | None = None
    is_optional: bool = False
    is_file: bool = False


def register(app: Any) -> None:
    app.action(TRY_AGAIN)(try_again)


async def try_again(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Say after all what failed in that place; leads may do so for every place at once."""
    await ack()
    place_id = str(action.get("value") or "")
    async with db.begin() as session:
        place = None if place_id == "all" and member.is_lead else place_id
        if place == "all":
            place = said_in(reply.body)
        count = await undelivered.revive_in(session, place, clock()) if place != "" else 0
    await reply(tried_again(count))


def tell_of_trouble(db: Database, clock: Clock) -> Callable[[Post, str], Awaitable[None]]:
    """Return what the postman does when Slack refuses a post for good."""

    async def tell(post: Post, error: str) -> None:
        if post.kind == TROUBLE:
            # Nobody is left to tell; the log has it.
            return
        async with db.of(post.workspace_id).begin() as session:
            # All that fails in a place until it is mended is one trouble, told of once.
            first = min(
                (one.id for one in await undelivered.failed(session, post.place_id)), default=0
            )
            for member_id in await _who_can_mend(session, post):
                key = f"{TROUBLE}:{post.place_id}:{error}:{first or post.id}:{member_id}"
                await Post.add(
                    session, key, member_id, kind=TROUBLE, due_at=clock(), about_id=post.id
                )

    return tell


async def _who_can_mend(session: AsyncSession, post: Post) -> list[str]:
    if post.place_id.startswith(PEOPLE):
        # That somebody gets a letter may tell who shared without a name, so the log has it alone.
        return []
    community = await Community.of_channel(session, post.place_id)
    who = community.facilitators if community else []
    if not who:
        who = [lead.member_id for lead in await Member.leads(session)]
    if post.cause_id:
        who.append(post.cause_id)
    return list(dict.fromkeys(who))


async def draw_trouble(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the letter, unless the post was said meanwhile."""
    about = await session.get(Post, post.about_id)
    if about is None or about.state != FAILED:
        return None
    return trouble_letter(about.place_id, about.error or "")


POSTS = {TROUBLE: PostKind(draw_trouble, switch=TROUBLE)}
