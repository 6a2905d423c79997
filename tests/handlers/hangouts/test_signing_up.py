"""Signing up: who comes, who presents, who waits, and what each of them is told."""

import asyncio
from datetime import timedelta

import pytest

from handlers.blocks.hangouts.ids import (
    CALENDAR_FILE,
    CANNOT,
    GIVE_BACK,
    JOIN,
    PREPARE,
    PRESENT,
    SIGN_UP,
    SIGN_UP_FORM,
)
from models.hangouts import posted
from models.hangouts.signup import Presenting
from tests.examples import DAY
from tests.handlers.blocks.problems.drawings import NASTY
from tests.handlers.hangouts.signing_steps import (
    SOON,
    TWO_WEEKS,
    Invited,
    a_hangout_soon,
    a_series_of,
    actions_on,
    all_press,
    crowd,
    last_words,
    letters,
    presents,
    press,
)
from tests.handlers.problems.steps import (
    TITLE,
    answers_to,
    cards,
    problems_kept,
    settle,
    share,
    words_of,
)

pytestmark = pytest.mark.usefixtures("good_manners")
A_WHILE = timedelta(seconds=10)
NAMED = "Today my student Maria Lopez won't talk"
QUESTION = "What makes a quiet student talk?"


@pytest.fixture
async def hangout(world, circle) -> Invited:
    """A hangout in six days with two seats; everybody is invited."""
    return await a_hangout_soon(world, circle)


async def test_whoever_joins_is_on_the_card_and_is_told_so_in_private(ana, world, hangout):
    before = len(world.messages())

    await press(ana, world, JOIN, hangout.card)
    await press(ana, world, JOIN, hangout.card)

    assert "Ana comes" in hangout.words
    assert len(world.messages()) == before
    assert "You come: " in last_words(ana)
    assert "Both seats to present are free." in last_words(ana)
    assert actions_on(answers_to(ana)[-1]) == [PRESENT, CANNOT, CALENDAR_FILE]


@pytest.mark.parametrize("action_id", [JOIN, CANNOT, PRESENT])
async def test_a_second_press_at_once_is_answered_by_the_first(ana, world, hangout, action_id):
    for _ in range(2):
        await press(ana, world, action_id, hangout.card)
    assert len(answers_to(ana)) == 1
    assert len(ana.views) == (1 if action_id == PRESENT else 0)

    await world.moves(A_WHILE)
    await press(ana, world, action_id, hangout.card)
    assert len(answers_to(ana)) == 2


async def test_what_is_pressed_on_a_private_answer_is_answered_in_its_place(ana, world, hangout):
    await press(ana, world, JOIN, hangout.card)

    for action_id in (PRESENT, GIVE_BACK, CANNOT):
        await press(ana, world, action_id, answers_to(ana)[-1])

    [answer] = answers_to(ana)
    assert "Noted that you can’t come" in words_of(answer)


async def test_a_list_of_hangouts_stays_when_one_of_its_rows_is_pressed(ana, world, hangout):
    await ana.types("math-circle", "/hangout")
    await settle(world)

    for _ in range(2):
        await press(ana, world, JOIN, answers_to(ana)[0])

    shown, answer = answers_to(ana)
    assert "Coming up" in words_of(shown)
    assert "You come: " in words_of(answer)


async def test_whoever_cannot_come_is_on_no_list_and_may_change_their_mind(ana, world, hangout):
    await press(ana, world, JOIN, hangout.card)

    await press(ana, world, CANNOT, hangout.card)

    assert "Ana" not in hangout.words
    assert "Noted that you can’t come" in last_words(ana)
    await press(ana, world, JOIN, answers_to(ana)[-1])
    assert "Ana comes" in hangout.words


