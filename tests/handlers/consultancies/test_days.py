"""A consultancy over some days, as colleagues see it in the thread of the problem."""

from datetime import timedelta

import pytest

from handlers.blocks.consultancies.beginning import BEGIN
from handlers.blocks.consultancies.days import SEE_QUESTIONS
from handlers.blocks.members import MUTE
from handlers.blocks.problems.cards import MORE, More
from handlers.blocks.problems.letters import OPEN_ANSWER
from handlers.consultancies import days
from models.consultancies.consultancy import Consultancy
from models.consultancies.moving_on import ASYNC_STEP, step_key
from models.posts import Post
from tests.handlers.consultancies.leading_steps import catches_up
from tests.handlers.problems.steps import (
    TITLE,
    answers_to,
    choose,
    everything_kept,
    last_answer,
    resolve,
    settle,
    share,
    words_of,
)

# Shared on a Tuesday at nine: the next steps come on Wednesday, Thursday and Friday at eight.
DAY = timedelta(days=1)
QUESTION = "How many students are in a group?"

pytestmark = pytest.mark.usefixtures("good_manners")


@pytest.fixture
async def thread(ana, world, circle):
    """The thread of what Ana shared, in which colleagues think over some days."""
    return await share(ana, world, wanted_help="asynchronous")


@pytest.fixture
async def nameless_thread(ana, world, circle):
    """The same, shared without her name."""
    return await share(ana, world, wanted_help="asynchronous", without_name="yes")


async def passes(world, time: timedelta) -> str:
    """Let time pass, and the bot look what is due then."""
    world.clock.move(time)
    said = await days.move_days_on(world.database, world.clock, None)
    await catches_up(world)
    return said


def said_in(thread) -> list[str]:
    """Return what the bot said in the thread, in the words that are seen."""
    return [words_of(one) for one in thread.thread if one.get("bot_id")]


async def writes(person, world, thread, text):
    reply = await person.types("math-circle", text, thread_ts=thread.ts)
    await settle(world)
    return reply.message


async def test_a_week_of_thinking_is_led_through_its_steps_once_each(ana, ben, world, thread):
    for _ in range(9):
        await passes(world, DAY)
        await passes(world, timedelta(minutes=1))

    present, clarify, probe, discuss, reflect, end = said_in(thread)
    assert "Step 1 of 5: Present · until " in present.replace("\n", "")
    assert "Ana may add to the problem above; everybody else reads." in present
    assert "The group asks, Ana answers." in clarify
    assert "Late answers are welcome" in probe
    assert "Ana reads and holds back" in discuss
    assert "The presenter reads along" not in discuss
    assert "that is part of it" in discuss
    assert "<@UANA> writes, everybody else reads." in reflect
    assert "The consultancy is over." in end
    assert "Ana, when you know what helped: " in end
    assert "asynchronous consultancy" not in thread.message["text"]


async def test_the_card_follows_and_names_no_seat_twice(world, thread):
    await passes(world, DAY)

    assert "asynchronous consultancy, step 2 of 5" in thread.words


async def test_what_is_asked_reaches_the_presenter_and_whoever_looks(
    ana, ben, chris, world, thread
):
    await passes(world, DAY)
    await writes(ben, world, thread, QUESTION)
    await writes(chris, world, thread, "Try wait time. See https://example.org/?page=2")
    await writes(ana, world, thread, "Four of them. Is that too many?")
    await passes(world, DAY)

    [letter] = [one for one in world.letters("UANA") if QUESTION in one["text"]]
    assert "Colleagues asked a question about" in letter["text"]
    assert f"Ben: {QUESTION}" in letter["text"]
    assert "wait time" not in letter["text"]
    assert f"thread_ts={thread.ts}" in str(letter["blocks"])

    await chris.presses(SEE_QUESTIONS, message=thread.thread[-1])
    await settle(world)

    assert f"1 question so far:\n• Ben: {QUESTION}" in answers_to(chris)[-1]["text"]
    assert answers_to(ben) == []


