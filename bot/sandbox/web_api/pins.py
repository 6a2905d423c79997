"""Messages the bot pins to a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.messages import shown
from bot.sandbox.places import Channel, Json
from bot.sandbox.refusals import Refusal
from bot.sandbox.web_api.chat import permalink
from bot.sandbox.web_api.methods import find_message, find_own_channel, method

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace


@method("pins.add", scope="pins:write", required=("channel", "timestamp"))
def add(slack: Workspace, args: Json) -> Json:
    channel = find_own_channel(slack, args["channel"], to_write=True)
    message = find_message(channel, args["timestamp"], at="/timestamp")
    if _pin_of(channel, message):
        raise Refusal("already_pinned", "the message is pinned", "/timestamp")
    pin = {
        "type": "message",
        "channel": channel.id,
        "created": int(slack.clock().timestamp()),
        "created_by": slack.bot_user_id,
        "message": message,
    }
    channel.pins.append(pin)
    slack.tell("pin", channel=channel.id, ts=message["ts"])
    return {}


@method("pins.remove", scope="pins:write", required=("channel", "timestamp"))
def remove(slack: Workspace, args: Json) -> Json:
    channel = find_own_channel(slack, args["channel"], to_write=True)
    message = find_message(channel, args["timestamp"], at="/timestamp")
    pin = _pin_of(channel, message)
    if not pin:
        raise Refusal("no_pin", "the message is not pinned", "/timestamp")
    channel.pins.remove(pin)
    slack.tell("pin", channel=channel.id, ts=message["ts"])
    return {}


@method("pins.list", scope="pins:read", required=("channel",))
def list_all(slack: Workspace, args: Json) -> Json:
    channel = find_own_channel(slack, args["channel"])
    items = []
    for pin in channel.pins:
        message = shown(pin["message"])
        message |= {"permalink": permalink(slack, channel, message), "pinned_to": [channel.id]}
        items.append({**pin, "message": message})
    return {"items": items}


def _pin_of(channel: Channel, message: Json) -> Json | None:
    return next((pin for pin in channel.pins if pin["message"] is message), None)
