"""What the bot says about a problem."""

import pytest

from handlers.blocks.problems.letters import (
    ANSWERS,
    CHANGES,
    MUTE,
    OFFERS,
    OPEN_ANSWER,
    muted,
    offer_notice,
)
from handlers.blocks.problems.notes import (
    answer_without_name,
    interest_noted,
    offer_thanks,
    resolution,
    return_message,
    shared_confirmation,
)
from tests.examples import ANA, BEN, DAY, MATH_CIRCLE, NOW, a_problem, a_standing
from tests.handlers.blocks.problems.drawings import LEGEND, LINK, NASTY, drawn, pressable


def test_after_sharing_the_author_sees_similar_problems_and_what_they_taught():
    similar = [
        a_standing(id=1, title="Talk moves", author_id=BEN, resolved_at=NOW, learned="Wait time"),
        a_standing(id=2, title="Shy groups", author_id=None),
    ]

    message = drawn(shared_confirmation(a_problem(), MATH_CIRCLE, similar, LEGEND))

    assert message["text"].splitlines() == [
        "Shared in <#C0MATHCIRCLE>: Quiet students",
        "Answers come in its thread.",
        "Something like it came up before:",
        "• Talk moves (resolved, Ben): Wait time",
        "• Shy groups (open, a colleague)",
    ]


def test_after_sharing_something_new_the_author_learns_what_happens_next():
    message = drawn(shared_confirmation(a_problem(), MATH_CIRCLE, [], LEGEND))

    assert "bring it back once" in message["text"]


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
        *(muted(switch) for switch in (ANSWERS, CHANGES, OFFERS)),
    ):
        drawn(message)
