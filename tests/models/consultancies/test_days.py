"""Steps begin on working mornings of the community's own zone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.consultancies.days import step_at, step_moments
from models.consultancies.protocols import PROTOCOLS
from tests.examples import HOUR, NOW
from tests.models.consultancies.days_steps import at

STEPS = PROTOCOLS["asynchronous"].steps
ZONES = (
    "America/Denver",
    "Europe/London",
    "Australia/Lord_Howe",
    "America/Phoenix",
    "Asia/Kolkata",
)


def local(begins_at: datetime, tz: str) -> list[str]:
    moments = step_moments(STEPS, begins_at, tz)
    return [f"{moment.astimezone(ZoneInfo(tz)):%a %d %b %H:%M}" for moment in moments]


def test_a_tuesday_leads_over_the_weekend_to_the_wednesday_after():
    assert local(at("2026-11-17 09:00"), "America/Denver") == [
        "Tue 17 Nov 09:00",
        "Wed 18 Nov 08:00",
        "Thu 19 Nov 08:00",
        "Fri 20 Nov 08:00",
        "Tue 24 Nov 08:00",
        "Wed 25 Nov 08:00",
    ]


@pytest.mark.parametrize(
    "night", ["2026-11-20 18:00", "2026-11-21 10:00", "2026-11-22 23:59", "2026-11-23 07:59"]
)
def test_between_friday_evening_and_monday_morning_it_waits_for_monday(night):
    days = local(at(night), "America/Denver")

    assert [days[0], days[1], days[-1]] == [
        "Mon 23 Nov 08:00",
        "Tue 24 Nov 08:00",
        "Tue 01 Dec 08:00",
    ]


@pytest.mark.parametrize(
    ("tz", "begins"),
    [
        ("America/Denver", "2026-10-29 10:00"),
        ("Europe/London", "2026-03-26 10:00"),
        ("Australia/Lord_Howe", "2026-10-01 10:00"),
        ("America/Phoenix", "2026-10-29 10:00"),
    ],
)
def test_when_the_clocks_change_eight_stays_eight(tz, begins):
    days = local(at(begins, tz), tz)

    assert {day.split()[-1] for day in days[1:]} == {"08:00"}


@given(
    hours=st.integers(0, 3 * 365 * 24),
    tz=st.sampled_from(ZONES),
)
def test_whenever_it_begins_each_step_has_its_working_days(hours, tz):
    begins_at = NOW + hours * HOUR
    moments = step_moments(STEPS, begins_at, tz)
    days = [moment.astimezone(ZoneInfo(tz)) for moment in moments]

    assert moments[0] >= begins_at
    assert all(day.weekday() < 5 and 8 <= day.hour < 18 for day in days)
    for step, begin, end in zip(STEPS, days[:-1], days[1:], strict=True):
        span = (begin.date() + timedelta(days=n) for n in range((end.date() - begin.date()).days))
        assert sum(day.weekday() < 5 for day in span) == step.days


def test_the_step_is_found_by_the_clock_alone():
    moments = step_moments(STEPS, at("2026-11-17 09:00"), "America/Denver")

    assert step_at(moments, at("2026-11-17 08:59")) is None
    assert step_at(moments, at("2026-11-17 09:00")) == 0
    assert step_at(moments, at("2026-11-22 12:00")) == 3
    assert step_at(moments, at("2027-01-01 12:00")) == len(STEPS)
