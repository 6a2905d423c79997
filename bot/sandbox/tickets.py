"""Things that can be used only for a while: triggers that open forms, and addresses for answers."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.refusals import Refusal

TRIGGER_LIFE = timedelta(seconds=3)
RESPONSE_URL_LIFE = timedelta(minutes=30)
RESPONSE_URL_USES = 5
REMEMBERED = 50_000  # Old tickets are forgotten beyond this many, so that a long demo stays small.

Clock = Callable[[], datetime]


@dataclass
class Trigger:
    """The right to open one form for `user_id`, who stands in `channel_id` if anywhere."""

    user_id: str
    expires_at: datetime
    channel_id: str | None = None
    is_used: bool = False


@dataclass
class ResponseUrl:
    """An address that answers an interaction; `message_ts` is the message it came from, if any."""

    channel_id: str
    user_id: str
    expires_at: datetime
    message_ts: str | None = None
    is_ephemeral: bool = False
    thread_ts: str | None = None
    uses: int = 0


class Tickets:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._triggers: dict[str, Trigger] = {}
        self._response_urls: dict[str, ResponseUrl] = {}

    def issue_trigger(self, user_id: str, channel_id: str | None = None) -> str:
        trigger_id = (
            f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**10)}.{secrets.token_hex(16)}"
        )
        self._triggers[trigger_id] = Trigger(user_id, self._clock() + TRIGGER_LIFE, channel_id)
        _forget_the_oldest(self._triggers)
        return trigger_id

    def redeem_trigger(self, trigger_id: object) -> Trigger:
        """Use a trigger up; raises Refusal the way views.open does."""
        trigger = self._triggers.get(str(trigger_id))
        if trigger is None:
            raise Refusal("invalid_trigger_id", "this trigger_id was never issued", "/trigger_id")
        if trigger.is_used:
            raise Refusal("exchanged_trigger_id", "a trigger_id opens one view", "/trigger_id")
        if self._clock() > trigger.expires_at:
            raise Refusal("expired_trigger_id", "a trigger_id lives 3 seconds", "/trigger_id")
        trigger.is_used = True
        return trigger

    def issue_response_url(self, url: ResponseUrl) -> str:
        ticket = f"{secrets.randbelow(10**13)}/{secrets.token_urlsafe(18)}"
        self._response_urls[ticket] = url
        _forget_the_oldest(self._response_urls)
        return ticket

    def redeem_response_url(self, ticket: str) -> ResponseUrl:
        """Count one use; raises Refusal after 5 uses or 30 minutes."""
        url = self._response_urls.get(ticket)
        if url is None:
            raise Refusal("invalid_url", "this response_url was never issued")
        if self._clock() > url.expires_at:
            raise Refusal("expired_url", "a response_url lives 30 minutes")
        if url.uses >= RESPONSE_URL_USES:
            raise Refusal("used_url", "a response_url works 5 times")
        url.uses += 1
        return url

    def response_url(self, channel_id: str, user_id: str, message: dict[str, object] | None) -> str:
        """Issue an address for a payload that came from `message`, or from none."""
        source = message or {}
        ts, thread_ts = source.get("ts"), source.get("thread_ts")
        url = ResponseUrl(
            channel_id,
            user_id,
            self._clock() + RESPONSE_URL_LIFE,
            message_ts=str(ts) if ts else None,
            is_ephemeral=bool(source.get("is_ephemeral")),
            thread_ts=str(thread_ts) if thread_ts else None,
        )
        return self.issue_response_url(url)


def _forget_the_oldest(tickets: dict[str, Any]) -> None:
    while len(tickets) > REMEMBERED:
        del tickets[next(iter(tickets))]
