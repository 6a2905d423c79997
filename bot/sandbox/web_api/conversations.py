"""Channels and direct messages: which there are, who is in them, and joining."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.membership import add_member
from bot.sandbox.places import Channel, Json
from bot.sandbox.refusals import Refusal
from bot.sandbox.web_api.methods import (
    find_channel,
    find_user,
    is_true,
    method,
    one_page,
    require_scope,
)

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

TYPES = {"channel": "public_channel", "group": "private_channel", "im": "im"}


@method("conversations.info", required=("channel",))
def info(slack: Workspace, args: Json) -> Json:
    channel = find_channel(slack, args["channel"])
    require_scope(slack, channel.scope("read"))
    drawn = channel.as_slack(slack.bot_user_id, slack.team_id)
    if is_true(args, "include_num_members") and not channel.is_im:
        drawn["num_members"] = len(channel.members)
    return {"channel": drawn}


@method("conversations.list")
def list_all(slack: Workspace, args: Json) -> Json:
    return page_of_channels(slack, args, list(slack.channels.values()))


def page_of_channels(slack: Workspace, args: Json, channels: list[Channel]) -> Json:
    """Return those of `channels` the bot may know of, of the types and page asked for."""
    kinds = set(str(args.get("types") or "public_channel").replace(" ", "").split(","))
    if unknown := kinds - {*TYPES.values(), "mpim"}:
        raise Refusal("invalid_types", f"there are no {', '.join(unknown)}", "/types")
    wanted = [channel for channel in channels if TYPES[channel.kind] in kinds]
    for kind, scope in (
        ("public_channel", "channels:read"),
        ("private_channel", "groups:read"),
        ("im", "im:read"),
        ("mpim", "mpim:read"),
    ):
        if kind in kinds:
            require_scope(slack, scope)
    seen = [
        channel.as_slack(slack.bot_user_id, slack.team_id)
        for channel in wanted
        if not (channel.is_archived and is_true(args, "exclude_archived"))
        and (channel.kind == "channel" or slack.bot_user_id in channel.members)
    ]
    page, more = one_page(seen, args)
    return {"channels": page, "response_metadata": more}


@method("conversations.members", required=("channel",))
def members(slack: Workspace, args: Json) -> Json:
    channel = find_channel(slack, args["channel"])
    require_scope(slack, channel.scope("read"))
    page, more = one_page(sorted(channel.members), args)
    return {"members": page, "response_metadata": more}


@method("conversations.open", scope="im:write")
def open_direct_message(slack: Workspace, args: Json) -> Json:
    if args.get("channel"):
        channel = find_channel(slack, args["channel"])
        return {"no_op": True, "already_open": True, "channel": {"id": channel.id}}
    user_ids = [user_id for user_id in str(args.get("users") or "").split(",") if user_id]
    if not user_ids:
        raise Refusal("users_list_not_supplied", "name one person", "/users")
    if len(user_ids) > 1:
        require_scope(slack, "mpim:write")
        raise Refusal("too_many_users", "the local Slack has no group messages", "/users")
    user = find_user(slack, user_ids[0].strip(), at="/users")
    if user.deleted:
        raise Refusal("user_disabled", "this account is deactivated", "/users")
    if user.is_bot:
        raise Refusal("cannot_dm_bot", "bots do not talk to bots", "/users")
    channel = slack.direct_message(user.id)
    drawn = channel.as_slack(slack.bot_user_id, slack.team_id)
    return {"channel": drawn if is_true(args, "return_im") else {"id": channel.id}}


@method("conversations.join", scope="channels:join", required=("channel",))
def join(slack: Workspace, args: Json) -> Json:
    channel = find_channel(slack, args["channel"])
    if channel.is_private or channel.is_im:
        message = "only public channels can be joined"
        raise Refusal("method_not_supported_for_channel_type", message, "/channel")
    if channel.is_archived:
        raise Refusal("is_archived", "the channel is archived", "/channel")
    answer: Json = {}
    if slack.bot_user_id in channel.members:
        answer = {"warning": "already_in_channel"}
    else:
        add_member(slack, channel, slack.bot_user_id)
    return {"channel": channel.as_slack(slack.bot_user_id, slack.team_id), **answer}
