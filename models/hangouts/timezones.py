"""Time zones in calendar files: when clocks change, for programs that do not know it themselves."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from models.time import zone

if TYPE_CHECKING:
    from icalendar import Timezone
    from icalendar.cal.timezone import TimezoneDaylight, TimezoneStandard

# A rule is believed when it fits so many years in a row.
YEARS_COMPARED = 8
A_DAY = timedelta(days=1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONG_AGO = datetime(1970, 1, 1)  # noqa: DTZ001 - clocks as they show it, which is what RFC 5545 wants


@dataclass(frozen=True)
class Shift:
    """How clocks change: from which offset to which, and what the time is called afterwards."""

    before: timedelta
    after: timedelta
    name: str
    is_daylight: bool


def timezone_of(name: str, first: datetime, last: datetime) -> Timezone:
    """Return the VTIMEZONE (RFC 5545, 3.6.5) of an IANA zone, right from `first` to `last`.

    Where clocks change by the same rule each year it is the rule, as calendars of all ages
    understand it, else a list of the changes. Ours and not the library's, which has summer begin an
    hour late: an onset is given in the time that ends with it.
    """
    return _timezone(name, first.astimezone(UTC).year, last.astimezone(UTC).year)


@lru_cache(maxsize=256)
def _timezone(name: str, first_year: int, last_year: int) -> Timezone:
    from icalendar import Timezone

    timezone = Timezone()
    timezone.add("TZID", name)
    begin = datetime(first_year - 1, 1, 1, tzinfo=UTC)
    end = datetime(max(last_year + 2, first_year + YEARS_COMPARED), 1, 1, tzinfo=UTC)
    onsets: defaultdict[Shift, list[datetime]] = defaultdict(list)
    for moment, shift in _changes(zone(name), begin, end):
        onsets[shift].append((moment + shift.before).replace(tzinfo=None))
    # What was true before the first change, for zones whose clocks did not change the year before.
    if not any(on.year < first_year for found in onsets.values() for on in found):
        timezone.add_component(_component(_standing(zone(name), begin), [LONG_AGO], None))
    for shift, found in onsets.items():
        rule = _yearly_rule(found, end.year - begin.year)
        needed = [on for on in found if on.year <= last_year + 1]
        if needed:
            timezone.add_component(_component(shift, needed, rule))
    return timezone


def _component(
    shift: Shift, onsets: Sequence[datetime], rule: dict[str, object] | None
) -> TimezoneDaylight | TimezoneStandard:
    from icalendar.cal.timezone import TimezoneDaylight, TimezoneStandard

    component = TimezoneDaylight() if shift.is_daylight else TimezoneStandard()
    component.add("DTSTART", onsets[0])
    component.add("TZOFFSETFROM", shift.before)
    component.add("TZOFFSETTO", shift.after)
    component.add("TZNAME", shift.name)
    if rule is not None:
        component.add("RRULE", rule)
    elif len(onsets) > 1:
        component.add("RDATE", list(onsets[1:]))
    return component


def _changes(tz: ZoneInfo, begin: datetime, end: datetime) -> Iterator[tuple[datetime, Shift]]:
    """Yield when clocks change between two moments in UTC, and how."""
    day = begin
    while day < end:
        if _offset(tz, day) != _offset(tz, day + A_DAY):
            moment = _moment_between(tz, day, day + A_DAY)
            yield moment, _shift(tz, moment)
        day += A_DAY


def _moment_between(tz: ZoneInfo, early: datetime, late: datetime) -> datetime:
    """Return the first second at which the offset is another than at `early`."""
    before = _offset(tz, early)
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) // 2
        middle = middle.replace(microsecond=0)
        early, late = (middle, late) if _offset(tz, middle) == before else (early, middle)
    return late


def _shift(tz: ZoneInfo, moment: datetime) -> Shift:
    old = (moment - timedelta(seconds=1)).astimezone(tz)
    new = moment.astimezone(tz)
    before, after = _offset(tz, old), _offset(tz, new)
    # Ireland has summer time all year but in winter; calendars call the later clock daylight.
    is_daylight = after > before and bool(old.dst() or new.dst())
    return Shift(before, after, new.tzname() or str(after), is_daylight)


def _standing(tz: ZoneInfo, moment: datetime) -> Shift:
    local = moment.astimezone(tz)
    offset = _offset(tz, moment)
    return Shift(offset, offset, local.tzname() or str(offset), is_daylight=False)


def _offset(tz: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(tz).utcoffset() or timedelta()


def _yearly_rule(onsets: Sequence[datetime], years: int) -> dict[str, object] | None:
    """Return the rule of these, such as the first Sunday of November; None where there is none."""
    kinds = {(on.month, on.weekday(), on.time()) for on in onsets}
    if len(onsets) != years or len(kinds) != 1 or len({on.year for on in onsets}) != years:
        return None
    [(month, weekday, _)] = kinds
    places = {(on.day - 1) // 7 + 1 for on in onsets}
    is_last = all(on.day + 7 > monthrange(on.year, on.month)[1] for on in onsets)
    place = -1 if is_last else places.pop() if len(places) == 1 else None
    if place is None:
        return None
    return {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": f"{place}{WEEKDAYS[weekday]}"}
