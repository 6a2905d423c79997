"""Saying: a message in a channel as Slack tells of it, or what became of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

# Who wrote it is no person, or Slack tells of it in another event as well.
NOT_SAID = {"bot_message", "channel_join", "channel_leave", "group_join", "group_leave"}
SLACKBOT = "USLACKBOT"


@dataclass(frozen=True)
class Said:
    """One message in a channel, or what became of it: `change` is new, changed or deleted.

    `member_id` is None when no person wrote it. `before` is what a changed message said. `at` is
    when it was written; `subtype` is Slack's word for a message that tells of something else, such
    as a channel made private.
    """

    change: str
    channel_id: str
    ts: str
    thread_ts: str | None
    member_id: str | None
    text: str
    at: datetime
    subtype: str = ""
    before: str = ""

    @property
    def is_put_differently(self) -> bool:
        """Whether its words are new; Slack also tells of a link's preview as a change."""
        return self.change == "changed" and self.text != self.before


def said_of(event: dict[str, Any]) -> Said | None:
    """Return what a message event tells, or None when nobody said anything."""
    subtype = event.get("subtype")
    if subtype in NOT_SAID:
        return None
    previous: dict[str, Any] = event.get("previous_message") or {}
    match subtype:
        case "message_changed":
            change, message = "changed", event["message"]
        case "message_deleted":
            change, message = "deleted", {"ts": event.get("deleted_ts")} | previous
        case _:
            change, message = "new", event
    if message.get("subtype") == "tombstone":
        # Slack keeps the place of a deleted message that has a thread.
        change = "deleted"
        message = message | previous
    is_bot = message.get("bot_id") or message.get("user") == SLACKBOT
    is_person = not is_bot and message.get("subtype") not in NOT_SAID
    return Said(
        change=change,
        channel_id=event["channel"],
        ts=str(message.get("ts")),
        thread_ts=message.get("thread_ts"),
        member_id=message.get("user") if is_person else None,
        text=str(message.get("text") or ""),
        at=datetime.fromtimestamp(float(message.get("ts") or 0), UTC),
        subtype=str(subtype or ""),
        before=str(previous.get("text") or ""),
    )
