"""Reacting: an emoji somebody put under a message, or took away, as Slack tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Reacted:
    """One person's emoji under the message `ts`; `emoji` is its name, with a skin tone if any."""

    channel_id: str
    ts: str
    member_id: str
    emoji: str
    is_added: bool


def reacted_of(event: dict[str, Any]) -> Reacted | None:
    """Return what a reaction event tells, or None when it was no message that got the emoji."""
    item = event.get("item") or {}
    known = (item.get("channel"), item.get("ts"), event.get("user"), event.get("reaction"))
    if item.get("type") != "message" or not all(known):
        return None
    channel_id, ts, member_id, emoji = (str(one) for one in known)
    return Reacted(channel_id, ts, member_id, emoji, event.get("type") == "reaction_added")
