"""The bot opens a hangout's consultancies and leads them step by step, each word once."""

import asyncio

import pytest
from sqlalchemy import select

from handlers.blocks.consultancies.pressing import (
    FINISH,
    GO_ON,
    MORE_TIME,
    START,
    START_ANYWAY,
)
from handlers.blocks.problems.cards import More
from models.communities import Community
from models.consultancies.consultancy import Consultancy
from tests.handlers.consultancies.leading_steps import (
    MINUTE,
    QUESTION,
    a_hangout_with,
    begins,
    buttons_on,
    catches_up,
    presses,
    presses_old,
    value_on,
)
from tests.handlers.problems.steps import answers_to, choose, last_answer, words_of

pytestmark = pytest.mark.usefixtures("good_manners")


@pytest.fixture
async def hangout_id(world, circle):
    """A hangout in an hour at which Ana presents; Ben leads."""
    return await a_hangout_with(world, circle, {"member_id": "UANA", "question": QUESTION})


@pytest.fixture
async def thread(world, hangout_id):
    """Its consultancy, opened and not begun."""
    [thread] = await begins(world)
    return thread


async def consultancy(world):
    async with world.db() as session:
        return await session.scalar(select(Consultancy))


async def test_a_facilitator_leads_through_all_steps(ben, world, thread):
    await presses(ben, world, START, thread.message)
    for _ in range(3):
        assert buttons_on(thread.steps[-1]) == ["Next step", "2 more minutes", "Finish"]
        assert buttons_on(thread.message) == ["Next step", "2 more minutes", "Finish"]
        await presses(ben, world, GO_ON, thread.steps[-1])
    assert buttons_on(thread.steps[-1]) == ["Finish", "2 more minutes"]
    await presses(ben, world, FINISH, thread.steps[-1])

    assert [step["text"].splitlines()[1] for step in thread.steps] == [
        "Present",
        "Clarifying questions",
        "The group discusses",
        "The presenter reflects",
    ]
    assert "Ana listens and takes notes" in thread.steps[2]["text"]
    assert "count to ten" in words_of(thread.steps[0])
    assert "Finished." in thread.message["text"]
    assert [buttons_on(message) for message in [*thread.steps, thread.message]] == [[]] * 5


async def test_only_the_present_step_has_a_time_and_buttons(ben, world, thread):
    await presses(ben, world, START, thread.message)
    await presses(ben, world, GO_ON, thread.message)

    first, second = thread.steps
    assert (words_of(first).count("until"), buttons_on(first)) == (0, [])
    assert "Step 2 of 4 · until" in second["text"]
    assert "Step 2 of 4 · Clarifying questions · until" in thread.message["text"]


async def test_a_group_that_begins_late_has_all_its_minutes(ben, world, thread):
    world.clock.move(10 * MINUTE)

    await presses(ben, world, START, thread.message)

    row = await consultancy(world)
    assert row.step_ends_at - row.step_began_at == 5 * MINUTE
    assert row.started_at >= row.opened_at + 10 * MINUTE
    assert f"<!date^{row.step_end}^" in thread.message["text"]


async def test_the_end_of_a_step_is_said_once_and_gently(ben, world, thread):
    await presses(ben, world, START, thread.message)

    world.clock.move(5 * MINUTE)
    await catches_up(world)

    [word] = thread.times_up
    assert word.startswith("Time is up for Present. Ben, press Next step")


async def test_two_more_minutes_move_the_end_and_the_word_that_it_is_up(ben, world, thread):
    await presses(ben, world, START, thread.message)
    drawn, before = value_on(thread.steps[0], MORE_TIME), await consultancy(world)
    for _ in range(2):
        await presses_old(ben, MORE_TIME, drawn)
    await catches_up(world)

    world.clock.move(before.step_ends_at - world.clock())
    await catches_up(world)
    early = list(thread.times_up)
    world.clock.move(2 * MINUTE)
    await catches_up(world)

    after = await consultancy(world)
    assert after.step_ends_at - before.step_ends_at == 2 * MINUTE
    assert f"<!date^{after.step_end}^" in thread.steps[0]["text"]
    assert (early, len(thread.times_up)) == ([], 1)


