"""Attending: who gets the weekly list of a community, on the first school day of the week.

That are its facilitators; where there is none, leads who may see what stands in it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.digests.issuing import readers_of
from models.digests.lateness import IS_LATE_AFTER, made_up_for_at
from models.digests.posted import ATTENTION, attention_key
from models.hangouts.occurrences import days_off
from models.hangouts.series import Series
from models.posts import Post
from models.runs import Run
from models.time import A_WEEK, BEFORE_SCHOOL, at_wall, week_of

FRIDAY = 4
# A list of Monday helps until the end of the week; after that the next one is near.
IS_USEFUL_FOR = timedelta(days=4)
# The tick that writes the lists, as the ledger of runs has it.
TICK = "write_to_facilitators"


async def waiting(session: AsyncSession, now: datetime) -> dict[int, str]:
    """Return the communities without a list of this week by now, with their workspaces."""
    query = select(Community.id, Community.workspace_id, Community.tz).where(
        Community.archived_at.is_(None), Community.bot_left_at.is_(None)
    )
    weeks, workspaces = dict[int, date](), dict[int, str]()
    for community_id, workspace_id, tz in await session.execute(query.order_by(Community.id)):
        week = week_of(now, tz)
        if at_wall(week, BEFORE_SCHOOL, tz) <= now:
            weeks[community_id], workspaces[community_id] = week, workspace_id
    written = await _written(session, now)
    return {
        one: workspaces[one]
        for one, week in weeks.items()
        if (one, week.isoformat()) not in written
    }


async def _written(session: AsyncSession, now: datetime) -> set[tuple[int | None, str]]:
    """Return the communities and weeks of which there are lists, of late."""
    query = select(Post.about_id, Post.key).where(
        Post.kind == ATTENTION, Post.due_at > now - A_WEEK
    )
    return {(about_id, key.rpartition(":")[2]) for about_id, key in await session.execute(query)}


async def write(session: AsyncSession, community: Community, now: datetime) -> bool:
    """Keep this week's list for all its readers, and say whether it was its time and had any.

    Two replicas at once keep the same letters.
    """
    moment = await due_moment(session, community, now)
    if moment is None:
        return False
    members = await readers(session, community)
    for member_id in members:
        await Post.add(
            session,
            attention_key(community.id, member_id, _week(community, now)),
            member_id,
            kind=ATTENTION,
            due_at=made_up_for_at(moment, now, community.tz),
            about_id=community.id,
            useful_until=moment + IS_USEFUL_FOR,
        )
    return bool(members)


async def readers(session: AsyncSession, community: Community) -> list[str]:
    """Return whom the list is for; what is private there no lead reads who is not a member."""
    return [
        one
        for one in await readers_of(session, community)
        if not community.is_private or community.has_member(one)
    ]


async def due_moment(session: AsyncSession, community: Community, now: datetime) -> datetime | None:
    """Return when this week's list was due, if it still helps; None if it is none by now.

    A community that was set up since then has its first list next week, and so has a new reader.
    """
    moment = await moment_of(session, community, _week(community, now))
    if moment is None or not community.set_up_at <= moment <= now:
        return None
    if made_up_for_at(moment, now, community.tz) >= moment + IS_USEFUL_FOR:
        return None
    is_late = now - moment > IS_LATE_AFTER
    return None if is_late and await _was_at_work(session, moment) else moment


async def _was_at_work(session: AsyncSession, moment: datetime) -> bool:
    """Say whether the lists due then were written at their time, to whoever was to have one."""
    query = select(Run.id).where(
        Run.job == TICK,
        Run.due_at.between(moment, moment + IS_LATE_AFTER),
        Run.seconds.is_not(None),
        Run.error.is_(None),
    )
    return await session.scalar(query.limit(1)) is not None


async def moment_of(session: AsyncSession, community: Community, week: date) -> datetime | None:
    """Return when the list of that week is due: on its first school day; None in holidays."""
    series = await Series.of_community(session, community.id)
    last = week + timedelta(days=FRIDAY)
    off = days_off(series, week, last) if series is not None else {}
    for number in range(FRIDAY + 1):
        if (day := week + timedelta(days=number)) not in off:
            return at_wall(day, BEFORE_SCHOOL, community.tz)
    return None


async def next_moment(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when the next list is due in any community."""
    moments = []
    for community in await Community.living(session):
        for week in (_week(community, now), _week(community, now) + A_WEEK):
            moment = await moment_of(session, community, week)
            if moment is not None and moment > now and await readers(session, community):
                moments.append(moment)
    return min(moments, default=None)


def _week(community: Community, now: datetime) -> date:
    return week_of(now, community.tz)
