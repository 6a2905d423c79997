"""Refreshing: what changed in channels unseen is taken over, some of them each hour."""

import logging
from datetime import datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.communities.following import take_over
from models.communities import Community
from models.database import Database
from models.time import Clock

logger = logging.getLogger(__name__)

# conversations.info is Tier 3, about 50 a minute; an hour's look leaves most of that to others.
LOOKS_A_TICK = 20
HOUR = 3600  # seconds


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
            changed += await _take_over(db.of(community.workspace_id), community, channel, clock())
    return f"{changed} of {count} channels changed"


async def _take_over(
    db: Database, community: Community, channel: dict[str, Any], now: datetime
) -> bool:
    name, is_private = str(channel.get("name") or ""), bool(channel.get("is_private"))
    if (community.channel_name, community.is_private) == (name, is_private):
        return False
    async with db.begin() as session:
        row = await Community.of_channel(session, community.channel_id, for_update=True)
        return row is not None and await take_over(session, row, name, is_private, now)
