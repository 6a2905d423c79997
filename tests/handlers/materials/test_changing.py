"""Changing: who may, and what everybody sees afterwards."""

import pytest

from handlers.blocks.materials.forms import EDIT_FORM
from handlers.blocks.materials.ids import DELETE, EDIT
from handlers.blocks.materials.saving import DELETE_FORM
from tests.handlers.materials.saving_steps import answer, cards, field, kept, saves, submits
from tests.handlers.problems.steps import words_of

pytestmark = pytest.mark.usefixtures("good_manners", "circle")


async def presses(person, world, action_id: str, material_id: int) -> dict | None:
    """Press a button of that id wherever it may stand, and return the form that opens."""
    value = str(material_id)
    action = {"type": "button", "action_id": action_id, "value": value}
    await person.forges(
        {"type": "block_actions", "channel": {"id": "CMATHCIRCLE"}, "actions": [action]}
    )
    await world.settled()
    return person.top_view


async def test_its_owner_edits_it_and_the_card_shows_the_new_words(ana, world):
    await saves(ana, world, note="Page 2.")
    [material] = await kept(world)

    form = await presses(ana, world, EDIT, material.id)
    shown = (form["callback_id"], field(form, "note"))
    await submits(ana, world, form, title="Estimation routine", licence="CC BY")

    [edited] = await kept(world)
    assert shown == (EDIT_FORM, "Page 2.")
    assert (edited.title, edited.licence, edited.note) == (
        "Estimation routine",
        "CC BY",
        "Page 2.",
    )
    assert "Estimation routine" in words_of(cards(world)[0])


async def test_two_who_write_into_the_note_both_keep_their_words(ana, ben, world):
    await saves(ana, world, note="Page 2.")
    [material] = await kept(world)
    forms = [await presses(one, world, EDIT, material.id) for one in (ana, ben)]

    await submits(ana, world, forms[0], note="Page 2. On A3.", minutes="30")
    await submits(ben, world, forms[1], note="Page 2. In pairs.")

    [edited] = await kept(world)
    assert edited.note == "Page 2. On A3.\n\nPage 2. In pairs."
    assert edited.minutes == 30


async def test_a_link_gives_way_to_a_file_and_back(ana, world):
    await saves(ana, world)
    [material] = await kept(world)
    file = await ana.uploads("rubric.pdf", b"%PDF")

    form = await presses(ana, world, EDIT, material.id)
    await submits(ana, world, form, url=None, file=[file.id])
    [as_file] = await kept(world)
    form = await presses(ana, world, EDIT, material.id)
    await submits(ana, world, form, url="https://example.org/new")
    [as_link] = await kept(world)

    assert (as_file.file_id, as_file.url) == (file.id, None)
    assert (as_link.file_id, as_link.url) == (None, "https://example.org/new")


async def test_a_facilitator_deletes_it_and_its_card_says_so(ana, ben, world):
    await saves(ana, world, note="Page 2.")
    [material] = await kept(world)

    form = await presses(ben, world, DELETE, material.id)
    await submits(ben, world, form)

    [gone] = await kept(world)
    [card] = cards(world)
    assert form["callback_id"] == DELETE_FORM
    assert gone.deleted_at is not None
    assert "Page 2." not in words_of(card)
    assert "deleted" in words_of(card)
    assert "Deleted" in answer(ben)


async def test_nobody_else_may(ana, chris, world):
    await saves(ana, world)
    [material] = await kept(world)

    forms = [await presses(chris, world, one, material.id) for one in (EDIT, DELETE)]

    assert forms == [None, None]
    assert "Only Ana" in answer(chris)


async def test_who_sees_it_a_facilitator_does_not_decide(ana, ben, world):
    await saves(ana, world)
    [material] = await kept(world)

    form = await presses(ben, world, EDIT, material.id)
    form["state"]["values"]["circle"] = {
        "circle": {"type": "radio_buttons", "selected_option": {"value": "network"}}
    }
    await submits(ben, world, form, subject="Math")

    [edited] = await kept(world)
    assert (edited.subject, edited.circle) == ("Math", "community")


async def test_words_for_what_was_deleted_meanwhile_stay_in_the_form(ana, ben, world):
    await saves(ana, world)
    [material] = await kept(world)
    form = await presses(ana, world, EDIT, material.id)
    await submits(ben, world, await presses(ben, world, DELETE, material.id))

    still = await submits(ana, world, form, note="All my thoughts.")

    assert "can't find that material" in str(still["errors"])
    assert field(still, "note") == "All my thoughts."
