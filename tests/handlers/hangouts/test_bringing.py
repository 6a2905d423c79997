"""Bringing: from a problem's card to a seat at a hangout."""

import pytest

from handlers.blocks.hangouts.ids import BRING
from handlers.blocks.problems.cards import ME_TOO, MORE, OFFER_HELP
from models.hangouts import posted
from models.hangouts.signup import Presenting
from tests.handlers.hangouts.signing_steps import (
    SOON,
    TWO_WEEKS,
    a_hangout_soon,
    a_series_of,
    last_words,
    letters,
    presents,
)
from tests.handlers.problems.steps import TITLE, resolve, settle

pytestmark = pytest.mark.usefixtures("good_manners")
QUESTION = "Whom do I ask first?"


async def bring(person, world, problem):
    """Press *Bring to a hangout* on a problem's card and return the form that opens."""
    await person.presses(BRING, message=problem.message)
    await settle(world)
    return person.top_view


async def test_a_problem_of_mine_gets_a_seat_from_its_own_card(ana, world, circle, anas_problem):
    hangout = await a_hangout_soon(world, circle)
    assert anas_problem.actions == [ME_TOO, OFFER_HELP, BRING, MORE]

    form = await bring(ana, world, anas_problem)
    await ana.submits(form, question=QUESTION)
    await ana.submits(form, again=True)
    await settle(world)

    assert QUESTION in hangout.words
    assert "at the hangout of Monday 23 November" in anas_problem.words
    assert "You have a seat to present" in last_words(ana)
    assert letters(world, "UANA", posted.SIGNED_UP) == []


async def test_the_form_shows_what_is_to_be_had_at_each_of_the_next(
    ana, ben, chris, world, circle, anas_problem
):
    full, later = await a_series_of(world, circle, SOON, SOON + TWO_WEEKS, slots=1)
    await presents(ben, world, full)

    form = await bring(ana, world, anas_problem)

    assert "The seat to present is taken. You would be first on the list." in str(form)
    assert "The seat to present is free." in str(form)
    await ana.submits(form, hangout_id=str(full.hangout_id))
    await settle(world)
    assert "You are first on the list" in last_words(ana)
    assert "at the hangout" not in anas_problem.words
    assert (await full.signup("UANA")).problem_id == anas_problem.problem_id
    assert await later.signups() == []


async def test_a_facilitator_brings_it_for_whoever_shared_it_and_they_hear_of_it(
    ben, world, circle, anas_problem
):
    hangout = await a_hangout_soon(world, circle)

    form = await bring(ben, world, anas_problem)
    assert "Ana presents it and hears of it from me" in str(form)
    await ben.submits(form)
    await settle(world)

    signup = await hangout.signup("UANA")
    assert (signup.presenting, signup.entered_by) == (Presenting.SEAT, "UBEN")
    assert "Ana has a seat to present" in last_words(ben)
    [letter] = letters(world, "UANA", posted.SIGNED_UP)
    assert "Ben signed you up to present" in letter["text"]
    assert TITLE in letter["text"]


async def test_colleagues_are_told_kindly_whose_it_is_to_bring(chris, world, circle, anas_problem):
    await a_hangout_soon(world, circle)

    assert await bring(chris, world, anas_problem) is None
    assert "Only Ana and facilitators can bring this to a hangout" in last_words(chris)


async def test_what_was_shared_without_a_name_answers_everybody_else_alike(
    ana, ben, chris, world, circle, nameless_problem
):
    hangout = await a_hangout_soon(world, circle)

    for person in (ana, ben, chris):
        assert await bring(person, world, nameless_problem) is None

    [told] = {last_words(person) for person in (ben, chris)}
    assert "whoever presents at a hangout is seen. Thoughts in its thread help" in told
    assert "consultancy" not in told
    assert "An asynchronous consultancy keeps your name out" in last_words(ana)
    assert await hangout.signups() == []


async def test_without_a_hangout_ahead_the_answer_says_how_one_begins(
    ana, world, circle, anas_problem
):
    [invited] = await a_series_of(world, circle, SOON)
    await invited.changes(called_off_at=world.clock())

    assert await bring(ana, world, anas_problem) is None
    assert "No hangout is coming yet" in last_words(ana)


async def test_a_resolved_problem_has_no_such_button(ana, world, circle, anas_problem):
    await resolve(ana, world, anas_problem)

    assert BRING not in anas_problem.actions


async def test_the_hangout_of_another_community_is_no_choice(
    ana, world, circle, lounge, anas_problem
):
    elsewhere = await a_hangout_soon(world, lounge)
    [here] = await a_series_of(world, circle, SOON)
    form = await bring(ana, world, anas_problem)

    state = {"hangout_id": {"hangout_id": _chosen(elsewhere.hangout_id)}}
    forged = form | {"state": {"values": state}}
    reply = await ana.forges({"type": "view_submission", "view": forged})

    assert "of another community" in str(reply.payload["errors"])
    assert await here.signups() == await elsewhere.signups() == []


def _chosen(hangout_id: int) -> dict:
    return {"type": "radio_buttons", "selected_option": {"value": str(hangout_id)}}


async def test_a_student_named_in_the_question_is_asked_about(ana, world, circle, anas_problem):
    hangout = await a_hangout_soon(world, circle)

    form = await bring(ana, world, anas_problem)
    await ana.submits(form, question="What would help my student Maria Lopez?")
    await settle(world)

    assert "This may tell who a student is" in str(ana.top_view)
    assert await hangout.signups() == []
    await ana.submits(ana.top_view, nobody_recognised="yes")
    await settle(world)
    assert "Maria Lopez" in hangout.words
