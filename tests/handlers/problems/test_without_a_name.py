"""Whoever shares without a name stays unknown, wherever one looks and whatever one does."""

import logging
import re

import pytest

from handlers.blocks.problems.cards import ME_TOO, MORE, OFFER_HELP, More
from handlers.blocks.problems.forms import OPEN, SHARE_MESSAGE
from handlers.blocks.problems.letters import OPEN_ANSWER
from tests.handlers.problems.steps import (
    HAPPENING,
    TITLE,
    Card,
    answers_to,
    cards,
    choose,
    everything_kept,
    last_answer,
    problems_kept,
    resolve,
    settle,
    share,
    words_of,
)

# Letters to her are hers; nothing else in these tables may lead to her.
HER_OWN = {"hidden_authors", "members", "memberships", "posts"}
ANA = re.compile(r"UANA|\bAna\b")


def everything_seen_by(person, world):
    """Return all that Slack shows to this person: channels, letters, home and forms."""
    places = [one for one in world.slack.channels.values() if person.id in one.members]
    return str([*(person.sees(place) for place in places), person.home, person.views])


async def test_the_card_says_a_colleague(world, nameless_problem: Card):
    assert "A colleague would like to think about:" in nameless_problem.message["text"]
    assert "Answer without my name" in nameless_problem.words


async def test_through_everything_that_can_happen_nobody_sees_who_it_was(
    ana, ben, chris, dana, world, database, caplog, nameless_problem
):
    caplog.set_level(logging.INFO)
    for person in (ana, ben, chris, dana):
        await person.opens_home()
    card = nameless_problem

    await ben.presses(OFFER_HELP, message=card.message)
    await chris.presses(ME_TOO, message=card.message)
    await chris.types("math-circle", "Wait time.", thread_ts=card.ts)
    await ana.presses(ME_TOO, message=card.message)
    await ana.presses(OFFER_HELP, message=card.message)
    await settle(world)
    await ana.submits(await choose(ana, world, card, More.EDIT), topics="discussion")
    await settle(world)
    await ana.submits(await choose(ana, world, card, More.ANSWER), answer="Thank you, Ben.")
    await settle(world)
    await ben.submits(await choose(ben, world, card, More.EDIT), tried="Waiting")
    await settle(world)
    await resolve(ana, world, card)
    await choose(ben, world, card, More.REOPEN)
    await resolve(ben, world, card, "Writing first helps a lot.")
    for person in (chris, dana):
        for choice in (More.EDIT, More.DELETE, More.ANSWER):
            await choose(person, world, card, choice)
    for person in (ben, chris, dana):
        for words in ("list", "mine", "unanswered", "find quiet students"):
            await person.types("math-circle", f"/problem {words}")
            await settle(world)

    for person in (ben, chris, dana):
        assert not ANA.search(everything_seen_by(person, world))
    kept = await everything_kept(database)
    assert {name for name, rows in kept.items() if ANA.search(rows)} <= HER_OWN
    assert not ANA.search(kept["problems"])
    posts = [row for row in kept["posts"].split("), (") if "UANA" in row]
    assert posts
    letters = (
        "problems.offer:",
        "problems.heard:",
        "problems.change:",
        "thanks.suggestion_of_problem:",
    )
    assert all(any(kind in row for kind in letters) for row in posts)
    assert "UANA" not in caplog.text


async def test_her_rows_are_the_same_before_and_after(ana, world, database, circle):
    await ana.types("math-circle", "/problem")
    await settle(world)
    before = await everything_kept(database)

    await ana.submits(ana.top_view, title=TITLE, happening=HAPPENING, without_name="yes")
    await settle(world)

    after = await everything_kept(database)
    for table in ("members", "memberships", "seen_events", "drafts"):
        assert after[table] == before[table]


async def test_somebody_new_does_not_join_at_the_moment_of_sharing(world, circle):
    world.slack.add_user("erin")
    world.slack.channels["CMATHCIRCLE"].members.add("UERIN")
    erin = world.slack.person("UERIN")

    await share(erin, world, without_name="yes")

    [problem] = await problems_kept(world)
    async with world.db() as session:
        community = await session.get_one(type(circle), circle.id)
    assert problem.shared_at not in [one.joined_at for one in community.memberships]


