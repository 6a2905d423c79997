"""Whose turn it is, and how a seat that was given back goes on."""

from datetime import UTC, datetime, timedelta

import pytest

from models.hangouts import posted, signups
from models.hangouts import seats as seats_rules
from models.hangouts.signups import OfferOverError
from tests.examples import ANA, BEN, CHRIS, DAY, HOUR, NOW, a_hangout
from tests.models.hangouts.signing import (
    DANA,
    EVE,
    OFFERED,
    SEAT,
    call_off,
    does,
    is_deactivated,
    leave,
    letters,
    move,
    present,
    restore,
    say_they_missed_it,
    seats,
    set_up,
    signup,
    standing,
)

START = datetime(2026, 12, 3, 23, 0, tzinfo=UTC)
# The next noon in Denver with four hours to answer, seen from a Tuesday at 9:00, is Wednesday's.
WEDNESDAY_NOON = datetime(2026, 11, 18, 19, 0, tzinfo=UTC)


@pytest.fixture
async def thursday(db):
    """A hangout with two seats."""
    [hangout_id] = await set_up(db, (ANA, BEN, CHRIS, DANA, EVE))
    return hangout_id


async def test_a_seat_given_back_is_offered_to_who_waits(db, thursday):
    await present(db, thursday, ANA, BEN, CHRIS, DANA)

    await does(db, signups.give_back, thursday, ANA)

    assert await seats(db, thursday) == ({BEN: SEAT, CHRIS: OFFERED}, [DANA])
    assert (await signup(db, thursday, CHRIS)).offered_until == WEDNESDAY_NOON
    assert ANA in (await standing(db, thursday)).coming_ids
    assert await letters(db, posted.OFFER) == [CHRIS]


async def test_while_somebody_waits_nobody_is_served_before_them(db, thursday):
    await present(db, thursday, ANA, BEN, CHRIS)
    await does(db, signups.give_back, thursday, ANA)

    [place] = await present(db, thursday, DANA)

    assert (place.seat, place.position) == (False, 1)
    assert await seats(db, thursday) == ({BEN: SEAT, CHRIS: OFFERED}, [DANA])


@pytest.mark.parametrize("answer", [signups.confirm, signups.ask_to_present])
async def test_an_offer_is_confirmed_by_either_button_and_twice(db, thursday, answer):
    await present(db, thursday, ANA, BEN, CHRIS)
    await does(db, signups.give_back, thursday, ANA)

    await does(db, answer, thursday, CHRIS, now=WEDNESDAY_NOON - HOUR)
    await does(db, answer, thursday, CHRIS, now=WEDNESDAY_NOON + HOUR)

    assert await seats(db, thursday) == ({BEN: SEAT, CHRIS: SEAT}, [])
    assert (await signup(db, thursday, CHRIS)).offered_until is None


async def test_an_offer_that_runs_out_goes_on_and_both_are_told(db, thursday):
    await present(db, thursday, ANA, BEN, CHRIS, DANA)
    await does(db, signups.give_back, thursday, ANA)

    async with db() as session:
        early = await signups.lapsing(session, WEDNESDAY_NOON - HOUR, limit=5)
        due = await signups.lapsing(session, WEDNESDAY_NOON, limit=5)
    lapsed = [
        await does(db, signups.lapse, thursday, now=WEDNESDAY_NOON + late)
        for late in (timedelta(), HOUR)
    ]

    assert (early, due, lapsed) == ([], [thursday], [1, 0])
    assert await seats(db, thursday) == ({BEN: SEAT, DANA: OFFERED}, [])
    assert CHRIS in (await standing(db, thursday)).coming_ids
    assert await letters(db, posted.OFFER) == [CHRIS, DANA]
    assert await letters(db, posted.LAPSED) == [CHRIS]


async def test_an_offer_that_has_run_out_cannot_be_confirmed(db, thursday):
    await present(db, thursday, ANA, BEN, CHRIS, DANA)
    await does(db, signups.give_back, thursday, ANA)

    with pytest.raises(OfferOverError, match="gone on"):
        await does(db, signups.confirm, thursday, CHRIS, now=WEDNESDAY_NOON)
    with pytest.raises(OfferOverError):
        await does(db, signups.confirm, thursday, EVE)
    [place] = await present(db, thursday, CHRIS, now=WEDNESDAY_NOON)

    assert place.position == 1
    assert await seats(db, thursday) == ({BEN: SEAT, DANA: OFFERED}, [CHRIS])


async def test_who_is_offered_a_second_seat_until_the_same_noon_is_told_again(db, thursday):
    await present(db, thursday, ANA, BEN, CHRIS)
    await does(db, signups.give_back, thursday, ANA)
    await does(db, signups.give_back, thursday, CHRIS)
    await present(db, thursday, DANA, CHRIS)

    await does(db, signups.give_back, thursday, BEN)

    assert await seats(db, thursday) == ({DANA: SEAT, CHRIS: OFFERED}, [])
    assert await letters(db, posted.OFFER) == [CHRIS, CHRIS]


