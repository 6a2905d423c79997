"""Repeating: on which days a repeated event of somebody's calendar file takes place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from dateutil.rrule import rrulestr

# By frequency, what else a rule may have. Such rules always find a next day, whereas a rule such as
# "each 30th of February" is looked for until the year 9999.
_ALWAYS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"})
_KNOWN = {
    "DAILY": _ALWAYS,
    "WEEKLY": _ALWAYS | {"BYDAY"},
    "MONTHLY": _ALWAYS | {"BYDAY", "BYSETPOS", "BYMONTHDAY"},
    "YEARLY": _ALWAYS | {"BYDAY", "BYSETPOS", "BYMONTHDAY", "BYMONTH"},
}
_WEEKDAY = re.compile(r"MO|TU|WE|TH|FR|SA|SU")
# The first, the fourth, the last Monday; a fifth is not in each month.
_NTH_WEEKDAY = re.compile(r"(?:[+-]?[1-4])?(?:MO|TU|WE|TH|FR|SA|SU)")
_PLACE = re.compile(r"[+-]?[1-4]")
_INTERVAL_AT_MOST = 366


def repeated(event: Any, first: date, until: date) -> Iterator[date]:
    """Yield the days on which an icalendar event begins that begins on `first`, till `until`.

    Of a rule (RFC 5545, 3.3.10) that no school writes only the first day counts.
    """
    excluded = set(_excluded(event))
    if first not in excluded:
        yield first
    if (rule := _rule(event, first)) is None:
        return
    for moment in rrulestr(rule, dtstart=datetime.combine(first, time())):
        day = moment.date()
        if day > until:
            return
        if day != first and day not in excluded:
            yield day


def _rule(event: Any, first: date) -> str | None:
    """Return the event's rule as text, or None when there is none that is followed here."""
    rule = event.get("RRULE")
    if not isinstance(rule, dict):
        return None
    parts = {str(name).upper(): list(values) for name, values in rule.items()}
    kind = str(parts.get("FREQ", [""])[0]).upper()
    if kind not in _KNOWN or not set(parts) <= _KNOWN[kind]:
        return None
    # Mostly these say again what the first day says; any others may never come.
    if parts.get("BYMONTH", [first.month]) != [first.month]:
        return None
    if parts.pop("BYMONTHDAY", [first.day]) != [first.day]:
        return None
    written = _frame(parts)
    if written is None or not _are_common(parts):
        return None
    named = {"BYMONTH", "BYDAY", "BYSETPOS"} & parts.keys() if "BYDAY" in parts else ()
    written += [f"{name}={','.join(str(value) for value in parts[name])}" for name in named]
    return ";".join([f"FREQ={kind}", *written])


def _frame(parts: dict[str, list[Any]]) -> list[str] | None:
    """Return how often and how long it repeats, as parts of a rule; None for no sensible number."""
    written = []
    for name, most in (("INTERVAL", _INTERVAL_AT_MOST), ("COUNT", 10**9)):
        if name in parts:
            number = parts[name][0]
            if not isinstance(number, int) or not 1 <= number <= most:
                return None
            written.append(f"{name}={int(number)}")
    if "UNTIL" in parts:
        # Without its hour and zone, for days have none.
        written.append(f"UNTIL={parts['UNTIL'][0]:%Y%m%d}T235959")
    if "WKST" in parts and _WEEKDAY.fullmatch(str(parts["WKST"][0])):
        written.append(f"WKST={parts['WKST'][0]}")
    return written


def _are_common(parts: dict[str, list[Any]]) -> bool:
    """Say whether the weekdays are such as come in every month."""
    days = [str(day) for day in parts.get("BYDAY", [])]
    places = [str(place) for place in parts.get("BYSETPOS", [])]
    if places and not days:
        return False
    return all(_NTH_WEEKDAY.fullmatch(day) for day in days) and all(
        _PLACE.fullmatch(place) for place in places
    )


def _excluded(event: Any) -> Iterator[date]:
    # Loaded here, for only a facilitator who sends such a file needs it.
    from icalendar import vDDDLists

    found = event.get("EXDATE", [])
    for dates in found if isinstance(found, list) else [found]:
        # What the library could not read is something else.
        if isinstance(dates, vDDDLists):
            moments = [one.dt for one in dates.dts]
            yield from (one.date() for one in moments if isinstance(one, datetime))
            yield from (one for one in moments if type(one) is date)
