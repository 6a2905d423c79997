"""How colleagues respond, and what the card shows of it."""

import asyncio
from datetime import timedelta

from bot.sandbox import messages
from bot.sandbox.events import announce
from handlers.blocks.members import MUTE
from handlers.blocks.problems.cards import ME_TOO, OFFER_HELP
from tests.handlers.problems.steps import (
    CIRCLE,
    TITLE,
    Card,
    answers_to,
    last_answer,
    posts,
    resolve,
    settle,
)


async def test_me_too_is_counted_on_the_card_in_place(ben, chris, world, anas_problem: Card):
    before = len(world.messages())

    await ben.presses(ME_TOO, message=anas_problem.message)
    await chris.presses(ME_TOO, message=anas_problem.message)
    await settle(world)

    assert "2 have this too" in anas_problem.words
    assert len(world.messages()) == before
    assert "Noted: you have this too" in last_answer(ben)


async def test_me_too_again_takes_it_back(ben, world, anas_problem):
    await ben.presses(ME_TOO, message=anas_problem.message)
    await settle(world)
    world.clock.move(timedelta(seconds=10))
    await ben.presses(ME_TOO, message=anas_problem.message)
    await settle(world)

    assert "this too" not in anas_problem.words
    assert "Taken back" in last_answer(ben)


async def test_who_can_help_is_on_the_card_and_the_author_hears_of_it(ben, world, anas_problem):
    await ben.presses(OFFER_HELP, message=anas_problem.message)
    await settle(world)

    assert "Ben can help" in anas_problem.words
    [letter] = world.letters("UANA")
    assert f"Ben can help with your problem: {TITLE}" in letter["text"]
    assert "Ana knows that you can help" in last_answer(ben)


async def test_offering_help_twice_tells_the_author_once(ben, world, anas_problem):
    await ben.presses(OFFER_HELP, message=anas_problem.message)
    await ben.presses(OFFER_HELP, message=anas_problem.message)
    await settle(world)

    assert len(world.letters("UANA")) == 1
    assert anas_problem.words.count("Ben") == 1


async def test_a_press_delivered_twice_counts_once(ben, world, anas_problem):
    for action_id in (OFFER_HELP, ME_TOO):
        world.slack.faults.repeat_envelopes(1)
        await ben.presses(action_id, message=anas_problem.message)
        await settle(world)

    assert "1 has this too · Ben can help" in anas_problem.words
    assert len(world.letters("UANA")) == 1
    assert len(answers_to(ben)) == 2


async def test_two_presses_that_slip_are_one(ben, world, anas_problem):
    await ben.presses(ME_TOO, message=anas_problem.message)
    world.clock.move(timedelta(seconds=3))
    await ben.presses(ME_TOO, message=anas_problem.message)
    await world.slack.settled()
    await settle(world)

    assert "1 has this too" in anas_problem.words


async def test_many_presses_at_once_all_count(world, anas_problem):
    channel = world.slack.channels[CIRCLE]
    crowd = [world.slack.add_user(f"teacher{number}") for number in range(20)]
    channel.members |= {one.id for one in crowd}
    people = [world.slack.person(one.id) for one in crowd]

    await asyncio.gather(*(one.presses(ME_TOO, message=anas_problem.message) for one in people))
    await settle(world)

    assert "20 have this too" in anas_problem.words


async def test_the_author_may_stop_letters_about_offers(ana, ben, chris, world, anas_problem):
    await ben.presses(OFFER_HELP, message=anas_problem.message)
    await settle(world)

    await ana.presses(MUTE, message=world.letters("UANA")[-1])
    await settle(world)
    await chris.presses(OFFER_HELP, message=anas_problem.message)
    await settle(world)

    offers = [one for one in world.letters("UANA") if "can help with" in one["text"]]
    assert len(offers) == 1
    assert "Ben and Chris can help" in anas_problem.words


async def test_ones_own_problem_is_no_place_to_help(ana, ben, world, anas_problem):
    await ana.presses(ME_TOO, message=anas_problem.message)
    await ana.presses(OFFER_HELP, message=anas_problem.message)
    await settle(world)

    assert "This is your own problem" in last_answer(ana)
    assert answers_to(ben) == []
    assert "can help" not in anas_problem.words.replace("I can help", "")


async def test_a_press_on_an_old_screen_is_answered_kindly(ben, chris, world, anas_problem):
    old = dict(anas_problem.message)
    await resolve(ben, world, anas_problem)
    anas_problem.message["blocks"] = old["blocks"]

    await chris.presses(ME_TOO, message=anas_problem.message)
    await settle(world)

    assert "resolved by now" in last_answer(chris)


