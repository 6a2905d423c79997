"""A hangout's threads open by themselves at its start, and are closed after its end."""

import pytest

from models.consultancies.consultancy import Consultancy
from models.hangouts.hangout import Hangout
from models.members import Member
from tests.examples import HOUR
from tests.handlers.consultancies.leading_steps import (
    MINUTE,
    QUESTION,
    a_hangout_with,
    begins,
    buttons_on,
    catches_up,
    threads,
    tick,
)
from tests.handlers.problems.steps import settle, words_of

pytestmark = pytest.mark.usefixtures("good_manners")


@pytest.fixture
async def hangout_id(world, circle):
    """A hangout in an hour at which Ana presents; Ben leads."""
    return await a_hangout_with(world, circle, {"member_id": "UANA", "question": QUESTION})


def _bringing(card, **traits):
    """Return what Ana's seat is like when she presents this problem."""
    return {"member_id": "UANA", "problem_id": card.problem_id} | traits


def _delete(card):
    return f"delete:{card.problem_id}"


async def closing(world, hangout_id):
    async with world.db() as session:
        return (await Hangout.of(session, hangout_id)).closed_at


async def test_at_the_start_each_presenter_s_thread_opens_by_itself(world, circle, anas_problem):
    await a_hangout_with(world, circle, _bringing(anas_problem, question=QUESTION), "UCHRIS")

    first, second = await begins(world)
    await tick(world)

    assert "Ana presents:" in words_of(first.message)
    assert "From the problem Quiet students in small groups" in first.message["text"]
    address = f"archives/CMATHCIRCLE/p{anas_problem.ts.replace('.', '')}"
    assert address in str(first.message["blocks"])
    assert "Ben leads · Mini-consultancy, 20 minutes" in first.words
    assert "Chris presents and brings the question along." in second.message["text"]
    assert buttons_on(first.message) == buttons_on(second.message) == ["Start"]
    assert len(threads(world)) == 2


async def test_a_hangout_that_is_over_is_closed_and_what_nobody_ended_ends(world, hangout_id):
    [thread] = await begins(world)

    world.clock.move(HOUR + MINUTE)
    await tick(world)
    closed_at, still = await closing(world, hangout_id), buttons_on(thread.message)
    world.clock.move(2 * HOUR)
    await tick(world)

    assert closed_at is not None
    assert (still, buttons_on(thread.message)) == (["Start"], [])
    assert "The hangout is over." in thread.message["text"]


async def test_a_bot_that_was_away_until_the_end_opens_nothing(world, hangout_id):
    world.clock.move(2 * HOUR)

    await tick(world)

    assert threads(world) == []
    assert await closing(world, hangout_id) is not None


async def test_a_bot_that_comes_back_during_the_hangout_opens_it_then(world, hangout_id):
    world.clock.move(HOUR + 20 * MINUTE)

    await tick(world)

    assert len(threads(world)) == 1


async def test_one_hangout_that_cannot_be_opened_stops_no_other(world, circle, lounge, caplog):
    broken = await a_hangout_with(world, circle, "UANA")
    await a_hangout_with(world, lounge, "UCHRIS")
    async with world.db.begin() as session:
        row = await Hangout.of(session, broken)
        session.add(taken := Consultancy(key=f"hangout:{broken}:UANA", community_id=circle.id))
        taken.protocol_name, taken.steps, taken.step_moments = "Taken", [], []
        taken.opened_at = row.starts_at

    await begins(world)

    assert len(threads(world, "CSTAFFLOUNGE")) == 1
    assert f"Could not lead {broken} of" in caplog.text


async def test_a_withdrawn_problem_takes_its_words_from_the_card(
    ana, world, circle, anas_problem, thread_on_it
):
    await ana.presses("problems.more", message=anas_problem.message, option=_delete(anas_problem))
    await settle(world)
    await ana.submits(ana.top_view)
    await catches_up(world)

    assert thread_on_it.message["text"].startswith("This problem was withdrawn.")
    assert "Quiet students" not in thread_on_it.words
    assert buttons_on(thread_on_it.message) == []


@pytest.fixture
async def thread_on_it(world, circle, anas_problem):
    """A consultancy on Ana's problem."""
    await a_hangout_with(world, circle, _bringing(anas_problem))
    [thread] = await begins(world)
    return thread


async def test_a_presenter_we_know_nothing_of_is_a_colleague(world, circle):
    await a_hangout_with(world, circle, "UANA")
    async with world.db.begin() as session:
        (await Member.find(session, "UANA")).name = None

    [thread] = await begins(world)

    assert "A colleague presents" in thread.message["text"]
