"""Matching: which day of a changed rhythm each hangout that was planned before stands for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.hangouts.hangout import Hangout
from models.hangouts.horizon import planned_until, today_of
from models.hangouts.occurrences import local_start, occurrences
from models.hangouts.series import Series
from models.time import A_WEEK


async def days_for(
    session: AsyncSession,
    series: Series,
    ahead: Sequence[Hangout],
    known: Collection[int],
    now: datetime,
) -> dict[int, date]:
    """Return the day that each of the hangouts ahead stands for now, by its id.

    That is the same day as before, or else one within a week that has no hangout yet. Beyond the
    days that are planned by now only the `known` keep theirs, so that a date typed years ahead by
    mistake leaves nothing behind. Those without a day have no place in the rhythm any more.
    """
    today, until = today_of(series, now), planned_until(series, now) + A_WEEK
    rhythm = occurrences(series, today, max([until, *(one.occurs_on for one in ahead)]))
    # One that was put off until after today stands for a day that is past and cannot change.
    same = {
        one.id: one.occurs_on
        for one in ahead
        if (one.occurs_on in rhythm and (one.occurs_on <= until or one.id in known))
        or (one.is_moved and one.occurs_on <= today)
    }
    taken = await _taken(session, series, today, until)
    free = [
        day
        for day in rhythm
        if day <= until and day not in taken and local_start(day, series.at, series.tz) > now
    ]
    others = [one for one in ahead if one.id not in same and may_go_elsewhere(one)]
    return same | _nearest(others, free)


def may_go_elsewhere(hangout: Hangout) -> bool:
    """Say whether it follows to another day. What a person called off stays where it was."""
    return hangout.is_on or hangout.is_off_by_series


async def _taken(session: AsyncSession, series: Series, first: date, last: date) -> set[date]:
    query = select(Hangout.occurs_on).where(
        Hangout.series_id == series.id, Hangout.occurs_on.between(first, last)
    )
    return set((await session.scalars(query)).all())


def _nearest(hangouts: Sequence[Hangout], free: Collection[date]) -> dict[int, date]:
    """Return a free day for each hangout that has one within a week, the nearest pairs first."""
    near = sorted(
        (abs(day - hangout.occurs_on), day, hangout.id)
        for hangout in hangouts
        for day in free
        if abs(day - hangout.occurs_on) <= A_WEEK
    )
    days: dict[int, date] = {}
    for _, day, hangout_id in near:
        if hangout_id not in days and day not in days.values():
            days[hangout_id] = day
    return days
