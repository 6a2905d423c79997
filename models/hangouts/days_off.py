"""Days off: the days without a hangout, as typed by hand, from a file, or kept by everyone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from models.errors import RuleError
from models.hangouts.public_holidays import matching_places, place_name, public_holidays
from models.hangouts.school_calendars import CalendarError, read_calendar
from models.text import clean, one_line

__all__ = [
    "CalendarError",
    "DaysError",
    "matching_places",
    "one_day",
    "place_name",
    "public_holidays",
    "read_calendar",
    "typed_days",
    "written_days",
]

# Two school years; more is a slip in a year's number.
DAYS_AT_MOST = 800
_BETWEEN = re.compile(r"\s+(?:to|until|till|through|-|–|—|\.\.\.?|…)\s+", re.IGNORECASE)
_AMERICAN = re.compile(r"([A-Za-z]{3,9}\.? \d{1,2}),\s*(\d{4})")
_SPELLINGS = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")


class DaysError(RuleError):
    """What was typed is no day of the calendar, or no range of days."""

    field = "skipped_on"


def one_day(text: str) -> date | None:
    """Return the day of "2026-12-24", "24 December 2026" or "Dec 24, 2026"; None for no day.

    Days in numbers with the year last are refused: half of the world reads 3/4 as another day.
    """
    text = one_line(_AMERICAN.sub(r"\1 \2", text)).replace(".", "")
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else _spelt(text)
    except ValueError:
        return None


def typed_days(text: str) -> list[str]:
    """Return the days typed in lines or between commas, in order, as ISO dates.

    "2026-12-21 to 2027-01-01" stands for each day from the first to the last. Raises DaysError.
    """
    days: set[date] = set()
    for part in re.split(r"[\n,;]", _AMERICAN.sub(r"\1 \2", clean(text))):
        if words := one_line(part):
            days.update(_days_of(words))
        if len(days) > DAYS_AT_MOST:
            raise DaysError(f"These are more than {DAYS_AT_MOST} days. Is every year right?")
    return [day.isoformat() for day in sorted(days)]


def written_days(days: Iterable[str]) -> str:
    """Return ISO dates as somebody would type them: a line each, days in a row as a range."""
    lines = []
    for first, last in _ranges(sorted(date.fromisoformat(day) for day in set(days))):
        lines.append(first.isoformat() if first == last else f"{first} to {last}")
    return "\n".join(lines)


def _spelt(text: str) -> date | None:
    for spelling in _SPELLINGS:
        try:
            # A day on the wall calendar has no zone.
            return datetime.strptime(text, spelling).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _days_of(words: str) -> Iterator[date]:
    ends = [(end, one_day(end)) for end in _BETWEEN.split(words)]
    for typed, day in ends:
        if day is None:
            raise DaysError(
                f"There is no day “{typed[:40]}” in the calendar. "
                "Please write days like 2026-12-24, or 2026-12-21 to 2027-01-01."
            )
    days = [day for _, day in ends if day is not None]
    first, last = days[0], days[-1]
    if len(days) > 2 or last < first:
        raise DaysError(f"“{words[:60]}” ends before it begins. Please swap the two days.")
    if (last - first).days > DAYS_AT_MOST:
        raise DaysError(f"“{words[:60]}” is more than two years. Is the year right?")
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _ranges(days: list[date]) -> Iterator[tuple[date, date]]:
    while days:
        length = 1
        while length < len(days) and days[length] == days[0] + timedelta(days=length):
            length += 1
        yield days[0], days[length - 1]
        days = days[length:]
