"""What one person sees in the workspace: places, messages, forms, App Home and the time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any

from bot.sandbox.messages import shown

if TYPE_CHECKING:
    from bot.sandbox.places import Channel, Json, User
    from bot.sandbox.workspace import Workspace

MESSAGES_AT_ONCE = 100
BROADCASTS = ("<!here", "<!channel", "<!everyone")
QUIET_SUBTYPES = frozenset({"channel_join", "channel_leave", "group_join", "group_leave"})
OF_THE_SERVER = frozenset({"user", "closed", "conversation"})  # Kept with a view, not part of it.


@dataclass
class ReadMarks:
    """How far each person has read; what was there before anyone looked counts as read."""

    opened_at: str | None = None
    marks: dict[tuple[str, str], str] = field(default_factory=dict)

    def open(self, now: float) -> None:
        if self.opened_at is None:
            self.opened_at = f"{now:.6f}"

    def mark(self, user_id: str, channel: Channel) -> None:
        if channel.messages:
            self.marks[user_id, channel.id] = channel.messages[-1]["ts"]

    def of(self, user_id: str, channel: Channel) -> str:
        """Return the timestamp up to which this person has read."""
        return max(self.marks.get((user_id, channel.id), ""), self.opened_at or "")


def is_visible(channel: Channel, user_id: str) -> bool:
    """Say whether a person may look into a conversation: public ones may be read by all."""
    return user_id in channel.members or not (channel.is_im or channel.is_private)


def as_person(user: User) -> Json:
    return {
        "id": user.id,
        "name": user.name,
        "real_name": user.real_name,
        "title": user.title,
        "tz": user.tz,
        "image": user.image,
        "is_bot": user.is_bot,
        "is_admin": user.is_admin or user.is_owner,
        "deleted": user.deleted,
    }


def channels_of(slack: Workspace, user_id: str, read: ReadMarks) -> list[Json]:
    """Return the conversations in a person's list, the one with the bot included."""
    slack.direct_message(user_id)
    visible = [one for one in slack.channels.values() if is_visible(one, user_id)]
    return [_as_place(channel, user_id, read) for channel in visible]


def _as_place(channel: Channel, user_id: str, read: ReadMarks) -> Json:
    kind = "im" if channel.is_im else "private" if channel.is_private else "channel"
    others = sorted(channel.members - {user_id})
    unread = list(_unread(channel, user_id, read.of(user_id, channel)))
    pinged = unread if channel.is_im else [one for one in unread if _names(one, user_id)]
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": kind,
        "person": others[0] if channel.is_im and others else None,
        "topic": channel.topic,
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "is_member": user_id in channel.members,
        "members": sorted(channel.members),
        "unread": len(unread),
        "mentions": len(pinged),
    }


def _unread(channel: Channel, user_id: str, mark: str) -> Iterator[Json]:
    if user_id not in channel.members:
        return
    first = bisect_right(channel.messages, mark, key=lambda message: str(message["ts"]))
    for message in islice(channel.messages, first, None):
        is_own = message.get("user") == user_id
        is_quiet = message.get("subtype") in QUIET_SUBTYPES
        if is_in_channel(message) and not is_own and not is_quiet:
            yield message


def _names(message: Json, user_id: str) -> bool:
    text = message.get("text", "")
    return f"<@{user_id}" in text or any(broadcast in text for broadcast in BROADCASTS)


def is_in_channel(message: Json) -> bool:
    """Say whether a message stands in the channel itself, not only in a thread."""
    thread_ts = message.get("thread_ts")
    is_shared = message.get("subtype") == "thread_broadcast"
    return not thread_ts or thread_ts == message["ts"] or is_shared


def messages_of(channel: Channel, user_id: str, most: int) -> tuple[list[Json], bool]:
    """Return a channel's newest messages, oldest first, and whether there are earlier ones.

    Replies are left out; private answers to this person are in, each with `is_ephemeral`.
    """
    own = [one for one in channel.ephemerals if one["user"] == user_id]
    newest_first = merge(reversed(channel.messages), reversed(own), key=_ts, reverse=True)
    found = list(islice(filter(is_in_channel, newest_first), most + 1))
    return [_drawn(message) for message in reversed(found[:most])], len(found) > most


def replies_of(channel: Channel, user_id: str, thread_ts: str) -> list[Json]:
    """Return a thread as a person sees it: what it hangs on, the replies, their private answers."""
    parent = channel.by_ts.get(thread_ts)
    own = [one for one in channel.ephemerals if one["user"] == user_id]
    replies: Iterable[Json] = channel.threads.get(thread_ts, [])
    private = [one for one in own if one.get("thread_ts") == thread_ts]
    return [
        _drawn(one) for one in ([parent] if parent else []) + sorted([*replies, *private], key=_ts)
    ]


def _ts(message: Json) -> str:
    return str(message["ts"])


def _drawn(message: Json) -> Json:
    flags: Json = {"is_ephemeral": True, "user": None} if message.get("is_ephemeral") else {}
    return shown(message) | flags


def as_view(view: Json | None) -> Json | None:
    """Return a form or App Home as the page draws it."""
    if view is None:
        return None
    return {name: value for name, value in view.items() if name not in OF_THE_SERVER}


def features_of(slack: Workspace, manifest: Json) -> dict[str, Any]:
    """Return what stays the same while the page is open: the app and what it offers."""
    features = manifest.get("features", {})
    bot = slack.users[slack.bot_user_id]
    return {
        "team": {"id": slack.team_id, "name": slack.team_name},
        "bot": {"user_id": bot.id, "app_id": slack.app_id, "name": bot.real_name},
        "commands": features.get("slash_commands", []),
        "shortcuts": features.get("shortcuts", []),
    }
