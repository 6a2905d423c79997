"""Planning: a rhythm that was set once becomes hangouts, always for at least eight weeks ahead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.errors import RuleError
from models.hangouts import following, telling
from models.hangouts.departing import forget_letters
from models.hangouts.hangout import Hangout
from models.hangouts.horizon import ahead_of, planned_until, today_of
from models.hangouts.occurrences import days_off, local_start, occurrences
from models.hangouts.rhythm import Rhythm
from models.hangouts.series import Series
from models.hangouts.turns import Turns, last_planned

# A community without its channel is looked at again after this long.
RESTS_FOR = timedelta(days=1)


class NobodyHereError(RuleError):
    """Somebody who is to lead hangouts is not in the community."""

    field = "facilitators"


async def plan(
    session: AsyncSession,
    community: Community,
    rhythm: Rhythm,
    *,
    by: str,
    now: datetime,
    school_days: Sequence[Sequence[str]] | None = None,
    school_calendar: str | None = None,
) -> Series:
    """Plan the community's series, or change it: whatever is not past follows.

    Those who signed up for a hangout are told what changed about it, once; `by` knows. Planned as
    it is already, nothing changes. `school_days` are as `read_calendar` gives them and
    `school_calendar` is their file's name; without them those of before stay. Raises a RuleError.
    """
    if community.archived_at is not None:
        raise RuleError(f"{community.name} is archived, so no hangouts can be planned there.")
    known = await Series.of_community(session, community.id, for_update=True)
    _require_here(rhythm, community, known)
    series = known or await _begun(session, community, rhythm, by, now)
    async with following.changes(session, series, community, by=by, now=now):
        rhythm.set_on(series)
        if school_days is not None:
            series.school_days = [list(entry) for entry in school_days]
            series.school_calendar = school_calendar
        series.planned_by, series.changed_at, series.ended_at = by, now, None
    await plan_ahead(session, series, community, now)
    await telling.post_schedule(session, series, community, now)
    return series


async def plan_ahead(
    session: AsyncSession, series: Series, community: Community, now: datetime
) -> int:
    """Plan what is missing of the next eight weeks, and return how many hangouts that is.

    A day off becomes a hangout that is called off, so that it stays listed. Also says in
    `next_plan_at` when there will be more to plan. Two replicas at once plan each one once.
    """
    await _lock(session, series)
    if series.ended_at is not None or community.archived_at is not None:
        series.next_plan_at = None if series.ended_at else now + RESTS_FOR
        return 0
    first, last = today_of(series, now), planned_until(series, now)
    missing = await _missing(session, series, first, last, now)
    if missing:
        await _add(session, series, community, missing, now)
        await telling.post_schedule(session, series, community, now)
    series.next_plan_at = _next_plan_at(series, last)
    return len(missing)


async def due(session: AsyncSession, now: datetime, limit: int) -> Sequence[Series]:
    """Return the series for which something has to be planned, the longest due first."""
    query = select(Series).where(Series.next_plan_at <= now).order_by(Series.next_plan_at)
    return (await session.scalars(query.limit(limit))).all()


async def end(
    session: AsyncSession, series: Series, community: Community, *, by: str, now: datetime
) -> None:
    """End the series: what is ahead is called off, and those who signed up are told.

    Ending it twice is harmless; planning it anew gives back what it called off.
    """
    await _lock(session, series)
    if series.ended_at is None:
        series.ended_at = series.changed_at = now
        series.next_plan_at = None
        await following.end_all(session, series, community, by=by, now=now)
        await telling.post_schedule(session, series, community, now)


async def replace_departed(
    session: AsyncSession, community: Community, *, by: str, now: datetime
) -> None:
    """Let others lead what somebody was to lead who left the community, and tell of it.

    `by` is whoever left, to whom nothing more is written about leading. Doing so twice is harmless.
    """
    await forget_letters(session, community, by, now)
    series = await Series.of_community(session, community.id, for_update=True)
    if series is not None and series.ended_at is None:
        await following.hand_on(session, series, community, by=by, now=now)


def _require_here(rhythm: Rhythm, community: Community, series: Series | None) -> None:
    """Raise NobodyHereError for a newcomer to the rotation who is not in the community.

    Who was in it before and left is passed over when it is their turn.
    """
    known = set(series.facilitators) if series else set()
    if any(one not in known and not community.has_member(one) for one in rhythm.facilitators):
        raise NobodyHereError(
            f"Not everyone here is in {community.name}. Please invite them to its channel first."
        )
    if not any(community.has_member(one) for one in rhythm.facilitators):
        raise NobodyHereError(
            f"They have all left {community.name}. Please choose somebody who is in it."
        )


async def _begun(
    session: AsyncSession, community: Community, rhythm: Rhythm, by: str, now: datetime
) -> Series:
    """Return a new series, or the one that somebody else planned here at the same moment."""
    series = Series(community_id=community.id, planned_by=by, changed_at=now, school_days=[])
    series.workspace_id = community.workspace_id
    rhythm.set_on(series)
    try:
        async with session.begin_nested():
            session.add(series)
    except IntegrityError:
        theirs = select(Series).where(Series.community_id == community.id).with_for_update()
        return (await session.scalars(theirs)).one()
    return series


async def _lock(session: AsyncSession, series: Series) -> None:
    """Keep other replicas waiting, and see what they did before."""
    await session.flush()
    query = select(Series).where(Series.id == series.id).with_for_update()
    (await session.scalars(query.execution_options(populate_existing=True))).one()


async def _missing(
    session: AsyncSession, series: Series, first: date, last: date, now: datetime
) -> list[date]:
    """Return the days of the rhythm that are still to come and have no hangout yet."""
    planned = select(Hangout.occurs_on).where(
        Hangout.series_id == series.id, Hangout.occurs_on.between(first, last)
    )
    known = set((await session.scalars(planned)).all())
    return [
        day
        for day in occurrences(series, first, last)
        if day not in known and local_start(day, series.at, series.tz) > now
    ]


async def _add(
    session: AsyncSession, series: Series, community: Community, days: list[date], now: datetime
) -> None:
    """Add the hangouts of these days, with what the bot will say of each."""
    turns = Turns(series, community, await last_planned(session, series, days[0]))
    off = days_off(series, days[0], days[-1])
    added = [_hangout_on(series, day, turns, off.get(day), now) for day in days]
    session.add_all(added)
    await session.flush()
    for hangout in added:
        if hangout.is_on:
            await telling.post_invitation(session, hangout, community)
            await telling.brief_facilitator(session, hangout, now)


def _hangout_on(
    series: Series, day: date, turns: Turns, why_off: str | None, now: datetime
) -> Hangout:
    """Return a new hangout of the series; `why_off` is the reason if it is a day off."""
    starts_at = local_start(day, series.at, series.tz)
    facilitator_id, skill = turns.on() if why_off is None else turns.off()
    return Hangout(
        workspace_id=series.workspace_id,
        community_id=series.community_id,
        series_id=series.id,
        occurs_on=day,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=series.minutes),
        tz=series.tz,
        slots=series.slots,
        slot_minutes=series.slot_minutes,
        protocol=series.protocol,
        link=series.link,
        facilitator_id=facilitator_id,
        skill=skill,
        called_off_at=None if why_off is None else now,
        called_off_why=why_off,
        is_off_by_series=why_off is not None,
        # As RFC 7986 (5.3) wants them: unlike any other in the world, and telling nothing.
        uid=f"{uuid4()}@staffroom",
    )


def _next_plan_at(series: Series, last: date) -> datetime:
    """Return when the first day of the rhythm after `last` has to be planned."""
    period = timedelta(weeks=series.every_weeks)
    [day] = occurrences(series, last + timedelta(days=1), last + period)
    return local_start(day - ahead_of(series), time(), series.tz)