async def test_who_presented_longest_ago_comes_first(db):
    earlier = [{"starts_at": NOW - number * 14 * DAY} for number in (3, 2, 1)]
    members = (ANA, BEN, CHRIS, DANA, EVE)
    *past, coming = await set_up(db, members, hangouts=[*earlier, {"slots": 1}])
    for hangout_id, who in zip(past, (CHRIS, ANA, BEN), strict=True):
        await present(db, hangout_id, who, now=NOW - 60 * DAY)

    await present(db, coming, DANA, BEN, ANA, CHRIS, EVE)

    assert await seats(db, coming) == ({DANA: SEAT}, [EVE, CHRIS, ANA, BEN])


async def test_a_hangout_that_was_called_off_and_one_missed_are_no_presenting(db):
    earlier = [{"starts_at": NOW - number * 14 * DAY} for number in (3, 2, 1)]
    *past, coming = await set_up(db, (ANA, BEN, CHRIS, DANA), hangouts=[*earlier, {"slots": 1}])
    for hangout_id, who in zip(past, (ANA, BEN, CHRIS), strict=True):
        await present(db, hangout_id, who, now=NOW - 60 * DAY)
    await does(db, call_off, past[1], now=NOW - 59 * DAY)
    await does(db, say_they_missed_it, past[2], CHRIS)

    await present(db, coming, DANA, ANA, CHRIS, BEN)

    assert (await seats(db, coming))[1] == [CHRIS, BEN, ANA]


async def test_whoever_left_is_passed_over(db, thursday):
    await present(db, thursday, ANA, BEN, CHRIS, DANA, EVE)
    await leave(db, thursday, CHRIS)
    await is_deactivated(db, DANA)

    await does(db, signups.give_back, thursday, ANA)
    await does(db, signups.give_back, thursday, BEN)
    [place] = await present(db, thursday, ANA)

    assert place.seat
    assert await seats(db, thursday) == ({ANA: SEAT, EVE: OFFERED}, [])


async def test_an_offer_that_met_the_start_stays_and_one_called_off_waits_again(db, thursday):
    await present(db, thursday, ANA, BEN, CHRIS)
    await does(db, signups.give_back, thursday, ANA)

    await does(db, call_off, thursday)
    await does(db, signups.lapse, thursday, now=WEDNESDAY_NOON)
    waiting = await seats(db, thursday)
    await does(db, restore, thursday)
    await does(db, signups.promote, thursday, now=WEDNESDAY_NOON)
    await does(db, signups.lapse, thursday, now=START + HOUR / 2)

    assert waiting == ({BEN: SEAT}, [CHRIS])
    assert await seats(db, thursday) == ({BEN: SEAT, CHRIS: OFFERED}, [])
    assert await letters(db, posted.LAPSED) == []
    async with db() as session:
        assert await signups.lapsing(session, START + DAY, limit=5) == []


MOMENTS = {
    "on Tuesday at 9:00, the hangout is weeks away": (NOW, WEDNESDAY_NOON),
    "at 7:30, noon leaves enough time": (NOW - 1.5 * HOUR, NOW + 3 * HOUR),
    "in the evening before": (START - 20 * HOUR, START - 4 * HOUR),
    "in the morning of the day": (START - 8 * HOUR, START - 4 * HOUR),
    "at noon of the day": (START - 4 * HOUR, START - 2 * HOUR),
    "an hour before": (START - HOUR, START - HOUR / 2),
}


@pytest.mark.parametrize("when", MOMENTS)
async def test_how_long_an_offer_stands(db, thursday, when):
    now, until = MOMENTS[when]
    await present(db, thursday, ANA, BEN, CHRIS)

    await does(db, signups.give_back, thursday, ANA, now=now)

    assert (await signup(db, thursday, CHRIS)).offered_until == until


async def test_an_offer_follows_a_hangout_that_is_moved_ahead(db, thursday):
    await present(db, thursday, ANA, BEN, CHRIS)
    await does(db, signups.give_back, thursday, ANA)

    await does(db, move, thursday, NOW + 6 * HOUR)
    for _ in range(2):
        await does(db, signups.promote, thursday)

    assert (await signup(db, thursday, CHRIS)).offered_until == NOW + 4 * HOUR
    assert await letters(db, posted.OFFER) == [CHRIS, CHRIS]


@pytest.mark.parametrize(
    ("asked", "until"),
    [
        # Friday at 9:00 and Saturday at noon in Denver: until Monday noon.
        ("2026-11-20T09:00-07:00", "2026-11-23T12:00-07:00"),
        ("2026-11-21T12:00-07:00", "2026-11-23T12:00-07:00"),
        # Friday at 7:00: until noon of the same day.
        ("2026-11-20T07:00-07:00", "2026-11-20T12:00-07:00"),
    ],
)
def test_an_offer_never_ends_on_a_weekend(asked, until):
    hangout = a_hangout()

    assert seats_rules.offered_until(hangout, at(asked)) == at(until)


def test_an_offer_for_a_sunday_ends_before_it():
    hangout = a_hangout(starts_at=at("2026-11-22T16:00-07:00"))

    assert seats_rules.offered_until(hangout, at("2026-11-20T15:00-07:00")) == at(
        "2026-11-22T14:00-07:00"
    )


def at(text):
    return datetime.fromisoformat(text)
