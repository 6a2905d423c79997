"""The schedule, drawn."""

from datetime import timedelta

import pytest

from handlers.blocks.hangouts.schedule import Lead, lead_chosen, schedule_card
from models.hangouts.signup import Presenting, Signup
from models.hangouts.standings import HangoutStanding
from tests.examples import ANA, BEN, NAMES, NOW, a_community, a_hangout, a_series
from tests.handlers.blocks.problems.drawings import NASTY, menu, seen
from tests.handlers.blocks.surfaces import buttons, sent


def a_date(weeks=2, seats=0, **traits):
    seat = Signup(member_id=ANA, presenting=Presenting.SEAT, is_coming=True)
    hangout = a_hangout(id=weeks, starts_at=NOW + timedelta(weeks=weeks), **traits)
    return HangoutStanding(hangout=hangout, seats=(seat,) * seats)


def drawn(*standings, **traits):
    return sent(schedule_card(standings, a_series(**traits), a_community(id=1), NAMES))


def test_each_date_says_who_leads_what_is_tried_and_which_seats_are_free():
    card = drawn(a_date(seats=1), a_date(4, seats=2, skill=None))

    words = seen(card)
    assert "with Ben · we try wait time · one of two seats to present is free" in words
    assert "with Ben · both seats to present are taken" in words
    assert "every other week, 60 minutes" in words
    assert "We meet in this channel’s huddle." in card["text"]


def test_what_is_called_off_is_struck_through_with_the_reason():
    card = drawn(a_date(called_off_at=NOW, called_off_why="Snow"), a_date(4))

    assert "Called off: Snow." in card["text"]
    [item, _] = card["blocks"][1]["elements"][0]["elements"]
    assert item["elements"][0]["style"]["strike"] is True


def test_the_menu_is_about_the_next_hangout_that_takes_place():
    card = drawn(a_date(2, called_off_at=NOW), a_date(4))

    assert menu(card) == [
        "Change the plan",
        "Move a hangout",
        "Call one off",
        "Ask someone to lead",
        "Hold one after all",
    ]
    options = card["blocks"][-1]["elements"][1]["options"]
    assert [one["value"] for one in options] == [
        "plan:1",
        "move_any:4",
        "call_off:4",
        "swap:4",
        "restore:2",
    ]


def test_an_empty_schedule_offers_the_plan_alone():
    card = drawn()

    assert "No date is planned at the moment." in card["text"]
    assert menu(card) == ["Change the plan"]


def test_a_series_that_is_over_lists_what_it_called_off_and_offers_nothing():
    off = a_date(4, called_off_at=NOW, called_off_why="The series ended", is_off_by_series=True)

    card = drawn(off, a_date(5, called_off_at=NOW, called_off_why="Snow"), ended_at=NOW)

    first, ended, snowed, _ = card["text"].split("\n")
    assert first == "These hangouts have ended."
    assert "Called off" not in ended
    assert snowed.endswith("Called off: Snow.")
    assert '"strike": True' in str(card["blocks"]).replace("'", '"')
    assert buttons(card) == []


def test_words_of_members_are_shown_as_they_are_and_ping_nobody():
    card = sent(
        schedule_card(
            [a_date(skill=NASTY), a_date(4, called_off_at=NOW, called_off_why=NASTY)],
            a_series(link="https://example.org/?a=b&c"),
            a_community(id=1, name=NASTY[:80]),
            {BEN: NASTY},
        )
    )

    assert "<!channel>" not in card["text"]
    assert NASTY in seen(card)


@pytest.mark.parametrize("value", ["", "delete:1", "plan", "move:", ":::"])
def test_a_forged_choice_is_none_or_names_nothing(value):
    choice, row_id = lead_chosen(value)

    assert choice is None or row_id == ""


def test_a_choice_comes_back_as_it_was_made():
    assert lead_chosen(Lead.CALL_OFF.about(7)) == (Lead.CALL_OFF, "7")
