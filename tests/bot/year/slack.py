"""A Slack that only listens: it notes what was said, may be away, and may answer badly.

The local Slack of the other tests looks at each message closely, which takes a year too long.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from types import SimpleNamespace
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from tests.bot.year.outages import Outages

# How often Slack stores a message and answers that it went wrong, or asks to wait.
CUT_OFF, RATE_LIMITED = 0.03, 0.03
# What a file's message is known by, in place of the metadata it cannot have.
FILE = "file:"


@dataclass(frozen=True)
class Utterance:
    """One message as members see it: the post's key, its place, the moment and all its words."""

    key: str
    place_id: str
    at: datetime
    words: str = field(default="", repr=False)

    @property
    def kind(self) -> str:
        return self.key.partition(":")[0]


@dataclass
class ListeningSlack:
    """What a replica's Slack client does, for as many of its methods as the bot needs unasked."""

    clock: Callable[[], datetime]
    outages: Outages
    random: Random
    record: list[Utterance] = field(default_factory=list)
    # What messages were changed to.
    changes: list[Utterance] = field(default_factory=list)
    history: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    uploads: dict[str, str] = field(default_factory=dict)
    timeout: int = 10
    proxy: None = None
    ssl: None = None

    @property
    def session(self) -> SimpleNamespace:
        """What the bytes of a file are sent with."""
        return SimpleNamespace(post=self._upload)

    async def chat_postMessage(self, channel: str, **message: Any) -> dict[str, Any]:  # noqa: N802 - Slack’s name
        self._answer()
        key = message["metadata"]["event_payload"]["key"]
        words = _words(message)
        ts = self._store(channel, key, words, metadata=message["metadata"])
        self._lose_the_answer()
        return {"ok": True, "channel": channel, "ts": ts}

    async def chat_update(self, channel: str, ts: str, **message: Any) -> dict[str, Any]:
        self._answer()
        key = message["metadata"]["event_payload"]["key"]
        self.changes.append(Utterance(key, channel, self.clock(), _words(message)))
        return {"ok": True, "channel": channel, "ts": ts}

    async def conversations_open(self, users: str) -> dict[str, Any]:
        self._answer()
        return {"ok": True, "channel": {"id": users}}

    async def conversations_history(self, channel: str, **_: Any) -> dict[str, Any]:
        self._answer()
        return {"ok": True, "messages": self.history.get(channel, [])}

    async def conversations_replies(self, channel: str, ts: str, **_: Any) -> dict[str, Any]:
        return await self.conversations_history(channel)

    async def pins_add(self, **_: Any) -> dict[str, Any]:
        self._answer()
        return {"ok": True}

    async def files_getUploadURLExternal(self, filename: str, **_: Any) -> dict[str, Any]:  # noqa: N802 - Slack’s name
        self._answer()
        file_id = f"F{len(self.uploads)}"
        self.uploads[file_id] = filename
        return {"ok": True, "upload_url": "https://files.invalid/", "file_id": file_id}

    async def files_completeUploadExternal(  # noqa: N802 - Slack’s name
        self, files: list[dict[str, str]], channel_id: str, **_: Any
    ) -> dict[str, Any]:
        self._answer()
        name = self.uploads[files[0]["id"]]
        ts = self._store(channel_id, f"{FILE}{name}", "", files=[{"name": name}])
        self._lose_the_answer()
        shares = {"private": {channel_id: [{"ts": ts}]}}
        return {"ok": True, "files": [{"id": files[0]["id"], "shares": shares}]}

    @asynccontextmanager
    async def _upload(self, *_: Any, **__: Any):
        self._answer()
        yield SimpleNamespace(status=200, headers={})

    def _store(self, channel: str, key: str, words: str, **traits: Any) -> str:
        now = self.clock()
        ts = f"{now.timestamp():.0f}.{len(self.record):06}"
        self.record.append(Utterance(key, channel, now, words))
        self.history.setdefault(channel, []).append({"ts": ts, **traits})
        return ts

    def _answer(self) -> None:
        if self.outages.is_slack_down(self.clock()):
            raise _error("service_unavailable", 503)
        if self.random.random() < RATE_LIMITED:
            raise _error("ratelimited", 429, {"Retry-After": "3"})

    def _lose_the_answer(self) -> None:
        if self.random.random() < CUT_OFF:
            raise ConnectionResetError("cut off")


def _words(message: Mapping[str, Any]) -> str:
    """Return everything in it that somebody could read, and what its buttons carry."""
    return json.dumps([message.get("text"), message.get("blocks")])


def _error(code: str, status: int, headers: dict[str, str] | None = None) -> SlackApiError:
    answer = AsyncSlackResponse(
        client=None,
        http_verb="POST",
        api_url="",
        req_args={},
        data={"ok": False, "error": code},
        headers=headers or {},
        status_code=status,
    )
    return SlackApiError(code, answer)
