"""Answers to a command or button over its response_url, seen by one person or by all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox import messages
from bot.sandbox.places import Channel, Json
from bot.sandbox.refusals import Refusal
from bot.sandbox.tickets import ResponseUrl
from bot.sandbox.web_api.chat import check_content, compose, content_of, find_thread
from bot.sandbox.web_api.methods import is_true

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

METHOD = "@respond"
RESPONSE_TYPES = ("ephemeral", "in_channel")


def answer(slack: Workspace, ticket: str, args: Json) -> web.Response:
    """Take what was posted to a response_url; the answer is plain `ok`, or 404 with an error."""
    slack.recording.note(METHOD, args)
    try:
        url = slack.tickets.redeem_response_url(ticket)
        say(slack, url, args)
    except Refusal as refusal:
        slack.recording.complain(METHOD, refusal)
        return web.json_response(refusal.as_answer(), status=404)
    return web.Response(text="ok")


def say(slack: Workspace, url: ResponseUrl, args: Json) -> None:
    """Post, replace or delete as `args` say; raises Refusal. Membership is not asked for."""
    channel = slack.channels.get(url.channel_id)
    if channel is None:
        raise Refusal("channel_not_found", "the channel is gone")
    original = _original(channel, url)
    if is_true(args, "delete_original"):
        if original is None:
            raise Refusal("no_original", "there is no message to delete", "/delete_original")
        _delete(slack, channel, original)
        return
    kind = args.get("response_type") or "ephemeral"
    if kind not in RESPONSE_TYPES:
        raise Refusal("invalid_arguments", "ephemeral or in_channel", "/response_type")
    check_content(slack, args)
    if original is not None and is_true(args, "replace_original"):
        _replace(slack, channel, original, args)
        return
    message = compose(slack, channel, args)
    if args.get("thread_ts"):
        message["thread_ts"] = find_thread(channel, args["thread_ts"])["ts"]
    if kind == "in_channel":
        messages.post(slack, channel, message)
    else:
        messages.whisper(slack, channel, url.user_id, message)


def _original(channel: Channel, url: ResponseUrl) -> Json | None:
    if url.message_ts is None:
        return None
    if url.is_ephemeral:
        found = (one for one in channel.ephemerals if one["ts"] == url.message_ts)
        return next(found, None)
    return channel.by_ts.get(url.message_ts)


def _replace(slack: Workspace, channel: Channel, original: Json, args: Json) -> None:
    content = {"blocks": None, "attachments": None, **content_of(args)}
    if original.get("is_ephemeral"):
        messages.redraw(original, content)
        slack.tell("ephemeral", channel=channel.id, ts=original["ts"], user=original["user"])
        return
    edited = {"user": slack.bot_id, "ts": slack.new_ts()}
    messages.change(slack, channel, original, **content, edited=edited)


def _delete(slack: Workspace, channel: Channel, original: Json) -> None:
    if original.get("is_ephemeral"):
        channel.ephemerals.remove(original)
        where = {"channel": channel.id, "ts": original["ts"], "user": original["user"]}
        slack.tell("message_deleted", **where)
    else:
        messages.remove(slack, channel, original)
