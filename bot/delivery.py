"""How one post reaches Slack, and what each answer of Slack means for it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.outcomes import Gone, Later, Outcome, Said, Unclear, outcome_of
from models.posts import Post

logger = logging.getLogger(__name__)

EVENT_TYPE = "staffroom_post"
# Our clock and Slack's may differ by this much when we look for a message we may have said.
CLOCKS_DIFFER_BY = timedelta(minutes=2)
PAGE = 200
# Without the scope or the method there is no way to look; being said twice is the lesser harm.
CANNOT_LOOK = "Cannot look for %s in %s (%s); it is said again"


Recognise = Callable[[Mapping[str, Any]], bool]


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

    async def take_away(self, post: Post) -> Outcome:
        """Take the message out of Slack. Doing so twice is harmless: the second finds it gone."""
        channel_id, ts = post.channel_id or post.place_id, post.ts or ""
        try:
            await self.call(self.client.chat_delete(channel=channel_id, ts=ts))
        except Exception as error:
            return outcome_of(error)
        return Gone("taken_away")

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


def _ts(moment: datetime) -> str:
    return f"{moment.timestamp():.6f}"
