"""How messages come, change and go, and what follows from each."""

from __future__ import annotations

import uuid
from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from bot.sandbox.events import MESSAGE_EVENTS, Deliveries, announce
from bot.sandbox.places import Channel, Json
from bot.sandbox.wording import as_rich_text

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

OURS = frozenset({"channel", "is_ephemeral", "metadata"})  # Not part of the message Slack shows.
CONTENT = ("blocks", "metadata", "reactions", "files", "bot_id", "app_id", "bot_profile", "edited")
THREAD_TRAITS = ("reply_count", "reply_users", "reply_users_count", "latest_reply")


def shown(message: Json, *, with_metadata: bool = False) -> Json:
    """Return the message as Slack shows it to apps."""
    drawn = {name: value for name, value in message.items() if name not in OURS}
    if with_metadata and "metadata" in message:
        drawn["metadata"] = message["metadata"]
    return drawn


def written_by(slack: Workspace, user_id: str, channel: Channel, text: str, **more: Any) -> Json:
    """Return a new message typed by a person; `text` is already as Slack writes it."""
    return {
        "type": "message",
        "channel": channel.id,
        "user": user_id,
        "client_msg_id": str(uuid.uuid4()),
        "text": text,
        "team": slack.team_id,
        "blocks": [as_rich_text(text, slack.new_block_id())],
        "ts": slack.new_ts(),
    } | more


def posted_by_bot(slack: Workspace, channel: Channel, text: str, **more: Any) -> Json:
    """Return a new message of the bot, not stored yet."""
    return {
        "type": "message",
        "channel": channel.id,
        "user": slack.bot_user_id,
        "bot_id": slack.bot_id,
        "app_id": slack.app_id,
        "text": text,
        "team": slack.team_id,
        "bot_profile": slack.bot_profile(),
        "ts": slack.new_ts(),
    } | {name: value for name, value in more.items() if value is not None}


def post(slack: Workspace, channel: Channel, message: Json) -> Deliveries:
    """Store a message at the end of a channel or thread and tell everyone."""
    channel.messages.append(message)
    channel.by_ts[message["ts"]] = message
    if message.get("thread_ts"):
        _count_reply(slack, channel, message)
    slack.tell("message", channel=channel.id, ts=message["ts"], user=message.get("user"))
    event = _event(shown(message), channel, message["ts"])
    deliveries = announce(slack, MESSAGE_EVENTS[channel.kind], event, channel)
    return deliveries + _mention(slack, channel, message)


def _event(event: Json, channel: Channel, event_ts: str) -> Json:
    where = {"channel": channel.id, "event_ts": event_ts, "channel_type": channel.kind}
    return event | where


def _mention(slack: Workspace, channel: Channel, message: Json) -> Deliveries:
    is_ours = message.get("bot_id") == slack.bot_id
    if channel.is_im or is_ours or f"<@{slack.bot_user_id}>" not in message["text"]:
        return []
    where = {"type": "app_mention", "channel": channel.id, "event_ts": message["ts"]}
    return announce(slack, "app_mention", shown(message) | where, channel)


def _count_reply(slack: Workspace, channel: Channel, reply: Json) -> None:
    parent = channel.by_ts[reply["thread_ts"]]
    reply["parent_user_id"] = parent.get("user")
    channel.threads.setdefault(parent["ts"], []).append(reply)
    _recount(slack, channel, parent)


def _recount(slack: Workspace, channel: Channel, parent: Json) -> None:
    replies = channel.threads.get(parent["ts"])
    if replies:
        people = list(dict.fromkeys(reply.get("user", "") for reply in replies))
        parent |= {
            "thread_ts": parent["ts"],
            "reply_count": len(replies),
            "reply_users_count": len(people),
            "latest_reply": replies[-1]["ts"],
            "reply_users": people[:5],
            "is_locked": False,
            "subscribed": False,
        }
    else:
        channel.threads.pop(parent["ts"], None)
        for trait in (*THREAD_TRAITS, "thread_ts", "is_locked", "subscribed"):
            parent.pop(trait, None)
    slack.tell("message_changed", channel=channel.id, ts=parent["ts"], user=parent.get("user"))


def change(slack: Workspace, channel: Channel, message: Json, **changes: Any) -> Deliveries:
    """Edit a message in place and tell everyone; a change to None takes that part away."""
    previous = shown(message)
    redraw(message, changes)
    slack.tell("message_changed", channel=channel.id, ts=message["ts"], user=message.get("user"))
    event_ts = slack.new_ts()
    event = {
        "type": "message",
        "subtype": "message_changed",
        "message": shown(message) | {"source_team": slack.team_id, "user_team": slack.team_id},
        "previous_message": previous,
        "hidden": True,
        "ts": event_ts,
    }
    event = _event(event, channel, event_ts)
    return announce(slack, MESSAGE_EVENTS[channel.kind], event, channel)


def redraw(message: Json, changes: Json) -> None:
    message.update(changes)
    for name in [name for name, value in changes.items() if value is None]:
        del message[name]


def remove(slack: Workspace, channel: Channel, message: Json) -> Deliveries:
    """Delete a message; one with replies leaves a tombstone, so that its thread stays readable."""
    if channel.threads.get(message["ts"]):
        return _bury(slack, channel, message)
    _take_out(channel, message)
    parent = channel.by_ts.get(message.get("thread_ts", ""))
    if parent and parent is not message:
        channel.threads[parent["ts"]].remove(message)
        _recount(slack, channel, parent)
    slack.tell("message_deleted", channel=channel.id, ts=message["ts"], user=message.get("user"))
    event_ts = slack.new_ts()
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": shown(message),
        "deleted_ts": message["ts"],
        "hidden": True,
        "ts": event_ts,
    }
    event = _event(event, channel, event_ts)
    return announce(slack, MESSAGE_EVENTS[channel.kind], event, channel)


def _bury(slack: Workspace, channel: Channel, message: Json) -> Deliveries:
    lost: Json = dict.fromkeys(CONTENT)
    text = "This message was deleted."
    tombstone = {"subtype": "tombstone", "text": text, "user": "USLACKBOT", "hidden": True}
    return change(slack, channel, message, **lost, **tombstone)


def _take_out(channel: Channel, message: Json) -> None:
    at = bisect_left(channel.messages, message["ts"], key=lambda one: one["ts"])
    del channel.messages[at]
    del channel.by_ts[message["ts"]]
    channel.pins = [pin for pin in channel.pins if pin["message"]["ts"] != message["ts"]]


def whisper(slack: Workspace, channel: Channel, user_id: str, message: Json) -> None:
    """Show a message to one person only; it is in no history and sends no event."""
    message |= {"is_ephemeral": True, "user": user_id}
    channel.ephemerals.append(message)
    slack.tell("ephemeral", channel=channel.id, ts=message["ts"], user=user_id)
