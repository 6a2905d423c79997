"""How the form for thanks looks, and a note for a shower."""

import json

import pytest

from handlers.blocks.thanks.forms import ABOUT, GIVE_FORM, Sheet, option_groups, thanks_form
from models.student_data import suspicions
from models.thanks.pointing import Pointer
from models.thanks.shower import Shower
from models.thanks.thanks import About
from tests.examples import BEN, CHRIS, DAY, NOW, a_community
from tests.handlers.blocks.surfaces import fields, shown

NASTY = "<!channel> *all* & <@U0BEN> " + "x" * 6000
CIRCLE = a_community(id=1)
LOUNGE = a_community(id=2, name=NASTY[:80], channel_name="lounge")
REASONS = ("Covered for me", "Listened")


def the_form(**traits):
    return shown(thanks_form(Sheet(**{"communities": [CIRCLE], "reasons": REASONS} | traits)))


def above(form) -> str:
    return " ".join(block["text"]["text"] for block in form["blocks"] if block["type"] == "section")


def test_the_form_says_first_who_will_see_it():
    form = the_form()

    assert form["callback_id"] == GIVE_FORM
    assert "Everybody in #math-circle sees it as well, unless you keep it between you." in above(
        form
    )


def test_only_whom_what_for_and_who_sees_it_are_needed():
    form = the_form()

    inputs = [one for one in form["blocks"] if one["type"] == "input"]
    needed = [one["block_id"] for one in inputs if not one.get("optional")]
    assert needed == ["receiver_ids", "text", "is_private"]
    assert list(fields(form)) == ["receiver_ids", "text", "effect", "reason", "is_private", "about"]


def test_what_is_typed_already_is_in_it():
    typed = {
        "receiver_ids": [BEN, CHRIS],
        "text": NASTY,
        "effect": "I could go",
        "reason": "Listened",
        "is_private": True,
    }
    pointer = Pointer(kind=About.PROBLEM, about_id=7, title=NASTY)

    form = fields(the_form(typed=typed, pointer=pointer, facts={"draft_id": 3}))

    assert form["receiver_ids"]["initial_users"] == [BEN, CHRIS]
    assert form["text"]["initial_value"] == NASTY[:500]
    assert form["reason"]["initial_option"]["value"] == "Listened"
    assert form["is_private"]["initial_option"]["value"] == "private"
    assert (form["about"]["action_id"], form["about"]["initial_option"]["value"]) == (
        ABOUT,
        "problem:7",
    )


def test_of_several_communities_one_is_chosen():
    form = fields(the_form(communities=[CIRCLE, LOUNGE], typed={"community_id": 2}))

    assert [one["value"] for one in form["community_id"]["options"]] == ["1", "2"]
    assert form["community_id"]["initial_option"]["value"] == "2"


def test_a_reason_that_the_list_has_lost_since_stays_chosen():
    form = fields(the_form(typed={"reason": "Was there"}))

    assert form["reason"]["initial_option"]["value"] == "Was there"
    assert "reason" not in fields(the_form(reasons=()))


def test_it_asks_again_where_a_student_may_be_named():
    text = "my student Max Gold can read now"

    form = the_form(typed={"text": text}, suspicions=suspicions(text), notices=["Who is it?"])

    assert "Max Gold" in above(form)
    assert "Who is it?" in above(form)
    assert "nobody_recognised" in fields(form)


@pytest.mark.parametrize("occasion", [None, NASTY[:150]])
def test_a_note_asks_for_words_alone(occasion):
    shower = Shower(
        id=4, member_id=BEN, on_date=NOW.date(), arrives_at=NOW + DAY, occasion=occasion
    )

    form = the_form(shower=shower, whom="Ben", facts={"shower_id": 4})

    assert list(fields(form)) == ["text", "effect"]
    assert "A note for Ben." in above(form)
    assert "Wednesday 18 November 2026, 09:00 (America/Denver)" in above(form)
    assert json.loads(form["private_metadata"]) == {"shower_id": 4}


def test_what_can_be_linked_stands_in_groups():
    pilot = Pointer(kind=About.PILOT, about_id=2, title="exit tickets, " + "x" * 200)

    [group] = option_groups({About.PILOT: [pilot]})

    assert group["label"]["text"] == "Pilots"
    [option] = group["options"]
    assert option["value"] == "pilot:2"
    assert option["text"]["text"].startswith("Exit tickets")
    assert len(option["text"]["text"]) <= 75
