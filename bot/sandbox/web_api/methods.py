"""The list of Web API methods, and what each asks for before it does anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox.places import Channel, Json, User
from bot.sandbox.refusals import Refusal

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

Handler = Callable[["Workspace", Json], Json]
TRUE = (True, 1, "1", "true", "True")


@dataclass(frozen=True)
class Method:
    """One method: its scopes (any of them is enough when `scopes` is not empty) and arguments."""

    name: str
    run: Handler
    scopes: tuple[str, ...]
    required: tuple[str, ...]


METHODS: dict[str, Method] = {}


def method(
    name: str, *, scope: str = "", required: tuple[str, ...] = ()
) -> Callable[[Handler], Handler]:
    """Register a method; its function returns the answer without "ok" or raises Refusal."""

    def register(run: Handler) -> Handler:
        METHODS[name] = Method(name, run, (scope,) if scope else (), required)
        return run

    return register


def run(slack: Workspace, name: str, args: Json) -> Json:
    """Answer one call of a method that exists; raises Refusal."""
    chosen = METHODS[name]
    for scope in chosen.scopes:
        require_scope(slack, scope)
    missing = [arg for arg in chosen.required if args.get(arg) in (None, "")]
    if missing:
        raise Refusal("invalid_arguments", "missing required field", f"/{missing[0]}")
    return {"ok": True, **chosen.run(slack, args)}


def require_scope(slack: Workspace, scope: str) -> None:
    """Refuse without this scope; a scope the manifest leaves optional is no mistake to lack."""
    if scope in slack.scopes:
        return
    is_mistake = scope not in slack.manifest.optional_scopes
    provided = ",".join(sorted(slack.scopes))
    message = f"the scope {scope} was not granted"
    raise Refusal("missing_scope", message, mistake=is_mistake, needed=scope, provided=provided)


def find_channel(slack: Workspace, channel_id: Any, *, at: str = "/channel") -> Channel:
    """Return a channel the bot can know of; raises Refusal channel_not_found.

    An id that exists nowhere is the bot's mistake; one of a private place it is not in is not.
    """
    channel = slack.channels.get(str(channel_id))
    if channel is None:
        was_one = str(channel_id) in slack.gone
        message = f"there is no channel {channel_id}"
        raise Refusal("channel_not_found", message, at, mistake=not was_one)
    is_closed = channel.is_private or channel.is_im
    if is_closed and slack.bot_user_id not in channel.members:
        raise Refusal("channel_not_found", "the bot is not in this private channel", at)
    return channel


def find_own_channel(slack: Workspace, channel_id: Any, *, to_write: bool = False) -> Channel:
    """Return a channel the bot is a member of, to write in only if it is not archived."""
    channel = find_channel(slack, channel_id)
    if slack.bot_user_id not in channel.members:
        raise Refusal("not_in_channel", "the bot is not a member", "/channel")
    if to_write and channel.is_archived:
        raise Refusal("is_archived", "the channel is archived", "/channel")
    return channel


def find_user(slack: Workspace, user_id: Any, *, at: str = "/user") -> User:
    user = slack.users.get(str(user_id))
    if user is None:
        message = f"there is no user {user_id}"
        raise Refusal("user_not_found", message, at, mistake=True)
    return user


def find_message(channel: Channel, ts: Any, *, at: str = "/ts") -> Json:
    """Return a message that is still there; raises Refusal message_not_found."""
    message = channel.by_ts.get(str(ts))
    if message is None or message.get("subtype") == "tombstone":
        raise Refusal("message_not_found", f"there is no message {ts}", at)
    return message


def is_true(args: Json, name: str) -> bool:
    return args.get(name) in TRUE


def one_page(items: list[Any], args: Json, *, default: int = 100) -> tuple[list[Any], Json]:
    """Return the page `cursor` and `limit` ask for, and its response_metadata."""
    limit = page_size(args, default)
    start = start_of_page(args)
    end = start + limit
    cursor = f"next:{end}" if end < len(items) else ""
    return items[start:end], {"next_cursor": cursor}


def page_size(args: Json, default: int, most: int = 1000) -> int:
    try:
        limit = int(args.get("limit") or default)
    except ValueError as error:
        raise Refusal("invalid_arguments", "limit must be a number", "/limit") from error
    if not 1 <= limit <= most:
        raise Refusal("invalid_limit", f"limit must be from 1 to {most}", "/limit")
    return limit


def start_of_page(args: Json) -> int:
    cursor = str(args.get("cursor") or "next:0")
    prefix, _, number = cursor.partition(":")
    if prefix != "next" or not number.isdigit():
        raise Refusal("invalid_cursor", "this cursor was not given by us", "/cursor")
    return int(number)
