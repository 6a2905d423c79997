"""The words that all drawings of a hangout share."""

import pytest

from handlers.blocks.hangouts.facts import (
    called_off_words,
    coming_words,
    day_and_time,
    free_words,
    heading,
    ordinal_word,
    phrase,
    presenting_words,
)
from models.hangouts.signup import Presenting
from tests.examples import ANA, BEN, CHRIS, NAMES, NOW, a_hangout
from tests.handlers.blocks.hangouts.standings import a_signup, a_stand
from tests.handlers.blocks.problems.drawings import NASTY


@pytest.mark.parametrize(
    ("slots", "taken", "words"),
    [
        (1, 0, "The seat to present is free."),
        (1, 1, "The seat to present is taken."),
        (2, 0, "Both seats to present are free."),
        (2, 1, "One of two seats to present is free."),
        (2, 2, "Both seats to present are taken."),
        (3, 1, "Two of three seats to present are free."),
        (9, 0, "All 9 seats to present are free."),
        (1, 2, "The seat to present is taken."),
    ],
)
def test_seats_are_counted_in_words(slots, taken, words):
    assert free_words(a_stand(*[a_signup()] * taken, slots=slots)) == words


def test_who_presents_is_named():
    standing = a_stand(a_signup(), a_signup(CHRIS, Presenting.OFFERED), slots=3)

    assert presenting_words(standing, NAMES) == "Ana and Chris present."
    assert presenting_words(standing, NAMES, CHRIS) == "Ana presents."
    assert presenting_words(a_stand(a_signup("U0WHO"), slots=1), NAMES) == "A colleague presents."


def test_a_long_list_of_people_is_a_number():
    assert coming_words([ANA, BEN, CHRIS, "U0WHO"], NAMES) == "Ana, Ben and 2 others come."
    assert coming_words([ANA, BEN, CHRIS], NAMES) == "Ana, Ben and Chris come."
    assert coming_words([ANA], NAMES) == "Ana comes."
    assert coming_words([], NAMES) == ""


def test_where_nobody_leads_somebody_is_wanted_until_it_is_over():
    hangout = a_hangout(facilitator_id="")

    assert heading(hangout, NAMES).text.endswith(": hangout, somebody to lead it is wanted")
    assert heading(hangout, NAMES, is_over=True).text.endswith(": hangout")


def test_a_time_is_shown_in_the_readers_zone_and_its_fallback_names_the_hangouts():
    when = day_and_time(a_hangout())

    [piece] = when.pieces
    assert piece.to_dict()["fallback"] == "Thursday 3 December 2026, 16:00 (America/Denver)"
    assert piece.to_dict()["timestamp"] == 1796338800
    assert when.text.startswith("<!date^1796338800^")


def test_a_hangout_that_is_called_off_is_struck_through():
    off = a_hangout(called_off_at=NOW, called_off_why="Snow.")

    assert all(piece.to_dict()["style"]["strike"] for piece in heading(off, NAMES).pieces)
    assert called_off_words(off) == "Called off: Snow."
    assert called_off_words(a_hangout(called_off_at=NOW)) == "Called off."


def test_what_the_plan_leaves_out_was_never_called_off():
    left_out = {"called_off_at": NOW, "called_off_why": "Skipped"}

    assert called_off_words(a_hangout(**left_out, is_off_by_series=True)) == (
        "No hangout (left out in the plan)"
    )
    assert called_off_words(a_hangout(**left_out)) == "Called off: Skipped."


def test_a_phrase_says_a_members_words_faithfully_in_both_places():
    said = phrase("Ana: ", NASTY)

    assert said.pieces[1].to_dict()["text"] == NASTY
    assert "<!channel>" not in said.text
    assert not phrase("")


def test_places_on_a_list_are_words_as_far_as_people_say_them():
    assert [ordinal_word(place) for place in (1, 3, 7)] == ["first", "third", "number 7"]
