"""What the bot says about a problem."""

import pytest

from handlers.blocks.members import MUTE
from handlers.blocks.problems.facts import Legend
from handlers.blocks.problems.letters import OPEN_ANSWER, offer_notice
from handlers.blocks.problems.notes import (
    answer_without_name,
    interest_noted,
    offer_thanks,
    resolution,
    return_message,
)
from models.my_data.nobody import NAME, SOMEBODY
from tests.examples import ANA, BEN, DAY, NOW, a_problem, a_standing
from tests.handlers.blocks.problems.drawings import LEGEND, LINK, NASTY, drawn, pressable


@pytest.mark.parametrize(
    ("author_id", "opening"),
    [(ANA, "Ana’s question from Tuesday"), (None, "A question from Tuesday")],
)
def test_an_unanswered_problem_is_brought_back_kindly(author_id, opening):
    problem = a_standing(author_id=author_id, question="How do I get them to talk?")

    message = drawn(return_message(problem, LEGEND, "America/Denver", NOW + 2 * DAY))

    assert message["text"] == (
        f"{opening} is still open: Quiet students\nHow do I get them to talk?\n"
        "One sentence of what worked for you is plenty. Reply under this, or in its thread."
    )
    assert message["blocks"][0]["elements"][0]["elements"][1]["url"] == LINK


def test_whose_question_it_was_is_not_said_of_someone_who_has_left():
    legend = Legend(names={SOMEBODY: NAME})

    message = drawn(return_message(a_standing(author_id=SOMEBODY), legend, "UTC", NOW))

    assert message["text"].startswith("A question from")


def test_the_thread_hears_what_was_learned():
    message = drawn(resolution(a_problem(learned=NASTY)))

    assert "resolved" in message["text"]
    assert "<!" not in message["text"]


def test_an_answer_without_a_name_names_nobody():
    message = drawn(answer_without_name(NASTY))

    assert message["text"].startswith("Whoever shared this problem answers:")


def test_an_offer_reaches_the_author_with_a_way_to_hear_no_more():
    message = drawn(offer_notice(a_problem(), BEN, LEGEND))

    assert "Ben can help with your problem: Quiet students" in message["text"]
    assert [action for action, _ in pressable(message)] == [MUTE]


def test_an_offer_for_a_problem_without_a_name_keeps_it_and_says_so():
    message = drawn(offer_notice(a_problem(author_id=None), BEN, LEGEND))

    assert "Ben can’t see that it is yours" in message["text"]
    assert pressable(message)[0] == (OPEN_ANSWER, "7")


def test_small_answers_are_ones_slack_accepts():
    for message in (
        offer_thanks(a_problem(), LEGEND),
        offer_thanks(a_problem(author_id=None), LEGEND),
        interest_noted(counts=True),
        interest_noted(counts=False),
    ):
        drawn(message)
