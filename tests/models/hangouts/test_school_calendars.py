"""Calendar files of schools: whole days are read, nonsense is refused, nothing takes long."""

from datetime import date
from time import process_time

import pytest

from models.hangouts.school_calendars import CalendarError, read_calendar

TODAY = date(2026, 11, 17)


def a_calendar(*events):
    """Return a file with these events, each given as its lines with bars between them."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//District//EN"]
    for number, event in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{number}", *event.split("|"), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def read(*events):
    return read_calendar(a_calendar(*events), today=TODAY)


def days(*events):
    return [(first, last) for first, last, _ in read(*events)]


def test_a_range_ends_the_day_before_its_end():
    found = read(
        "SUMMARY:Winter break\\, all schools 😀"
        "|DTSTART;VALUE=DATE:20261221|DTEND;VALUE=DATE:20270102",
        "SUMMARY:Long\r\n  weekend|DTSTART;VALUE=DATE:20270115|DURATION:P4D",
        "DTSTART;VALUE=DATE:20261126",
    )

    assert found == [
        ["2026-11-26", "2026-11-26", "School calendar"],
        ["2026-12-21", "2027-01-01", "Winter break, all schools 😀"],
        ["2027-01-15", "2027-01-18", "Long weekend"],
    ]


def test_events_at_an_hour_are_meetings_and_midnights_are_whole_days():
    found = days(
        "DTSTART:20261202T150000Z|DTEND:20261202T160000Z",
        "DTSTART;TZID=America/Denver:20261203T000000|DTEND;TZID=America/Denver:20261205T000000",
    )

    assert found == [("2026-12-03", "2026-12-04")]


@pytest.mark.parametrize(
    "event",
    [
        "DTSTART:20261202T150000Z",
        "DTSTART;VALUE=DATE:20261202|STATUS:CANCELLED",
        "SUMMARY:School year|DTSTART;VALUE=DATE:20260817|DTEND;VALUE=DATE:20270610",
        "DTSTART;VALUE=DATE:20190101",
        "DTSTART;VALUE=DATE:20490101",
        "DTSTART;VALUE=DATE:20270229",
        "DTSTART;VALUE=DATE:99999999",
        "DTSTART;VALUE=DATE:20261202|DTEND:20261203T150000Z",
        "DTSTART;VALUE=DATE:20261202|DTEND:soon",
        "DTSTART;VALUE=DATE:20261202|DURATION:soon",
        "SUMMARY:no date",
    ],
)
def test_what_is_no_day_off_is_left_out(event):
    with pytest.raises(CalendarError, match="no days off") as error:
        read(event)

    assert error.value.field == "school_calendar"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=YEARLY", ["2026-12-24", "2027-12-24"]),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24;COUNT=1", ["2026-12-24"]),
        ("FREQ=WEEKLY;UNTIL=20270108T120000Z", ["2026-12-24", "2026-12-31", "2027-01-07"]),
        ("FREQ=WEEKLY;BYDAY=TH,FR;COUNT=3", ["2026-12-24", "2026-12-25", "2026-12-31"]),
        ("FREQ=DAILY;INTERVAL=3;COUNT=2", ["2026-12-24", "2026-12-27"]),
        ("FREQ=MONTHLY;BYDAY=4TH;COUNT=2", ["2026-12-24", "2027-01-28"]),
        ("FREQ=MONTHLY;BYDAY=TH;BYSETPOS=4;COUNT=2", ["2026-12-24", "2027-01-28"]),
        # No school writes these; their first day counts.
        ("FREQ=SECONDLY", ["2026-12-24"]),
        ("FREQ=DAILY;INTERVAL=0", ["2026-12-24"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", ["2026-12-24"]),
        ("FREQ=MONTHLY;BYDAY=5TH", ["2026-12-24"]),
        ("FREQ=HOURLY;BYHOUR=99", ["2026-12-24"]),
        ("nonsense", ["2026-12-24"]),
    ],
)
def test_repeated_days(rule, expected):
    found = days(f"DTSTART;VALUE=DATE:20261224|RRULE:{rule}")

    assert [first for first, _ in found] == expected


def test_a_holiday_kept_since_long_ago_is_found_in_the_years_that_matter():
    found = days("DTSTART;VALUE=DATE:19860120|RRULE:FREQ=YEARLY;BYMONTH=1;BYDAY=3MO")

    assert found == [("2027-01-18", "2027-01-18"), ("2028-01-17", "2028-01-17")]


def test_excluded_days_are_left_out():
    found = days(
        "DTSTART;VALUE=DATE:20261204|RRULE:FREQ=WEEKLY;COUNT=4"
        "|EXDATE;VALUE=DATE:20261204,20261211|EXDATE;VALUE=DATE:20261218"
    )

    assert found == [("2026-12-25", "2026-12-25")]


def test_a_broken_event_does_not_spoil_the_others():
    found = days(
        "DTSTART;VALUE=DATE:2026122", "DTSTART;;;:x", "DTSTART;VALUE=DATE:20261224|EXDATE:soon"
    )

    assert found == [("2026-12-24", "2026-12-24")]


def test_an_alarm_inside_an_event_is_not_its_date():
    found = days(
        "DTSTART;VALUE=DATE:20261224|BEGIN:VALARM|DTSTART;VALUE=DATE:20200101|END:VALARM"
        "|SUMMARY:Eve"
    )

    assert found == [("2026-12-24", "2026-12-24")]


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff" * 500, b"%PDF-1.7 ...", b"<html></html>", "é".encode("utf-16")]
)
def test_nonsense_is_no_calendar(content):
    with pytest.raises(CalendarError, match="can't read this file"):
        read_calendar(content, today=TODAY)


def test_a_file_of_fifty_megabytes_is_refused_unread():
    with pytest.raises(CalendarError, match="over 1 MB"):
        read_calendar(b"BEGIN:VCALENDAR\r\n" * 3_000_000, today=TODAY)


HOSTILE = {
    "a million repeats": ["DTSTART;VALUE=DATE:20261224|RRULE:FREQ=DAILY;COUNT=1000000"] * 5000,
    "repeats since the year 1": ["DTSTART;VALUE=DATE:00010101|RRULE:FREQ=DAILY"] * 5000,
    "rules without an end": [
        "DTSTART;VALUE=DATE:20261224|RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"
    ]
    * 2500,
    "a great many days": ["DTSTART;VALUE=DATE:20261224"] * 9000,
    "a great many meetings": ["DTSTART:20261224T100000Z"] * 9000,
    "a great many exceptions": ["DTSTART;VALUE=DATE:20261224|EXDATE:" + "20260101," * 90_000],
    "a great many lines": ["DTSTART;VALUE=DATE:20261224" + "|X:1" * 180_000],
    "a great many alarms": ["DTSTART;VALUE=DATE:20261224" + "|BEGIN:VALARM" * 60_000],
    "a great many folds": ["X:" + "\r\n " * 300_000],
    "one long line": ["DTSTART;" + "DTSTART" * 130_000],
}


@pytest.mark.parametrize("events", HOSTILE.values(), ids=HOSTILE)
def test_no_file_takes_long(events):
    content = a_calendar(*events)
    assert len(content) < 1_000_000

    began = process_time()
    try:
        found = read_calendar(content, today=TODAY)
    except CalendarError:
        found = []

    assert process_time() - began < 3
    assert len(found) <= 1000


def test_a_file_by_which_nearly_every_day_is_free_is_asked_about():
    with pytest.raises(CalendarError, match="nearly every day is free"):
        read("SUMMARY:Bell schedule|DTSTART;VALUE=DATE:20261117|RRULE:FREQ=DAILY")


def test_all_weekends_and_the_holidays_are_days_off():
    found = days(
        "SUMMARY:Weekend|DTSTART;VALUE=DATE:20261121|DTEND;VALUE=DATE:20261123|RRULE:FREQ=WEEKLY",
        "SUMMARY:Summer|DTSTART;VALUE=DATE:20270612|DTEND;VALUE=DATE:20270815",
    )

    assert len(found) > 50
