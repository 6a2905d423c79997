"""The schedule: one pinned message a community, always true.

(a series is planned)     its next dates are posted once; every change draws them anew in place
(it is deleted in Slack)  it is posted anew when a facilitator plans again
every few minutes         a schedule that was posted anew is pinned to its channel
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.hangouts.schedule import DATES_SHOWN, schedule_card
from handlers.blocks.message import Message
from handlers.messages import Said
from handlers.names import names_of
from handlers.posts import PostKind
from handlers.request import code_of, is_passing
from models.communities import Community
from models.database import Database
from models.hangouts import posted
from models.hangouts.hangout import Hangout
from models.hangouts.series import Series
from models.hangouts.standings import HangoutStanding
from models.posts import GONE, SAID, Post
from models.time import Clock

logger = logging.getLogger(__name__)

# pins.add is Tier 2, about 20 a minute.
PINNED_AT_ONCE = 15


def register(app: Any) -> None:
    """Nothing of it is pressed here: its buttons belong to what they open."""


async def draw_schedule(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw the next dates as they stand; the schedule of a series that is over is not begun."""
    series = await session.get(Series, post.about_id)
    if series is None or (series.ended_at is not None and post.ts is None):
        return None
    community = await session.get_one(Community, series.community_id)
    hangouts = await Hangout.coming(session, community.id, now, limit=DATES_SHOWN)
    standings = await HangoutStanding.of_all(session, hangouts)
    names = await names_of(session, {one.facilitator_id for one in hangouts})
    return schedule_card(standings, series, community, names)


async def follow_message(session: AsyncSession, said: Said, _: datetime) -> None:
    """Notice when a schedule is deleted, so that the next planning posts it anew."""
    if said.change != "deleted":
        return
    post = await Post.standing_at(session, said.channel_id, said.ts)
    if post is not None and post.kind == posted.SCHEDULE:
        post.ends(GONE)


async def pin_schedules(db: Database, clock: Clock, client: AsyncWebClient) -> int:
    """Pin each schedule that is said and not pinned yet; return how many were pinned."""
    pinned = 0
    for post in await _to_be_pinned(db):
        try:
            is_pinned = await _pin(client, post)
            async with db.of(post.workspace_id).begin() as session:
                series = await session.get(Series, post.about_id)
                if series is not None:
                    series.pinned_ts = post.ts
            pinned += is_pinned
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            logger.info("A schedule could not be pinned for now: %s", error)
    return pinned


async def _to_be_pinned(db: Database) -> Sequence[Post]:
    async with db.everywhere()() as session:
        query = (
            select(Post)
            .join(Series, Series.id == Post.about_id)
            .where(Post.kind == posted.SCHEDULE, Post.state == SAID, Post.ts.is_not(None))
            .where(or_(Series.pinned_ts.is_(None), Series.pinned_ts != Post.ts))
            .order_by(Post.id)
            .limit(PINNED_AT_ONCE)
        )
        return (await session.scalars(query)).all()


async def _pin(client: AsyncWebClient, post: Post) -> bool:
    """Pin it, and say whether Slack did; what Slack will not do is done as well.

    A workspace need not grant pins:write, and a channel may keep its pins for itself. Raises
    SlackApiError when asking again later may help.
    """
    try:
        await client.pins_add(channel=post.channel_id or post.place_id, timestamp=post.ts)
    except SlackApiError as error:
        if is_passing(error):
            raise
        logger.info("The schedule %s is not pinned: %s", post.key, code_of(error))
        return False
    return True


POSTS = {posted.SCHEDULE: PostKind(draw_schedule)}
