"""The forms in which a pilot ends, is shared and championed, and the answers to them."""

import pytest

from handlers.blocks.pilots.championing import champion_form, champion_letter, championed
from handlers.blocks.pilots.finishing import (
    finish_form,
    finished,
    nothing_to_finish,
    which_to_finish,
)
from handlers.blocks.pilots.home import pilot_help
from handlers.blocks.pilots.sharing import (
    after_problem,
    share_form,
    shared,
    spark_letter,
    taken_back_now,
)
from models.pilots.pilot import Circle
from models.pilots.sharing import Series
from models.student_data import suspicions
from tests.examples import BEN, NOW, a_community, a_pilot
from tests.handlers.blocks.pilots.pictured import a_champion, an_evidence, known_of
from tests.handlers.blocks.problems.drawings import NASTY, drawn, opened


def blocks_of(view):
    return {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}


def test_the_form_of_a_finished_pilot_comes_with_what_was_written():
    pilot = a_pilot(
        id=1,
        finished_at=NOW,
        result="20 of 26",
        matched="no",
        learned="One question.",
        decision="abandon",
    )

    view = opened(finish_form(pilot, an_evidence(pilot, 12, 14)))

    fields = blocks_of(view)
    assert view["title"]["text"] == "Change the outcome"
    assert fields["result"]["element"]["initial_value"] == "20 of 26"
    assert fields["matched"]["element"]["initial_option"]["value"] == "no"
    assert fields["decision"]["element"]["initial_option"]["value"] == "abandon"


def test_the_form_takes_the_longest_words_and_names_the_doubtful_ones():
    typed = {"result": NASTY * 3, "learned": "My student Maria Lopez", "why": None}
    pilot = a_pilot(id=1, prediction=NASTY * 60, circle=Circle.NETWORK)

    view = opened(
        finish_form(pilot, an_evidence(pilot), typed, suspicions(typed["learned"]), "C0MATH")
    )

    read = str(view["blocks"])
    assert "This may tell who a student is" in read
    assert "Everyone who sees its card sees this as well." in read


@pytest.mark.parametrize("decision", ["adopt", "adapt", "abandon"])
@pytest.mark.parametrize("circle", list(Circle))
def test_each_end_is_answered_with_thanks_and_a_next_step(decision, circle):
    pilot = a_pilot(id=1, finished_at=NOW, decision=decision, circle=circle)

    message = drawn(finished(pilot))

    assert ("Thank you" in message["text"]) is (decision == "abandon")
    assert ("Others may like to know." in message["text"]) is (circle == Circle.ME)
    assert ('{"adapts_id": 1}' in str(message["blocks"])) is (decision == "adapt")


@pytest.mark.parametrize(
    ("decision", "practice_id", "is_offered"),
    [("adopt", None, True), ("adopt", 3, False), ("abandon", None, False)],
)
def test_a_practice_of_ones_own_that_is_kept_may_go_into_the_tool_belt(
    decision, practice_id, is_offered
):
    pilot = a_pilot(id=1, finished_at=NOW, decision=decision, practice_id=practice_id)

    message = drawn(finished(pilot))

    assert ("Add it to the tool belt" in str(message["blocks"])) is is_offered


def test_sharing_asks_about_earlier_cycles_only_where_some_are_hidden():
    first = a_pilot(id=1)
    second = a_pilot(id=2, first_id=1, cycle=2)

    alone = opened(share_form(Series(first, ()), a_community(), None, asks_school=False))
    later = opened(
        share_form(
            Series(second, (first,)), a_community(name="x" * 80), "C0MATH", asks_school=False
        )
    )

    assert list(blocks_of(alone)) == ["circle"]
    assert list(blocks_of(later)) == ["circle", "whole"]
    assert "A card goes to #math-circle, with your name" in str(later["blocks"])


def test_the_school_is_asked_of_those_who_have_not_said_it_and_may_stay_empty():
    view = opened(share_form(Series(a_pilot(id=1), ()), a_community(), None, asks_school=True))

    assert blocks_of(view)["school"]["optional"] is True


def test_letters_and_answers_are_as_slack_takes_them_whatever_members_write():
    pilot = a_pilot(
        id=1,
        practice_name=NASTY[:80],
        finished_at=NOW,
        decision="adopt",
        learned=NASTY * 10,
        problem_id=3,
    )
    inspirer = a_pilot(id=2, member_id=BEN, practice_name=NASTY[:80])
    known = known_of(pilot)

    told = [
        after_problem(pilot, known),
        spark_letter(pilot, inspirer, known),
        champion_letter(pilot, a_champion(NASTY), known),
        championed("Ana"),
        shared(pilot, a_community()),
        taken_back_now(pilot, had_card=True, along=2),
        which_to_finish([pilot, inspirer]),
        nothing_to_finish(),
        pilot_help(),
    ]

    assert all("<!channel>" not in drawn(message)["text"] for message in told)


def test_a_lead_finds_their_earlier_words_in_the_form():
    view = opened(champion_form(a_pilot(id=1), "Ana", "Brave."))

    assert blocks_of(view)["words"]["element"]["initial_value"] == "Brave."
