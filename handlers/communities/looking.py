"""Looking at a channel: what Slack tells of its name, its privacy and the people in it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.communities.following import take_over
from handlers.request import code_of, is_passing
from models.communities import Community, NotInvitedError, UnansweredError
from models.database import Database
from models.time import Clock

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")

# Slack waits three seconds for the answer to a form; looking may use half of that.
PATIENCE = 1.5
# conversations.members allows at most 1000 a page.
MEMBERS_A_PAGE = 1000
MEMBERS_AT_MOST = 10_000
# conversations.info is Tier 3, about 50 a minute; an hour's look leaves most of that to others.
LOOKS_A_TICK = 20
HOUR = 3600  # seconds
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


async def refresh_channels(db: Database, clock: Clock, client: AsyncWebClient) -> str:
    """Take over what changed in communities' channels unseen, some of them each hour in turn."""
    async with db.everywhere()() as session:
        living = await Community.living(session)
    begin = int(clock().timestamp() // HOUR) * LOOKS_A_TICK
    count = min(len(living), LOOKS_A_TICK)
    changed = 0
    for at in range(begin, begin + count):
        community = living[at % len(living)]
        try:
            answer = await client.conversations_info(channel=community.channel_id)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            logger.info("Could not look at a community's channel: %s", error)
            continue
        channel = answer.get("channel") or {}
        if "is_private" in channel:
            changed += await _take_over(db.of(community.workspace_id), community, channel)
    return f"{changed} of {count} channels changed"


async def _take_over(db: Database, community: Community, channel: dict[str, Any]) -> bool:
    name, is_private = str(channel.get("name") or ""), bool(channel.get("is_private"))
    if (community.channel_name, community.is_private) == (name, is_private):
        return False
    async with db.begin() as session:
        row = await Community.of_channel(session, community.channel_id, for_update=True)
        return row is not None and await take_over(session, row, name, is_private)


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
