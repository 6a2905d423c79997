"""What a presenter will try, whom they thank, and what became of it weeks later."""

from datetime import timedelta

import pytest

from handlers.blocks.consultancies.following_up import CHANGED, NOT_YET, TELL, TRIED
from handlers.blocks.consultancies.next_steps import NEXT_STEP
from handlers.blocks.problems.cards import More
from models.consultancies.consultancy import Consultancy
from models.consultancies.follow_ups import FollowUp
from tests.handlers.consultancies.leading_steps import buttons_on
from tests.handlers.hangouts.after_steps import a_hangout_held, is_over, letter_about
from tests.handlers.problems.steps import Card, choose, everything_kept, last_answer, settle

pytestmark = pytest.mark.usefixtures("good_manners")


@pytest.fixture
async def over(world, circle, anas_problem: Card):
    held = await a_hangout_held(world, circle, problem_id=anas_problem.problem_id)
    await is_over(world)
    return held


async def note_next_step(ana, world, **answers):
    await ana.presses(NEXT_STEP, message=letter_about(world, "UANA", "What will you try next"))
    await settle(world)
    await ana.submits(ana.top_view, **answers)
    await settle(world)


async def weeks_later(world, weeks: int) -> None:
    world.clock.move(timedelta(weeks=weeks))
    world.bot.postman.nudge()
    await settle(world)


async def test_the_next_step_stands_in_the_thread_of_the_problem(ana, world, over, anas_problem):
    # With nobody chosen the words go into the thread.
    await note_next_step(
        ana, world, next_step="Write first", thanks="Thank you, Ben.", receiver_ids=[]
    )

    said = " ".join(one["text"] for one in anas_problem.thread)
    assert "Ana will try: Write first" in said
    assert "Ana thanks you: Thank you, Ben." in said
    assert "Your next step: Write first" in letter_about(world, "UANA", "Your next step")["text"]


async def test_a_next_step_is_found_by_search(ana, ben, world, over, anas_problem):
    await note_next_step(ana, world, next_step="Whiteboards for everybody")

    await ben.types("math-circle", "/problem find whiteboards")
    await settle(world)

    assert "Quiet students in small groups" in last_answer(ben)


async def test_two_and_six_weeks_later_one_tap_tells_what_became_of_it(
    ana, world, over, anas_problem
):
    await note_next_step(ana, world, next_step="Write first")

    await weeks_later(world, 2)
    first = letter_about(world, "UANA", "Two weeks ago")
    await ana.presses(NOT_YET, message=first)
    await settle(world)
    answered = letter_about(world, "UANA", "Two weeks ago")
    assert buttons_on(answered)[:2] == ["Tried it", "Changed it"]
    await weeks_later(world, 4)
    await ana.presses(CHANGED, message=letter_about(world, "UANA", "Six weeks ago"))
    await settle(world)

    async with world.db() as session:
        rows = await FollowUp.of(session, over.consultancy.id)
    assert [row.answer for row in rows] == ["not_yet", "changed"]
    assert "there is no hurry" in letter_about(world, "UANA", "Two weeks ago")["text"]


async def test_how_it_went_is_told_to_colleagues_when_the_presenter_wants(
    ana, world, over, anas_problem
):
    await note_next_step(ana, world, next_step="Write first")
    await weeks_later(world, 2)

    await ana.presses(TRIED, message=letter_about(world, "UANA", "Two weeks ago"))
    await settle(world)
    await ana.presses(TELL, message=letter_about(world, "UANA", "Two weeks ago"))
    await settle(world)
    await ana.submits(ana.top_view, note="Nine more students spoke.")
    await settle(world)

    [outcome] = [one for one in anas_problem.thread if "will try" in one["text"]]
    assert "Two weeks later Ana tried it: Nine more students spoke." in outcome["text"]


async def test_only_whoever_presented_answers(ana, world, over, anas_problem):
    letter = letter_about(world, "UANA", "What will you try next")
    async with world.db.begin() as session:
        (await session.get_one(Consultancy, over.consultancy.id)).presenter_id = "UBEN"

    await ana.presses(NEXT_STEP, message=letter)
    await settle(world)

    assert ana.top_view is None
    assert "Only whoever presented" in world.letters("UANA")[-1]["text"]


async def test_an_empty_next_step_is_asked_for_at_its_field(ana, world, over, anas_problem):
    await note_next_step(ana, world, next_step=" ")

    assert "next_step" in ana.top_view["errors"]


async def test_a_problem_that_is_withdrawn_takes_its_outcome_along(
    ana, ben, world, database, over, anas_problem
):
    # With nobody chosen the words go into the thread.
    await note_next_step(
        ana, world, next_step="Write first", thanks="Thank you, Ben.", receiver_ids=[]
    )
    await ben.types("math-circle", "/hangout notes")
    await settle(world)
    await ben.submits(ben.top_view, **{f"outcome_{over.consultancy.id}": "Starters stay."})
    await settle(world)

    form = await choose(ana, world, anas_problem, More.DELETE)
    await ana.submits(form)
    await settle(world)
    await weeks_later(world, 2)

    for words in ("Write first", "Thank you, Ben.", "Starters stay."):
        assert words not in str([anas_problem.thread, world.messages()])
        assert words not in str(await everything_kept(database))
    assert not [one for one in world.letters("UANA") if "Two weeks ago" in one["text"]]
