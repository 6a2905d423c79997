"""The only facilitator leaves: nothing speaks of them any more, and the leads hear of it."""

import pytest

from handlers.blocks.hangouts.ids import SWAP
from tests.handlers.hangouts.planning_steps import (
    choose,
    hangouts_kept,
    last_answer,
    letters_of,
    plan_series,
    schedule_words,
    settle,
)
from tests.handlers.hangouts.test_changing import joined

pytestmark = pytest.mark.usefixtures("good_manners")

WANTED = "hangouts.leader_wanted"


@pytest.fixture
async def ben_is_gone(ben, dana, world, circle):
    """Ben planned, Ana and Chris signed up, Dana is the workspace's lead; then Ben leaves."""
    first, *_ = await plan_series(ben, world)
    await joined(world, first, "UANA")
    await dana.leaves("math-circle")
    await ben.leaves("math-circle")
    await settle(world)
    return first


async def test_nobody_reads_that_who_left_leads(world, ben_is_gone):
    assert "Ben" not in schedule_words(world)
    assert "somebody to lead it is wanted" in schedule_words(world)
    [letter] = letters_of(world, "UANA", "hangouts.changed")
    assert "has nobody yet to lead it" in letter


async def test_the_lead_is_asked_once_and_finds_somebody(dana, world, ben_is_gone):
    [letter] = letters_of(world, "UDANA", WANTED)
    assert "Ben has left #math-circle. Who leads the hangout of" in letter
    assert "Thursday 19 November 2026, 16:00" in letter

    await dana.presses(SWAP)
    await settle(world)
    await dana.submits(dana.top_view, substitute_id="UCHRIS")
    await settle(world)

    assert letters_of(world, "UCHRIS", "hangouts.swap_asked") != []


async def test_refusals_name_the_lead_where_nobody_facilitates(chris, world, ben_is_gone):
    assert await choose(chris, world, "move") is None

    assert "Only facilitators can move a hangout. Ask Dana." in last_answer(chris)


async def test_who_left_is_told_nothing_about_leading(world, ben_is_gone):
    world.clock.move(ben_is_gone.ends_at - world.clock())
    await settle(world)

    assert {one.facilitator_id for one in await hangouts_kept(world)} == {""}
    for kind in ("brief", "soon", "notes_wanted"):
        assert letters_of(world, "UBEN", f"hangouts.{kind}") == []