async def test_gathered_questions_follow_edits_and_deletions(ben, chris, world, thread):
    await passes(world, DAY)
    first = await writes(ben, world, thread, QUESTION)
    second = await writes(chris, world, thread, "Since when?")

    await ben.edits(first, "How many, and how often?")
    await chris.deletes(second)
    await settle(world)
    await ben.presses(SEE_QUESTIONS, message=thread.thread[1])
    await settle(world)

    assert answers_to(ben)[-1]["text"] == "1 question so far:\n• Ben: How many, and how often?"


async def test_before_anything_is_asked_the_button_tells_what_it_is_for(ben, world, thread):
    await passes(world, DAY)
    await writes(ben, world, thread, "Welcome, Ana.")

    await ben.presses(SEE_QUESTIONS, message=thread.thread[1])
    await settle(world)

    assert "No questions yet." in last_answer(ben)


async def test_in_the_other_steps_nothing_is_gathered(ben, world, thread):
    await writes(ben, world, thread, QUESTION)
    await passes(world, DAY)
    await passes(world, DAY)

    assert [one for one in world.letters("UANA") if "asked" in one["text"]] == []


async def test_a_question_in_its_step_is_no_answer_and_sends_one_letter_only(
    ana, ben, chris, world, thread
):
    await passes(world, DAY)
    question = await writes(ben, world, thread, QUESTION)

    assert "no answers yet" in thread.words
    assert [one for one in world.letters("UANA") if "answered" in one["text"]] == []
    await ben.types("math-circle", "/problem unanswered")
    await settle(world)
    assert TITLE in last_answer(ben)

    await writes(chris, world, thread, "Try wait time.")
    assert "1 answer" in thread.words
    assert "Chris answered your question" in world.letters("UANA")[-1]["text"]
    await ben.edits(question, "Wait time helped me, too.")
    await settle(world)
    assert "2 answers" in thread.words


async def test_who_asks_in_mentions_pings_nobody(ana, ben, world, thread):
    await passes(world, DAY)
    await writes(ben, world, thread, "<@UANA> is it *always* <!channel> so?")
    await passes(world, DAY)

    letter = world.letters("UANA")[-1]
    assert "Ben: @Ana is it *always* &lt;!channel&gt; so?" in letter["text"]


async def test_letters_with_questions_can_be_switched_off(ana, ben, world, thread):
    await passes(world, DAY)
    await writes(ben, world, thread, QUESTION)
    await passes(world, DAY)

    await ana.presses(MUTE, message=world.letters("UANA")[-1])
    await settle(world)
    await writes(ben, world, thread, "And why?")
    await passes(world, DAY)

    assert [one for one in world.letters("UANA") if "And why?" in one["text"]] == []


async def test_without_a_name_nobody_learns_whose_it_is(
    ana, ben, chris, world, database, nameless_thread
):
    await passes(world, DAY)
    await writes(ben, world, nameless_thread, QUESTION)
    await writes(ana, world, nameless_thread, "Does it depend on the day?")
    await passes(world, DAY)
    for _ in range(7):
        await passes(world, DAY)
    await chris.presses(SEE_QUESTIONS, message=nameless_thread.thread[-1])
    await settle(world)

    public = [one for one in nameless_thread.thread if one.get("bot_id")]
    assert len(public) == 6
    assert not any("Ana" in words_of(one) or "UANA" in str(one["blocks"]) for one in public)
    assert "Whoever brought it reads and holds back" in words_of(public[3])
    # Her own question counts like anybody's: a missing one would tell.
    assert "2 questions so far" in last_answer(chris)
    kept = await everything_kept(database)
    assert "UANA" not in kept["consultancies"]


async def test_without_a_name_the_letter_shows_how_to_answer_without_it(
    ana, ben, world, nameless_thread
):
    await passes(world, DAY)
    await writes(ben, world, nameless_thread, QUESTION)
    await passes(world, DAY)
    [letter] = [one for one in world.letters("UANA") if QUESTION in one["text"]]
    assert "Your name shows if you write there yourself" in letter["text"]

    await ana.presses(OPEN_ANSWER, message=letter)
    await settle(world)
    await ana.submits(ana.top_view, answer="Four.")
    await settle(world)

    assert "Whoever shared this problem answers:" in words_of(nameless_thread.thread[-1])


