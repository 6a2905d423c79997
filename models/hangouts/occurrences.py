"""Occurrences: the days of a rhythm and the moments they begin, also when clocks are changed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import cast

from dateutil.rrule import WEEKLY, rrule

from models.hangouts.days_off import public_holidays
from models.hangouts.rhythm import Rhythm
from models.hangouts.series import Series
from models.time import at_wall

# Why a hangout is called off that no person called off, as everyone reads it.
SKIPPED = "Skipped"
NOT_IN_RHYTHM = "The rhythm changed"
SERIES_ENDED = "The series ended"


def local_start(on: date, at: time, tz: str) -> datetime:
    """Return the moment in UTC at which the clocks of `tz` show that day and time.

    A time that the clocks leave out is as much later as they leave out; of a time they show twice
    it is the first.
    """
    return at_wall(on, at, tz)


def occurrences(of: Rhythm | Series, first: date, last: date) -> list[date]:
    """Return the days of the rhythm from `first` to `last`, days off included."""
    period = 7 * of.every_weeks
    # Beginning close by, for the rule would otherwise walk through years of history.
    skipped = max(0, -((of.first_on - first).days // period))
    begin = of.first_on + timedelta(days=skipped * period)
    days = rrule(
        WEEKLY,
        interval=of.every_weeks,
        dtstart=datetime.combine(begin, time()),
        until=datetime.combine(last, time()),
    )
    return [day.date() for day in cast("list[datetime]", list(days))]


def days_off(of: Series, first: date, last: date) -> dict[date, str]:
    """Return the days from `first` to `last` without a hangout, each with its reason."""
    off = public_holidays(of.holidays, first, last) if of.holidays else {}
    for begin, end, name in of.school_days:
        day = max(first, date.fromisoformat(begin))
        while day <= min(last, date.fromisoformat(end)):
            off[day] = name
            day += timedelta(days=1)
    for text in of.skipped_on:
        if first <= (day := date.fromisoformat(text)) <= last:
            off.setdefault(day, SKIPPED)
    return off
