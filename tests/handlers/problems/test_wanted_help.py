"""What would help: ideas in the thread, a consultancy at a hangout, or one over some days."""

import pytest

from handlers.blocks.consultancies.beginning import BEGIN
from handlers.blocks.hangouts.ids import BRING
from handlers.blocks.problems.cards import More
from models.problems import WantedHelp
from tests.handlers.problems.steps import (
    HAPPENING,
    TITLE,
    answers_to,
    cards,
    choose,
    last_answer,
    open_form,
    posts,
    problems_kept,
    resolve,
    settle,
    share,
    words_of,
)

ASYNCHRONOUS, HANGOUT, IDEAS = "asynchronous", "hangout", "ideas"


def buttons_of(message):
    """Return the action ids under a message."""
    return [
        element["action_id"]
        for block in message["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    ]


def chosen_in(form):
    """Return what the form says would help."""
    [answer] = form["state"]["values"]["wanted_help"].values()
    return answer["selected_option"]["value"]


async def test_whoever_says_nothing_hopes_for_ideas(ana, world, anas_problem):
    [problem] = await problems_kept(world)

    assert problem.wanted_help == WantedHelp.IDEAS
    assert "hopes for" not in anas_problem.words
    assert "consultancy" not in anas_problem.message["text"]
    assert anas_problem.thread == []
    assert "If nobody has one in two days, I bring it back once." in last_answer(ana)


async def test_who_hopes_for_a_hangout_is_led_to_one_in_private(ana, ben, world, circle):
    card = await share(ana, world, wanted_help=HANGOUT)

    assert "hopes for a hangout · no answers yet" in card.words
    [answer] = answers_to(ana)
    assert "The button asks for a seat at a hangout." in words_of(answer)
    assert buttons_of(answer) == [BRING]
    assert card.thread == answers_to(ben) == []


async def test_without_a_name_the_way_leads_to_the_thread_instead(ana, ben, world, circle):
    card = await share(ana, world, wanted_help=HANGOUT, without_name="yes")
    [answer] = answers_to(ana)
    assert "you would present it by name" in words_of(answer)
    assert BRING not in buttons_of(answer)

    await ana.presses(BEGIN, message=answer)
    await settle(world)
    await ana.submits(ana.top_view)
    await settle(world)

    assert "asynchronous consultancy, step 1 of 5" in card.words
    [first] = card.thread
    assert "Whoever brought it may add to the problem above" in words_of(first)
    assert "Ana" not in f"{words_of(first)}{words_of(card.message)}"
    assert answers_to(ben) == []


async def test_an_asynchronous_consultancy_begins_with_sharing(ana, world, circle):
    card = await share(ana, world, wanted_help=ASYNCHRONOUS)

    assert "asynchronous consultancy, step 1 of 5 · no answers yet" in card.words
    [first] = card.thread
    assert "Step 1 of 5: Present" in first["text"]
    assert "step by step. It begins now." in last_answer(ana)
    assert "Asynchronous consultancy" not in card.words


async def test_a_form_sent_twice_begins_one(ana, world, circle):
    form = await open_form(ana, world)
    await ana.submits(form, title=TITLE, happening=HAPPENING, wanted_help=ASYNCHRONOUS)
    await ana.submits(form, again=True)
    await settle(world)

    [card] = cards(world)
    assert len(card.thread) == 1


async def test_a_forged_wish_is_refused_where_it_stands(ana, world, circle):
    form = await open_form(ana, world)
    [choice] = form["state"]["values"]["wanted_help"].values()
    choice["selected_option"] = {"value": "a pony"}

    await ana.submits(form, title=TITLE, happening=HAPPENING)
    await settle(world)

    assert "one of the three kinds" in ana.top_view["errors"]["wanted_help"]
    assert await problems_kept(world) == []


async def test_when_a_student_may_be_named_the_wish_is_kept(ana, world, circle):
    form = await open_form(ana, world)
    happening = "My student Maria Lopez waits."
    await ana.submits(form, title=TITLE, happening=happening, wanted_help=HANGOUT)
    await settle(world)
    assert chosen_in(ana.top_view) == HANGOUT

    await ana.submits(ana.top_view, nobody_recognised="yes")
    await settle(world)

    [problem] = await problems_kept(world)
    assert problem.wanted_help == WantedHelp.HANGOUT


async def test_editing_keeps_what_would_help(ana, world, circle):
    card = await share(ana, world, wanted_help=ASYNCHRONOUS)

    form = await choose(ana, world, card, More.EDIT)
    assert chosen_in(form) == ASYNCHRONOUS
    await ana.submits(form, title="Silent groups")
    await settle(world)

    assert "Silent groups" in card.words
    assert "asynchronous consultancy, step 1 of 5" in card.words
    assert len(card.thread) == 1


async def test_an_edit_can_begin_a_consultancy_and_end_it(ana, world, anas_problem):
    form = await choose(ana, world, anas_problem, More.EDIT)
    await ana.submits(form, wanted_help=ASYNCHRONOUS)
    await settle(world)
    assert "step 1 of 5" in anas_problem.words
    assert len(anas_problem.thread) == 1

    form = await choose(ana, world, anas_problem, More.EDIT)
    await ana.submits(form, wanted_help=HANGOUT)
    await settle(world)

    assert "hopes for a hangout" in anas_problem.words
    assert "asynchronous consultancy, step" not in anas_problem.words
    assert len(anas_problem.thread) == 1


@pytest.mark.parametrize("who", ["ana", "ben"])
async def test_author_and_facilitator_begin_one_from_the_menu(request, world, anas_problem, who):
    person = request.getfixturevalue(who)

    form = await choose(person, world, anas_problem, More.CONSULT)
    assert "Wednesday 18 November: Clarifying questions" in str(form["blocks"])
    await person.submits(form)
    await person.submits(form, again=True)
    await settle(world)

    assert "step 1 of 5" in anas_problem.words
    assert len(anas_problem.thread) == 1
    assert "There is one already: asynchronous consultancy, step 1 of 5." in last_answer(person)


async def test_nobody_else_begins_one(chris, world, anas_problem):
    assert await choose(chris, world, anas_problem, More.CONSULT) is None

    assert "Only whoever shared this problem and facilitators" in last_answer(chris)


async def test_a_form_that_lay_open_while_it_was_resolved_begins_nothing(
    ana, ben, world, anas_problem
):
    form = await choose(ana, world, anas_problem, More.CONSULT)
    await resolve(ben, world, anas_problem)

    await ana.submits(form)
    await settle(world)

    assert "This problem is resolved" in str(answers_to(ana)) + str(world.letters("UANA"))
    assert [words_of(one) for one in anas_problem.thread if "Step" in one["text"]] == []


async def test_resolving_ends_it_and_a_resolved_card_hopes_for_nothing(ana, world, circle):
    card = await share(ana, world, wanted_help=ASYNCHRONOUS)

    await resolve(ana, world, card)

    assert "asynchronous" not in card.words
    assert len(posts(world, "problems.card")) == 1
