"""School calendars: the days off in a calendar file that a school publishes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from models.errors import RuleError
from models.hangouts.repeating import repeated
from models.text import clean, one_line

if TYPE_CHECKING:
    from icalendar import Event

# Weekends and all holidays are fewer days of a year than this.
DAYS_OFF_AT_MOST = 220
BYTES_AT_MOST = 1_000_000
NAME_LENGTH = 200
UNNAMED = "School calendar"
# Days that are long past or far ahead do not matter to a rhythm of weeks.
LOOKS_BACK = timedelta(days=31)
LOOKS_AHEAD = timedelta(days=2 * 366)
# Longer than any holidays: that is a term or a school year, in which people do meet.
LASTS_AT_MOST = timedelta(days=100)
ENTRIES_AT_MOST = 1000
EVENTS_AT_MOST = 1500
# All repeated events of a file together; a file that wants more is broken or means harm.
REPEATS_AT_MOST = 20_000

# Only these are read: the library takes seconds for all the lines of a large file.
_READ = frozenset(
    ("DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "STATUS", "SUMMARY", "RECURRENCE-ID")
)
_LINES_AT_MOST, _LINE_LENGTH = 40, 10_000
_LINE_END = re.compile(r"\r\n|\r|\n")
_FOLD = re.compile(r"(?:\r\n|\r|\n)[ \t]")
_NAME = re.compile(r"[A-Za-z-]+")
# Whole days are dates, or midnights in the files of some programs.
_WHOLE_DAY = re.compile(r"DTSTART[^:]*:(\d{8})(?:T000000Z?)?\s*", re.IGNORECASE)

TOO_MUCH = "This calendar has more days than I can keep. Is there one with only the days off?"


class CalendarError(RuleError):
    """The file is no calendar that days off can be read from."""

    field = "school_calendar"


def read_calendar(content: bytes, *, today: date) -> list[list[str]]:
    """Return the days off of an .ics file as [first, last, name], ISO dates, in order.

    Days off are events of whole days, from a month ago to two years ahead, repeated ones each time;
    events at an hour are meetings and left out, and so is what lasts longer than any holidays.
    Takes up to half a second for the largest file: ask in a thread. Raises CalendarError.
    """
    if len(content) > BYTES_AT_MOST:
        raise CalendarError("This file is over 1 MB. Is there one with only the days off?")
    begin, end = today - LOOKS_BACK, today + LOOKS_AHEAD
    found: set[tuple[str, str, str]] = set()
    repeats_left = REPEATS_AT_MOST
    for event in _events(content, begin - LASTS_AT_MOST, end):
        for first, last in _whole_days(event):
            for day in islice(repeated(event, first, end), repeats_left):
                repeats_left -= 1
                if day <= end and day + (last - first) >= begin:
                    found.add((day.isoformat(), (day + (last - first)).isoformat(), _name(event)))
        if repeats_left <= 0 or len(found) > ENTRIES_AT_MOST:
            raise CalendarError(TOO_MUCH)
    if not found:
        raise CalendarError(
            "I found no days off in this file. Whole days count; events at an hour do not."
        )
    _require_school_days(found, today)
    return [list(entry) for entry in sorted(found)]


def _require_school_days(found: Collection[tuple[str, str, str]], today: date) -> None:
    """Raise CalendarError for a file after which hardly a school day would be left in the year."""
    off: set[int] = set()
    for first, last, _ in found:
        off.update(
            range(date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal() + 1)
        )
    coming = [today.toordinal() + ahead for ahead in range(365)]
    if sum(day in off for day in coming) > DAYS_OFF_AT_MOST:
        raise CalendarError(
            "By this file nearly every day is free. Is it the calendar of the days without school?"
        )


def _events(content: bytes, first: date, last: date) -> Iterator[Event]:
    """Yield the events of the file that may be whole days between two days, as the library reads.

    Raises CalendarError when there are too many.
    """
    # Loaded here, for only a facilitator who sends such a file needs it.
    from icalendar import Event

    text = _FOLD.sub("", content.decode("utf-8-sig", errors="replace"))
    if not re.match(r"\s*BEGIN:VCALENDAR\b", text, re.IGNORECASE):
        raise CalendarError(
            "I can't read this file. Please send the .ics file that the calendar's export gives."
        )
    found = [lines for lines in _blocks(text) if _may_matter(lines, first, last)]
    if len(found) > EVENTS_AT_MOST:
        raise CalendarError(TOO_MUCH)
    for lines in found:
        try:
            event = Event.from_ical("\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""]))
        # A file can be anything, and so can what the library stumbles over in it; one broken event
        # is no reason to refuse the others.
        except Exception:  # noqa: S112 - the file is the member's, there is nothing to mend for us
            continue
        if isinstance(event, Event):
            yield event


def _may_matter(lines: list[str], first: date, last: date) -> bool:
    """Say whether an event is of whole days, and begins between two days or repeats."""
    days = [match[1] for line in lines if (match := _WHOLE_DAY.fullmatch(line))]
    if any(line.upper().startswith("RRULE") for line in lines):
        return bool(days)
    return any(f"{first:%Y%m%d}" <= day <= f"{last:%Y%m%d}" for day in days)


def _blocks(text: str) -> Iterator[list[str]]:
    """Yield the lines of each event that matter here, without those of its alarms."""
    block: list[str] | None = None
    inside = 0
    for line in _LINE_END.split(text):
        match = _NAME.match(line)
        name = match.group().upper() if match else ""
        if name == "BEGIN" and block is None and line[6:].strip().upper() == "VEVENT":
            block, inside = [], 0
        elif block is None:
            continue
        elif name == "BEGIN":
            inside += 1
        elif name == "END" and inside:
            inside -= 1
        elif name == "END":
            yield block
            block = None
        elif not inside and name in _READ and len(block) < _LINES_AT_MOST:
            block.append(line[:_LINE_LENGTH])


def _whole_days(event: Any) -> Iterator[tuple[date, date]]:
    """Yield the first and last day of an event of whole days that takes place; else nothing."""
    try:
        start = event.decoded("DTSTART")
        lasts = event.decoded("DURATION") if "DURATION" in event else timedelta(days=1)
        end = event.decoded("DTEND") if "DTEND" in event else start + lasts
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
        return
    first, after = _as_day(start), _as_day(end)
    if first is None or after is None or str(event.get("STATUS")).upper() == "CANCELLED":
        return
    # Some programs write the last day itself where the day after it belongs.
    last = max(first, after - timedelta(days=1))
    if last - first <= LASTS_AT_MOST:
        yield first, last


def _as_day(moment: object) -> date | None:
    """Return the day of a date, or of midnight, as some programs write whole days."""
    if isinstance(moment, datetime):
        return moment.date() if moment.time() == time() else None
    return moment if isinstance(moment, date) else None


def _name(event: Any) -> str:
    return one_line(clean(str(event.get("SUMMARY") or "")))[:NAME_LENGTH] or UNNAMED
