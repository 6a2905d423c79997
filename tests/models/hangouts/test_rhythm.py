"""A rhythm as a form has it: what is missing or impossible is said at its field."""

from datetime import date, time

import pytest

from models.errors import RuleError
from models.hangouts.rhythm import Rhythm
from tests.examples import BEN, a_series
from tests.models.hangouts.planning_steps import TYPED, a_rhythm


def test_what_was_typed_becomes_a_rhythm():
    rhythm = a_rhythm(
        at="9:05",
        link=" https://meet.example/circle ",
        facilitators=[BEN, BEN],
        skills=" wait  time \n\nexit tickets\nwait time",
        skipped_on="2026-12-17, Dec 24, 2026",
        holidays="US-CO",
    )

    assert rhythm == Rhythm(
        first_on=date(2026, 12, 3),
        every_weeks=2,
        at=time(9, 5),
        tz="America/Denver",
        minutes=60,
        slots=2,
        slot_minutes=20,
        protocol="mini",
        link="https://meet.example/circle",
        facilitators=(BEN,),
        skills=("wait time", "exit tickets"),
        skipped_on=("2026-12-17", "2026-12-24"),
        holidays="US-CO",
    )


def test_a_rhythm_is_kept_in_its_series_and_read_again():
    rhythm = a_rhythm(skipped_on="2026-12-17", holidays="GB-SCT", link="https://meet.example")
    series = a_series()

    rhythm.set_on(series)

    assert Rhythm.of_series(series) == rhythm


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("first_on", "2026-11-16", "passed already"),
        ("first_on", "2027-02-29", "no day “2027-02-29”"),
        ("first_on", "2028-02-29", "That is 15 months away. Is the year right"),
        ("first_on", "9999-12-31", "7973 years away"),
        ("first_on", "soon", "no day “soon”"),
        ("first_on", None, "date of the first"),
        ("every_weeks", "0", "1 to 26"),
        ("every_weeks", "two", "1 to 26"),
        ("every_weeks", "9" * 500, "1 to 26"),
        ("every_weeks", None, "1 to 26"),
        ("at", "24:00", "time of day"),
        ("at", "16:60", "time of day"),
        ("at", "", "time of day"),
        ("tz", "America/Narnia", "time zones"),
        ("tz", "../../etc/passwd", "time zones"),
        ("tz", None, "time zones"),
        ("minutes", "5", "15 to 480"),
        ("minutes", "1.5", "15 to 480"),
        ("slots", "0", "1 to 10"),
        ("slots", "-1", "1 to 10"),
        ("slot_minutes", "0", "5 to 480"),
        ("slot_minutes", "31", "30 minutes for each"),
        ("link", "javascript:alert(1)", "https://"),
        ("link", "meet.example/circle", "https://"),
        ("link", "https://", "https://"),
        ("link", "https://[", "https://"),
        ("link", "https://a.example/x y", "https://"),
        ("link", "https://ana:secret@a.example/", "https://"),
        ("link", "https://a.example/%00", "https://"),
        ("link", "https://a.example/<!channel>", "https://"),
        ("link", "https://a.example/" + "x" * 3000, "too long"),
        ("facilitators", [], "at least one"),
        ("facilitators", None, "at least one"),
        ("facilitators", [f"U{number}" for number in range(21)], "up to 20"),
        ("skills", "x" * 201, "under 200"),
        ("skills", "\n".join(str(number) for number in range(51)), "up to 50"),
        ("skipped_on", "2027-02-29", "no day “2027-02-29”"),
        ("skipped_on", "12/24/2026", "like 2026-12-24"),
        ("holidays", "Narnia", "places in the list"),
        ("holidays", "US-XX", "places in the list"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(field, typed, words):
    with pytest.raises(RuleError, match=words) as error:
        a_rhythm(**{field: typed})

    assert error.value.field == field


def test_a_29th_of_february_can_be_the_first_date_where_there_is_one():
    rhythm = a_rhythm(first_on="2028-02-29", today=date(2027, 10, 1))

    assert rhythm.first_on == date(2028, 2, 29)


def test_a_series_keeps_its_first_date_when_that_is_past():
    series = a_series(first_on=date(2026, 9, 3))

    rhythm = Rhythm.of(
        today=date(2026, 11, 17), series=series, **(TYPED | {"first_on": "2026-09-03"})
    )

    assert rhythm.first_on == date(2026, 9, 3)
    with pytest.raises(RuleError, match="passed already"):
        Rhythm.of(today=date(2026, 11, 17), series=series, **(TYPED | {"first_on": "2026-09-04"}))


def test_a_first_date_far_ahead_may_stay_as_it_is():
    series = a_series(first_on=date(2028, 2, 29))

    rhythm = Rhythm.of(
        today=date(2026, 11, 17), series=series, **(TYPED | {"first_on": "2028-02-29"})
    )

    assert rhythm.first_on == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("minutes", "room"), [("60", "1 presenter fits into 60"), ("45", "no presenters fit into 45")]
)
def test_a_protocol_that_is_longer_than_a_seat_is_said_with_a_way_out(minutes, room):
    rhythm = a_rhythm(minutes=minutes)

    rhythm.require_time_for("Mini", 20)
    with pytest.raises(RuleError) as error:
        rhythm.require_time_for("Consultancy", 50)

    assert error.value.field == "slot_minutes"
    assert str(error.value) == (
        "“Consultancy” takes 50 minutes, more than the 20 for each. "
        f"Give each 50 ({room}), or choose a shorter protocol."
    )
