"""Calendar files, read back by another reader than the library that writes them."""

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from models.hangouts.ics import CalendarEntry, calendar_file
from models.hangouts.occurrences import local_start, occurrences
from models.text import clean, one_line
from models.time import zones
from tests.examples import HOUR, NOW, a_series

ZONES = ["America/New_York", "Europe/London", "Australia/Lord_Howe", "America/Phoenix"]


def an_entry(**traits):
    starts_at = traits.get("starts_at", datetime(2026, 12, 3, 23, tzinfo=UTC))
    return CalendarEntry(
        **{
            "uid": "hangout-1@staffroom",
            "sequence": 0,
            "starts_at": starts_at,
            "ends_at": starts_at + HOUR,
            "tz": "America/Denver",
            "title": "Math circle: hangout with Ben",
            "stamped_at": NOW,
        }
        | traits
    )


def lines(content):
    """Return a file's lines unfolded, as RFC 5545 (3.1) says."""
    return content.decode("utf-8").replace("\r\n ", "").split("\r\n")


def instants(content):
    """Return the starts in UTC, by a reader that knows only what the file says of its zones."""
    text = content.decode("utf-8")
    known = tzical(io.StringIO(text)) if "BEGIN:VTIMEZONE" in text else None
    found = []
    for line in lines(content):
        # The clock changes that describe a zone have no zone themselves.
        if line.startswith("DTSTART;TZID="):
            tzid, _, written = line.removeprefix("DTSTART;TZID=").partition(":")
            local = datetime.strptime(written, "%Y%m%dT%H%M%S").replace(tzinfo=known.get(tzid))
            found.append(local.astimezone(UTC))
        elif line.startswith("DTSTART:") and line.endswith("Z"):
            found.append(datetime.fromisoformat(line.removeprefix("DTSTART:")))
    return found


@pytest.mark.parametrize("tz", ZONES)
def test_a_year_of_hangouts_is_read_as_the_same_instants_elsewhere(tz):
    series = a_series(tz=tz)
    year = occurrences(series, date(2026, 12, 1), date(2027, 12, 1))

    content = calendar_file(
        [an_entry(starts_at=local_start(day, series.at, tz), tz=tz) for day in year], name="Circle"
    )

    expected = [datetime.combine(day, time(16), ZoneInfo(tz)).astimezone(UTC) for day in year]
    assert instants(content) == expected
    assert len(expected) == 26
    assert len({start.time() for start in expected}) == (1 if tz == "America/Phoenix" else 2)


@given(
    tz=st.sampled_from(sorted(zones())),
    starts_at=st.datetimes(datetime(2024, 1, 1), datetime(2033, 1, 1)),  # noqa: DTZ001 - what hypothesis takes
)
def test_any_moment_in_any_zone_is_read_as_the_same_instant_elsewhere(tz, starts_at):
    starts_at = starts_at.replace(tzinfo=UTC, microsecond=0)

    content = calendar_file([an_entry(tz=tz, starts_at=starts_at)], name="Circle")

    assert instants(content) == [starts_at]


@pytest.mark.parametrize("tz", [*ZONES, "Europe/Dublin", "Africa/Casablanca", "America/Santiago"])
def test_a_zone_changes_its_clocks_when_they_change(tz):
    starts_at = datetime(2026, 6, 1, tzinfo=UTC)
    content = calendar_file([an_entry(tz=tz, starts_at=starts_at)], name="Circle")

    onsets = {}
    for component in Calendar.from_ical(content).walk():
        if component.name in ("STANDARD", "DAYLIGHT"):
            before = component["TZOFFSETFROM"].td
            starts = [component["DTSTART"].dt]
            starts += [one.dt for one in component["RDATE"].dts] if "RDATE" in component else []
            onsets |= {start - before: component["TZOFFSETTO"].td for start in starts}

    for moment, after in onsets.items():
        aware = moment.replace(tzinfo=UTC)
        if aware.year > 1970:
            assert aware.astimezone(ZoneInfo(tz)).utcoffset() == after
            just_before = (aware - timedelta(seconds=1)).astimezone(ZoneInfo(tz))
            assert just_before.utcoffset() != after
    assert onsets