async def test_to_present_takes_a_seat_at_once_and_closing_the_form_keeps_it(ana, world, hangout):
    form = await presents(ana, world, hangout)

    assert "A seat to present is yours" in form["blocks"][0]["text"]["text"]
    assert "Everyone in #math-circle sees" in form["blocks"][0]["text"]["text"]
    await ana.closes(form)
    assert (await hangout.signup("UANA")).presenting == Presenting.SEAT
    assert "Ana presents" in hangout.words
    assert "One of two seats to present is free" in hangout.words
    assert actions_on(answers_to(ana)[-1]) == [PREPARE, GIVE_BACK, CANNOT]


async def test_what_i_bring_is_on_the_invitation_and_on_its_own_card(ana, world, hangout):
    problem = await share(ana, world)
    form = await presents(ana, world, hangout)

    await ana.submits(form, problem_id=str(problem.problem_id), question=QUESTION)
    await settle(world)

    assert f"Ana: \n{QUESTION}" in hangout.words
    assert f"/archives/CMATHCIRCLE/p{problem.ts.replace('.', '')}" in str(hangout.card)
    assert "at the hangout of Monday 23 November" in problem.words
    assert f"You bring: {QUESTION}" in last_words(ana)

    await press(ana, world, PREPARE, answers_to(ana)[-1])
    await ana.submits(ana.top_view, question=None)
    await settle(world)
    assert TITLE in hangout.words
    assert QUESTION not in hangout.words


async def test_given_back_the_problem_is_at_no_hangout_any_more(ana, world, hangout):
    problem = await share(ana, world)
    form = await presents(ana, world, hangout)
    await ana.submits(form, problem_id=str(problem.problem_id))
    await settle(world)

    await press(ana, world, GIVE_BACK, answers_to(ana)[-1])

    assert "at the hangout" not in problem.words
    assert "Both seats to present are free" in hangout.words
    assert "Ana comes" in hangout.words
    assert "You still come" in last_words(ana)


async def test_a_problem_written_there_is_shared_with_its_card_once(ana, world, hangout):
    form = await presents(ana, world, hangout)

    await ana.submits(form, title=TITLE, happening=NASTY, question=QUESTION)
    await ana.submits(form, again=True)
    await settle(world)

    [problem] = await problems_kept(world)
    [card] = cards(world)
    assert (problem.title, problem.author_id) == (TITLE, "UANA")
    assert "at the hangout of Monday 23 November" in card.words
    assert QUESTION in hangout.words
    assert "It has a card in the channel as well" in last_words(ana)


async def test_before_a_student_is_named_the_form_asks_and_stores_nothing(ana, world, hangout):
    form = await presents(ana, world, hangout)

    await ana.submits(form, title="A quiet one", happening=NAMED)
    await settle(world)

    again = ana.top_view
    assert "This may tell who a student is: “my student Maria Lopez”" in str(again["blocks"])
    assert await problems_kept(world) == []
    assert cards(world) == []
    await ana.submits(again, nobody_recognised="yes")
    await settle(world)
    [problem] = await problems_kept(world)
    assert problem.happening == NAMED


async def test_what_was_shared_without_a_name_stays_out_and_the_form_says_why(ana, world, hangout):
    nameless = await share(ana, world, without_name="yes")

    form = await presents(ana, world, hangout)

    assert "One problem you shared without your name can’t be chosen" in str(form["blocks"])
    assert TITLE not in str(form["blocks"])
    state = {"problem_id": {"problem_id": _chosen(nameless.problem_id)}}
    reply = await ana.forges(
        {"type": "view_submission", "view": form | {"state": {"values": state}}}
    )
    await settle(world)
    assert "without a name" in str(reply.payload["errors"])
    assert (await hangout.signup("UANA")).problem_id is None


def _chosen(problem_id: int) -> dict:
    return {"type": "static_select", "selected_option": {"value": str(problem_id)}}


