"""What a practice's words have to be."""

import pytest

from models.errors import RuleError
from models.practices.wording import LENGTHS
from tests.models.practices.steps import a_practice_wording


@pytest.mark.parametrize("field", ["name", "what", "steps"])
def test_nobody_can_try_what_is_not_said(field):
    with pytest.raises(RuleError) as refused:
        a_practice_wording(**{field: " \u200b\n "})

    assert refused.value.field == field


@pytest.mark.parametrize("field", LENGTHS)
def test_what_is_too_long_is_refused_where_it_stands(field):
    with pytest.raises(RuleError) as refused:
        a_practice_wording(**{field: "x" * 5_000})

    assert refused.value.field == field


def test_steps_are_lines_without_the_numbers_people_put_before_them():
    wording = a_practice_wording(
        steps="1. Ask.\r\n\n2) Wait\t three seconds.\n- 3 more.\n• Listen."
    )

    assert wording.steps == ("Ask.", "Wait three seconds.", "3 more.", "Listen.")


def test_a_practice_has_ten_steps_at_most_of_a_line_each():
    with pytest.raises(RuleError, match="11 steps and 10 fit"):
        a_practice_wording(steps="go on\n" * 11)
    with pytest.raises(RuleError, match="Step 2 has 151 characters"):
        a_practice_wording(steps=f"Ask.\n{'x' * 151}")


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("5", 5), ("5 min", 5), ("5 minutes", 5), ("180", 180), (" ", None), (None, None)],
)
def test_minutes_are_understood_as_people_write_them(typed, minutes):
    assert a_practice_wording(minutes=typed).minutes == minutes


@pytest.mark.parametrize("typed", ["0", "181", "-5", "1e9", "4.5", "a few", "NaN", "5 5"])
def test_minutes_that_no_lesson_has_are_asked_for_again(typed):
    with pytest.raises(RuleError, match="whole minutes from 1 to 180") as refused:
        a_practice_wording(minutes=typed)

    assert refused.value.field == "minutes"


def test_each_topic_counts_once_however_it_is_written():
    wording = a_practice_wording(topics="Feedback, #writing; WRITING,, feedback")

    assert wording.topics == ("Feedback", "writing")


@pytest.mark.parametrize("topics", ["a, b, c, d, e, f", "how to get everyone to read it all"])
def test_a_card_holds_five_short_topics(topics):
    with pytest.raises(RuleError, match="Up to 5 topics") as refused:
        a_practice_wording(topics=topics)

    assert refused.value.field == "topics"


def test_what_may_be_left_out_may_be_left_out():
    wording = a_practice_wording(fits=" ", materials="", subject=None, topics=None)

    left_out = (wording.fits, wording.materials, wording.subject, wording.grades, wording.topics)
    assert left_out == (None, None, None, None, ())


def test_everything_is_looked_at_for_students_names():
    typed = {
        "what": "the what",
        "steps": "the step",
        "fits": "the fit",
        "materials": "the slips",
        "topics": "the topic",
        "subject": "the subject",
        "grades": "the grades",
    }

    everything = a_practice_wording(name="the name", **typed).everything

    assert everything.splitlines() == [
        "the name",
        "the what",
        "the step",
        "the fit",
        "the slips",
        "the topic",
        "the subject",
        "the grades",
    ]
