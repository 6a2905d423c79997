"""Receiving thanks in Slack: card, letters, seconding, and keeping it between the people."""

import pytest

from bot.sandbox import messages
from handlers.blocks.thanks.ids import KEEP_PRIVATE, SECOND
from models.members import Member
from models.posts import GONE, Post
from models.thanks.posted import card_key
from tests.handlers.problems.steps import CIRCLE
from tests.handlers.thanks.kind_steps import (
    answer,
    card,
    cards,
    everything_seen_by,
    kept,
    letter,
    letters,
    presses,
    said_to,
    thanked,
)

pytestmark = pytest.mark.usefixtures("good_manners")

WORDS = "for covering my class"


async def test_public_thanks_stand_in_the_channel_and_reach_whom_they_are_for(ben, world, circle):
    await thanked(world, circle, to=["UBEN", "UCHRIS"], reason="Covered for me")

    assert "Ana thanks Ben and Chris: for covering my class — because" in card(world)
    assert "Ana thanks you and Chris: for covering my class" in letter(world, "UBEN")
    assert "everybody in #math-circle sees this" in letter(world, "UBEN")
    assert "Ana thanks you and Ben" in letter(world, "UCHRIS")


async def test_private_thanks_are_read_by_giver_and_receiver_alone(ben, chris, world, circle):
    await chris.opens_home()

    await thanked(world, circle, is_private=True)

    assert cards(world) == []
    assert "only you two see this" in letter(world, "UBEN")
    assert "covering my class" not in everything_seen_by(world, chris)


async def test_whoever_wants_no_such_letters_gets_none(ben, world, circle):
    async with world.db.begin() as session:
        (await Member.find(session, "UBEN")).muted = ["thanks.receiving"]

    await thanked(world, circle)

    assert letters(world, "UBEN") == []
    assert WORDS in card(world)


async def test_a_receiver_keeps_it_private_and_the_channel_forgets_it(ben, chris, world, circle):
    thanks = await thanked(world, circle)
    await presses(chris, world, SECOND, cards(world)[-1])

    await presses(ben, world, KEEP_PRIVATE, letters(world, "UBEN")[-1])

    assert cards(world) == []
    assert "Kept between you." in said_to(world, "UBEN")
    assert "only you two see this" in letter(world, "UBEN")
    assert "Ben would rather keep your thanks between" in letter(world, "UANA", "kept_private")
    assert (await kept(world, thanks)).is_private
    assert "covering my class" not in everything_seen_by(world, chris)


async def test_a_colleague_cannot_keep_it_private_with_a_forged_press(chris, world, circle):
    thanks = await thanked(world, circle)

    await chris.forges(
        {
            "channel": {"id": "CMATHCIRCLE"},
            "actions": [
                {
                    "type": "button",
                    "action_id": KEEP_PRIVATE,
                    "block_id": "b",
                    "value": str(thanks.id),
                    "action_ts": "1.0",
                }
            ],
        }
    )
    await world.settled()

    assert "Only those who are thanked" in answer(chris)
    assert WORDS in card(world)


async def test_a_colleague_seconds_it_by_button(chris, world, circle):
    await thanked(world, circle)

    await presses(chris, world, SECOND, cards(world)[-1])

    assert "Seconded by Chris" in card(world)
    assert "Your name stands on the card" in answer(chris)


async def test_the_emoji_seconds_it_until_it_is_taken_off(chris, world, circle):
    await thanked(world, circle)
    await chris.reacts(cards(world)[-1], "clap::skin-tone-3")
    await world.settled()
    before = card(world)

    await chris.unreacts(cards(world)[-1], "clap::skin-tone-3")
    await world.settled()

    assert "Seconded by Chris" in before
    assert "Seconded" not in card(world)


async def test_whoever_is_thanked_seconds_nothing(ben, world, circle):
    await thanked(world, circle)
    await ben.reacts(cards(world)[-1], "clap")

    await presses(ben, world, SECOND, cards(world)[-1])

    assert "These words are for you" in answer(ben)
    assert "Seconded" not in card(world)


async def test_a_card_that_an_admin_deleted_is_not_missed(ben, world, circle):
    thanks = await thanked(world, circle)
    for delivery in messages.remove(world.slack, world.slack.channels[CIRCLE], cards(world)[-1]):
        await delivery

    await presses(ben, world, KEEP_PRIVATE, letters(world, "UBEN")[-1])

    async with world.db() as session:
        assert (await Post.keyed(session, card_key(thanks))).state == GONE
    assert "only you two see this" in letter(world, "UBEN")