@pytest.mark.parametrize("ticked", [[], ["yes"]])
async def test_a_withdrawn_problem_takes_its_consultancy_along(
    ana, ben, world, database, circle, ticked
):
    thread = await share(ana, world, wanted_help="asynchronous", without_name=ticked)
    await passes(world, DAY)
    await writes(ben, world, thread, QUESTION)
    await passes(world, DAY)

    await ana.submits(await choose(ana, world, thread, More.DELETE))
    await catches_up(world)
    await passes(world, 3 * DAY)

    assert {words.partition("\n")[0] for words in said_in(thread)} == {
        "This was about a problem that was withdrawn."
    }
    assert len(said_in(thread)) == 3
    kept = await everything_kept(database)
    assert kept["consultancy_questions"] == "[]"
    assert "UANA" not in kept["consultancies"]
    assert TITLE not in kept["consultancies"]
    # Posts in the channel know a named author as the one to tell when they cannot be said.
    assert ("UANA" in kept["posts"]) == (not ticked)


async def test_a_resolved_problem_needs_no_more_steps(ana, world, thread):
    await resolve(ana, world, thread)

    await passes(world, DAY)
    await choose(ana, world, thread, More.REOPEN)
    await passes(world, DAY)

    assert [words for words in said_in(thread) if "Step 2" in words or "Step 3" in words] == []
    assert "asynchronous consultancy, step" not in thread.words


async def test_the_last_word_leads_to_resolving(ana, ben, world, thread):
    await passes(world, DAY)
    await writes(ben, world, thread, QUESTION)
    await passes(world, 8 * DAY)
    closing = thread.thread[-1]
    assert "One colleague wrote, with one question." in words_of(closing)

    await ana.presses(MORE, message=closing)
    await settle(world)

    assert ana.top_view["title"]["text"] == "Resolve the problem"


async def test_after_days_without_the_bot_the_thread_hears_of_the_right_step_only(world, thread):
    await passes(world, timedelta(days=3))

    assert [words.partition("\n")[0].partition(" · ")[0] for words in said_in(thread)] == [
        "Step 1 of 5: Present",
        "Step 4 of 5: The group discusses",
    ]


async def test_a_step_that_is_over_when_it_could_be_said_is_not_said(world, thread):
    await passes(world, 2 * DAY)

    async with world.db() as session:
        consultancy = await session.get_one(Consultancy, 1)
        late = Post(key=step_key(consultancy, 1), kind=ASYNC_STEP, about_id=1)
        drawn = await days.draw_step(session, late, world.clock())

    assert drawn is None


async def test_one_that_fails_does_not_stop_the_others(ana, ben, world, thread, caplog):
    await share(ben, world, wanted_help="asynchronous")
    async with world.db.begin() as session:
        (await session.get_one(Consultancy, 1)).step_moments = ["nonsense"]

    assert await passes(world, DAY) == "moved 1 of 2 on"

    assert "Could not move the consultancy 1 on" in caplog.text
    assert len(said_in(thread)) == 1


async def test_the_button_opens_for_those_who_may_and_forged_ones_lead_nowhere(
    ana, chris, world, thread
):
    await passes(world, DAY)
    post = thread.thread[1]
    for value in ("9" * 20, "999", "abc", ""):
        post["blocks"][-1]["elements"][0]["value"] = value
        await chris.presses(SEE_QUESTIONS, message=post)
        await settle(world)
        assert "I can't find that consultancy" in last_answer(chris)

    for value in ("9" * 20, "abc"):
        post["blocks"][-1]["elements"][0] |= {"action_id": BEGIN, "value": value}
        await ana.presses(BEGIN, message=post)
        await settle(world)
        assert "I can't find that problem" in last_answer(ana)
    post["blocks"][-1]["elements"][0]["value"] = str(thread.problem_id)
    await ana.presses(BEGIN, message=post)
    await settle(world)
    assert "Colleagues think about this one already" in last_answer(ana)


async def test_the_next_moment_is_the_next_mornings_step(world, thread):
    async with world.database.everywhere()() as session:
        moment = await days.next_moment(session, world.clock())

    assert f"{moment:%A %H:%M}" == "Wednesday 15:00"
