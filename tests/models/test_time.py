"""Time in the zones people live in."""

from datetime import UTC, datetime, timedelta

import pytest

from models.time import MovableClock, is_zone, matching_zones, next_daytime, utc_now, zone


def denver(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone("America/Denver")).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "daytime"),
    [
        ("2026-11-17T09:30", "2026-11-17T09:30"),
        ("2026-11-17T07:59", "2026-11-17T08:00"),
        ("2026-11-17T18:00", "2026-11-18T08:00"),
        ("2026-11-20T19:00", "2026-11-23T08:00"),
        ("2026-11-21T12:00", "2026-11-23T08:00"),
        ("2026-11-22T02:00", "2026-11-23T08:00"),
    ],
)
def test_what_is_due_at_night_or_on_a_weekend_waits_for_a_working_morning(moment, daytime):
    assert next_daytime(denver(moment), "America/Denver") == denver(daytime)


@pytest.mark.parametrize("words", ["denver", "Denver", "america den", "america/denver"])
def test_a_zone_is_found_by_its_city(words):
    assert matching_zones(words)[0] == "America/Denver"


def test_a_city_that_begins_with_the_words_comes_first():
    assert matching_zones("new york")[0] == "America/New_York"


def test_an_unknown_zone_counts_as_utc():
    assert not is_zone("Mars/Olympus")
    assert zone("Mars/Olympus").key == "UTC"


def test_a_movable_clock_runs_and_can_be_moved():
    clock = MovableClock()

    clock.move(timedelta(days=2))

    assert timedelta(days=2) <= clock() - utc_now() + timedelta(seconds=1)
