"""Changing a plan and deleting a pilot, from the menu beside its buttons."""

import json
from typing import Any

import pytest

from handlers.blocks.pilots.ids import DELETE, EDIT
from models.pilots.pilot import Circle, Pilot
from tests.handlers.pilots.steps import (
    a_kept_pilot,
    answer_to,
    asks,
    card,
    chooses,
    now,
    shares,
)
from tests.handlers.problems.steps import settle, words_of

pytestmark = pytest.mark.usefixtures("good_manners")


@pytest.fixture
async def exit_ticket(world, circle) -> Pilot:
    """Ana's running pilot, in which nothing is noted yet."""
    return await a_kept_pilot(world, circle, baseline=[[14.0, 26]], goal=80.0)


async def opens(person, world, choice: str, pilot: Pilot) -> Any:
    """Choose in the menu of one's newest pilot and return the form."""
    await person.types("math-circle", "/pilot show")
    await settle(world)
    return await chooses(person, world, choice, pilot, answer_to(person))


async def sends(person, world, form: Any, **answers: Any) -> dict[str, str]:
    """Send the form and return what it says is wrong, by field."""
    await person.submits(form, **answers)
    await settle(world)
    return {} if form.get("closed") else form["errors"]


async def deleted(person, world, pilot: Pilot) -> str:
    await sends(person, world, await opens(person, world, DELETE, pilot))
    return words_of(answer_to(person))


async def test_a_plan_is_edited_and_the_answer_shows_it(ana, world, exit_ticket):
    form = await opens(ana, world, EDIT, exit_ticket)

    await sends(ana, world, form, aim="More talk.", rhythm="daily", goal="")

    pilot = await now(world, exit_ticket)
    assert (pilot.aim, pilot.rhythm, pilot.goal) == ("More talk.", "daily", None)
    assert (pilot.prediction, pilot.baseline) == (exit_ticket.prediction, [[14.0, 26]])
    answer = words_of(answer_to(ana))
    assert "Your plan is changed. I ask for a value on Tuesday 17 November at 15:00." in answer
    assert "More talk." in answer


async def test_what_does_not_fit_stays_in_the_form(ana, world, exit_ticket):
    form = await opens(ana, world, EDIT, exit_ticket)

    assert list(await sends(ana, world, form, ends_on="2027-03-01")) == ["ends_on"]
    assert list(await sends(ana, world, form, ends_on="2026-12-01", goal="20")) == ["goal"]
    assert await sends(ana, world, form, goal="20 of 25") == {}
    assert (await now(world, exit_ticket)).goal == 80


async def test_a_value_noted_while_the_form_is_open_settles_the_prediction(ana, world, exit_ticket):
    form = await opens(ana, world, EDIT, exit_ticket)
    await asks(ana, world, "/pilot log 18/26")

    errors = await sends(ana, world, form, prediction="18 of 26, as I thought.")

    assert "stays as it was" in errors["prediction"]
    assert (await now(world, exit_ticket)).prediction == exit_ticket.prediction


async def test_a_plan_is_not_edited_once_it_is_finished(ana, world, circle):
    pilot = await a_kept_pilot(world, circle, (18,), finished_at=world.clock(), decision="adopt")

    assert await opens(ana, world, EDIT, pilot) is None

    assert "Reopen it" in words_of(answer_to(ana))


async def test_what_may_tell_who_a_student_is_is_asked_about_first(ana, world, exit_ticket):
    form = await opens(ana, world, EDIT, exit_ticket)

    await sends(ana, world, form, aim="Help kim.novak@example.org")

    assert (await now(world, exit_ticket)).aim == exit_ticket.aim
    assert "Nothing is kept yet" in json.dumps(ana.top_view["blocks"])
    await sends(ana, world, ana.top_view, aim="Help one student.")
    assert (await now(world, exit_ticket)).aim == "Help one student."


async def test_a_deleted_pilot_is_gone_and_its_card_says_no_more_than_that(ana, ben, world, circle):
    pilot = await a_kept_pilot(world, circle, (14, 18))
    await shares(ana, world)
    assert "Exit ticket" in card(world)

    answer = await deleted(ana, world, pilot)

    assert "Deleted, with its values" in answer
    assert "Exit ticket" not in card(world)
    assert "Exit ticket" not in await asks(ana, world, "/pilot")
    assert "Exit ticket" not in await asks(ben, world, "/pilot find exit ticket")


async def test_a_pilot_deleted_while_its_form_is_open_is_said_in_the_form(ana, world, exit_ticket):
    form = await opens(ana, world, EDIT, exit_ticket)
    async with world.db.begin() as session:
        (await session.get_one(Pilot, exit_ticket.id)).deleted_at = world.clock()

    errors = await sends(ana, world, form, aim="Words I would miss.")

    assert "can't find that pilot" in next(iter(errors.values()))
    assert form["state"]["values"]["aim"]["aim"]["value"] == "Words I would miss."


@pytest.mark.parametrize("choice", [EDIT, DELETE])
async def test_nobody_changes_the_pilot_of_another(ana, ben, world, circle, choice):
    anas = await a_kept_pilot(world, circle, circle=Circle.COMMUNITY)
    await a_kept_pilot(world, circle, number=2, member_id="UBEN")

    assert await opens(ben, world, choice, anas) is None
    assert "Only Ana, whose pilot it is, can do that." in words_of(answer_to(ben))
    form = await opens(ana, world, choice, anas)
    await ben.forges({"type": "view_submission", "view": form | {"id": "V9", "root_view_id": "V9"}})
    await settle(world)

    unchanged = await now(world, anas)
    assert (unchanged.deleted_at, unchanged.edited_at) == (None, None)
