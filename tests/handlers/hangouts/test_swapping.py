"""Swapping: a facilitator asks another one to lead, who can accept or decline."""

import pytest

from handlers.blocks.hangouts.ids import ACCEPT_SWAP, DECLINE_SWAP, SWAP
from tests.handlers.blocks.surfaces import fields
from tests.handlers.hangouts.planning_steps import (
    choose,
    hangouts_kept,
    last_answer,
    letters_of,
    plan_series,
    schedule_words,
    settle,
    words_of,
)
from tests.handlers.hangouts.test_changing import joined

pytestmark = pytest.mark.usefixtures("good_manners")

ASKED, ANSWERED, CHANGED = "hangouts.swap_asked", "hangouts.swap_answered", "hangouts.changed"


@pytest.fixture
async def chris_is_asked(ben, world, circle):
    """Ben asks Chris to lead the first hangout, for which Ana has signed up."""
    first, *_ = await plan_series(ben, world)
    await joined(world, first, "UANA")
    form = await choose(ben, world, "swap <@UCHRIS>")
    await ben.submits(form)
    await settle(world)
    return first


async def test_the_substitute_is_asked_by_letter(ben, world, chris_is_asked):
    [letter] = letters_of(world, "UCHRIS", ASKED)

    assert "Ben asks whether you could lead the hangout in #math-circle" in letter
    assert "Chris is asked to lead" in last_answer(ben)
    [first, *_] = await hangouts_kept(world)
    assert first.facilitator_id == "UBEN"


async def test_accepting_changes_who_leads_and_is_told(ben, chris, world, chris_is_asked):
    await chris.presses(ACCEPT_SWAP)
    await chris.presses(ACCEPT_SWAP)
    await settle(world)

    [first, *_] = await hangouts_kept(world)
    assert (first.facilitator_id, first.is_swapped) == ("UCHRIS", True)
    assert "with Chris" in schedule_words(world)
    [answer] = letters_of(world, "UBEN", ANSWERED)
    assert "Chris leads the hangout in #math-circle" in answer
    [told] = letters_of(world, "UANA", CHANGED)
    assert "is led by Chris now" in told
    [letter] = letters_of(world, "UCHRIS", ASKED)
    assert "You lead it. Thank you." in letter
    assert "I can do it" not in letter


async def test_declining_leaves_it_as_it_is(ben, chris, world, chris_is_asked):
    await chris.presses(DECLINE_SWAP)
    await settle(world)

    [first, *_] = await hangouts_kept(world)
    assert first.facilitator_id == "UBEN"
    [answer] = letters_of(world, "UBEN", ANSWERED)
    assert "Chris can’t lead" in answer
    assert letters_of(world, "UANA", CHANGED) == []
    await ben.presses(SWAP)
    await settle(world)
    assert fields(ben.top_view)["hangout_id"]["initial_option"]["value"] == str(first.id)


async def test_asking_somebody_else_settles_the_first_request(
    ben, chris, dana, world, chris_is_asked
):
    request = world.letters("UCHRIS")[-1]
    await ben.submits(await choose(ben, world, "swap"), substitute_id="UDANA")
    await settle(world)

    assert "settled in the meantime" in letters_of(world, "UCHRIS", ASKED)[0]
    assert letters_of(world, "UDANA", ASKED) != []
    await dana.presses(ACCEPT_SWAP)
    await settle(world)
    [first, *_] = await hangouts_kept(world)
    assert first.facilitator_id == "UDANA"
    assert "I can do it" not in words_of(request)


async def test_only_whoever_was_asked_can_answer(ana, chris, world, chris_is_asked):
    value = world.letters("UCHRIS")[-1]["blocks"][-1]["elements"][0]["value"]
    pressed = {"action_id": ACCEPT_SWAP, "block_id": "b", "type": "button", "action_ts": "1"}
    body = {"type": "block_actions", "channel": {"id": "CMATHCIRCLE"}}

    await ana.forges(body | {"actions": [pressed | {"value": value}]})
    await settle(world)

    assert "Only whoever was asked can answer this." in last_answer(ana)
    [first, *_] = await hangouts_kept(world)
    assert first.facilitator_id == "UBEN"


async def test_somebody_who_cannot_lead_is_refused_at_the_field(ben, world, circle):
    await plan_series(ben, world)
    world.slack.add_user("eve", tz="America/Denver")
    form = await choose(ben, world, "swap")

    await ben.submits(form, substitute_id="UEVE")
    assert "not in this community" in ben.top_view["errors"]["substitute_id"]
    await ben.submits(form, substitute_id="UBEN")
    assert "lead this hangout already" in ben.top_view["errors"]["substitute_id"]


async def test_a_facilitator_takes_over_without_asking(ben, dana, world, circle):
    await plan_series(ben, world)

    await dana.submits(await choose(dana, world, "swap"), substitute_id="UDANA")
    await settle(world)

    [first, *_] = await hangouts_kept(world)
    assert first.facilitator_id == "UDANA"
    assert "You lead the hangout on" in last_answer(dana)


async def test_a_request_is_stale_once_the_hangout_is_called_off(ben, chris, world, chris_is_asked):
    await ben.submits(await choose(ben, world, "skip"))
    await settle(world)

    await chris.presses(ACCEPT_SWAP)
    await settle(world)

    [first, *_] = await hangouts_kept(world)
    assert first.facilitator_id == "UBEN"
    assert letters_of(world, "UBEN", ANSWERED) == []


async def test_who_leads_without_being_a_facilitator_may_ask_too(ben, chris, world, circle):
    await plan_series(ben, world, facilitators=["UCHRIS"])

    await chris.submits(await choose(chris, world, "swap"), substitute_id="UANA")
    await settle(world)

    assert letters_of(world, "UANA", ASKED) != []
