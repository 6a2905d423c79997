"""The form to note a value says what it asks, and Slack takes it with whatever was typed."""

import pytest

from handlers.blocks.forms import carried
from handlers.blocks.pilots.entering import (
    BUTTONS_AT_MOST,
    LOG_DRAFT,
    asked_first,
    finished_already,
    log_form,
    nothing_running,
    student_notice,
    which_pilot,
)
from handlers.blocks.pilots.ids import SHOW, START
from models.pilots.pilot import Circle, Measure
from models.student_data import suspicions
from tests.examples import NOW, a_pilot
from tests.handlers.blocks.problems.drawings import NASTY, drawn, opened, pressable, seen
from tests.handlers.blocks.surfaces import fields

TODAY = NOW.date()


def form(*pilots, **more):
    return opened(log_form(pilots, today=TODAY, metadata=carried(pilot_id=1), **more))


def test_it_asks_for_what_is_measured_and_says_who_sees_it():
    private = form(a_pilot(id=1))
    shared = form(a_pilot(id=1, circle=Circle.COMMUNITY))

    assert "Only you see it." in seen(private)
    assert "Your notes only you see." in seen(shared)
    assert "students who wrote an answer" in seen(private)
    assert fields(private)["value"]["placeholder"]["text"] == "18 of 26"
    assert fields(private)["on_date"]["initial_date"] == "2026-11-17"


@pytest.mark.parametrize(
    ("measure", "unit", "hint"),
    [
        (Measure.COUNT, "students", "How many of how many."),
        (Measure.PERCENT, None, "A percentage."),
        (Measure.NUMBER, "minutes", "In minutes."),
        (Measure.NUMBER, None, "A number."),
        (Measure.RATING, None, "From 1 to 5."),
    ],
)
def test_the_hint_is_that_of_the_measure(measure, unit, hint):
    assert hint in seen(form(a_pilot(id=1, measure=measure, unit=unit)))


def test_of_several_pilots_it_asks_which():
    pilots = [a_pilot(id=number, with_class=f"period {number}") for number in range(1, 103)]

    several = form(*pilots, typed={"pilot_id": 3})

    which = fields(several)["pilot_id"]
    assert len(which["options"]) == 100
    assert which["initial_option"]["value"] == "3"


def test_slack_takes_it_with_whatever_was_typed():
    pilot = a_pilot(id=1, practice_name=NASTY[:80], measure_name=NASTY[:150], unit=NASTY[:30])
    typed = dict.fromkeys(("value", "saw", "surprised", "evidence_url"), NASTY * 50)

    doubts = suspicions("my student Maria Lopez")
    shown = form(pilot, typed=typed | {"evidence_name": NASTY}, notice=NASTY, suspicions=doubts)

    assert "Maria Lopez" in seen(shown)


def test_the_choice_of_a_pilot_keeps_what_was_typed_and_leads_to_all_of_them():
    pilots = [a_pilot(id=number, with_class=NASTY[:80]) for number in range(1, 20)]

    message = drawn(which_pilot(pilots, 7, NASTY))

    values = [value for _, value in pressable(message)]
    assert values == [*(f"7:{number}" for number in range(1, BUTTONS_AT_MOST + 1)), "7"]


def test_what_has_to_be_asked_first_gives_everything_back():
    message = drawn(asked_first(student_notice(suspicions("my student Maria Lopez")), 7, NASTY))

    assert "Maria Lopez" in message["text"]
    assert "nothing is noted yet" in message["text"]
    assert pressable(message) == [(LOG_DRAFT, "7")]
    assert NASTY in seen(message)


def test_where_nothing_runs_the_words_come_back_with_the_next_step():
    empty = drawn(nothing_running(NASTY))
    over = drawn(finished_already(a_pilot(id=5, practice_name=NASTY[:80]), NASTY))

    assert [action for action, _ in pressable(empty)] == [START]
    assert pressable(over) == [(SHOW, "5")]
    assert NASTY in seen(empty)
    assert NASTY in seen(over)
