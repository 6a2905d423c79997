"""What was said between the bot and Slack: every call, every mistake, and all of it on file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from bot.sandbox.refusals import Refusal

# What is not a Web API call is recorded under these names.
INBOUND = {
    "slash_commands": "@in.command",
    "block_actions": "@in.block_actions",
    "view_submission": "@in.view_submission",
    "view_closed": "@in.view_closed",
    "shortcut": "@in.shortcut",
    "message_action": "@in.message_action",
    "events_api": "@in.envelope",
}
ACKS = {
    "slash_commands": "@ack.command",
    "view_submission": "@ack.view_submission",
    "block_suggestion": "@ack.options",
}


@dataclass
class Call:
    """One Web API call: `args` decoded from JSON, `response` None when it was never answered."""

    method: str
    args: dict[str, Any]
    token: str
    response: dict[str, Any] | None
    at: datetime


@dataclass(frozen=True)
class Complaint:
    """A mistake of the bot; `pointer` is a JSON pointer into the arguments of the call."""

    method: str
    error: str
    pointer: str
    message: str

    def __str__(self) -> str:
        return f"{self.method}: {self.error} at {self.pointer or '/'}: {self.message}"


class Recording:
    """Keeps calls and complaints, and writes all traffic as JSON lines once a file is named."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.complaints: list[Complaint] = []
        self._file: TextIO | None = None

    def write_to(self, path: str | Path) -> None:
        """Append to `path` from now on: one {"method", "args"} object a line."""
        self.close()
        # Kept open over many calls: opening it for each would slow a thousand commands down.
        self._file = Path(path).open("a", encoding="utf-8")  # noqa: SIM115 - closed in close()

    def close(self) -> None:
        if self._file:
            self._file.close()
        self._file = None

    def note(self, method: str, args: Any) -> None:
        """Write one line; `method` is a Web API method or one of the names beginning with @."""
        if self._file:
            self._file.write(json.dumps({"method": method, "args": args}))
            self._file.write("\n")

    def note_delivery(self, kind: str, payload: dict[str, Any]) -> None:
        if not _is_well_defined(payload.get("event", {})):
            return
        name = INBOUND.get(kind if kind != "interactive" else payload.get("type", ""))
        if name:
            self.note(name, payload)
        if kind == "events_api":
            self.note("@in.event", payload["event"])

    def note_ack(self, kind: str, payload: dict[str, Any], answer: Any) -> None:
        name = ACKS.get(kind if kind != "interactive" else payload.get("type", ""))
        if name and answer:
            self.note(name, answer)

    def complain(self, method: str, refusal: Refusal) -> None:
        """Remember a refusal, one complaint a place, unless the bot could not have known."""
        if not refusal.is_mistake:
            return
        if not refusal.reasons:
            self.complaints.append(Complaint(method, refusal.error, "", refusal.error))
        for reason in refusal.reasons:
            self.complaints.append(Complaint(method, refusal.error, reason.pointer, reason.message))


def _is_well_defined(event: dict[str, Any]) -> bool:
    """Say whether Slack's definitions describe this event as Slack sends it.

    They ask for a channel inside the message inside, and for an inviter even when nobody invited.
    """
    subtype = event.get("subtype")
    is_nested = subtype in ("message_changed", "message_deleted")
    return not is_nested and not (subtype == "channel_join" and "inviter" not in event)
