"""Facilitators copy a protocol, make it their own, and hangouts run with it."""

import pytest

from handlers.blocks.consultancies.pressing import GO_ON, START
from handlers.blocks.consultancies.protocols import (
    CHANGE_PROTOCOL,
    COPY_PROTOCOL,
    PROTOCOL_FORM,
    Wanted,
    Wish,
)
from models.communities import Community
from models.consultancies.protocols import PROTOCOLS, all_of
from tests.handlers.consultancies.leading_steps import (
    a_hangout_with,
    begins,
    catches_up,
    presses,
    presses_old,
)
from tests.handlers.problems.steps import answers_to, last_answer, settle

pytestmark = pytest.mark.usefixtures("good_manners")

OURS = "4 Tell (presenter): What happens?\n6 Think along (group)"


async def open_list(person, world, channel="math-circle"):
    await person.types(channel, "/hangout protocols")
    await settle(world)
    return answers_to(person, channel)[-1]


async def chooses(person, world, wish, key):
    """Choose what to do with a protocol of the math circle; return the form that opens."""
    shown = await open_list(person, world)
    value = Wanted(wish, await circle_id(world), key).value
    if wish is Wish.COPY and key in PROTOCOLS:
        await person.presses(COPY_PROTOCOL, message=shown, value=value)
    else:
        menus = [
            block["block_id"]
            for block in shown["blocks"]
            for element in block.get("elements", [])
            if any(one["value"] == value for one in element.get("options", []))
        ]
        await person.presses(CHANGE_PROTOCOL, message=shown, option=value, block_id=menus[0])
    await settle(world)
    return person.top_view


async def circle_id(world):
    async with world.db() as session:
        return str((await Community.of_channel(session, "CMATHCIRCLE")).id)


async def ours(world):
    async with world.db() as session:
        return (await all_of(session, int(await circle_id(world))))[len(PROTOCOLS) :]


@pytest.fixture
async def our_protocol(ben, world, circle):
    """What Ben made of the mini-consultancy."""
    form = await chooses(ben, world, Wish.COPY, "mini")
    await ben.submits(form, name="Our short one", steps=OURS)
    await settle(world)
    [protocol] = await ours(world)
    return protocol


async def test_everybody_sees_what_there_is_and_where_it_comes_from(ana, world, circle):
    shown = await open_list(ana, world)

    for protocol in PROTOCOLS.values():
        assert f"{protocol.name} · " in shown["text"]
        assert protocol.source in shown["text"]
    assert "Mini-consultancy · 20 minutes\nPresent 5 · Clarifying questions 3" in shown["text"]
    assert "Consultancy over some days · 6 days" in shown["text"]
    assert [block for block in shown["blocks"] if block["type"] == "actions"] == []


async def test_a_facilitator_s_copy_is_kept_and_shown(ben, ana, world, our_protocol):
    assert last_answer(ben).startswith("“Our short one” is kept: 2 steps, 10 minutes.")
    assert [(step.minutes, step.name) for step in our_protocol.steps] == [
        (4, "Tell"),
        (6, "Think along"),
    ]
    assert "Our short one · 10 minutes" in (await open_list(ana, world))["text"]


async def test_the_form_begins_with_the_steps_as_they_are(ben, world, circle):
    form = await chooses(ben, world, Wish.COPY, "tuning")

    typed = form["blocks"][2]["element"]["initial_value"]
    assert typed.startswith("5 Introduction (everybody): Who is here")
    assert len(typed.splitlines()) == 7


async def test_a_hangout_runs_with_it_and_keeps_it_when_it_is_edited(
    ben, world, circle, our_protocol
):
    await a_hangout_with(world, circle, "UANA", protocol=our_protocol.key)
    [thread] = await begins(world)
    await presses(ben, world, START, thread.message)

    form = await chooses(ben, world, Wish.EDIT, our_protocol.key)
    await ben.submits(form, name="Ours", steps="3 Breathe")
    await catches_up(world)
    await presses(ben, world, GO_ON, thread.message)

    assert "Our short one, 10 minutes" in thread.words
    assert ["Tell" in thread.steps[0]["text"], "Think along" in thread.steps[1]["text"]] == [
        True,
        True,
    ]
    assert [(one.name, one.minutes) for one in await ours(world)] == [("Ours", 3)]


async def test_a_deleted_protocol_is_offered_no_more(ben, world, our_protocol):
    form = await chooses(ben, world, Wish.DELETE, our_protocol.key)

    await ben.submits(form)
    await settle(world)

    assert "“Our short one” is deleted." in last_answer(ben)
    assert await ours(world) == []


WRONG = {
    "steps": ({"steps": "Tell"}, "Line 1 needs its minutes first"),
    "name": ({"name": "Tuning"}, "There is a protocol called Tuning."),
}


@pytest.mark.parametrize("field", WRONG)
async def test_what_is_wrong_is_said_at_its_field(ben, world, circle, field):
    typed, words = WRONG[field]
    form = await chooses(ben, world, Wish.COPY, "mini")

    reply = await ben.submits(form, **{"name": "Ours", "steps": OURS} | typed)

    assert words in reply.payload["errors"][field]
    assert await ours(world) == []


async def test_only_facilitators_change_protocols(ana, world, circle):
    value = Wanted(Wish.COPY, await circle_id(world), "mini").value

    await presses_old(ana, COPY_PROTOCOL, value)
    await settle(world)

    assert "Only facilitators can change the protocols. Ask Ben." in last_answer(ana)
    assert ana.top_view is None


async def test_a_form_of_one_s_own_making_changes_nothing(ana, ben, world, our_protocol):
    form = await chooses(ben, world, Wish.EDIT, our_protocol.key)
    typed = {
        field: {field: {"type": "plain_text_input", "value": text}}
        for field, text in (("name", "Mine"), ("steps", "1 Mine"))
    }
    facts = {"callback_id": PROTOCOL_FORM, "private_metadata": form["private_metadata"]}

    await ana.forges({"type": "view_submission", "view": facts | {"state": {"values": typed}}})
    await settle(world)

    assert [one.name for one in await ours(world)] == ["Our short one"]


@pytest.mark.parametrize("value", ["", "copy", "edit 1 copy:99", "paint 1 mini", "copy 99 mini"])
async def test_forged_choices_are_answered_kindly(ben, world, circle, value):
    before = len(answers_to(ben))

    await presses_old(ben, CHANGE_PROTOCOL, value)
    await settle(world)

    assert len(answers_to(ben)) == before + 1
    assert ben.top_view is None


async def test_a_private_community_s_protocols_are_not_there_for_others(ana, world, secret):
    await presses_old(ana, CHANGE_PROTOCOL, Wanted(Wish.COPY, str(secret.id), "mini").value)
    await settle(world)

    assert "not there any more" in last_answer(ana)
