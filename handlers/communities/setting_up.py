"""Setting up: one form makes a channel a community, and changes its settings later."""

import logging
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks.communities import set_up_done, set_up_form, settings_kept, zone_option
from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.request import SET_UP
from handlers.request import Directory, Forms, Reply, names_of, said_in
from models.communities import Community, NotInvitedError
from models.database import Database
from models.members import Member
from models.posts import Post
from models.time import Clock, matching_zones

logger = logging.getLogger(__name__)

# conversations.members allows 1000 a page and advises 200.
MEMBERS_A_PAGE = 200
MEMBERS_AT_MOST = 5000
# What the ids of public and private channels begin with; D is a direct message.
CHANNELS = ("C", "G")


def register(app: Any) -> None:
    app.command("/staffroom", "setup", alone=True)(open_set_up)
    app.action(SET_UP)(open_set_up)
    app.options("tz")(find_zones)
    app.view(SET_UP)(set_up)


async def open_set_up(
    ack: AsyncAck, body: dict[str, Any], member: Member, db: Database, forms: Forms
) -> None:
    """Open the form for this channel, or for one to be chosen when this is no channel."""
    await ack()
    [action] = body.get("actions") or [{}]
    pressed_for = str(action.get("value") or "")
    channel_id = pressed_for if pressed_for.startswith(CHANNELS) else said_in(body)
    if not (channel_id or "").startswith(CHANNELS):
        channel_id = None
    async with db() as session:
        community = await Community.of_channel(session, channel_id) if channel_id else None
    if community is not None:
        names = await names_of(db, community.facilitators)
        community.require_facilitator(member, "change the settings", names)
    name = body.get("channel_name") or ""
    form = set_up_form(
        community,
        name=community.name if community else name.replace("-", " ").replace("_", " ").capitalize(),
        tz=community.tz if community else member.tz or "UTC",
        facilitators=community.facilitators if community else [member.member_id],
        channel_id=channel_id,
    )
    await forms.open(form, opener=SET_UP, typed={})


async def find_zones(ack: AsyncAck, payload: dict[str, Any]) -> None:
    """Offer the time zones that fit what is typed."""
    zones = matching_zones(payload.get("value") or "")
    await ack(options=[zone_option(name).to_dict() for name in zones[:100]])


async def set_up(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    client: AsyncWebClient,
    reply: Reply,
    directory: Directory,
    workspace_id: str,
) -> None:
    """Make the channel a community, or leave the form open with what is wrong."""
    answers = read_form(view)
    channel_id = answers.pop("channel_id", None) or carried_by(view).get("channel_id")
    channel = await _look_at(client, str(channel_id))
    async with db.begin() as session:
        community = await Community.of_channel(session, str(channel_id))
        is_new = community is None
        if community is None:
            community = Community.found(channel_id=str(channel_id), now=clock(), **channel)
            community.workspace_id = workspace_id
            session.add(community)
        else:
            known = await Member.known(session, community.facilitators)
            names = {one: row.name for one, row in known.items() if row.name}
            community.require_facilitator(member, "change the settings", names)
        community.configure(
            name=answers["name"] or "",
            tz=answers["tz"] or "",
            facilitators=answers["facilitators"],
            now=clock(),
        )
        community.welcome(member.member_id, clock())
        community.bot_left_at = community.archived_at = None
        await Post.revive_in(session, community.channel_id, clock())
    await ack()
    directory.forget(workspace_id, community.channel_id)
    done = set_up_done(community) if is_new else settings_kept(community)
    await reply(done, place_id=community.channel_id)
    if is_new:
        await _welcome_everybody(db, clock, client, community)


async def _look_at(client: AsyncWebClient, channel_id: str) -> dict[str, Any]:
    """Return what the channel is called; raises NotInvitedError when we are not in it.

    A Slack that does not tell is believed to have let us in: the first post will show.
    """
    try:
        channel = (await client.conversations_info(channel=channel_id))["channel"]
    except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
        code = error.response.get("error") if isinstance(error, SlackApiError) else None
        if code in ("channel_not_found", "not_in_channel"):
            raise NotInvitedError(NOT_INVITED) from error
        logger.info("Could not look at a channel: %s", error)
        return {"channel_name": "", "is_private": False}
    if channel.get("is_member") is False:
        raise NotInvitedError(NOT_INVITED)
    return {
        "channel_name": channel.get("name") or "",
        "is_private": bool(channel.get("is_private")),
    }


NOT_INVITED = (
    "I am not in that channel yet. Type /invite @Staffroom there, then press the button again; "
    "what you filled in stays."
)


async def _welcome_everybody(
    db: Database, clock: Clock, client: AsyncWebClient, community: Community
) -> None:
    """Note who is in the channel; events keep that true from now on."""
    try:
        present = [one async for one in _people_in(client, community.channel_id)]
    except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
        # Whoever uses the bot in the channel is noted then.
        logger.warning("Could not ask who is in a new community: %s", error)
        return
    async with db.begin() as session:
        row = await session.get_one(Community, community.id, with_for_update=True)
        for member_id in present:
            row.welcome(member_id, clock())
        await Member.note_all(session, present)


async def _people_in(client: AsyncWebClient, channel_id: str) -> AsyncIterator[str]:
    cursor, count = None, 0
    own_id = (await client.auth_test())["user_id"]
    while count < MEMBERS_AT_MOST:
        page = await client.conversations_members(
            channel=channel_id, limit=MEMBERS_A_PAGE, cursor=cursor
        )
        for member_id in page.get("members") or []:
            count += 1
            if member_id != own_id:
                yield member_id
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return
