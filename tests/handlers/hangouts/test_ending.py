"""A series ends: what is ahead is called off, whoever signed up hears of it, it can begin anew."""

from handlers.blocks.hangouts.ids import JOIN
from tests.handlers.hangouts.planning_steps import (
    choose,
    hangouts_kept,
    last_answer,
    letters_of,
    plan_series,
    schedule_words,
    schedules,
    settle,
)
from tests.handlers.problems.steps import key_of


async def test_a_series_that_ends_says_so_and_tells_who_signed_up(
    ana, ben, world, circle, good_manners
):
    await plan_series(ben, world)
    [invitation] = [one for one in world.messages() if "hangouts.invitation" in key_of(one)]
    await ana.presses(JOIN, message=invitation)
    await settle(world)

    await ben.submits(await choose(ben, world, "end"))
    await settle(world)

    words = schedule_words(world)
    assert "These hangouts have ended." in words
    assert "19 November 2026, 16:00" in words
    assert "3 December 2026, 16:00" in words
    assert "Called off" not in words
    assert '"strike": True' in str(schedules(world)[0]["blocks"]).replace("'", '"')
    [letter] = letters_of(world, "UANA", "hangouts.changed")
    assert "does not take place" in letter
    assert not [one for one in await hangouts_kept(world) if one.is_on]


async def test_an_ended_series_is_planned_again(ben, world, circle):
    await plan_series(ben, world)
    await ben.submits(await choose(ben, world, "end"))
    await settle(world)

    await plan_series(ben, world)

    assert any(one.is_on for one in await hangouts_kept(world))


async def test_only_facilitators_end_a_series(ana, ben, world, circle):
    await plan_series(ben, world)

    form = await choose(ana, world, "end")

    assert form is None
    assert "Only facilitators can end the hangouts. Ask Ben." in last_answer(ana)


async def test_where_nothing_is_planned_nothing_ends(ben, world, circle):
    form = await choose(ben, world, "end")

    assert form is None
    assert "/hangout plan" in last_answer(ben)
