"""Talking to the bot: in direct messages, and after its name anywhere it is a member."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers.blocks.members import SETTINGS
from handlers.blocks.problems.forms import OPEN
from handlers.blocks.problems.lists import EARLIER
from handlers.blocks.request import CHOOSE
from models.members import Member
from models.posts import PACE
from models.problems import Reply
from tests.handlers.problems.steps import (
    TITLE,
    answers_to,
    cards,
    last_answer,
    settle,
    share,
    words_of,
)

pytestmark = pytest.mark.usefixtures("good_manners")

BOT = "<@U0STAFFBOT>"
QUESTION = "How do I get quiet students into small-group talk?"


async def says(person, world, text, thread_ts=None):
    """Write to the bot directly, a second after its last letter, and return the next one."""
    world.clock.move(PACE)
    await person.types(world.slack.direct_message(person.id), text, thread_ts)
    await settle(world)
    letters = world.letters(person.id)
    return words_of(letters[-1]) if letters else ""


async def calls(person, world, text, thread_ts=None, name=BOT):
    """Write to the bot in the channel and return what only this person sees then."""
    await person.types("math-circle", f"{name} {text}", thread_ts)
    await settle(world)
    seen = answers_to(person)
    return words_of(seen[-1]) if seen else ""


async def test_a_direct_message_does_what_the_command_does(ben, world, anas_problem):
    for text, answer in {
        "help": "/problem",
        "Help!": "/problem",
        f"{BOT} /help": "/problem",
        "help me please": "/problem",
        "list": TITLE,
        "problems": TITLE,
        "problem list": TITLE,
        "mine": "You have not shared a problem yet",
        "unanswered": TITLE,
        "next": TITLE,
        "find quiet students": TITLE,
        "find\nquiet students": TITLE,
        "status": "*Math circle* · 4 members",
        "stop": "t write to you unasked any more",
        "start": "I will write to you again",
        "Stop it, please.": "t write to you unasked any more",
    }.items():
        before = len(world.letters("UBEN"))

        assert answer in await says(ben, world, text)
        assert len(world.letters("UBEN")) == before + 1


async def test_where_a_form_is_needed_a_button_opens_it_with_the_text(ben, world, circle):
    letter = await says(ben, world, f"problem {QUESTION} *Now* & <soon>")
    assert "with what you wrote already in it" in letter
    assert ben.top_view is None

    await ben.presses(OPEN)
    await settle(world)
    await ben.submits(ben.top_view, happening="They wait.")
    await settle(world)

    assert f"{QUESTION} *Now* & <soon>" in cards(world)[0].words
    assert "Shared in" in world.letters("UBEN")[-1]["text"]


async def test_a_problem_of_several_lines_is_taken_whole(ben, world, circle):
    await says(ben, world, "problem\nQuiet students\nThey wait.")

    await ben.presses(OPEN)
    await settle(world)

    assert "Quiet students\\nThey wait." in str(ben.top_view["state"])


async def test_settings_are_a_button_away(ben, world, circle):
    await says(ben, world, "settings")

    await ben.presses(SETTINGS)
    await settle(world)

    assert ben.top_view["title"]["text"] == "My settings"


async def test_of_several_communities_a_direct_message_asks_which(ana, world, lounge, anas_problem):
    assert "Which community do you mean?" in await says(ana, world, "list")

    await ana.presses(f"{CHOOSE}.0")
    await settle(world)

    assert TITLE in words_of(world.letters("UANA")[-1])


async def test_pages_turn_in_place_in_a_direct_message(ana, world, circle):
    for number in range(6):
        await share(ana, world, title=f"Exit tickets {number}")
    await says(ana, world, "list")
    count = len(world.letters("UANA"))

    await ana.presses(EARLIER)
    await settle(world)

    assert len(world.letters("UANA")) == count
    assert "Exit tickets 0" in words_of(world.letters("UANA")[-1])


async def test_the_bot_answers_in_the_thread_of_a_direct_message(ben, world, circle):
    await says(ben, world, "help")
    root = world.letters("UBEN")[-1]["ts"]

    await says(ben, world, "list", thread_ts=root)

    assert world.letters("UBEN")[-1]["thread_ts"] == root


async def test_after_its_name_the_bot_does_the_same_for_my_eyes_only(ana, ben, world, anas_problem):
    before = len(world.messages())

    assert TITLE in await calls(ben, world, "list")
    assert len(answers_to(ana)) == 1
    assert len(world.messages()) == before + 1


async def test_in_a_thread_it_answers_in_the_thread(ben, world, anas_problem):
    await calls(ben, world, "find quiet", thread_ts=anas_problem.ts)

    assert TITLE in last_answer(ben)
    assert answers_to(ben)[-1]["thread_ts"] == anas_problem.ts


async def test_in_a_thread_a_form_is_a_button_away(ben, world, anas_problem):
    await calls(ben, world, f"problem {QUESTION}", thread_ts=anas_problem.ts)

    await ben.presses(OPEN)
    await settle(world)
    await ben.submits(ben.top_view, happening="They wait.")
    await settle(world)

    assert QUESTION in cards(world)[-1].words


async def test_what_is_said_before_the_name_does_not_matter(ben, world, anas_problem):
    await ben.types("math-circle", f"Let us see: {BOT} list")
    await settle(world)

    assert TITLE in last_answer(ben)


async def test_one_message_that_reaches_the_bot_in_two_events_is_answered_once(
    ben, world, anas_problem
):
    world.slack.faults.repeat_envelopes(4)

    await calls(ben, world, "list")

    assert len(answers_to(ben)) == 1


async def test_the_name_alone_shows_help(ben, world, circle):
    assert "/problem" in await calls(ben, world, "")


async def test_an_edited_message_is_not_obeyed_again(ben, world, anas_problem):
    reply = await ben.types(world.slack.direct_message("UBEN"), "list")
    await settle(world)
    count = len(world.letters("UBEN"))

    await ben.edits(reply.message, "mine")
    await settle(world)

    assert len(world.letters("UBEN")) == count


async def test_what_is_not_understood_gets_one_short_hint_an_hour(ben, world, circle):
    assert "I do not know “Good”" in await says(ben, world, "Good morning")
    await says(ben, world, "How are you?")
    assert len(world.letters("UBEN")) == 1

    await world.moves(timedelta(minutes=61))
    await says(ben, world, "Hello?")

    assert len(world.letters("UBEN")) == 2


async def test_the_words_of_hangouts_work_by_message_each_time(ben, world, circle):
    for text, answer in {
        "leave": "No hangout is coming yet",
        "I can’t come after all.": "No hangout is coming yet",
        "can't come": "No hangout is coming yet",
        "notes": "hangout",
        "voices": "Too early to say",
        "protocols": "A protocol is",
        "move": "hangout",
    }.items():
        for _ in range(2):
            before = len(world.letters("UBEN"))

            assert answer in await says(ben, world, text)
            assert len(world.letters("UBEN")) == before + 1


async def test_a_single_word_is_answered_every_time_and_hangouts_are_named(ben, world, circle):
    for number in (1, 2, 3):
        words = await says(ben, world, "agenda")

        assert "I do not know “agenda”" in words
        assert "“hangout”, “join” or “leave”" in words
        assert len(world.letters("UBEN")) == number


async def test_the_hint_is_where_the_words_were(ben, world, circle):
    hint = await calls(ben, world, "thanks a lot")

    assert "I do not know “thanks”" in hint
    assert world.letters("UBEN") == []


async def test_a_misspelled_word_is_answered_with_the_nearest(ben, world, circle):
    assert "Did you mean “unanswered”?" in await says(ben, world, "unanswred")


async def test_what_is_nearly_right_is_always_answered_and_thanks_never(ben, world, circle):
    await says(ben, world, "Good morning")

    assert "Did you mean “problem”?" in await says(ben, world, "probelm about chairs")
    assert "Did you mean “list”?" in await says(ben, world, "list please")
    count = len(world.letters("UBEN"))
    await says(ben, world, "Thanks!")

    assert len(world.letters("UBEN")) == count


async def test_nobody_is_led_to_stop_by_a_slip(ben, world, circle):
    assert "stop" not in await says(ben, world, "stpo")


async def test_words_to_the_bot_are_no_reply_when_they_are_edited_either(ben, world, anas_problem):
    reply = await ben.types("math-circle", f"{BOT} help", anas_problem.ts)
    await ben.edits(reply.message, f"{BOT} list")
    await settle(world)

    async with world.db() as session:
        assert list(await session.scalars(select(Reply))) == []


async def test_a_sentence_that_begins_like_a_command_is_a_sentence(ben, world, circle):
    assert "Did you mean “next”?" in await says(ben, world, "Next week I am away.")


async def test_a_hint_quotes_faithfully_and_pings_nobody(ben, world, circle):
    for text in ("👋", "…", "<!channel>", "*_~`", "שלום"):
        await world.moves(timedelta(hours=25))

        assert "Try “problem”" in await says(ben, world, text)
        assert "<!" not in world.letters("UBEN")[-1]["text"]


async def test_whoever_is_new_gets_a_hint_too(world, circle):
    world.slack.add_user("erin")

    assert "Try “problem”" in await says(world.slack.person("UERIN"), world, "Hello")

    async with world.db() as session:
        assert (await Member.find(session, "UERIN")).hinted_at is not None


async def test_without_a_community_the_words_come_back_with_the_way_out(ana, world):
    letter = await says(ana, world, f"problem {QUESTION}")

    assert "/staffroom setup" in letter
    assert QUESTION in letter


async def test_other_bots_are_not_obeyed(ben, world, circle):
    channel = world.slack.channels["CMATHCIRCLE"]
    ts = world.slack.new_ts()
    beep = {"type": "app_mention", "bot_id": "B0OTHER", "user": "U0ROBOT", "text": f"{BOT} list"}

    await world.slack.socket.deliver(
        "events_api",
        {
            "type": "event_callback",
            "team_id": world.slack.team_id,
            "event_id": "EvBEEP",
            "event": beep | {"channel": channel.id, "ts": ts, "event_ts": ts},
        },
    )
    await settle(world)

    assert channel.ephemerals == []


async def test_reactions_are_taken_and_mean_nothing(ben, world, anas_problem):
    reply = await ben.reacts(anas_problem.message, "wave")
    again = await ben.unreacts(anas_problem.message, "wave")
    await settle(world)

    assert (reply.acked, again.acked) == (True, True)
    assert "no answers yet" in anas_problem.words


async def test_the_form_knows_its_channel_after_a_mention(ben, world, lounge):
    await calls(ben, world, "problem Quiet students")

    await ben.presses(OPEN)
    await settle(world)

    assert "community_id" not in ben.top_view["state"]["values"]
