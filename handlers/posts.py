"""Posts in Slack: how each kind is drawn, and what happens when one cannot be said.

(a post meets a permanent error)    facilitators or leads, and whoever caused it, get a letter
[Try again]                         everything that failed in that channel is said after all
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.communities import TRY_AGAIN
from handlers.blocks.message import Message
from handlers.blocks.posts import tried_again, trouble_letter
from handlers.home import Home
from handlers.request import Reply, said_in
from models import undelivered
from models.communities import Community
from models.database import Database
from models.errors import NotHereError
from models.members import Member
from models.posts import FAILED, PEOPLE, Post
from models.time import Clock

TROUBLE = "posts.trouble"

# Of a post whose kind is not known nobody was promised anything.
NO_KINDS: Mapping[str, "PostKind"] = MappingProxyType({})

Draw = Callable[[AsyncSession, Post, datetime], Awaitable[Message | None]]


@dataclass(frozen=True)
class PostKind:
    """How one kind of post is drawn from the current state, at sending time.

    `draw` returns None when there is nothing to say any more. `switch` is the name under which a
    member can switch these letters off; they also wait for the end of quiet hours. For one that
    `is_optional` nothing else waits, and nobody is told when Slack refuses it. One that `is_file`
    is known again by its file's name, for Slack takes no metadata with a file. A letter without a
    switch that nobody asked for, and that can wait until quiet hours are over, `is_unasked`. Of one
    that `was_promised` its reader is told when Slack refuses it; of others the log has it alone.
    """

    draw: Draw
    switch: str | None = None
    is_optional: bool = False
    is_file: bool = False
    was_promised: bool = False
    is_unasked: bool = False


def register(app: Any) -> None:
    app.action(TRY_AGAIN)(try_again)


async def try_again(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Say after all what failed in that place; leads may do so for every place at once."""
    await ack()
    place = str(action.get("value") or "")
    if place == "all":
        place = "" if member.is_lead else said_in(reply.body) or member.member_id
    async with db.begin() as session:
        if place:
            await _require_concern(session, member, place)
        count = await undelivered.revive_in(session, place or None, clock())
    await reply(tried_again(count))
    await home.refresh(member.member_id)


async def _require_concern(session: AsyncSession, member: Member, place_id: str) -> None:
    """Raise NotHereError for a place whose posts are none of this person's business.

    Their own letters are, what they look after, and where they caused what failed. How many failed
    elsewhere is nobody's to know: a button's value may be forged.
    """
    if place_id == member.member_id:
        return
    community = await Community.of_channel(session, place_id)
    if community is not None and community.is_run_by(member):
        return
    there = await undelivered.failed(session, place_id)
    is_letter = place_id.startswith(PEOPLE)
    if member.is_lead and not is_letter:
        return
    if is_letter or not any(post.cause_id == member.member_id for post in there):
        raise NotHereError("There is nothing of yours that waits there.")


def tell_of_trouble(
    db: Database, clock: Clock, kinds: Mapping[str, PostKind] = NO_KINDS
) -> Callable[[Post, str], Awaitable[None]]:
    """Return what the postman does when Slack refuses a post of these kinds for good."""

    async def tell(post: Post, error: str) -> None:
        if post.kind == TROUBLE:
            # Nobody is left to tell; the log has it.
            return
        async with db.of(post.workspace_id).begin() as session:
            # All that fails in a place until it is mended is one trouble, told of once.
            first = min(
                (one.id for one in await undelivered.failed(session, post.place_id)), default=0
            )
            for member_id in await _who_can_mend(session, post, kinds.get(post.kind)):
                key = f"{TROUBLE}:{post.place_id}:{error}:{first or post.id}:{member_id}"
                await Post.add(
                    session, key, member_id, kind=TROUBLE, due_at=clock(), about_id=post.id
                )

    return tell


async def _who_can_mend(session: AsyncSession, post: Post, kind: PostKind | None) -> list[str]:
    if post.place_id.startswith(PEOPLE):
        # That somebody gets a letter may tell who shared without a name: nobody else hears of it.
        return [post.place_id] if kind is not None and kind.was_promised else []
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
