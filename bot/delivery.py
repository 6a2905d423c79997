"""How one post reaches Slack, and what each answer of Slack means for it."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks.message import Message
from models.posts import Post

logger = logging.getLogger(__name__)

EVENT_TYPE = "staffroom_post"
# Our clock and Slack's may differ by this much when we look for a message we may have said.
CLOCKS_DIFFER_BY = timedelta(minutes=2)
PAGE = 200
# Slack may have done what was asked and still answer with one of these.
UNCLEAR = {
    "fatal_error",
    "internal_error",
    "request_timeout",
    "service_unavailable",
    "team_added_to_org",
}
# The whole workspace is unreachable for us; what we have to say waits until that is mended.
LOCKED_OUT = {"invalid_auth", "not_authed", "token_expired", "token_revoked"}
RATE_LIMITED = {"ratelimited", "rate_limited", "message_limit_exceeded"}
DELETED = {"message_not_found", "cant_update_message", "edit_window_closed"}
# Without the scope or the method there is no way to look; being said twice is the lesser harm.
CANNOT_LOOK = "Cannot look for %s in %s (%s); it is said again"


@dataclass(frozen=True)
class Said:
    """Slack has the message: where it stands."""

    channel_id: str
    ts: str


@dataclass(frozen=True)
class Later:
    """Slack did not take it: again in `seconds`. `everywhere`: the token itself is locked out."""

    seconds: float
    everywhere: bool = False


@dataclass(frozen=True)
class Unclear:
    """Nobody knows whether Slack took it. Look in the channel before saying it again."""

    reason: str


@dataclass(frozen=True)
class Refused:
    """Slack will never take it."""

    error: str


@dataclass(frozen=True)
class Gone:
    """The message was deleted in Slack, so it cannot be redrawn."""


Outcome = Said | Later | Unclear | Refused | Gone


class Delivery:
    """Says, redraws and looks for messages.

    The client must not repeat a call by itself: slack_sdk's connection handler says a message twice
    when the connection is cut after Slack stored it.
    """

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def say(self, post: Post, message: Message, thread_ts: str | None) -> Outcome:
        """Post the message, carrying the post's key in its metadata."""
        try:
            answer = await self._client.chat_postMessage(
                channel=post.place_id,
                text=message.text,
                blocks=message.blocks,
                thread_ts=thread_ts,
                metadata={"event_type": EVENT_TYPE, "event_payload": {"key": post.key}},
                unfurl_links=False,
                unfurl_media=False,
            )
        except Exception as error:
            return outcome_of(error)
        return Said(answer.get("channel") or post.place_id, answer["ts"])

    async def redraw(self, post: Post, message: Message) -> Outcome:
        """Replace the card in place. Doing so twice is harmless."""
        try:
            await self._client.chat_update(
                channel=post.channel_id or post.place_id,
                ts=post.ts or "",
                text=message.text,
                blocks=message.blocks,
                metadata={"event_type": EVENT_TYPE, "event_payload": {"key": post.key}},
            )
        except Exception as error:
            return outcome_of(error)
        return Said(post.channel_id or post.place_id, post.ts or "")

    async def look_for(
        self, post: Post, thread: tuple[str, str] | None
    ) -> Said | Later | Unclear | None:
        """Return where the post stands if Slack has it; `thread` is its thread's channel and ts.

        None means that it is not there, or that we may not look.
        """
        try:
            channel_id = thread[0] if thread else await self._channel_of(post.place_id)
            return await self._search(post, channel_id, thread[1] if thread else None)
        except Exception as error:
            outcome = outcome_of(error)
            if isinstance(outcome, Later | Unclear):
                return outcome
            logger.warning(CANNOT_LOOK, post.key, post.place_id, outcome)
            return None

    async def _channel_of(self, place_id: str) -> str:
        if place_id[:1] not in "UW":
            return place_id
        answer = await self._client.conversations_open(users=place_id)
        return str(answer["channel"]["id"])

    async def _search(self, post: Post, channel_id: str, thread_ts: str | None) -> Said | None:
        began = post.maybe_said_since or post.due_at
        asked: dict[str, Any] = {
            "channel": channel_id,
            "oldest": _ts(began - CLOCKS_DIFFER_BY),
            "include_all_metadata": True,
            "limit": PAGE,
        }
        while True:
            if thread_ts:
                page = await self._client.conversations_replies(ts=thread_ts, **asked)
            else:
                page = await self._client.conversations_history(**asked)
            for message in page.get("messages") or ():
                metadata = message.get("metadata") or {}
                payload = metadata.get("event_payload") or {}
                if metadata.get("event_type") == EVENT_TYPE and payload.get("key") == post.key:
                    return Said(channel_id, message["ts"])
            asked["cursor"] = (page.get("response_metadata") or {}).get("next_cursor")
            if not asked["cursor"]:
                return None


def outcome_of(error: Exception) -> Outcome:
    """Return what a failed call means for the post it carried."""
    if isinstance(error, SlackApiError):
        return _outcome_of_answer(error)
    if isinstance(error, aiohttp.ClientConnectorError):
        return Later(2)
    if isinstance(error, aiohttp.ClientError | asyncio.TimeoutError | OSError):
        return Unclear(type(error).__name__)
    raise error


def _outcome_of_answer(error: SlackApiError) -> Outcome:
    response = error.response
    status = getattr(response, "status_code", 200)
    code = str(response.get("error") or "") if status != 429 else "ratelimited"
    if code in RATE_LIMITED:
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Later(float(headers.get("retry-after", 1)))
    if status >= 500 or code in UNCLEAR:
        return Unclear(code[:80] or str(status))
    if code in LOCKED_OUT:
        return Later(30, everywhere=True)
    if code in DELETED:
        return Gone()
    return Refused(code[:200])


def _ts(moment: datetime) -> str:
    return f"{moment.timestamp():.6f}"
