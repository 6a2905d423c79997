"""Finishing a pilot in Slack: prediction beside result, and the next step that fits."""

import pytest

from handlers.blocks.pilots.ids import REOPEN, SHARE
from handlers.blocks.practices.ids import ADD
from models.pilots.pilot import Decision
from tests.handlers.pilots.steps import (
    OUTCOME,
    a_kept_pilot,
    answer_to,
    asks,
    chooses,
    finishes,
    now,
    presses,
    settle,
    words_of,
)
from tests.handlers.problems.steps import answers_to

pytestmark = pytest.mark.usefixtures("good_manners")


async def test_the_form_holds_the_prediction_and_the_answer_what_fits_next(ana, world, circle):
    pilot = await a_kept_pilot(world, circle, values=(12, 18))

    await ana.types("math-circle", "/pilot finish")
    await settle(world)
    form = str(ana.top_view["blocks"])
    await ana.submits(ana.top_view, **OUTCOME)
    await settle(world)

    assert "You predicted: Most will write an answer after two weeks." in form
    assert "You noted: 12 and 18 of 26." in form
    assert form.count("too early to say") == 1
    assert "Only you see it, until you share it." in form
    kept = await now(world, pilot)
    assert (kept.decision, kept.learned) == (Decision.ADOPT, "One question is enough.")
    assert "Noted: you keep it." in words_of(answer_to(ana))
    assert SHARE in str(answer_to(ana)["blocks"])


async def test_letting_go_is_thanked_as_learning_also_without_a_single_value(ana, world, circle):
    await a_kept_pilot(world, circle)

    await ana.types("math-circle", "/pilot finish")
    await settle(world)
    without_values = str(ana.top_view["blocks"])
    await ana.submits(ana.top_view, **OUTCOME | {"decision": "abandon"})
    await settle(world)

    assert "You noted no values on the way. That happens" in without_values
    assert "Thank you for trying it and for letting it go" in words_of(answer_to(ana))


async def test_of_several_running_pilots_it_asks_which(ana, world, circle):
    await a_kept_pilot(world, circle, number=1, practice_name="Wait time")
    await a_kept_pilot(world, circle, number=2, practice_name="Turn and talk")

    which = await asks(ana, world, "/pilot finish")
    named = await asks(ana, world, "/pilot finish wait tiem")

    assert "Wait time" in which
    assert "Turn and talk" in which
    assert named == which
    assert "Wait time: this ends the test" in str(ana.top_view["blocks"]).replace(", period 3", "")


async def test_what_may_name_a_student_is_asked_about_before_anything_is_kept(ana, world, circle):
    pilot = await a_kept_pilot(world, circle)
    naming = "My student Maria Lopez explained it to the others."

    await finishes(ana, world, learned=naming)
    asked, before = str(ana.top_view["blocks"]), await now(world, pilot)
    await ana.submits(ana.top_view, **OUTCOME | {"learned": naming, "nobody_recognised": ["yes"]})
    await settle(world)

    assert "This may tell who a student is" in asked
    assert before.finished_at is None
    assert (await now(world, pilot)).learned == naming


async def test_a_pilot_deleted_meanwhile_keeps_the_form_and_its_words(ana, world, circle):
    pilot = await a_kept_pilot(world, circle)
    await ana.types("math-circle", "/pilot finish")
    await settle(world)
    async with world.db.begin() as session:
        (await session.merge(pilot)).deleted_at = world.clock()

    answer = await ana.submits(ana.top_view, **OUTCOME)

    assert "I can't find that pilot." in str(answer)
    assert ana.top_view is not None


async def test_a_finished_pilot_is_taken_up_again_with_its_words_kept(ana, world, circle):
    pilot = await a_kept_pilot(world, circle)
    await finishes(ana, world)
    await asks(ana, world, "/pilot show")

    await chooses(ana, world, REOPEN, pilot, answer_to(ana))

    kept = await now(world, pilot)
    assert (kept.finished_at, kept.result) == (None, OUTCOME["result"])
    assert "It runs on." in words_of(answer_to(ana))


async def test_a_forged_form_changes_nobodys_pilot(ana, ben, world, circle):
    hers = await a_kept_pilot(world, circle)
    await a_kept_pilot(world, circle, number=2, member_id="UBEN")
    await ben.types("math-circle", "/pilot finish")
    await settle(world)
    form = ben.top_view
    form["private_metadata"] = form["private_metadata"].replace(
        '"pilot_id": 2', f'"pilot_id": {hers.id}'
    )

    answer = await ben.submits(form, **OUTCOME)

    assert "I can't find that pilot." in str(answer)
    assert (await now(world, hers)).finished_at is None


async def test_a_form_opened_between_two_colleagues_is_answered_in_a_letter_of_ones_own(
    ana, world, circle
):
    between = world.slack.add_channel("", members={"UANA", "UBEN"}, id="D0ANABEN", is_im=True)
    await a_kept_pilot(world, circle)

    await ana.types(between, "/pilot finish")
    await settle(world)
    await ana.submits(ana.top_view, **OUTCOME)
    await settle(world)

    assert between.messages == []
    assert "Noted: you keep it." in world.letters("UANA")[-1]["text"]


async def test_a_form_that_slack_delivers_twice_is_answered_once(ana, world, circle):
    await a_kept_pilot(world, circle)
    await ana.types("math-circle", "/pilot finish")
    await settle(world)
    form = ana.top_view
    await ana.submits(form, **OUTCOME)
    await ana.submits(form, again=True)
    await settle(world)

    told = [one for one in answers_to(ana) if "Noted: you keep it." in one["text"]]
    assert len(told) == 1


async def test_what_is_kept_goes_into_the_tool_belt_with_its_name_and_its_pilot(ana, world, circle):
    pilot = await a_kept_pilot(world, circle, practice_name="Mystery box")
    await finishes(ana, world)

    form = await presses(ana, world, ADD, answer_to(ana))
    await ana.submits(form, what="A box with something in it.", steps="Show the box.")
    await settle(world)

    assert (await now(world, pilot)).practice_id is not None
