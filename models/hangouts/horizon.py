"""Horizon: until which day a rhythm is planned ahead."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from models.hangouts.series import Series
from models.time import zone

AHEAD = timedelta(weeks=8)
# The tick comes by now and then; a day more than was promised keeps the promise at every hour.
TICK_COMES_WITHIN = timedelta(days=1)
# Where hangouts are months apart, so many of them are planned ahead at least.
AHEAD_AT_LEAST = 2


def today_of(series: Series, now: datetime) -> date:
    return now.astimezone(zone(series.tz)).date()


def ahead_of(series: Series) -> timedelta:
    """Return how long before it takes place a hangout of the series is planned."""
    return max(AHEAD, timedelta(weeks=AHEAD_AT_LEAST * series.every_weeks)) + TICK_COMES_WITHIN


def planned_until(series: Series, now: datetime) -> date:
    """Return the last day for which there are to be hangouts already."""
    return max(today_of(series, now), series.first_on) + ahead_of(series)