async def test_an_answer_in_the_channel_stays_there_when_the_card_has_a_thread(
    ben, chris, world, anas_problem
):
    await chris.types("math-circle", "Wait time helps.", thread_ts=anas_problem.ts)
    await settle(world)

    await ben.presses(ME_TOO, message=anas_problem.message)
    await settle(world)

    assert "thread_ts" not in answers_to(ben)[-1]


async def test_replies_are_counted(ben, chris, world, anas_problem):
    await ben.types("math-circle", "Sentence starters?", thread_ts=anas_problem.ts)
    await chris.types("math-circle", "Wait time.", thread_ts=anas_problem.ts)
    await settle(world)

    assert "2 answers" in anas_problem.words


async def test_an_edited_reply_is_one_reply(ben, world, anas_problem):
    reply = await ben.types("math-circle", "Starters?", thread_ts=anas_problem.ts)
    await ben.edits(reply.message, "Sentence starters?")
    await settle(world)

    assert "1 answer" in anas_problem.words


async def test_a_deleted_reply_counts_no_more(ben, world, anas_problem):
    reply = await ben.types("math-circle", "Starters?", thread_ts=anas_problem.ts)
    await settle(world)
    await ben.deletes(reply.message)
    await settle(world)

    assert "no answers yet" in anas_problem.words


async def test_a_file_in_the_thread_is_a_reply(ben, world, anas_problem):
    upload = await ben.uploads("starters.pdf", b"pdf")

    await ben.types("math-circle", "", thread_ts=anas_problem.ts, files=(upload.id,))
    await settle(world)

    assert "1 answer" in anas_problem.words


async def test_an_event_delivered_three_times_is_one_reply(ben, world, anas_problem):
    world.slack.faults.repeat_envelopes(2)

    await ben.types("math-circle", "Starters?", thread_ts=anas_problem.ts)
    await settle(world)

    assert "1 answer" in anas_problem.words


async def test_messages_of_bots_and_beside_the_thread_are_no_replies(ben, world, anas_problem):
    await resolve(ben, world, anas_problem)
    await ben.types("math-circle", "Lunch?")
    robot = {"type": "message", "subtype": "bot_message", "bot_id": "B0OTHER", "text": "Beep"}
    await hears(world, robot | {"thread_ts": anas_problem.ts})
    await hears(world, robot | {"thread_ts": anas_problem.ts, "user": "U0ROBOT", "subtype": None})
    await settle(world)

    assert len(anas_problem.thread) == 1
    assert "no answers yet" in anas_problem.words


async def test_words_to_the_bot_are_no_reply(ben, world, anas_problem):
    await ben.types("math-circle", "<@U0STAFFBOT> help", thread_ts=anas_problem.ts)
    await settle(world)

    assert "no answers yet" in anas_problem.words
    assert "/problem" in last_answer(ben)


async def test_the_bots_own_words_in_the_thread_are_no_reply(ben, world, anas_problem):
    await resolve(ben, world, anas_problem)

    assert len(anas_problem.thread) == 1
    assert "no answers yet" in anas_problem.words


async def test_a_card_deleted_in_slack_is_redrawn_no_more(ana, ben, world, anas_problem):
    card = anas_problem.message
    blocks = card["blocks"]
    await deleted_by_an_admin(world, card)
    world.slack.channels[CIRCLE].by_ts[card["ts"]] = card | {"blocks": blocks}

    await ben.presses(ME_TOO, message=card)
    await settle(world)

    assert "Noted" in last_answer(ben)
    assert posts(world, "problems.card") == []


async def test_replies_still_count_under_a_card_whose_words_are_gone(ben, world, anas_problem):
    await ben.types("math-circle", "Starters?", thread_ts=anas_problem.ts)
    await settle(world)
    await deleted_by_an_admin(world, anas_problem.message)

    await ben.types("math-circle", "/problem list")
    await settle(world)

    assert f"{TITLE} · Ana · open · 1 answer" in answers_to(ben)[-1]["text"]


async def hears(world, event):
    """Tell the bot of a message that none of our people wrote."""
    channel = world.slack.channels[CIRCLE]
    ts = world.slack.new_ts()
    told = {"ts": ts, "event_ts": ts, "channel": CIRCLE, "channel_type": "channel"} | event
    for delivery in announce(world.slack, "message.channels", told, channel):
        await delivery


async def deleted_by_an_admin(world, message):
    for delivery in messages.remove(world.slack, world.slack.channels[CIRCLE], message):
        await delivery
    await settle(world)
