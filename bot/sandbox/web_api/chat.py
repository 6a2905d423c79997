"""What the bot says: posting, whispering, changing and deleting its own messages."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.sandbox import limits, messages
from bot.sandbox.block_kit import check_message
from bot.sandbox.elements import completed
from bot.sandbox.pictures import check_pictures
from bot.sandbox.places import Channel, Json
from bot.sandbox.refusals import Reason, Refusal
from bot.sandbox.web_api.methods import (
    find_channel,
    find_message,
    find_own_channel,
    find_user,
    is_true,
    method,
)

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

PACE = timedelta(seconds=1)  # docs: rate-limits, "no more than one message per second per channel"
METADATA_BYTES = 16_000  # docs: message metadata, 16 KB


@method("chat.postMessage", scope="chat:write", required=("channel",))
def post_message(slack: Workspace, args: Json) -> Json:
    channel = _place_to_post(slack, args["channel"])
    check_content(slack, args)
    parent = find_thread(channel, args["thread_ts"]) if args.get("thread_ts") else None
    _keep_pace(slack, channel)
    message = compose(slack, channel, args)
    if parent:
        message["thread_ts"] = parent["ts"]
        if is_true(args, "reply_broadcast"):
            message["subtype"] = "thread_broadcast"
    messages.post(slack, channel, message)
    drawn = messages.shown(message, with_metadata=True)
    return {"channel": channel.id, "ts": message["ts"], "message": drawn}


@method("chat.postEphemeral", scope="chat:write", required=("channel", "user"))
def post_ephemeral(slack: Workspace, args: Json) -> Json:
    channel = find_own_channel(slack, args["channel"], to_write=True)
    user = find_user(slack, args["user"])
    if user.id not in channel.members:
        raise Refusal("user_not_in_channel", "this person is not in the channel", "/user")
    check_content(slack, args)
    message = compose(slack, channel, args)
    if args.get("thread_ts"):
        message["thread_ts"] = find_thread(channel, args["thread_ts"])["ts"]
    messages.whisper(slack, channel, user.id, message)
    return {"message_ts": message["ts"]}


@method("chat.update", scope="chat:write", required=("channel", "ts"))
def update(slack: Workspace, args: Json) -> Json:
    channel = find_channel(slack, args["channel"])
    message = find_message(channel, args["ts"])
    if message.get("bot_id") != slack.bot_id:
        raise Refusal("cant_update_message", "only its own messages may a bot change", "/ts")
    check_content(slack, args)
    changes = content_of(args)
    edited = {"user": slack.bot_id, "ts": slack.new_ts()}
    messages.change(slack, channel, message, **changes, edited=edited)
    drawn = messages.shown(message, with_metadata=True)
    return {"channel": channel.id, "ts": message["ts"], "text": message["text"], "message": drawn}


@method("chat.delete", scope="chat:write", required=("channel", "ts"))
def delete(slack: Workspace, args: Json) -> Json:
    channel = find_channel(slack, args["channel"])
    message = find_message(channel, args["ts"])
    if message.get("bot_id") != slack.bot_id:
        raise Refusal("cant_delete_message", "only its own messages may a bot delete", "/ts")
    messages.remove(slack, channel, message)
    return {"channel": channel.id, "ts": args["ts"]}


@method("chat.getPermalink", required=("channel", "message_ts"))
def get_permalink(slack: Workspace, args: Json) -> Json:
    channel = find_channel(slack, args["channel"])
    message = find_message(channel, args["message_ts"], at="/message_ts")
    return {"channel": channel.id, "permalink": permalink(slack, channel, message)}


def permalink(slack: Workspace, channel: Channel, message: Json) -> str:
    link = f"{slack.base_url}archives/{channel.id}/p{message['ts'].replace('.', '')}"
    thread_ts = message.get("thread_ts", message["ts"])
    is_reply = thread_ts != message["ts"]
    return f"{link}?thread_ts={thread_ts}&cid={channel.id}" if is_reply else link


def _place_to_post(slack: Workspace, wanted: Any) -> Channel:
    """Return the channel a message may go to; a person's id means their direct message."""
    if str(wanted) in slack.users:
        wanted = _direct_message(slack, str(wanted)).id
    named = slack.channel_named(str(wanted).removeprefix("#"))
    channel = find_channel(slack, named.id if named else wanted)
    is_open = not channel.is_private and "chat:write.public" in slack.scopes
    if slack.bot_user_id not in channel.members and not is_open:
        raise Refusal("not_in_channel", "the bot is not a member", "/channel")
    if channel.is_archived:
        raise Refusal("is_archived", "the channel is archived", "/channel")
    if channel.is_im and not slack.manifest.has_messages_tab:
        raise Refusal("messages_tab_disabled", "the manifest has no messages tab", "/channel")
    return channel


def _direct_message(slack: Workspace, user_id: str) -> Channel:
    if slack.users[user_id].is_bot:
        raise Refusal("cannot_dm_bot", "bots do not talk to bots", "/channel")
    return slack.direct_message(user_id)


def check_content(slack: Workspace, args: Json) -> None:
    """Refuse a message Slack would not take; raises Refusal with every wrong place."""
    faults = check_message(args) if slack.is_strict else []
    if faults:
        reasons = [Reason(fault.pointer, fault.message) for fault in faults]
        raise Refusal(faults[0].error, reasons=reasons)
    if slack.is_strict:
        check_pictures(slack, args.get("blocks"), "/blocks", "invalid_blocks")
    if len(json.dumps(args.get("metadata")).encode()) > METADATA_BYTES:
        raise Refusal("metadata_too_large", "metadata has at most 16 KB", "/metadata")


def _keep_pace(slack: Workspace, channel: Channel) -> None:
    now = slack.clock()
    last = channel.bot_posted_at
    if slack.is_strict and last and timedelta(0) <= now - last < PACE:
        headers = {"Retry-After": "1"}
        raise Refusal("ratelimited", "one message a second a channel", headers=headers)
    channel.bot_posted_at = now


def find_thread(channel: Channel, thread_ts: Any) -> Json:
    """Return the message that heads this thread; raises Refusal cannot_reply_to_message."""
    message = channel.by_ts.get(str(thread_ts))
    if message is None:
        raise Refusal("cannot_reply_to_message", "there is no such message", "/thread_ts")
    parent = channel.by_ts.get(message.get("thread_ts", ""))
    return parent or message


def content_of(args: Json) -> Json:
    """Return what of a message its sender decides, as Slack stores it; what is not named stays.

    An empty list or object takes blocks, attachments or metadata away, as chat.update does.
    """
    content: Json = {}
    text = args.get("text") or args.get("markdown_text")
    if text is not None:
        content["text"] = str(text)[: limits.MESSAGE_TEXT]
    if "blocks" in args:
        content["blocks"] = completed(args["blocks"]) or None
    for name in ("attachments", "metadata"):
        if name in args:
            content[name] = args[name] or None
    return content


def compose(slack: Workspace, channel: Channel, args: Json) -> Json:
    """Return a new message of the bot with this content, not posted yet."""
    content = content_of(args)
    return messages.posted_by_bot(slack, channel, content.pop("text", ""), **content)