async def test_a_colleagues_problem_is_not_mine_to_bring(ana, ben, world, hangout):
    theirs = await share(ben, world)
    form = await presents(ana, world, hangout)

    state = {"problem_id": {"problem_id": _chosen(theirs.problem_id)}}
    reply = await ana.forges(
        {"type": "view_submission", "view": form | {"state": {"values": state}}}
    )
    await settle(world)

    assert "Only whoever shared a problem can bring it" in str(reply.payload["errors"])
    assert "at the hangout" not in theirs.words


async def test_a_form_with_nothing_or_with_too_much_in_it_says_what_is_missing(ana, world, hangout):
    problem = await share(ana, world)
    form = await presents(ana, world, hangout)

    await ana.submits(form)
    assert "Choose a problem, write one" in str(form["errors"]["question"])
    await ana.submits(form, problem_id=str(problem.problem_id), title="Another one")
    assert "Please clear one of them" in str(form["errors"]["title"])
    await ana.submits(form, problem_id=None, title="Another one")
    assert "what is happening" in str(form["errors"]["happening"])
    assert form in ana.views


async def test_past_the_last_seat_there_is_a_list_that_says_where_i_stand(
    ana, ben, chris, dana, world, hangout
):
    await presents(ana, world, hangout)
    await presents(ben, world, hangout)

    form = await presents(chris, world, hangout)
    await presents(dana, world, hangout)

    assert "You are first on the list for a seat" in form["blocks"][0]["text"]["text"]
    assert "Both seats to present are taken. You are first on the list" in last_words(chris)
    assert "You are second on the list" in last_words(dana)
    assert "Two on the waiting list" in hangout.words
    assert "Chris presents" not in hangout.words
    await press(chris, world, GIVE_BACK, answers_to(chris)[-1])
    assert "You are off the list" in last_words(chris)


async def test_of_twenty_who_press_at_once_for_one_seat_one_gets_it(world, circle):
    hangout = await a_hangout_soon(world, circle, slots=1)
    people = await crowd(world, 20)

    replies = await all_press(people, PRESENT, hangout.card)
    await world.settled(30)

    assert max(reply.seconds for reply in replies) < 3
    signups = await hangout.signups()
    assert sum(one.presenting == Presenting.SEAT for one in signups) == 1
    told = ["\n".join(map(words_of, answers_to(one))) for one in people]
    assert sum("You have a seat to present" in words for words in told) == 1
    places = sorted(place for words in told if (place := _place_in(words)))
    assert places == list(range(1, 20))


def _place_in(words: str) -> int | None:
    """Return the place on the list that somebody was told."""
    ordinals = ("first", "second", "third", "fourth", "fifth", "sixth")
    before, found, _ = words.partition(" on the list for ")
    said = before.rpartition("You are ")[2]
    if not found:
        return None
    return ordinals.index(said) + 1 if said in ordinals else int(said.removeprefix("number "))


async def test_a_press_told_twice_counts_once(ana, ben, chris, world, hangout):
    await presents(ben, world, hangout)
    world.slack.faults.repeat_envelopes(1)

    await presents(ana, world, hangout)

    assert len(answers_to(ana)) == 1
    assert len(ana.views) == 1
    assert len(await hangout.signups()) == 2


async def test_whoever_is_new_in_an_open_channel_is_welcome(world, circle, hangout):
    [newcomer] = await crowd(world, 1)

    await press(newcomer, world, JOIN, hangout.card)

    assert "teacher0 comes" in hangout.words.lower()
    assert "You come: " in last_words(newcomer)


async def test_nobody_signs_up_for_a_private_hangout_from_outside(ana, world, secret):
    [hidden] = await a_series_of(world, secret, SOON)

    for action_id in (JOIN, PRESENT, CANNOT, GIVE_BACK, PREPARE, SIGN_UP):
        action = _pressed(action_id, str(hidden.hangout_id))
        here = {"type": "block_actions", "channel": {"id": "CMATHCIRCLE"}}
        await ana.forges(here | {"actions": [action]})
        await settle(world)
        assert "I can't find that hangout" in last_words(ana)

    assert await hidden.signups() == []


