"""Calendar files: hangouts as calendar programs take them, one to save or all to subscribe to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from models.hangouts.timezones import timezone_of
from models.text import clean, one_line
from models.time import zone

if TYPE_CHECKING:
    from icalendar import Calendar, Event

PRODUCT = "-//Staffroom//Hangouts//EN"
# RFC 5546 (3.2.1) wants an organiser with an address; this one is nobody's for ever (RFC 2606).
NOBODYS_ADDRESS = "mailto:no-reply@staffroom.invalid"
IN_UTC = "UTC"


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """One hangout as it stands in a calendar. `tz` is the IANA zone its hours are shown in.

    Calendars know an entry by its `uid` and believe the one with the highest `sequence`;
    `stamped_at` is when it was changed last.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    tz: str
    title: str
    stamped_at: datetime
    description: str = ""
    location: str | None = None
    url: str | None = None
    is_called_off: bool = False


def calendar_file(entries: Sequence[CalendarEntry], *, name: str) -> bytes:
    """Return the entries as an iCalendar file (RFC 5545) of that name, in UTF-8.

    Published entries are shown, those called off among them struck through or left out, as the
    calendar likes; where all are called off the file asks to take them away (RFC 5546, CANCEL).
    """
    # Loaded here, for the start of the bot need not wait for it.
    from icalendar import Calendar, vText

    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    is_nothing_left = bool(entries) and all(entry.is_called_off for entry in entries)
    calendar.add("METHOD", "CANCEL" if is_nothing_left else "PUBLISH")
    title = vText(one_line(name))
    calendar.add("NAME", title)
    calendar.add("X-WR-CALNAME", title)
    _add_zones(calendar, entries)
    for entry in entries:
        calendar.add_component(_event(entry, title))
    content: bytes = calendar.to_ical()
    return content


def _add_zones(calendar: Calendar, entries: Sequence[CalendarEntry]) -> None:
    for name in sorted({_zone_name(entry.tz) for entry in entries} - {IN_UTC}):
        theirs = [entry for entry in entries if _zone_name(entry.tz) == name]
        first = min(entry.starts_at for entry in theirs)
        last = max(entry.ends_at for entry in theirs)
        calendar.add_component(timezone_of(name, first, last))


def _zone_name(tz: str) -> str:
    return zone(tz).key


def _event(entry: CalendarEntry, organizer: str) -> Event:
    from icalendar import Event, vCalAddress

    event = Event()
    event.add("UID", entry.uid)
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTAMP", entry.stamped_at.astimezone(UTC))
    event.add("LAST-MODIFIED", entry.stamped_at.astimezone(UTC))
    event.add("DTSTART", _local(entry.starts_at, entry.tz))
    event.add("DTEND", _local(entry.ends_at, entry.tz))
    event.add("SUMMARY", one_line(entry.title))
    event.add("STATUS", "CANCELLED" if entry.is_called_off else "CONFIRMED")
    if description := clean(entry.description):
        event.add("DESCRIPTION", description)
    if entry.location:
        event.add("LOCATION", one_line(entry.location))
    if entry.url:
        event.add("URL", entry.url)
    address = vCalAddress(NOBODYS_ADDRESS)
    address.params["CN"] = organizer
    event.add("ORGANIZER", address)
    return event


def _local(moment: datetime, tz: str) -> datetime:
    """Return the moment on the clocks of the zone, to the second.

    Of an hour that clocks show twice a calendar would take the first one, so the second is in UTC.
    """
    moment = moment.replace(microsecond=0).astimezone(UTC)
    local = moment.astimezone(zone(tz))
    return moment if local.fold or _zone_name(tz) == IN_UTC else local
