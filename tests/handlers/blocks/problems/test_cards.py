"""The card of a problem, as it stands in the channel."""

import json

import pytest

from bot.sandbox.block_kit import check_message
from handlers.blocks.hangouts.ids import BRING
from handlers.blocks.problems.cards import ME_TOO, MORE, OFFER_HELP, More, chosen, problem_card
from handlers.blocks.problems.facts import Legend
from models.consultancies.consultancy import Consultancy
from models.problems import WantedHelp
from tests.examples import ANA, BEN, CHRIS, NOW, a_problem, a_standing
from tests.handlers.blocks.problems.drawings import (
    LEGEND,
    drawn,
    menu,
    nasty_standing,
    pressable,
    seen,
)


def test_a_card_tells_who_asks_what_and_how_it_stands():
    standing = a_standing(
        question="How do I get quiet students into small-group talk?",
        tried="Sentence starters.",
        topics=["Grade 9 math"],
        answers=3,
        interested=2,
        helper_ids=(BEN,),
    )

    card = drawn(problem_card(standing, LEGEND))

    assert card["text"].splitlines() == [
        "Ana would like to think about: How do I get quiet students into small-group talk?",
        "Quiet students",
        "Four students carry every discussion. The others wait.",
        "Grade 9 math · tried sentence starters · 3 answers · 2 have this too · Ben can help",
    ]
    assert pressable(card) == [(ME_TOO, "7"), (OFFER_HELP, "7"), (BRING, "7"), (MORE, None)]
    assert menu(card) == [
        "Edit",
        "Resolve",
        "Asynchronous consultancy",
        "Attach a material",
        "Delete",
    ]


def test_an_author_whose_name_is_not_known_yet_is_mentioned_for_slack_to_fill_in():
    card = problem_card(a_standing(), Legend()).to_dict()

    assert card["text"].startswith(f"<@{ANA}> would like to think about")
    assert {"type": "user", "user_id": ANA} in card["blocks"][0]["elements"][0]["elements"]


def test_without_a_question_the_title_stands_for_it():
    card = drawn(problem_card(a_standing(), LEGEND))

    assert seen(card).count("Quiet students") == 1


def test_one_of_anything_is_said_as_one():
    standing = a_standing(answers=1, interested=1)

    card = drawn(problem_card(standing, LEGEND))

    assert "1 answer · 1 has this too" in seen(card)


@pytest.mark.parametrize(
    ("helpers", "words"),
    [
        ((BEN, CHRIS), "Ben and Chris can help"),
        ((BEN, CHRIS, ANA), "Ben, Chris and Ana can help"),
        ((BEN, CHRIS, ANA, "U1"), "Ben, Chris and 2 others can help"),
        (("U1",), "a colleague can help"),
    ],
)
def test_helpers_are_named_as_far_as_they_fit(helpers, words):
    assert words in seen(drawn(problem_card(a_standing(helper_ids=helpers), LEGEND)))


def test_what_was_tried_at_length_is_a_paragraph():
    tried = "I tried sentence starters on the desks.\nTwo spoke more, for a week."

    card = drawn(problem_card(a_standing(tried=tried), LEGEND))

    assert f"Tried so far: {tried}" in card["text"]
    assert "· tried" not in card["text"]


def test_without_a_name_nobody_is_named_and_the_menu_offers_to_answer():
    card = drawn(problem_card(a_standing(author_id=None), LEGEND))

    assert "Ana" not in json.dumps(card)
    assert "A colleague would like to think about" in card["text"]
    assert menu(card) == [
        "Edit",
        "Resolve",
        "Answer without my name",
        "Asynchronous consultancy",
        "Delete",
    ]


def test_a_resolved_card_shows_what_was_learned_and_rests():
    standing = a_standing(resolved_at=NOW, learned="Writing first helps", helper_ids=(BEN,))

    card = drawn(problem_card(standing, LEGEND))

    assert "Ana thought about: Quiet students" in card["text"]
    assert "What was learned: Writing first helps" in card["text"]
    assert "resolved" in seen(card)
    assert pressable(card) == [(MORE, None)]
    assert menu(card) == ["Edit", "Reopen", "Attach a material", "Delete"]


def test_a_card_says_what_would_help():
    hopes = drawn(problem_card(a_standing(wanted_help=WantedHelp.HANGOUT), LEGEND))
    takes_ideas = drawn(problem_card(a_standing(wanted_help=WantedHelp.IDEAS), LEGEND))

    assert "hopes for a hangout · no answers yet" in hopes["text"]
    assert takes_ideas["text"].endswith("\nno answers yet")


@pytest.mark.parametrize(("step", "words"), [(1, "step 2 of 5"), (None, "about to begin")])
def test_a_card_says_how_far_its_asynchronous_consultancy_is(step, words):
    legend = Legend(consultancies={7: Consultancy(step=step, steps=[{}] * 5)})

    card = drawn(problem_card(a_standing(wanted_help=WantedHelp.ASYNCHRONOUS), legend))

    assert f"asynchronous consultancy, {words} · no answers yet" in card["text"]
    assert menu(card) == ["Edit", "Resolve", "Attach a material", "Delete"]


def test_a_withdrawn_card_says_so_and_nothing_else():
    standing = a_standing(title="", happening="", author_id=None, deleted_at=NOW)

    card = drawn(problem_card(standing, LEGEND))

    assert "was withdrawn" in card["text"]
    assert pressable(card) == []


def test_the_menus_choices_come_back_with_the_problem():
    assert chosen(More.RESOLVE.about(a_problem())) == (More.RESOLVE, "7")
    assert chosen("explode:7") == (None, "7")
    assert chosen("") == (None, "")


@pytest.mark.parametrize("letter", ["x", "&", "<", "👍", "x "])
def test_the_longest_card_still_fits(letter):
    standing = a_standing(
        title=(letter * 150)[:150],
        question=(letter * 300)[:300],
        happening=(letter * 3000)[:3000],
        tried=(letter * 3000)[:3000],
        learned=(letter * 3000)[:3000],
        topics=[(letter * 30)[:30]] * 5,
        resolved_at=NOW,
    )

    sent = problem_card(standing, LEGEND).to_dict()

    assert check_message(sent | {"ts": "1.1"}) == []
    assert len(sent["text"]) <= 4000


@pytest.mark.parametrize("is_resolved", [False, True])
def test_nothing_a_member_types_pings_or_formats(is_resolved):
    standing = nasty_standing()
    standing.problem.resolved_at = NOW if is_resolved else None

    card = drawn(problem_card(standing, Legend(names={ANA: "<!here>", "U1": "<!channel>"})))

    assert "<!" not in card["text"]
    assert "<@" not in card["text"]
    assert '"mrkdwn"' not in json.dumps(card)
