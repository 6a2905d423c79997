"""Looking at a channel: what Slack tells of its name, its privacy and the people in it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.request import code_of, is_passing
from models.communities import NotInvitedError, UnansweredError

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")

# Slack waits three seconds for the answer to a form; looking may use half of that.
PATIENCE = 1.5
# conversations.members allows at most 1000 a page.
MEMBERS_A_PAGE = 1000
MEMBERS_AT_MOST = 10_000
ARE_NOT_IN = ("channel_not_found", "not_in_channel")

NOT_INVITED = (
    "I am not in that channel yet. Type `/invite @Staffroom` there, then press *Set up* again; "
    "what you filled in stays."
)
NO_ANSWER = "Slack did not answer just now. Press *Set up* again in a moment."


@dataclass(frozen=True)
class Look:
    """What Slack tells of a channel; None is what it does not tell. The bot is not in `people`."""

    name: str | None
    is_private: bool | None
    people: frozenset[str] | None


async def look_at(client: AsyncWebClient, channel_id: str, bot_user_id: str | None) -> Look:
    """Ask what the channel is like and who is in it.

    Raises NotInvitedError when the bot is not in it, UnansweredError when asking again may help.
    """
    info, people = await asyncio.gather(
        _told(client.conversations_info(channel=channel_id)), _told(_people_in(client, channel_id))
    )
    # A Slack that does not tell is believed to have let us in: the first post will show.
    channel = (info.get("channel") if info else None) or {}
    if channel.get("is_member") is False:
        raise NotInvitedError(NOT_INVITED)
    return Look(
        name=str(channel.get("name") or "") or None,
        is_private=bool(channel["is_private"]) if "is_private" in channel else None,
        people=people and people - {bot_user_id or ""},
    )


async def _told(asked: Awaitable[Answer]) -> Answer | None:
    """Return the answer, or None from a Slack that does not tell."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await asked
    except SlackApiError as error:
        if code_of(error) in ARE_NOT_IN:
            raise NotInvitedError(NOT_INVITED) from error
        if is_passing(error):
            raise UnansweredError(NO_ANSWER) from error
        logger.info("Slack does not tell of a channel: %s", error)
        return None
    except (aiohttp.ClientError, TimeoutError) as error:
        raise UnansweredError(NO_ANSWER) from error


async def _people_in(client: AsyncWebClient, channel_id: str) -> frozenset[str] | None:
    people: set[str] = set()
    cursor = None
    while len(people) < MEMBERS_AT_MOST:
        page = await client.conversations_members(
            channel=channel_id, limit=MEMBERS_A_PAGE, cursor=cursor
        )
        if "members" not in page:
            return None
        people.update(page["members"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            break
    return frozenset(people)
