"""The days of a rhythm and their moments, beside an arithmetic of our own."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.hangouts.occurrences import days_off, local_start, occurrences
from models.time import zone, zones
from tests.examples import a_series


@given(
    tz=st.sampled_from(sorted(zones())),
    on=st.dates(date(2020, 1, 1), date(2035, 1, 1)),
    at=st.times().map(lambda one: one.replace(second=0, microsecond=0)),
)
def test_a_start_shows_the_time_that_was_asked_for(tz, on, at):
    start = local_start(on, at, tz)

    shown = start.astimezone(zone(tz))
    asked = datetime.combine(on, at)
    if shown.replace(tzinfo=None) != asked:
        # The clocks leave that time out: a moment earlier they were before it, now they are after.
        gap = shown.replace(tzinfo=None) - asked
        assert timedelta() < gap <= timedelta(days=1)
        assert (start - gap).astimezone(zone(tz)).replace(tzinfo=None) < asked
    else:
        assert shown.fold == 0
    assert start.tzinfo is UTC


@pytest.mark.parametrize(
    ("tz", "on", "at", "utc"),
    [
        # Clocks go from 2:00 to 3:00, and from 2:00 to 1:00.
        ("America/New_York", date(2027, 3, 14), time(2, 30), "2027-03-14T07:30Z"),
        ("America/New_York", date(2026, 11, 1), time(1, 30), "2026-11-01T05:30Z"),
        # Half an hour only.
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-03T15:45Z"),
        ("Europe/London", date(2027, 3, 28), time(1), "2027-03-28T01:00Z"),
        ("America/Phoenix", date(2027, 3, 14), time(2, 30), "2027-03-14T09:30Z"),
    ],
)
def test_where_clocks_change(tz, on, at, utc):
    assert local_start(on, at, tz) == datetime.fromisoformat(utc)


@given(
    first_on=st.dates(date(2020, 1, 1), date(2027, 1, 1)),
    every_weeks=st.integers(1, 26),
    first=st.dates(date(2019, 1, 1), date(2030, 1, 1)),
    days=st.integers(-10, 400),
)
def test_occurrences_are_each_n_weeks_from_the_first_date(first_on, every_weeks, first, days):
    series = a_series(first_on=first_on, every_weeks=every_weeks)

    found = occurrences(series, first, first + timedelta(days=days))

    expected = [
        day
        for day in (first + timedelta(days=number) for number in range(days + 1))
        if day >= first_on and (day - first_on).days % (7 * every_weeks) == 0
    ]
    assert found == expected


def test_days_off_have_a_reason_and_a_name_is_better_than_none():
    series = a_series(
        skipped_on=["2026-12-03", "2026-12-22", "2026-12-25", "2027-03-01"],
        school_days=[["2026-12-21", "2026-12-23", "Winter break"]],
        holidays="US",
    )

    off = days_off(series, date(2026, 12, 1), date(2026, 12, 31))

    assert off == {
        date(2026, 12, 3): "Skipped",
        date(2026, 12, 21): "Winter break",
        date(2026, 12, 22): "Winter break",
        date(2026, 12, 23): "Winter break",
        date(2026, 12, 25): "Christmas Day",
    }
