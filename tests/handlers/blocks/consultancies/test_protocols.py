"""How protocols look: their list, and the forms for a community's own."""

import pytest

from handlers.blocks.consultancies.protocols import (
    CHANGE_PROTOCOL,
    COPY_PROTOCOL,
    Wanted,
    Wish,
    delete_protocol_form,
    protocol_deleted,
    protocol_form,
    protocol_kept,
    protocol_list,
)
from models.consultancies.built_in import MINI
from models.consultancies.editing import COPIES_AT_MOST, steps_from
from models.consultancies.protocols import PROTOCOLS, Protocol
from models.consultancies.steps import Speaks, Step
from tests.examples import a_community
from tests.handlers.blocks.problems.drawings import NASTY, drawn, opened, seen

OURS = Protocol(
    key="copy:3", name="Ours", steps=(Step("Tell", "", "presenter", 1),), source="Staffroom"
)
ALL = [*PROTOCOLS.values(), OURS]


def changing(message):
    blocks = [block for block in message["blocks"] if block["type"] == "actions"]
    return [element["action_id"] for block in blocks for element in block["elements"]]


def test_the_list_shows_length_steps_and_source_and_buttons_only_to_facilitators():
    mine = drawn(protocol_list(ALL, a_community(id=1), may_change=True))
    theirs = drawn(protocol_list(ALL, a_community(id=1), may_change=False))

    assert "Ours · 1 minute\nTell 1\nYours, after: Staffroom" in mine["text"]
    assert "Tuning · 60 minutes" in theirs["text"]
    assert changing(mine) == [*[COPY_PROTOCOL] * len(PROTOCOLS), CHANGE_PROTOCOL]
    assert changing(theirs) == []
    assert "3 rounds of: think 1 · share 2 · clarify 2 · ideas 4 · thank 1" in seen(theirs)
    bold = [block["elements"][0]["elements"][0] for block in theirs["blocks"][1:]]
    assert [piece["style"] for piece in bold] == [{"bold": True}] * len(ALL)


def test_as_many_protocols_as_a_community_may_have_fit_in_one_message():
    many = [*PROTOCOLS.values(), *[OURS] * COPIES_AT_MOST]

    assert drawn(protocol_list(many, a_community(id=1), may_change=True))


@pytest.mark.parametrize("key", PROTOCOLS)
def test_every_protocol_can_be_copied_in_a_form(key):
    form = opened(protocol_form(PROTOCOLS[key], a_community(id=1), Wish.COPY))

    assert "initial_value" not in form["blocks"][1]["element"]
    examples = form["blocks"][3]["text"]["text"]
    assert len(steps_from(examples, MINI)) == len(Speaks)
    assert "days" in str(form) if key == "asynchronous" else "minutes" in str(form)


def test_an_edited_protocol_keeps_its_name_in_the_form():
    form = opened(protocol_form(OURS, a_community(id=1), Wish.EDIT))

    assert form["blocks"][1]["element"]["initial_value"] == "Ours"
    assert form["blocks"][2]["element"]["initial_value"] == "1 Tell (presenter)"


def test_members_words_stay_words():
    nasty = Protocol(key="copy:3", name=NASTY[:80], steps=OURS.steps, source="Staffroom")
    community = a_community(id=1, name=NASTY[:80])

    assert opened(protocol_form(nasty, community, Wish.EDIT))
    assert opened(delete_protocol_form(nasty, community))
    for message in (
        protocol_list([nasty], community, may_change=True),
        protocol_kept(nasty),
        protocol_deleted(nasty),
    ):
        assert "<!channel>" not in drawn(message)["text"]


def test_what_is_kept_tells_where_to_use_it():
    assert "2 steps" not in drawn(protocol_kept(OURS))["text"]
    assert (
        "is kept: 1 step, 1 minute. Choose it in /hangout plan."
        in drawn(protocol_kept(OURS))["text"]
    )
    days = drawn(protocol_kept(PROTOCOLS["asynchronous"]))["text"]
    assert "5 steps, 6 days. The next consultancy over some days takes it." in days


@pytest.mark.parametrize("value", ["", "copy", "paint 1 mini", " 1 mini"])
def test_a_forged_wish_is_none_or_leads_nowhere(value):
    wanted = Wanted.read(value)

    assert wanted is None or wanted.community_id == ""


def test_a_wish_comes_back():
    assert Wanted.read(Wanted(Wish.EDIT, "7", "copy:3").value) == Wanted(Wish.EDIT, "7", "copy:3")
