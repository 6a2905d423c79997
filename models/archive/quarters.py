"""Quarters: when a community's archive is made, four times a year, in its own time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from models.time import zone

# Local wall time on the first weekday of January, April, July and October.
MADE_AT = time(9)
SATURDAY = 5


@dataclass(frozen=True)
class Quarter:
    """One quarter; `name` is its first month, such as "2026-10", `at` when the archive is made."""

    name: str
    at: datetime


def last_quarter(now: datetime, tz: str | None) -> Quarter:
    """Return the quarter whose archive was to be made last, by now."""
    today = now.astimezone(zone(tz)).date()
    this = _quarter(today.year, _first_month(today), tz)
    if this.at <= now:
        return this
    before = date(today.year, _first_month(today), 1) - timedelta(days=1)
    return _quarter(before.year, _first_month(before), tz)


def next_moment_of(now: datetime, tz: str | None) -> datetime:
    """Return when the next archive is made, later than now."""
    today = now.astimezone(zone(tz)).date()
    this = _quarter(today.year, _first_month(today), tz)
    if this.at > now:
        return this.at
    month = _first_month(today) + 3
    return _quarter(today.year + month // 12, month % 12, tz).at


def _first_month(day: date) -> int:
    return (day.month - 1) // 3 * 3 + 1


def _quarter(year: int, month: int, tz: str | None) -> Quarter:
    first = date(year, month, 1)
    while first.weekday() >= SATURDAY:
        first += timedelta(days=1)
    at = datetime.combine(first, MADE_AT, zone(tz)).astimezone(UTC)
    return Quarter(f"{year}-{month:02}", at)