async def test_after_sharing_the_author_learns_how_to_stay_unnamed(ana, world, nameless_problem):
    assert "Your name shows if you write there yourself" in last_answer(ana)

    await ana.presses(OPEN_ANSWER, message=answers_to(ana)[-1])
    await settle(world)

    assert ana.top_view["title"]["text"] == "Answer without my name"


async def test_a_name_finds_nothing(ben, world, nameless_problem):
    await ben.types("math-circle", "/problem find Ana UANA")
    await settle(world)

    assert "I found no problem" in last_answer(ben)


async def test_a_draft_leaves_with_the_problem(ana, world, database, circle):
    world.slack.faults.fail("views.open", "expired_trigger_id")
    await ana.types("math-circle", f"/problem {TITLE}")
    await settle(world)
    await ana.presses(OPEN)
    await settle(world)

    await ana.submits(ana.top_view, happening=HAPPENING, without_name="yes")
    await settle(world)

    assert "UANA" not in (await everything_kept(database))["drafts"]


async def test_the_message_it_was_made_from_is_not_kept(ana, world, database, circle):
    reply = await ana.types("math-circle", TITLE)
    await ana.uses_shortcut(SHARE_MESSAGE, message=reply.message)
    await settle(world)

    await ana.submits(ana.top_view, without_name="yes")
    await settle(world)

    kept = await everything_kept(database)
    mark = reply.message["ts"].replace(".", "")
    assert [name for name, rows in kept.items() if mark in rows] == []
    assert mark not in str(cards(world)[0].message)


async def test_the_author_alone_finds_it_among_their_own(ana, ben, world, nameless_problem):
    for person in (ana, ben):
        await person.types("math-circle", "/problem mine")
        await settle(world)

    assert TITLE in last_answer(ana)
    assert TITLE not in last_answer(ben)


async def test_the_author_may_do_all_that_authors_may(ana, world, nameless_problem):
    await ana.submits(await choose(ana, world, nameless_problem, More.EDIT), title="Silent groups")
    await settle(world)
    await resolve(ana, world, nameless_problem)
    assert "Silent groups" in nameless_problem.words
    assert "resolved" in nameless_problem.words

    await ana.submits(await choose(ana, world, nameless_problem, More.DELETE))
    await settle(world)

    assert "withdrawn" in nameless_problem.words


async def test_nobody_else_answers_in_the_authors_place(
    ana, ben, chris, dana, world, nameless_problem
):
    for person in (ben, chris, dana):
        assert await choose(person, world, nameless_problem, More.ANSWER) is None
        assert "Only whoever shared this problem can answer" in last_answer(person)

    assert nameless_problem.thread == []


async def test_an_answer_without_a_name_is_said_by_the_bot_in_the_thread(
    ana, ben, world, nameless_problem
):
    form = await choose(ana, world, nameless_problem, More.ANSWER)
    await ana.submits(form, answer="Thank you, that *helps*. <!channel>")
    await ana.submits(form, again=True)
    await settle(world)

    [said] = nameless_problem.thread
    assert said["user"] == world.slack.bot_user_id
    assert "Whoever shared this problem answers:" in words_of(said)
    assert "Thank you, that *helps*. <!channel>" in words_of(said)
    assert "no answers yet" in nameless_problem.words
    assert "without your name" in last_answer(ana)
    assert answers_to(ben) == []


async def test_an_answer_that_names_a_student_is_asked_about_first(ana, world, nameless_problem):
    form = await choose(ana, world, nameless_problem, More.ANSWER)
    await ana.submits(form, answer="My student Jamie Miller agrees.")
    await settle(world)
    assert "may tell who a student is" in str(ana.top_view["blocks"])
    assert nameless_problem.thread == []

    await ana.submits(ana.top_view, nobody_recognised="yes")
    await settle(world)

    assert len(nameless_problem.thread) == 1


