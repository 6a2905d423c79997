"""Inviting: the card in the channel, seats that are offered, and those that go on."""

from datetime import timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks.hangouts.ids import CANNOT, CONFIRM, GIVE_BACK, JOIN, PREPARE, PRESENT
from handlers.blocks.members import MUTE
from handlers.hangouts.inviting import lapse_offers, next_moment
from models.hangouts import posted, signups
from models.hangouts.hangout import Hangout
from models.hangouts.signup import Presenting
from tests.examples import DAY, HOUR
from tests.handlers.blocks.problems.drawings import NASTY
from tests.handlers.hangouts.signing_steps import (
    SOON,
    Invited,
    a_hangout_soon,
    a_series_of,
    actions_on,
    last_words,
    letters,
    presents,
    press,
)
from tests.handlers.problems.steps import answers_to, posts, settle

pytestmark = pytest.mark.usefixtures("good_manners")
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
async def hangout(world, circle) -> Invited:
    """A hangout in six days with one seat; everybody is invited."""
    return await a_hangout_soon(world, circle, slots=1, link="https://video.example/math")


@pytest.fixture
async def offered(ana, chris, world, hangout) -> Invited:
    """The same hangout: Ana gave her seat back, so it is offered to Chris."""
    await presents(ana, world, hangout)
    await presents(chris, world, hangout)
    await press(ana, world, GIVE_BACK, answers_to(ana)[-1])
    return hangout


async def lapse(world) -> str:
    return await lapse_offers(world.database, world.clock, AsyncWebClient())


async def test_a_week_before_everybody_is_invited_once_by_day(world, circle):
    [invited] = await a_series_of(world, circle, SOON + 5 * DAY)
    assert posts(world, posted.INVITATION) == []

    # A week before is a Saturday afternoon.
    await world.moves(4 * DAY + 8 * HOUR)
    assert posts(world, posted.INVITATION) == []
    await world.moves(2 * DAY)
    await world.moves(DAY)

    assert "hangout with Ben. We try wait time first, then think about up to two problems" in (
        invited.words.replace("\n", "")
    )
    assert "Both seats to present are free" in invited.words
    assert invited.actions == [JOIN, PRESENT, CANNOT]


async def test_called_off_the_card_says_why_and_offers_nothing(ana, world, hangout):
    await presents(ana, world, hangout)

    await hangout.changes(called_off_at=world.clock(), called_off_why=NASTY[:100])

    assert "Called off: " in hangout.words
    assert '"strike": True' in str(hangout.card).replace("'", '"')
    assert hangout.actions == []


async def test_to_what_is_called_off_nobody_is_invited(world, circle):
    [invited] = await a_series_of(world, circle, SOON + 5 * DAY)
    await invited.changes(called_off_at=world.clock())

    await world.moves(6 * DAY)

    assert posts(world, posted.INVITATION) == []


async def test_begun_and_over_the_card_offers_nothing_more(ana, world, hangout):
    await press(ana, world, JOIN, hangout.card)

    world.clock.move(6 * DAY + 7 * HOUR)
    await hangout.changes()
    assert "It has begun" in hangout.words
    assert hangout.actions == []

    world.clock.move(2 * HOUR)
    await hangout.changes()
    assert "We tried wait time." in hangout.words.replace("\n", "")
    assert hangout.actions == []


async def test_a_freed_seat_is_offered_to_who_waits_with_a_time_to_answer_by(
    ana, chris, world, offered
):
    [letter] = letters(world, "UCHRIS", posted.OFFER)

    assert "A seat to present is free for you" in letter["text"]
    # 12:00 the next day in Denver: three hours would be too short an answer time today.
    assert "Wednesday 18 November 2026, 12:00 (America/Denver)" in letter["text"]
    assert actions_on(letter) == [CONFIRM, GIVE_BACK, MUTE]
    assert "This seat is offered to the next one on the list" in offered.words
    assert "Chris presents" not in offered.words
    await press(ana, world, PRESENT, offered.card)
    assert "You are first on the list" in last_words(ana)


async def test_a_seat_that_is_taken_in_time_is_theirs_and_the_offer_says_so(chris, world, offered):
    [letter] = letters(world, "UCHRIS", posted.OFFER)

    await press(chris, world, CONFIRM, letter)
    await press(chris, world, PREPARE, world.letters("UCHRIS")[-1])

    assert (await offered.signup("UCHRIS")).presenting == Presenting.SEAT
    assert "Chris presents" in offered.words
    assert "You took the seat to present" in letter["text"]
    assert actions_on(letter) == []
    assert "What I bring" in str(chris.top_view["title"])


async def test_not_this_time_lets_the_seat_go_on_and_one_still_comes(
    ana, ben, chris, world, offered
):
    await presents(ben, world, offered)
    [letter] = letters(world, "UCHRIS", posted.OFFER)

    await press(chris, world, GIVE_BACK, letter)

    assert "went on" in letter["text"]
    assert "Thank you for saying so" in world.letters("UCHRIS")[-1]["text"]
    assert (await offered.signup("UCHRIS")).is_coming
    assert len(letters(world, "UBEN", posted.OFFER)) == 1


async def test_an_offer_nobody_answers_goes_on_and_both_are_told_once(ben, chris, world, offered):
    await presents(ben, world, offered)
    async with world.db() as session:
        until = await next_moment(session, world.clock())
    assert until == (await offered.signup("UCHRIS")).offered_until

    world.clock.move(until - world.clock() - A_MINUTE)
    assert await lapse(world) == "0 offers ran out"
    world.clock.move(2 * A_MINUTE)
    assert await lapse(world) == "1 offers ran out"
    assert await lapse(world) == "0 offers ran out"
    await settle(world)

    [first] = letters(world, "UCHRIS", posted.OFFER)
    [over] = letters(world, "UCHRIS", posted.LAPSED)
    assert "went on" in first["text"]
    assert "You still come" in over["text"]
    assert len(letters(world, "UBEN", posted.OFFER)) == 1
    chris_signup = await offered.signup("UCHRIS")
    assert (chris_signup.is_coming, chris_signup.presenting) == (True, None)

    await chris.forges(
        {
            "type": "block_actions",
            "channel": {"id": "CMATHCIRCLE"},
            "actions": [
                {
                    "type": "button",
                    "action_id": CONFIRM,
                    "block_id": "b",
                    "value": str(offered.hangout_id),
                }
            ],
        }
    )
    await settle(world)
    assert "That seat has gone on to the next colleague" in last_words(chris)


async def test_whoever_does_not_want_such_letters_gets_none(ana, chris, world, hangout):
    await presents(ana, world, hangout)
    await presents(chris, world, hangout)
    await chris.types("math-circle", "/staffroom stop")
    await settle(world)

    await press(ana, world, CANNOT, answers_to(ana)[-1])

    assert letters(world, "UCHRIS", posted.OFFER) == []
    assert (await hangout.signup("UCHRIS")).presenting == Presenting.OFFERED


async def test_an_offer_for_a_hangout_that_is_called_off_meanwhile_is_not_said(
    world, circle, hangout
):
    now = world.clock()
    async with world.db.begin() as session:
        row = await Hangout.of(session, hangout.hangout_id, for_update=True)
        for member_id in ("UANA", "UCHRIS"):
            await signups.ask_to_present(session, row, member_id, now)
        await signups.give_back(session, row, "UANA", now)
        row.called_off_at = now
    await settle(world)

    assert letters(world, "UCHRIS", posted.OFFER) == []