def _pressed(action_id: str, value: str) -> dict:
    return {"type": "button", "action_id": action_id, "block_id": "b", "value": value}


async def test_a_press_that_comes_too_late_is_answered_with_the_way_out(ana, ben, world, hangout):
    too_late = {"type": "block_actions", "channel": {"id": "CMATHCIRCLE"}}
    value = str(hangout.hangout_id)
    await hangout.changes(called_off_at=world.clock())
    await ana.forges(too_late | {"actions": [_pressed(JOIN, value)]})
    await settle(world)
    assert "This hangout was called off. `/hangout` shows the next one." in last_words(ana)

    await hangout.changes(called_off_at=None)
    world.clock.move(6 * DAY + 8 * (DAY / 24))
    await ben.forges(too_late | {"actions": [_pressed(PRESENT, value)]})
    await settle(world)
    assert "is over. `/hangout` shows the next one." in last_words(ben)
    assert await hangout.signups() == []


async def test_the_words_of_the_command_act_on_the_next_hangout(ana, world, circle):
    first, later = await a_series_of(world, circle, SOON, SOON + TWO_WEEKS)
    await first.changes(called_off_at=world.clock())

    await ana.types("math-circle", "/hangout present")
    await settle(world)
    await ana.types("math-circle", "/hangout leave")
    await settle(world)
    await ana.types(world.slack.direct_message("UANA"), "join")
    await settle(world)

    assert await first.signups() == []
    [signup] = await later.signups()
    assert (signup.is_coming, signup.presenting) == (True, None)
    assert "You come: " in world.letters("UANA")[-1]["text"]


async def test_without_a_hangout_the_words_say_how_one_begins(ana, world, circle):
    await ana.types("math-circle", "/hangout join")
    await settle(world)

    assert "No hangout is coming yet" in last_words(ana)


async def test_a_facilitator_signs_up_who_asked_them_to_and_they_hear_of_it(
    ana, ben, world, hangout
):
    await ben.types("math-circle", "/hangout signup")
    await settle(world)

    await ben.submits(ben.top_view, member_id="UANA", what="presents")
    await settle(world)

    assert "Ana has a seat to present" in last_words(ben)
    assert "Ana presents" in hangout.words
    [letter] = letters(world, "UANA", posted.SIGNED_UP)
    assert "Ben signed you up to present" in letter["text"]
    await press(ana, world, CANNOT, letter)
    assert "Ana" not in hangout.words


async def test_whom_a_facilitator_signs_up_although_they_come_hears_of_the_seat(
    ana, ben, world, hangout
):
    await press(ana, world, JOIN, hangout.card)

    await ben.types("math-circle", "/hangout signup")
    await settle(world)
    await ben.submits(ben.top_view, member_id="UANA", what="presents")
    await settle(world)

    assert len(letters(world, "UANA", posted.SIGNED_UP)) == 1


async def test_only_facilitators_sign_up_others_and_only_members(ana, ben, world, hangout):
    await ana.types("math-circle", "/hangout signup")
    await settle(world)
    assert "Only facilitators can sign up others. Ask Ben." in last_words(ana)
    assert ana.top_view is None

    stranger = world.slack.add_user("stranger")
    await ben.types("math-circle", "/hangout signup")
    await settle(world)
    form = ben.top_view
    await ben.submits(form, member_id=stranger.id)
    assert "They are not in this community" in str(form["errors"]["member_id"])

    forged = form | {"callback_id": SIGN_UP_FORM}
    reply = await ana.forges({"type": "view_submission", "view": forged})
    assert "Only facilitators can sign up others" in str(reply.payload)
    assert await hangout.signups() == []


async def test_ten_presses_of_one_person_at_once_are_one(ana, world, hangout):
    await asyncio.gather(*(ana.presses(PRESENT, message=hangout.card) for _ in range(10)))
    await world.settled()

    [signup] = await hangout.signups()
    assert signup.presenting == Presenting.SEAT
