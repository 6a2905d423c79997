"""Changing a problem: who may, and what everybody sees afterwards."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers.blocks.hangouts.ids import BRING
from handlers.blocks.problems.cards import ME_TOO, MORE, OFFER_HELP, More
from models.pilots.telling import post_card
from models.problems import Problem
from tests.examples import NOW, a_pilot
from tests.handlers.problems.steps import (
    TITLE,
    Card,
    answers_to,
    choose,
    everything_kept,
    last_answer,
    posts,
    problems_kept,
    resolve,
    settle,
    share,
    words_of,
)

LEARNED = "Thirty seconds of writing first, then pairs."


async def test_an_edit_shows_on_the_card_in_place(ana, world, anas_problem: Card):
    before = len(world.messages())
    form = await choose(ana, world, anas_problem, More.EDIT)

    await ana.submits(form, title="Silent groups", topics="discussion")
    await settle(world)

    assert "Silent groups" in anas_problem.words
    assert TITLE not in anas_problem.words
    assert "discussion" in anas_problem.words
    assert len(world.messages()) == before
    assert "The card shows the new words" in last_answer(ana)


async def test_a_pilot_that_began_with_it_says_its_new_words_and_none_once_it_is_withdrawn(
    ana, world, circle, anas_problem
):
    async with world.db.begin() as session:
        [problem] = await session.scalars(select(Problem))
        shared = {"circle": "community", "shared_at": NOW, "problem_id": problem.id}
        pilot = a_pilot(community_id=circle.id, member_id="UANA", **shared)
        session.add(pilot)
        await session.flush()
        await post_card(session, pilot, NOW)
    await settle(world)

    await ana.submits(await choose(ana, world, anas_problem, More.EDIT), title="Silent groups")
    await settle(world)
    after_the_edit = str(world.messages())
    await ana.submits(await choose(ana, world, anas_problem, More.DELETE))
    await settle(world)

    assert after_the_edit.count("Began with ") == 2
    assert TITLE not in after_the_edit
    assert "Began with " not in str(world.messages())


async def test_a_facilitator_and_a_lead_may_edit(ben, dana, world, anas_problem):
    await ben.submits(await choose(ben, world, anas_problem, More.EDIT), title="As Ben says")
    await settle(world)
    await dana.submits(await choose(dana, world, anas_problem, More.EDIT), tried="Waiting")
    await settle(world)

    assert "As Ben says" in anas_problem.words
    assert "tried waiting" in anas_problem.words


@pytest.mark.parametrize("choice", [More.EDIT, More.RESOLVE, More.DELETE])
async def test_others_are_told_whom_to_ask(chris, world, anas_problem, choice):
    form = await choose(chris, world, anas_problem, choice)

    assert form is None
    assert "Only whoever shared this problem and facilitators can change it" in last_answer(chris)
    assert "Ask Ben." in last_answer(chris)


async def test_who_may_change_it_is_asked_again_when_the_form_is_sent(
    ben, dana, world, anas_problem
):
    form = await choose(ben, world, anas_problem, More.EDIT)
    await dana.types("math-circle", "/staffroom setup")
    await settle(world)
    await dana.submits(dana.top_view, facilitators=["UDANA"])
    await settle(world)

    await ben.submits(form, title="Too late")
    await settle(world)

    assert "Ask Dana." in ben.top_view["errors"]["title"]
    assert TITLE in anas_problem.words


async def test_resolving_tells_the_thread_and_shows_on_the_card(ana, world, anas_problem):
    await resolve(ana, world, anas_problem, LEARNED)

    [said] = anas_problem.thread
    assert LEARNED in words_of(said)
    assert "resolved" in anas_problem.words
    assert LEARNED in anas_problem.words
    assert anas_problem.actions == [MORE]
    assert "Resolved." in last_answer(ana)


async def test_what_was_learned_is_found(ana, ben, world, anas_problem):
    await resolve(ana, world, anas_problem, LEARNED)

    await ben.types("math-circle", "/problem find thirty seconds")
    await settle(world)

    assert TITLE in last_answer(ben)
    assert f"What was learned: {LEARNED}" in last_answer(ben)


async def test_resolving_twice_with_the_same_form_is_said_once(ana, world, anas_problem):
    form = await choose(ana, world, anas_problem, More.RESOLVE)
    await ana.submits(form, learned=LEARNED)
    await ana.submits(form, again=True)
    await settle(world)

    assert len(anas_problem.thread) == 1


async def test_a_resolved_problem_is_reopened_and_keeps_what_was_learned(ana, world, anas_problem):
    await resolve(ana, world, anas_problem, LEARNED)

    await choose(ana, world, anas_problem, More.REOPEN)

    assert anas_problem.actions == [ME_TOO, OFFER_HELP, BRING, MORE]
    assert "It is open again" in last_answer(ana)
    form = await choose(ana, world, anas_problem, More.RESOLVE)
    assert LEARNED in str(form["state"])


async def test_an_open_problem_is_not_opened_again(ana, world, anas_problem):
    await resolve(ana, world, anas_problem)
    old = anas_problem.message["blocks"]
    await choose(ana, world, anas_problem, More.REOPEN)
    anas_problem.message["blocks"] = old

    await choose(ana, world, anas_problem, More.REOPEN)

    assert "open already" in last_answer(ana)


async def test_what_was_learned_is_corrected_by_an_edit(ana, world, anas_problem):
    await resolve(ana, world, anas_problem, LEARNED)

    form = await choose(ana, world, anas_problem, More.EDIT)
    await ana.submits(form, learned="Two minutes of writing.")
    await settle(world)

    [said] = anas_problem.thread
    assert "Two minutes of writing." in words_of(said)
    assert "Two minutes of writing." in anas_problem.words


async def test_deleting_asks_first_and_then_nothing_of_it_is_left(
    ana, ben, world, database, anas_problem
):
    await resolve(ana, world, anas_problem, LEARNED)
    form = await choose(ben, world, anas_problem, More.DELETE)
    assert TITLE in str(form["blocks"])

    await ben.submits(form)
    await settle(world)

    assert "withdrawn" in anas_problem.words
    assert anas_problem.actions == []
    for message in [*world.messages(), *anas_problem.thread]:
        assert "quiet" not in words_of(message).casefold()
        assert "thirty" not in words_of(message).casefold()
    kept = await everything_kept(database)
    for word in ("quiet", "thirty", "carri"):
        assert [name for name, rows in kept.items() if word in rows.casefold()] == []


async def test_a_deleted_problem_is_found_and_listed_no_more(ana, ben, world, anas_problem):
    await ana.submits(await choose(ana, world, anas_problem, More.DELETE))
    await settle(world)

    await ben.types("math-circle", "/problem find quiet")
    await settle(world)
    assert "I found no problem" in last_answer(ben)
    await ben.types("math-circle", "/problem list")
    await settle(world)
    assert "No problems in #math-circle yet" in last_answer(ben)


async def test_deleting_twice_is_answered_kindly(ana, ben, world, anas_problem):
    first = await choose(ana, world, anas_problem, More.DELETE)
    second = await choose(ben, world, anas_problem, More.DELETE)
    await ana.submits(first)
    await ben.submits(second)
    await settle(world)

    assert "withdrawn in the meantime" in world.letters("UBEN")[-1]["text"]


async def test_what_colleagues_wrote_stays_when_a_problem_is_deleted(ana, ben, world, anas_problem):
    await ben.types("math-circle", "Wait time.", thread_ts=anas_problem.ts)
    await settle(world)

    await ana.submits(await choose(ana, world, anas_problem, More.DELETE))
    await settle(world)

    assert [one["text"] for one in anas_problem.thread] == ["Wait time."]


async def test_one_deleted_before_it_was_said_is_never_said(ana, world, circle):
    world.slack.faults.next("chat.postMessage", status=429, headers={"Retry-After": "3"})
    await ana.types("math-circle", "/problem")
    await world.settled()
    await ana.submits(ana.top_view, title=TITLE, happening="Never mind.")
    await world.slack.settled()
    [problem] = await problems_kept(world)
    async with world.db.begin() as session:
        row = await session.get_one(type(problem), problem.id)
        await row.withdraw(session, world.clock())

    world.clock.move(timedelta(seconds=5))
    await settle(world)

    assert posts(world, "problems.card") == []


@pytest.mark.parametrize(
    ("choice", "field", "rest"),
    [(More.EDIT, "happening", "title"), (More.RESOLVE, "learned", None)],
)
async def test_a_students_name_is_asked_about_before_it_is_kept(
    ana, world, anas_problem, choice, field, rest
):
    form = await choose(ana, world, anas_problem, choice)

    await ana.submits(form, **{field: "My student Jamie Miller wrote to jamie@school.org"})
    await settle(world)
    assert "may tell who a student is" in str(ana.top_view["blocks"])
    assert "Jamie" in str(ana.top_view["state"])
    assert "Jamie" not in anas_problem.words

    await ana.submits(ana.top_view, nobody_recognised="yes")
    await settle(world)

    assert "Jamie" in anas_problem.words


async def test_a_form_that_did_not_open_in_time_opens_with_the_button(ana, world, anas_problem):
    world.slack.faults.fail("views.open", "expired_trigger_id")
    await choose(ana, world, anas_problem, More.EDIT)
    button = answers_to(ana)[-1]

    await ana.presses(MORE, message=button)
    await settle(world)

    assert ana.top_view["title"]["text"] == "Edit the problem"
    assert TITLE in str(ana.top_view["state"])


async def test_a_form_of_a_problem_deleted_meanwhile_says_so_and_keeps_the_words(
    ana, ben, world, anas_problem
):
    form = await choose(ana, world, anas_problem, More.EDIT)
    await ben.submits(await choose(ben, world, anas_problem, More.DELETE))
    await settle(world)

    await ana.submits(form, title="New words")
    await settle(world)

    assert "withdrawn" in ana.top_view["errors"]["title"]
    assert "New words" in str(ana.top_view["state"])


async def test_an_edit_reaches_the_reminder_too(ana, world, anas_problem):
    await world.moves(timedelta(hours=49))
    await ana.submits(await choose(ana, world, anas_problem, More.EDIT), title="Silent groups")
    await settle(world)

    [reminder] = posts(world, "problems.return")
    assert "Silent groups" in words_of(reminder)
    assert TITLE not in words_of(reminder)


async def test_the_authors_home_follows_what_a_facilitator_does(ana, ben, world, circle):
    await ana.opens_home()
    await world.settled()
    card = await share(ana, world)
    assert "open" in str(ana.home)

    await resolve(ben, world, card)

    assert "resolved" in str(ana.home)