async def test_the_letter_about_an_offer_leads_to_an_answer_without_a_name(
    ana, ben, world, nameless_problem
):
    await ben.presses(OFFER_HELP, message=nameless_problem.message)
    await settle(world)
    [letter] = world.letters("UANA")

    await ana.presses(OPEN_ANSWER, message=letter)
    await settle(world)
    await ana.submits(ana.top_view, answer="Could you visit period 3?")
    await settle(world)

    assert "Ben can’t see that it is yours" in letter["text"]
    assert "Could you visit period 3?" in words_of(nameless_problem.thread[0])
    assert "without your name" in words_of(world.letters("UANA")[-1])


async def test_that_form_opens_with_the_button_when_it_came_too_late(
    ana, ben, world, anas_problem, nameless_problem
):
    await ben.presses(OFFER_HELP, message=nameless_problem.message)
    await settle(world)
    world.slack.faults.fail("views.open", "expired_trigger_id")
    await ana.presses(OPEN_ANSWER, message=world.letters("UANA")[-1])
    await settle(world)

    await ana.presses(OPEN_ANSWER, message=world.letters("UANA")[-1])
    await settle(world)
    await ana.submits(ana.top_view, answer="Gladly.")
    await settle(world)

    assert "Gladly." in words_of(nameless_problem.thread[0])
    assert anas_problem.thread == []


@pytest.mark.parametrize("writer", ["ana", "chris"])
async def test_replies_of_author_and_colleague_count_alike(
    request, ben, world, nameless_problem, writer
):
    person = request.getfixturevalue(writer)

    await person.types("math-circle", "One more thought.", thread_ts=nameless_problem.ts)
    await settle(world)
    await ben.types("math-circle", "/problem unanswered")
    await settle(world)

    assert "1 answer" in nameless_problem.words
    assert "Every open problem in #math-circle has an answer" in last_answer(ben)


async def test_a_refused_press_of_the_author_changes_nothing_others_see(
    ana, ben, world, nameless_problem
):
    before = dict(nameless_problem.message)

    await ana.presses(ME_TOO, message=nameless_problem.message)
    await ana.presses(OFFER_HELP, message=nameless_problem.message)
    await settle(world)

    assert nameless_problem.message == before
    assert "This is your own problem" in last_answer(ana)
    assert everything_seen_by(ben, world).count("your own problem") == 0


@pytest.mark.parametrize("remover", ["ana", "ben"])
async def test_after_a_deletion_not_even_the_database_knows(
    request, ana, ben, world, database, nameless_problem, remover
):
    await ben.presses(OFFER_HELP, message=nameless_problem.message)
    await ben.types("math-circle", "Wait time.", thread_ts=nameless_problem.ts)
    await settle(world)
    await ben.submits(await choose(ben, world, nameless_problem, More.EDIT), tried="Waiting")
    await ana.submits(await choose(ana, world, nameless_problem, More.ANSWER), answer="Thanks all.")
    await settle(world)

    person = request.getfixturevalue(remover)
    await person.submits(await choose(person, world, nameless_problem, More.DELETE))
    await settle(world)

    kept = await everything_kept(database)
    assert kept["hidden_authors"] == "[]"
    assert "UANA" not in kept["posts"]
    assert any("Ben answered" in letter["text"] for letter in world.letters("UANA"))
    assert "Thanks all" not in str(kept)
    assert "Thanks all" not in words_of(nameless_problem.thread[0])


async def test_a_card_that_cannot_be_said_does_not_tell_either(ana, ben, dana, world, circle):
    world.slack.faults.fail("chat.postMessage", "restricted_action", channel="CMATHCIRCLE")

    form = await open_without_name(ana, world)
    await ana.submits(form)
    await settle(world)

    [letter] = world.letters("UBEN")
    assert "does not let me post" in letter["text"]
    assert not ANA.search(everything_seen_by(ben, world))
    assert MORE not in str(letter)


async def open_without_name(person, world):
    await person.types("math-circle", f"/problem {TITLE}")
    await settle(world)
    person.fills(person.top_view, happening=HAPPENING, without_name="yes")
    return person.top_view


async def test_a_letter_that_does_not_reach_her_tells_nobody(
    ana, ben, dana, world, nameless_problem
):
    world.slack.faults.fail("chat.postMessage", "restricted_action", channel="UANA")

    await ben.presses(OFFER_HELP, message=nameless_problem.message)
    await settle(world)

    for person in (ben, dana):
        assert not ANA.search(everything_seen_by(person, world))
