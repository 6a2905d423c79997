"""Letters about a pilot are short, ask one thing, and can be paused and switched off."""

import pytest

from handlers.blocks.members import MUTE
from handlers.blocks.pilots.ids import EDIT, FINISH, LOG, MORE, PAUSE, RESUME
from handlers.blocks.pilots.letters import ask_letter, finish_letter, paused, resumed, stopped
from models.pilots.pilot import Measure, Rhythm
from tests.examples import a_pilot
from tests.handlers.blocks.problems.drawings import NASTY, drawn, menu, pressable

NASTY_PILOT = a_pilot(
    id=1,
    practice_name=NASTY[:80],
    with_class=NASTY[:80],
    measure_name=NASTY[:150],
    prediction=NASTY * 40,
)


def test_it_asks_how_it_went_and_says_how_to_answer():
    letter = drawn(ask_letter(a_pilot(id=1), "14, 18 of 26 · too early to say", 24))

    assert letter["text"].split("\n") == [
        "How did Exit ticket, period 3 go this week?",
        "Answer with something like 17 of 24, or press Log.",
        "students who wrote an answer",
        "14, 18 of 26 · too early to say",
    ]
    assert pressable(letter) == [
        (LOG, "1"),
        (PAUSE, "1"),
        (MORE, None),
    ]
    assert menu(letter) == ["Stop asking about this pilot", "No letters about any pilot"]


def test_it_says_which_cycle_it_asks_about():
    letter = drawn(ask_letter(a_pilot(id=2, cycle=2), "", None))

    assert letter["text"].startswith("How did Exit ticket, period 3 · cycle 2 go")


@pytest.mark.parametrize(
    ("rhythm", "words"),
    [
        (Rhythm.DAILY, "go today?"),
        (Rhythm.TWICE, "go since last time?"),
        (Rhythm.WEEKLY, "go this week?"),
        (Rhythm.FORTNIGHTLY, "go in these two weeks?"),
    ],
)
def test_it_asks_for_the_time_since_it_asked_last(rhythm, words):
    assert words in drawn(ask_letter(a_pilot(id=1, rhythm=rhythm), "14, 18 of 26", None))["text"]


def test_the_first_question_does_not_speak_of_a_last_time():
    letter = drawn(ask_letter(a_pilot(id=1, rhythm=Rhythm.TWICE), "", None))

    assert "How did Exit ticket, period 3 go?" in letter["text"]


@pytest.mark.parametrize(
    ("measure", "example"),
    [
        (Measure.COUNT, "18 of 26"),
        (Measure.PERCENT, "69 %"),
        (Measure.NUMBER, "4.5"),
        (Measure.RATING, "4"),
    ],
)
def test_the_example_is_one_that_would_be_read(measure, example):
    letter = drawn(ask_letter(a_pilot(id=1, measure=measure), "", None))

    assert f"something like {example}, or press Log." in letter["text"]


def test_at_the_end_it_asks_for_the_decision_beside_what_was_expected():
    letter = drawn(finish_letter(a_pilot(id=1), ""))

    assert "“Most will write an answer after two weeks.”" in letter["text"]
    assert "Kept, changed or dropped: each is a result." in letter["text"]
    assert pressable(letter) == [(FINISH, "1"), (LOG, "1"), (EDIT, "1"), (MUTE, "pilots.asks")]


def test_slack_takes_them_with_whatever_was_typed():
    for message in (
        ask_letter(NASTY_PILOT, NASTY, 1),
        finish_letter(NASTY_PILOT, NASTY),
        paused(NASTY_PILOT),
        resumed(NASTY_PILOT),
        stopped(NASTY_PILOT),
    ):
        drawn(message)


def test_each_switch_names_the_way_back():
    pilot = a_pilot(id=1, rhythm=Rhythm.NEVER)

    assert pressable(drawn(paused(pilot))) == [(RESUME, "1")]
    assert pressable(drawn(resumed(pilot))) == [(PAUSE, "1")]
    assert pressable(drawn(stopped(pilot))) == [(RESUME, "1")]
    assert "for your decision at the end" in drawn(resumed(pilot))["text"]
