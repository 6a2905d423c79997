"""What can be read from anything Slack sends: who is behind it, where they are, what went wrong."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from slack_sdk.errors import SlackApiError

# What a request that is made again keeps of the one it comes from.
KEPT = ("trigger_id", "response_url", "container", "message")


def said_by(body: dict[str, Any]) -> str | None:
    """Return the id of the person behind any payload of Slack's."""
    user = body.get("user_id") or (body.get("user") or {}).get("id")
    event = body.get("event") or {}
    return user or (event.get("user") if isinstance(event.get("user"), str) else None)


def said_in(body: dict[str, Any]) -> str | None:
    """Return the id of the channel that a payload comes from, if it comes from one."""
    channel = body.get("channel_id") or (body.get("channel") or {}).get("id")
    event = body.get("event") or {}
    there = event.get("channel") if isinstance(event.get("channel"), str) else None
    return channel or (body.get("container") or {}).get("channel_id") or there


def channel_name_in(body: dict[str, Any]) -> str:
    """Return what Slack calls the channel there: every private one "privategroup", "" unsaid."""
    channel = body.get("channel_name") or (body.get("channel") or {}).get("name")
    return str(channel or "")


def thread_of(body: dict[str, Any]) -> str | None:
    """Return the thread that a payload comes from. A message that heads a thread is not in it."""
    message, container = body.get("message") or {}, body.get("container") or {}
    thread_ts = body.get("thread_ts") or (body.get("event") or {}).get("thread_ts")
    thread_ts = thread_ts or container.get("thread_ts") or message.get("thread_ts")
    heads_it = thread_ts in (message.get("ts"), container.get("message_ts"))
    return None if heads_it else thread_ts


def is_between_us(body: dict[str, Any]) -> bool:
    """Say whether a button was pressed on a lasting message of ours in a direct conversation.

    The message is what proves that the conversation is ours: commands and answers that only one
    person sees can also stand where two colleagues talk.
    """
    is_direct = (said_in(body) or "").startswith("D")
    return is_direct and "container" in body and bool((body.get("message") or {}).get("bot_id"))


def as_command(body: dict[str, Any], command: str, text: str) -> dict[str, Any]:
    """Return what Slack would send had this person typed the command in the same place."""
    kept = {name: body[name] for name in KEPT if name in body}
    return kept | {
        "command": command,
        "text": text,
        "team_id": body.get("team_id") or (body.get("team") or {}).get("id"),
        "user_id": said_by(body),
        "channel_id": said_in(body),
        "thread_ts": thread_of(body),
        "request_key": request_key(body),
    }


def occurrence_of(body: dict[str, Any]) -> str | None:
    """Return what tells one event or press from every other, however often Slack tells us of it.

    Of a press it is a digest, which does not give away who pressed.
    """
    if event_id := body.get("event_id"):
        return str(event_id)
    if body.get("type") != "block_actions":
        return None
    [action, *_] = body.get("actions") or [{}]
    told = [body.get("trigger_id"), said_by(body), body.get("container"), action]
    return f"press:{_digest(told)}"


def request_key(body: dict[str, Any]) -> str:
    """Return what a row keeps of the request that made it, so that one sent twice makes one.

    It is the same however often Slack sends the request, and for a message also when Slack tells of
    it in two events. At most 100 characters.
    """
    if kept := body.get("request_key"):
        return str(kept)
    view, event = body.get("view") or {}, body.get("event") or {}
    if body.get("type") == "view_submission" and view.get("id"):
        return f"form:{view['id']}"
    if event.get("channel") and event.get("ts"):
        return message_key(str(event["channel"]), str(event["ts"]))
    if occurrence := occurrence_of(body):
        return occurrence
    # A command's trigger is as good as an id; its words are in it for a Slack that has no triggers.
    told = [body.get("trigger_id"), said_by(body), body.get("command"), body.get("text")]
    return f"asked:{_digest(told)}"


def message_key(channel_id: str, ts: str) -> str:
    """Return the request key of what was said in a message."""
    return f"message:{channel_id}/{ts}"


def _digest(told: list[Any]) -> str:
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:40]


def facts_in(value: object) -> dict[str, Any]:
    """Return the facts in a button's value. It may be forged; what is no such value has none."""
    try:
        facts = json.loads(str(value))
    except (ValueError, RecursionError):
        return {}
    return facts if isinstance(facts, dict) else {}


def code_of(error: SlackApiError) -> str:
    """Return Slack's word for what is wrong, or "" when the answer has none."""
    data = getattr(error.response, "data", error.response)
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def is_passing(error: SlackApiError) -> bool:
    """Say whether the same call may work a little later."""
    status = getattr(error.response, "status_code", getattr(error.response, "status", 200))
    return status >= 500 or status == 429 or code_of(error) in PASSING


PASSING = {"fatal_error", "internal_error", "ratelimited", "request_timeout", "service_unavailable"}
