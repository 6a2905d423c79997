"""How one post reaches Slack, and what each answer of Slack means for it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

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
LOCKED_OUT = {"invalid_auth", "not_authed", "org_login_required", "token_expired", "token_revoked"}
RATE_LIMITED = {"ratelimited", "rate_limited", "message_limit_exceeded"}
# The card, or the message in whose thread a post belongs, is no longer there to be touched.
DELETED = {
    "cannot_reply_to_message",
    "cant_update_message",
    "edit_window_closed",
    "message_not_found",
    "thread_not_found",
}
# Seconds to wait when Slack does not say how long.
WITHOUT_RETRY_AFTER = 5.0
UNREACHABLE_FOR = 2.0
LOCKED_OUT_FOR = 30.0
# Without the scope or the method there is no way to look; being said twice is the lesser harm.
CANNOT_LOOK = "Cannot look for %s in %s (%s); it is said again"


Recognise = Callable[[Mapping[str, Any]], bool]


@dataclass(frozen=True)
class Said:
    """Slack has the message: where it stands. Of a file it may not tell the `ts` at once.

    `lacks_picture`: it was said without the picture that belongs into it.
    """

    channel_id: str
    ts: str | None
    lacks_picture: bool = False


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
    """The message was deleted in Slack: the card itself, or the head of the post's thread."""

    error: str


Outcome = Said | Later | Unclear | Refused | Gone


class Delivery:
    """Says, redraws and looks for messages.

    The client must not repeat a call by itself: slack_sdk's connection handler says a message twice
    when the connection is cut after Slack stored it.
    """

    def __init__(self, client: AsyncWebClient) -> None:
        self.client = client

    async def say(self, post: Post, content: Mapping[str, Any], thread_ts: str | None) -> Outcome:
        """Post the message, carrying the post's key in its metadata; `content` as to_dict() has it.

        Never raises: what went wrong is the outcome.
        """
        try:
            answer = await self.call(
                self.client.chat_postMessage(
                    channel=post.place_id,
                    thread_ts=thread_ts,
                    metadata=_signed(post),
                    unfurl_links=False,
                    unfurl_media=False,
                    **content,
                )
            )
            return Said(answer.get("channel") or post.place_id, answer["ts"])
        except Exception as error:
            return outcome_of(error)

    async def redraw(self, post: Post, content: Mapping[str, Any]) -> Outcome:
        """Replace the card in place. Doing so twice is harmless."""
        channel_id, ts = post.channel_id or post.place_id, post.ts or ""
        try:
            await self.call(
                self.client.chat_update(
                    channel=channel_id, ts=ts, metadata=_signed(post), **content
                )
            )
        except Exception as error:
            return outcome_of(error)
        return Said(channel_id, ts)

    async def look_for(
        self, post: Post, thread: tuple[str, str] | None, *, is_file: bool = False
    ) -> Said | Later | Unclear | None:
        """Return where the post stands if Slack has it; `thread` is its thread's channel and ts.

        One that `is_file` is looked for by its file's name, every other one by its metadata. None
        means that it is not there, or that we may not look.
        """
        try:
            channel_id = thread[0] if thread else await self.channel_of(post.place_id)
            is_ours = _file_of(post) if is_file else _message_of(post)
            thread_ts = thread[1] if thread else None
            return await self._search(post, channel_id, thread_ts, is_ours)
        except Exception as error:
            outcome = outcome_of(error)
            if isinstance(outcome, Later | Unclear):
                return outcome
            logger.warning(CANNOT_LOOK, post.key, post.place_id, outcome)
            return None

    async def channel_of(self, place_id: str) -> str:
        """Return the id of the channel, or of the direct message with that person."""
        if place_id[:1] not in "UW":
            return place_id
        answer = await self.call(self.client.conversations_open(users=place_id))
        return str(answer["channel"]["id"])

    async def _search(
        self, post: Post, channel_id: str, thread_ts: str | None, is_ours: Recognise
    ) -> Said | None:
        began = post.maybe_said_since or post.due_at
        asked: dict[str, Any] = {
            "channel": channel_id,
            "oldest": _ts(began - CLOCKS_DIFFER_BY),
            "include_all_metadata": True,
            "limit": PAGE,
        }
        while True:
            if thread_ts:
                call = self.client.conversations_replies(ts=thread_ts, **asked)
            else:
                call = self.client.conversations_history(**asked)
            page = await self.call(call)
            for message in page.get("messages") or ():
                if is_ours(message):
                    return Said(channel_id, message["ts"])
            asked["cursor"] = (page.get("response_metadata") or {}).get("next_cursor")
            if not asked["cursor"]:
                return None

    async def call(self, call: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse:
        """Await a call for as long as the client has patience; raises TimeoutError."""
        # slack_sdk forgets its own timeout as soon as it is given a session to share.
        async with asyncio.timeout(self.client.timeout):
            return await call


def _signed(post: Post) -> dict[str, Any]:
    return {"event_type": EVENT_TYPE, "event_payload": {"key": post.key}}


def _key_of(message: Mapping[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    return (metadata.get("event_payload") or {}).get("key")


def _message_of(post: Post) -> Recognise:
    return lambda message: _key_of(message) == post.key


def _file_of(post: Post) -> Recognise:
    """Return how a file of ours is recognised: bot/files.py puts the post's number in its name."""

    def is_ours(message: Mapping[str, Any]) -> bool:
        names = (str(file.get("name")) for file in message.get("files") or ())
        return any(name.rpartition(".")[0].endswith(f"-{post.id}") for name in names)

    return is_ours


def outcome_of(error: Exception) -> Outcome:
    """Return what a failed call means for the post it carried."""
    if isinstance(error, SlackApiError):
        return _outcome_of_answer(error.response)
    if isinstance(error, aiohttp.ClientConnectorError):
        return Later(UNREACHABLE_FOR)
    if not isinstance(error, aiohttp.ClientError | OSError):
        # Such as an answer that is no JSON object: not Slack's words, but Slack may have heard us.
        logger.warning("A call to Slack ended in a way nobody foresaw", exc_info=error)
    return Unclear(type(error).__name__)


def _outcome_of_answer(response: Any) -> Outcome:
    # What was labelled JSON and is none comes as aiohttp's own response, without data.
    data = getattr(response, "data", None)
    status: int = getattr(response, "status_code", None) or response.status
    code = str(data.get("error") or "") if isinstance(data, dict) else ""
    if status == 429 or code in RATE_LIMITED:
        return Later(retry_after(response.headers))
    if code in LOCKED_OUT:
        return Later(LOCKED_OUT_FOR, everywhere=True)
    if code in DELETED:
        return Gone(code)
    # Without a code it is not Slack that refuses but something on the way, such as a proxy.
    if status >= 500 or code in UNCLEAR or not code:
        return Unclear(code[:80] or str(status))
    return Refused(code[:200])


def retry_after(headers: Mapping[str, str]) -> float:
    """Return how many seconds Slack asks to wait."""
    for name, value in headers.items():
        if name.lower() == "retry-after" and value.strip().isdigit():
            return float(value)
    return WITHOUT_RETRY_AFTER


def _ts(moment: datetime) -> str:
    return f"{moment.timestamp():.6f}"
