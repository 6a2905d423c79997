"""A card shows what is true, soon after it changes, without being redrawn for every change."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from time import monotonic

import pytest

from models.posts import Post
from tests.bot.patience import until
from tests.bot.posting import CARD, MATH, ChangedMindError

REDRAW, DELETE = "chat.update", "chat.delete"


@pytest.fixture
async def ana(office):
    """What the card is about; her name stands for whatever a card shows."""
    return await office.member(name="0")


@pytest.fixture
async def card(office, ana):
    """A card that has been said."""
    await office.post("card", kind=CARD, about_id=ana.id)
    async with office.open():
        await office.settled()
    office.clock.move(timedelta(seconds=10))


async def test_two_hundred_presses_in_a_second_are_a_handful_of_redraws(office, ana, card):
    async with office.open():
        began = monotonic()
        for number in range(1, 201):
            await office.name(ana, str(number))
            await asyncio.sleep(max(0, began + number / 200 - monotonic()))
        seconds = monotonic() - began
        await office.settled(in_real_time=True)

    assert office.said() == ["card: 200"]
    # One at the first press, one at the end, and one in each redraw pace between.
    assert len(office.calls(REDRAW)) <= 2 + seconds // 1.2


async def test_a_single_press_is_seen_at_once(office, ana, card):
    async with office.open():
        await asyncio.sleep(0.1)
        pressed = monotonic()
        await office.name(ana, "1")
        await until(lambda: office.said() == ["card: 1"])

    assert monotonic() - pressed < 0.8


@pytest.mark.parametrize("method", ["chat.postMessage", REDRAW])
@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_change_while_the_card_is_on_its_way_is_shown_afterwards(office, ana, method, when):
    office.slack.faults.slow(method, seconds=0.2, when=when)
    await office.post("card", kind=CARD, about_id=ana.id)
    async with office.open():
        if method == REDRAW:
            await until(lambda: office.said())
            await office.name(ana, "1")
        await until(lambda: office.slack.api_calls_in_flight, seconds=10)
        await office.name(ana, "2")
        await office.settled()

    assert office.said() == ["card: 2"]


FAULTS = {
    "too many redraws": lambda faults: faults.next(REDRAW, 429, headers={"Retry-After": "7"}),
    "an error": lambda faults: faults.next(REDRAW, 500, times=2),
    "a line cut before": lambda faults: faults.cut(REDRAW, when="before"),
    "a line cut after": lambda faults: faults.cut(REDRAW, when="after"),
    "an answer after the time-out": lambda faults: faults.slow(REDRAW, seconds=0.6),
    "a token that does not count for a while": lambda faults: faults.fail(REDRAW, "invalid_auth"),
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("fault", FAULTS)
async def test_a_card_shows_the_last_state_in_spite_of(office, ana, card, fault):
    FAULTS[fault](office.slack.faults)

    async with office.open(timeout=0.4):
        await office.name(ana, "1")
        await office.quiet()
        await office.name(ana, "2")
        await office.settled()

    assert office.said() == ["card: 2"]


async def test_too_many_redraws_of_one_card_make_the_others_wait_as_well(office, ana, card):
    ben = await office.member("UBEN", name="0")
    await office.post("other", "UBEN", kind=CARD, about_id=ben.id)
    async with office.open():
        await office.settled()
        office.clock.move(timedelta(seconds=10))
        office.slack.faults.next(REDRAW, 429, headers={"Retry-After": "20"})
        await office.name(ana, "1")
        await until(lambda: office.calls(REDRAW))
        office.clock.move(timedelta(seconds=15))
        await office.name(ben, "1")
        await office.quiet()

        assert len(office.calls(REDRAW)) == 1
        await office.settled()

    assert (office.said(), office.said("UBEN")) == (["card: 1"], ["other: 1"])


async def test_a_card_deleted_in_slack_is_left_alone(office, ana, card):
    office.slack.faults.fail(REDRAW, "message_not_found")

    async with office.open():
        for name in ("1", "2"):
            await office.name(ana, name)
            await office.settled()

    assert (await office.states(), len(office.calls(REDRAW))) == ({"card": "gone"}, 1)


async def test_a_card_slack_does_not_let_us_touch_is_redrawn_after_the_next_invitation(
    office, ana, card
):
    office.slack.faults.fail(REDRAW, "is_archived")

    async with office.open():
        await office.name(ana, "1")
        await office.settled()
        assert (office.said(), len(office.calls(REDRAW))) == (["card: 0"], 1)
        await office.revive(MATH)
        await office.settled()

    assert office.said() == ["card: 1"]


async def test_a_card_with_nothing_left_to_show_stays_as_it_is(office, ana, card):
    async with office.open():
        await office.name(ana, None)
        await office.settled()
        assert office.said() == ["card: 0"]
        await office.name(ana, "back")
        await office.settled()

    assert office.said() == ["card: back"]


async def test_a_card_that_is_over_is_taken_out_of_slack(office, ana, card):
    async with office.open():
        await office.name(ana, "over")
        await office.settled()
        await office.name(ana, "back")
        await office.settled()

    assert (office.said(), await office.states()) == ([], {"card": "gone"})
    assert (len(office.calls(DELETE)), office.calls(REDRAW)) == (1, [])


@pytest.mark.parametrize("fault", ["cut", "error"])
async def test_a_card_is_taken_away_in_spite_of(office, ana, card, fault):
    faults = {
        "cut": lambda: office.slack.faults.cut(DELETE),
        "error": lambda: office.slack.faults.next(DELETE, 500),
    }
    faults[fault]()

    async with office.open():
        await office.name(ana, "over")
        await office.settled()

    assert (office.said(), await office.states()) == ([], {"card": "gone"})


async def test_what_slack_does_not_let_us_take_away_says_that_it_is_over(office, ana, card):
    office.slack.faults.fail(DELETE, "cant_delete_message")

    async with office.open():
        await office.name(ana, "over")
        await office.settled()

    assert office.said() == ["card: over"]


async def test_two_postmen_redraw_to_the_last_state(office, ana, card):
    async with office.open(2):
        for number in range(1, 40):
            await office.name(ana, str(number))
            office.clock.move(timedelta(seconds=0.3))
        await office.settled()

    assert office.said() == ["card: 39"]
    assert len(office.calls(REDRAW)) <= 12


async def test_a_redraw_that_is_rolled_back_shows_nothing(office, ana, card):
    with suppress(ChangedMindError):
        async with office.db.begin() as session:
            await Post.redraw(session, CARD, ana.id, office.clock())
            raise ChangedMindError

    async with office.open():
        await office.settled()

    assert office.calls(REDRAW) == []
