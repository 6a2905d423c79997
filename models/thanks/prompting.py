"""Prompting: once a week, where a community wants it, the channel is asked whom it would thank."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.hangouts.occurrences import days_off
from models.hangouts.series import Series
from models.posts import Post
from models.thanks.customs import Customs
from models.thanks.habits import next_prompt
from models.thanks.posted import PROMPT, PROMPT_PAUSED
from models.thanks.sight import is_public
from models.thanks.thanks import Thanks
from models.time import A_WEEK, next_daytime, zone

# What was missed while the bot was down is made up for on the same day, else left out.
IS_USEFUL_FOR = timedelta(hours=8)
# After so many prompts that no public thanks followed, the question has become wallpaper.
UNANSWERED_AT_MOST = 4


async def prompt(session: AsyncSession, customs_id: int, now: datetime) -> bool:
    """Keep the prompt that is due, plan the next one, and say whether there was one.

    A week of the calendar has one prompt at most, also when its day is changed in between. There
    is none on a day that the community's hangouts leave out, a holiday for example. After some
    that nobody answered there are no more until a facilitator keeps the customs again.
    """
    query = select(Customs).where(Customs.id == customs_id).with_for_update()
    customs = (await session.scalars(query.execution_options(populate_existing=True))).one()
    community = await session.get_one(Community, customs.community_id)
    if customs.next_prompt_at is None or customs.next_prompt_at > now:
        return False
    customs.next_prompt_at = next_prompt(customs, community.tz, now)
    moment = _last(customs, community.tz, now)
    if moment is None or not await _is_wanted(session, customs, community, moment, now):
        return False
    customs.unanswered = (
        0 if await _was_answered(session, customs, community) else customs.unanswered + 1
    )
    if customs.unanswered >= UNANSWERED_AT_MOST:
        await _pause(session, customs, community, now)
        return False
    customs.prompted_on = moment.astimezone(zone(community.tz)).date()
    await Post.add(
        session,
        f"{PROMPT}:{community.id}:{customs.prompted_on.isoformat()}",
        community.channel_id,
        kind=PROMPT,
        due_at=now,
        about_id=community.id,
        useful_until=moment + IS_USEFUL_FOR,
    )
    return True


async def _was_answered(session: AsyncSession, customs: Customs, community: Community) -> bool:
    """Say whether somebody thanked in public since the day of the last prompt.

    Where there was none, or a facilitator saw to the customs since, nobody was silent.
    """
    if customs.prompted_on is None:
        return True
    asked_at = datetime.combine(customs.prompted_on, time(), zone(community.tz)).astimezone(UTC)
    if asked_at < customs.changed_at:
        return True
    query = select(Thanks.id).where(
        Thanks.community_id == community.id, is_public(), Thanks.thanked_at >= asked_at
    )
    return await session.scalar(query.limit(1)) is not None


async def _pause(
    session: AsyncSession, customs: Customs, community: Community, now: datetime
) -> None:
    """Ask no more, and keep a letter to each facilitator that says so once."""
    customs.next_prompt_at, customs.paused_at = None, now
    for member_id in community.facilitators:
        await Post.add(
            session,
            f"{PROMPT_PAUSED}:{community.id}:{now.date().isoformat()}:{member_id}",
            member_id,
            kind=PROMPT_PAUSED,
            due_at=next_daytime(now, community.tz),
            about_id=community.id,
        )


def _last(customs: Customs, tz: str, now: datetime) -> datetime | None:
    """Return the last moment of the prompt until now, by today's clocks and settings."""
    # A little more than a week, for one with a change of clocks is an hour longer.
    moment = next_prompt(customs, tz, now - A_WEEK - timedelta(hours=2))
    while moment is not None and (following := next_prompt(customs, tz, moment)) is not None:
        if following > now:
            break
        moment = following
    return moment if moment is not None and moment <= now else None


async def _is_wanted(
    session: AsyncSession, customs: Customs, community: Community, moment: datetime, now: datetime
) -> bool:
    if now - moment >= IS_USEFUL_FOR or moment <= customs.changed_at:
        return False
    if community.archived_at is not None or community.bot_left_at is not None:
        return False
    on = moment.astimezone(zone(community.tz)).date()
    last = customs.prompted_on
    if last is not None and last.isocalendar()[:2] == on.isocalendar()[:2]:
        return False
    series = await Series.of_community(session, community.id)
    return series is None or on not in days_off(series, on, on)
