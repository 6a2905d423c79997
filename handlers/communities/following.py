"""Following the workspace: people and channels come, go and change, and our rows with them."""

import logging
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncBoltContext
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.communities import invited
from handlers.blocks.message import Message
from handlers.communities.welcoming import note_arrival
from handlers.home import Home
from handlers.messages import Said
from handlers.request import Directory
from models import undelivered
from models.communities import Community
from models.database import Database
from models.digests.customs import DigestCustoms
from models.digests.networks import NetworkDigest
from models.digests.telling import redraw_elsewhere
from models.findable import open_or_close
from models.hangouts import planning, signups
from models.members import Member
from models.posts import Post
from models.time import Clock
from models.workspaces import Workspace

logger = logging.getLogger(__name__)

INVITED = "communities.invited"
# Which messages of Slack's own tell that a channel changed, and whether it is private now.
CONVERTED = {"channel_convert_to_private": True, "channel_convert_to_public": False}


def register(app: Any) -> None:
    app.event("member_joined_channel")(follow_arrival)
    app.event("member_left_channel")(follow_departure)
    for event in ("channel_rename", "group_rename"):
        app.event(event)(follow_name)
    for event in ("channel_archive", "group_archive", "channel_deleted", "group_deleted"):
        app.event(event)(follow_closing)
    for event in ("channel_unarchive", "group_unarchive"):
        app.event(event)(follow_reopening)
    app.event("channel_id_changed")(follow_new_id)
    for event in ("app_uninstalled", "tokens_revoked"):
        app.event(event)(follow_farewell)


async def follow_arrival(
    event: dict[str, Any], context: AsyncBoltContext, db: Database, clock: Clock, home: Home
) -> None:
    """Note who joined, and greet them. When it is the bot, whoever invited it is written to."""
    channel_id, now = event["channel"], clock()
    async with db.begin() as session:
        community = await Community.of_channel(session, channel_id, for_update=True)
        if event["user"] != context.bot_user_id:
            if community is not None:
                await note_arrival(session, community, event["user"], now)
        elif community is not None:
            community.bot_left_at = None
            await undelivered.revive_in(session, channel_id, now)
        elif event.get("inviter"):
            inviter = event["inviter"]
            # A second invitation is one of its own, told twice it is the same.
            key = f"{INVITED}:{channel_id}:{inviter}:{event.get('event_ts', '')}"
            await Post.add(session, key, inviter, kind=INVITED, due_at=now)
    if event["user"] != context.bot_user_id:
        await home.refresh(event["user"])


async def draw_invited(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the first word, unless somebody has found a use for the channel meanwhile."""
    channel_id = post.key.split(":")[1]
    if await Community.of_channel(session, channel_id) is not None:
        return None
    for digest in (DigestCustoms, NetworkDigest):
        here = select(digest.id).where(digest.channel_id == channel_id)
        if await session.scalar(here.where(digest.next_at.is_not(None)).limit(1)) is not None:
            return None
    theirs = await Community.of_member(session, post.place_id)
    inviter = await Member.find(session, post.place_id)
    has_digests = inviter is not None and (
        inviter.is_lead or any(one.is_run_by(inviter) for one in theirs)
    )
    return invited(channel_id, is_perhaps_for_digest=has_digests)


async def follow_departure(
    event: dict[str, Any], context: AsyncBoltContext, db: Database, clock: Clock, home: Home
) -> None:
    """Note who left; others get their seats and lead what they led. Without the bot all waits."""
    now = clock()
    async with db.begin() as session:
        community = await Community.of_channel(session, event["channel"], for_update=True)
        if community is None:
            return
        if event["user"] == context.bot_user_id:
            community.bot_left_at = now
        else:
            community.farewell(event["user"], now)
            await signups.leave_all(session, community.id, event["user"], now)
            await planning.replace_departed(session, community, by=event["user"], now=now)
        concerned = {event["user"], *community.facilitators}
    await home.refresh(*concerned)


async def follow_name(event: dict[str, Any], db: Database) -> None:
    """Take over a channel's new name. The community keeps its own."""
    async with db.begin() as session:
        community = await Community.of_channel(session, event["channel"]["id"], for_update=True)
        if community is not None:
            community.channel_name = event["channel"]["name"]


async def follow_message(session: AsyncSession, said: Said, now: datetime) -> None:
    """Follow the line in which Slack says that a channel was made private, or public."""
    if said.subtype in CONVERTED:
        community = await Community.of_channel(session, said.channel_id, for_update=True)
        if community is not None:
            await _convert(session, community, CONVERTED[said.subtype], now)


async def take_over(
    session: AsyncSession, community: Community, name: str | None, is_private: bool, now: datetime
) -> bool:
    """Take over what Slack tells of the channel; say whether any of it is news."""
    is_renamed = bool(name) and name != community.channel_name
    community.channel_name = name or community.channel_name
    is_converted = await _convert(session, community, is_private, now)
    return is_renamed or is_converted


async def _convert(
    session: AsyncSession, community: Community, is_private: bool, now: datetime
) -> bool:
    """Take over whether the channel is private; digests elsewhere tell no more of one that is."""
    is_news = await open_or_close(session, community, is_private=is_private)
    if is_news:
        await redraw_elsewhere(session, community, now)
    return is_news


async def follow_closing(
    event: dict[str, Any], db: Database, clock: Clock, directory: Directory, workspace_id: str
) -> None:
    """Let a community rest whose channel was archived or deleted; what it knows stays."""
    async with db.begin() as session:
        community = await Community.of_channel(session, event["channel"], for_update=True)
        if community is not None:
            community.archived_at = clock()
    directory.forget(workspace_id, event["channel"])


async def follow_reopening(event: dict[str, Any], db: Database) -> None:
    """Wake a community whose channel is back."""
    async with db.begin() as session:
        community = await Community.of_channel(session, event["channel"], for_update=True)
        if community is not None:
            community.archived_at = None


async def follow_new_id(
    event: dict[str, Any], db: Database, directory: Directory, workspace_id: str
) -> None:
    """Follow a channel to its new id, which Slack gives when it is shared."""
    async with db.begin() as session:
        old, new = event["old_channel_id"], event["new_channel_id"]
        community = await Community.of_channel(session, old, for_update=True)
        if community is not None:
            community.channel_id = new
        # A digest may come in a channel that is no community's.
        for kind in (DigestCustoms, NetworkDigest):
            await kind.move(session, old, new)
        await Post.move(session, old, new)
    directory.forget(workspace_id, event["old_channel_id"])


async def follow_farewell(
    event: dict[str, Any], context: AsyncBoltContext, db: Database, clock: Clock, workspace_id: str
) -> None:
    """Say nothing more in a workspace that removed the bot. Its rows stay for a return."""
    revoked = (event.get("tokens") or {}).get("bot")
    if event["type"] == "tokens_revoked" and context.bot_user_id not in (revoked or []):
        return
    async with db.begin() as session:
        workspace = await session.get(Workspace, workspace_id)
        if workspace is not None:
            workspace.gone_at = clock()
        await Post.end_all(session)
    logger.warning("The bot was removed from workspace %s", workspace_id)