async def test_a_step_that_was_left_in_time_hears_nothing_of_its_end(ben, world, thread):
    await presses(ben, world, START, thread.message)
    await presses(ben, world, GO_ON, thread.message)
    await presses(ben, world, FINISH, thread.message)

    world.clock.move(10 * MINUTE)
    await catches_up(world)

    assert thread.times_up == []
    assert "Finished." in thread.message["text"]


async def test_a_word_that_comes_too_late_is_not_said(ben, world, thread):
    await presses(ben, world, START, thread.message)

    world.clock.move(20 * MINUTE)
    await catches_up(world)

    assert thread.times_up == []


async def test_double_presses_and_old_buttons_skip_no_step(ben, dana, world, thread):
    waiting = value_on(thread.message, START)
    await presses(ben, world, START, thread.message)
    drawn = value_on(thread.message, GO_ON)
    at_once = [presses_old(one, GO_ON, drawn) for one in (ben, dana, ben, dana)]
    await asyncio.gather(*at_once, presses_old(ben, START, waiting))
    await catches_up(world)

    assert (await consultancy(world)).step == 1
    assert len(thread.steps) == 2
    assert answers_to(ben) == answers_to(dana) == []


async def test_others_are_told_whom_to_ask_and_change_nothing(ana, chris, world, thread):
    await presses(chris, world, START, thread.message)
    await presses(ana, world, START, thread.message)

    for person in (ana, chris):
        assert "Only facilitators can lead a consultancy. Ask Ben." in last_answer(person)
    assert (await consultancy(world)).step is None


async def test_who_stands_in_for_the_facilitator_leads(chris, world, circle):
    await a_hangout_with(world, circle, "UANA", facilitator_id="UCHRIS")
    [thread] = await begins(world)

    await presses(chris, world, START, thread.message)

    assert "Chris leads" in thread.words
    assert answers_to(chris) == []
    assert len(thread.steps) == 1


async def test_a_second_one_starts_once_it_is_meant(ben, world, circle):
    await a_hangout_with(world, circle, "UANA", "UCHRIS")
    first, second = await begins(world)
    await presses(ben, world, START, first.message)

    await presses(ben, world, START, second.message)
    assert "Ana’s consultancy is still running" in last_answer(ben)
    assert second.steps == []
    await presses(ben, world, START_ANYWAY, answers_to(ben)[-1])

    assert len(second.steps) == 1


async def test_where_the_facilitator_has_left_those_who_may_press_are_named(
    ben, dana, world, circle
):
    await a_hangout_with(world, circle, "UANA", facilitator_id="UCHRIS")
    async with world.db.begin() as session:
        community = await session.get_one(Community, circle.id)
        community.farewell("UCHRIS", world.clock())
    [thread] = await begins(world)

    await presses(ben, world, START, thread.message)

    assert "Ben leads" in thread.words
    assert "For Ben: silence" in words_of(thread.steps[0])


async def test_a_running_card_follows_the_problem_that_is_edited(
    ana, ben, world, circle, anas_problem
):
    seat = {"member_id": "UANA", "problem_id": anas_problem.problem_id}
    await a_hangout_with(world, circle, seat)
    [thread] = await begins(world)
    await presses(ben, world, START, thread.message)

    form = await choose(ana, world, anas_problem, More.EDIT)
    await ana.submits(form, title="Exit tickets nobody reads")
    await catches_up(world)

    assert "Exit tickets nobody reads" in thread.words


FORGED = ["", "9:0:0", "x:y:z", "1:7:0", "1:-1:0", "1:0:" + "9" * 30, f"{'9' * 40}::"]


async def test_forged_buttons_lead_nowhere(ben, world, thread):
    await presses(ben, world, START, thread.message)
    before = await consultancy(world)

    for value in FORGED:
        await presses_old(ben, MORE_TIME, value)
        if not value.startswith("1:0:"):
            await presses_old(ben, GO_ON, value)
            await presses_old(ben, START, value)
    await catches_up(world)

    after = await consultancy(world)
    assert (after.step, after.step_end) == (before.step, before.step_end)
