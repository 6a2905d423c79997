"""People and the bot come into channels and leave them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import messages
from bot.sandbox.events import Deliveries, announce
from bot.sandbox.places import Channel, Json

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace


def add_member(
    slack: Workspace, channel: Channel, user_id: str, inviter: str | None = None
) -> Deliveries:
    """Let someone in: a line in the channel, and member_joined_channel for the bot."""
    channel.members.add(user_id)
    slack.tell("channel", channel=channel.id, user=user_id)
    invited: Json = {"inviter": inviter} if inviter else {}
    text = f"<@{user_id}> has joined the channel"
    line = _line(slack, channel, user_id, "channel_join", text) | invited
    event = _event(slack, channel, user_id, "member_joined_channel") | invited
    told = announce(slack, "member_joined_channel", event, channel)
    return told + messages.post(slack, channel, line)


def remove_member(slack: Workspace, channel: Channel, user_id: str) -> Deliveries:
    """Let someone go; the bot hears even of its own leaving, which is the last it hears."""
    text = f"<@{user_id}> has left the channel"
    line = _line(slack, channel, user_id, "channel_leave", text)
    event = _event(slack, channel, user_id, "member_left_channel")
    told = messages.post(slack, channel, line)
    told += announce(slack, "member_left_channel", event, channel)
    channel.members.discard(user_id)
    slack.tell("channel", channel=channel.id, user=user_id)
    return told


def _line(slack: Workspace, channel: Channel, user_id: str, subtype: str, text: str) -> Json:
    return {
        "type": "message",
        "subtype": subtype,
        "channel": channel.id,
        "user": user_id,
        "team": slack.team_id,
        "text": text,
        "ts": slack.new_ts(),
    }


def _event(slack: Workspace, channel: Channel, user_id: str, kind: str) -> Json:
    return {
        "type": kind,
        "user": user_id,
        "channel": channel.id,
        "channel_type": "G" if channel.is_private else "C",
        "team": slack.team_id,
        "event_ts": slack.new_ts(),
    }
