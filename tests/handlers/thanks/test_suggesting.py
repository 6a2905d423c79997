"""Helpers are suggested after a hangout and when a problem is resolved, and never thanked alone."""

from datetime import timedelta

import pytest

from handlers.blocks.consultancies.next_steps import NEXT_STEP
from handlers.blocks.problems.cards import More
from handlers.blocks.thanks.ids import START
from handlers.blocks.thanks.suggesting import FOR_HANGOUT
from models.posts import Post
from models.thanks.posted import SUGGESTION, SUGGESTION_OF_PROBLEM
from tests.examples import DAY
from tests.handlers.hangouts.after_steps import a_hangout_held, is_over, letter_about
from tests.handlers.problems.steps import answers_to, choose, resolve, words_of
from tests.handlers.thanks.belonging_steps import (
    colleagues_reply,
    initial,
    letters,
    presses,
    sends,
)
from tests.handlers.thanks.giving_steps import cards_in, given
from tests.handlers.thanks.kind_steps import everything_seen_by
from tests.models.thanks.belonging import answers

pytestmark = pytest.mark.usefixtures("good_manners")


async def test_who_resolves_their_problem_may_thank_those_who_helped(ana, world, anas_problem):
    await colleagues_reply(world, anas_problem, "UBEN", "UCHRIS")

    await resolve(ana, world, anas_problem)

    answer = answers_to(ana)[-1]
    assert "Ben and Chris thought along with you." in words_of(answer)
    form = await presses(ana, world, START, answer)
    assert initial(form, "receiver_ids") == ["UBEN", "UCHRIS"]
    assert initial(form, "about")["value"] == f"problem:{anas_problem.problem_id}"
    assert await given(world) == []


async def test_thanks_for_a_problem_without_a_name_begin_private_and_unlinked(
    ana, ben, world, nameless_problem
):
    await colleagues_reply(world, nameless_problem, "UBEN")

    await resolve(ana, world, nameless_problem)

    form = await presses(ana, world, START, answers_to(ana)[-1])
    assert initial(form, "is_private")["value"] == "private"
    assert initial(form, "about") is None


async def test_an_author_is_told_when_a_colleague_resolves_and_nobody_else(
    ana, ben, chris, world, nameless_problem
):
    await colleagues_reply(world, nameless_problem, "UCHRIS")

    await resolve(ben, world, nameless_problem)

    [told] = letters(world, "UANA", SUGGESTION_OF_PROBLEM)
    assert "Chris thought along with your problem" in words_of(told)
    for person in (ben, chris):
        assert "thought along with your problem" not in everything_seen_by(world, person)
        assert "Ana" not in words_of(answers_to(ben)[-1])


async def test_a_problem_that_is_withdrawn_leaves_no_letter_about_its_helpers(
    ana, ben, world, nameless_problem
):
    await colleagues_reply(world, nameless_problem, "UCHRIS")
    await resolve(ben, world, nameless_problem)

    await choose(ana, world, nameless_problem, More.DELETE)
    await sends(ana, world)

    async with world.db() as session:
        kept = await Post.keyed(session, f"{SUGGESTION_OF_PROBLEM}:{nameless_problem.problem_id}")
    assert kept is None


async def test_after_a_hangout_its_presenter_hears_the_next_morning_who_was_there(
    ana, world, circle
):
    held = await a_hangout_held(world, circle)
    await is_over(world)
    await world.moves(timedelta(minutes=1))

    await world.moves(DAY)

    [told] = letters(world, "UANA", SUGGESTION)
    assert "You presented at the hangout of Tuesday 17 November" in told["text"]
    assert "may have thought along" in told["text"]
    assert letters(world, "UCHRIS", SUGGESTION) == []
    # Chris answers later than the letter was written.
    await answers(world.db, held.hangout, "UCHRIS", came=False)
    form = await presses(ana, world, FOR_HANGOUT, told)
    assert initial(form, "receiver_ids") == ["UBEN"]
    assert initial(form, "about")["value"] == f"hangout:{held.hangout.id}"


async def test_a_presenters_word_of_thanks_reaches_those_who_took_part(
    ana, ben, world, circle, anas_problem
):
    await a_hangout_held(world, circle, problem_id=anas_problem.problem_id)
    await is_over(world)
    asked = letter_about(world, "UANA", "What will you try next")
    form = await presses(ana, world, NEXT_STEP, asked)
    assert set(initial(form, "receiver_ids")) == {"UBEN", "UCHRIS"}

    await sends(ana, world, next_step="Write first", thanks="your question", receiver_ids=["UBEN"])
    again = letter_about(world, "UANA", "Your next step")
    await presses(ana, world, NEXT_STEP, again)
    words = {"thanks": "your patience", "is_private": "yes"}
    await sends(ana, world, next_step="Write first", receiver_ids=[], **words)
    assert "your patience" not in everything_seen_by(world, ben)
    await sends(ana, world, next_step="Write first", receiver_ids=["UCHRIS"], **words)

    assert await given(world) == [
        ("UANA", ["UBEN"], "your question", None, False),
        ("UANA", ["UCHRIS"], "your patience", None, True),
    ]
    assert any("Ana thanks Ben: your question" in one for one in cards_in(world))
    assert "your patience" not in everything_seen_by(world, ben)
    assert "Your next step: Write first" in letter_about(world, "UANA", "Your next step")["text"]
