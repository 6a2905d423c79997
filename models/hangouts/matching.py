"""Matching: which day of a changed rhythm each hangout that was planned before stands for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.hangouts.hangout import Hangout
from models.hangouts.occurrences import local_start, occurrences
from models.hangouts.series import Series
from models.time import zone

A_WEEK = timedelta(days=7)


async def days_for(
    session: AsyncSession, series: Series, ahead: Sequence[Hangout], last: date, now: datetime
) -> dict[int, date]:
    """Return the day, up to `last`, that each of the hangouts ahead stands for now, by its id.

    That is the same day as before, or else one within a week that has no hangout yet. Those without
    one have no place in the rhythm any more.
    """
    today = today_of(series, now)
    rhythm = occurrences(series, today, last)
    # One that was put off until after today stands for a day that is past and cannot change.
    same = {
        one.id: one.occurs_on
        for one in ahead
        if one.occurs_on in rhythm or (one.is_moved and one.occurs_on <= today)
    }
    taken = await _taken(session, series, today, last)
    free = [
        day for day in rhythm if day not in taken and local_start(day, series.at, series.tz) > now
    ]
    others = [one for one in ahead if one.id not in same and may_go_elsewhere(one)]
    return same | _nearest(others, free)


def may_go_elsewhere(hangout: Hangout) -> bool:
    """Say whether it follows to another day. What a person called off stays where it was."""
    return hangout.is_on or hangout.is_off_by_series


def today_of(series: Series, now: datetime) -> date:
    return now.astimezone(zone(series.tz)).date()


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
