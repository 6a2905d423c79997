"""Reading what was said earlier in a channel or thread."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from bot.sandbox.messages import shown
from bot.sandbox.places import Channel, Json
from bot.sandbox.refusals import Refusal
from bot.sandbox.web_api.methods import (
    find_own_channel,
    is_true,
    method,
    page_size,
    require_scope,
    start_of_page,
)

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

LARGEST_PAGE = 999  # docs: conversations.history, "less than 1,000"


@method("conversations.history", required=("channel",))
def history(slack: Workspace, args: Json) -> Json:
    """Answer with the newest messages first; replies are in their threads, not here."""
    channel = _readable_channel(slack, args)
    first, end = _bounds(channel.messages, args)
    newest_first = (channel.messages[at] for at in range(end - 1, first - 1, -1))
    return _page((one for one in newest_first if not _is_reply(one)), args)


@method("conversations.replies", required=("channel", "ts"))
def replies(slack: Workspace, args: Json) -> Json:
    """Answer with a message and its replies, oldest first."""
    channel = _readable_channel(slack, args)
    asked = channel.by_ts.get(str(args["ts"]))
    if asked is None:
        raise Refusal("thread_not_found", "there is no such message", "/ts")
    parent = channel.by_ts.get(asked.get("thread_ts", ""), asked)
    thread = channel.threads.get(parent["ts"], [])
    first, end = _bounds(thread, args)
    return _page(iter([parent, *thread[first:end]]), args)


def _readable_channel(slack: Workspace, args: Json) -> Channel:
    channel = find_own_channel(slack, args["channel"])
    require_scope(slack, channel.scope("history"))
    return channel


def _is_reply(message: Json) -> bool:
    is_below = message.get("thread_ts", message["ts"]) != message["ts"]
    return is_below and message.get("subtype") != "thread_broadcast"


def _bounds(messages: list[Json], args: Json) -> tuple[int, int]:
    """Return the slice from `oldest` to `latest`, these two included when `inclusive`."""
    is_inclusive = is_true(args, "inclusive")
    oldest, latest = _moment(args, "oldest"), _moment(args, "latest")
    to_oldest, to_latest = (
        (bisect_left, bisect_right) if is_inclusive else (bisect_right, bisect_left)
    )
    first = to_oldest(messages, oldest, key=_order) if oldest else 0
    end = to_latest(messages, latest, key=_order) if latest else len(messages)
    return first, end


def _moment(args: Json, name: str) -> tuple[int, int] | None:
    ts = args.get(name)
    if ts in (None, "", "0", 0):
        return None
    try:
        return _order({"ts": str(ts)})
    except ValueError as error:
        raise Refusal(f"invalid_ts_{name}", "must be seconds.micros", f"/{name}") from error


def _order(message: Json) -> tuple[int, int]:
    seconds, _, micros = message["ts"].partition(".")
    return int(seconds), int(f"{micros:0<6}"[:6])


def _page(found: Iterator[Json], args: Json) -> Json:
    start = start_of_page(args)
    size = page_size(args, 100, LARGEST_PAGE)
    page = list(islice(found, start, start + size + 1))
    has_more = len(page) > size
    with_metadata = is_true(args, "include_all_metadata")
    return {
        "messages": [shown(one, with_metadata=with_metadata) for one in page[:size]],
        "has_more": has_more,
        "pin_count": 0,
        "response_metadata": {"next_cursor": f"next:{start + size}" if has_more else ""},
    }
