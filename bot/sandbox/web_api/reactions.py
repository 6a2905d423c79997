"""The bot's reactions to messages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.sandbox.messages import shown
from bot.sandbox.places import Json
from bot.sandbox.reacting import Reaction
from bot.sandbox.refusals import Refusal
from bot.sandbox.web_api.methods import find_message, find_own_channel, method

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

EMOJI = re.compile(r"[a-z0-9_+'-]+(?:::skin-tone-[2-6])?")


@method("reactions.add", scope="reactions:write", required=("channel", "timestamp", "name"))
def add(slack: Workspace, args: Json) -> Json:
    reaction = _own_reaction(slack, args)
    if reaction.is_there:
        raise Refusal("already_reacted", "the bot has reacted so before", "/name")
    reaction.add()
    return {}


@method("reactions.remove", scope="reactions:write", required=("channel", "timestamp", "name"))
def remove(slack: Workspace, args: Json) -> Json:
    reaction = _own_reaction(slack, args)
    if not reaction.is_there:
        raise Refusal("no_reaction", "the bot has not reacted so", "/name")
    reaction.remove()
    return {}


@method("reactions.get", scope="reactions:read", required=("channel", "timestamp"))
def get(slack: Workspace, args: Json) -> Json:
    channel = find_own_channel(slack, args["channel"])
    message = find_message(channel, args["timestamp"], at="/timestamp")
    return {"type": "message", "channel": channel.id, "message": shown(message)}


def _own_reaction(slack: Workspace, args: Json) -> Reaction:
    channel = find_own_channel(slack, args["channel"], to_write=True)
    message = find_message(channel, args["timestamp"], at="/timestamp")
    if not EMOJI.fullmatch(str(args["name"])):
        raise Refusal("invalid_name", "an emoji is named without colons", "/name")
    return Reaction(slack, channel, message, slack.bot_user_id, args["name"])