def test_the_second_of_an_hour_shown_twice_is_not_taken_for_the_first():
    # 1:30 in New York after clocks went back; an hour earlier it was 1:30 as well.
    starts_at = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)

    content = calendar_file([an_entry(tz="America/New_York", starts_at=starts_at)], name="Circle")

    assert instants(content) == [starts_at]


def test_a_move_keeps_the_uid_and_raises_the_sequence():
    entry = an_entry()

    before = lines(calendar_file([entry], name="Circle"))
    after = lines(
        calendar_file([replace(entry, sequence=1, starts_at=NOW, ends_at=NOW + HOUR)], name="C")
    )

    assert "UID:hangout-1@staffroom" in before
    assert "UID:hangout-1@staffroom" in after
    assert ("SEQUENCE:0" in before, "SEQUENCE:1" in after) == (True, True)
    assert "DTSTART;TZID=America/Denver:20261117T090000" in after


def test_a_hangout_called_off_is_taken_out_of_calendars():
    content = calendar_file([an_entry(is_called_off=True, sequence=3)], name="Circle")

    written = lines(content)
    assert "METHOD:CANCEL" in written
    assert "STATUS:CANCELLED" in written
    assert "SEQUENCE:3" in written


def test_among_others_one_called_off_stays_published():
    content = calendar_file([an_entry(is_called_off=True), an_entry(uid="2@x")], name="Circle")

    written = lines(content)
    assert "METHOD:PUBLISH" in written
    assert written.count("STATUS:CANCELLED") == 1
    assert written.count("BEGIN:VTIMEZONE") == 1


def test_a_feed_without_hangouts_is_a_calendar_as_well():
    calendar = Calendar.from_ical(calendar_file([], name="Circle"))

    assert (calendar["METHOD"], calendar.events) == ("PUBLISH", [])


def test_every_zone_of_a_feed_is_described_once():
    entries = [an_entry(uid=f"{number}@x", tz=tz) for number, tz in enumerate(ZONES * 2)]

    written = lines(calendar_file([*entries, an_entry(tz="UTC")], name="Circle"))

    assert sorted(line for line in written if line.startswith("TZID:")) == sorted(
        f"TZID:{tz}" for tz in ZONES
    )


WORDS = st.text(
    st.sampled_from("Ana ,;:\\\"\n\r\t😀👩‍🏫éß%^'=") | st.characters(exclude_categories=["Cs"]),
    max_size=200,
)


@given(title=WORDS, description=WORDS, name=WORDS, location=WORDS)
def test_any_words_are_read_as_they_were_written(title, description, name, location):
    entry = an_entry(title=title, description=description, location=location)

    content = calendar_file([entry], name=name)

    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        # A line is never folded inside a character.
        line.decode("utf-8")
    calendar = Calendar.from_ical(content)
    [event] = calendar.events
    assert str(event["SUMMARY"]) == one_line(title)
    assert str(event.get("DESCRIPTION", "")) == clean(description)
    assert str(event.get("LOCATION", "")) == one_line(location)
    # The library does not know this name and leaves it as it is written.
    assert _read(str(calendar["NAME"])) == one_line(name)


def _read(text):
    """Return a text value as RFC 5545 (3.3.11) reads it."""
    return re.sub(
        r"\\(.)", lambda escaped: {"n": "\n", "N": "\n"}.get(escaped[1], escaped[1]), text
    )


def test_special_characters_are_escaped_and_lines_end_as_they_must():
    content = calendar_file(
        [an_entry(title="Wait, listen; then talk", description="One\r\nTwo\\Three")],
        name="Circle; math, mostly",
    )

    written = lines(content)
    assert "SUMMARY:Wait\\, listen\\; then talk" in written
    assert "DESCRIPTION:One\\nTwo\\\\Three" in written
    assert "NAME:Circle\\; math\\, mostly" in written
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_a_long_description_is_folded_and_read_back_whole():
    description = "\n".join(
        [
            "• Ana, 20 minutes: Wie lange warte ich; und auf wen, 你好 👋 \\ \\n? " * 9,
            "",
            "We meet.",
        ]
    )

    content = calendar_file([an_entry(description=description)], name="Circle")

    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    [event] = Calendar.from_ical(content).walk("VEVENT")
    assert event["DESCRIPTION"] == description
