"""How hangouts stand, for cards and lists."""

import pytest
from sqlalchemy import event

from models.hangouts import signups
from models.hangouts.hangout import Hangout
from models.hangouts.standings import HangoutStanding, my_next
from tests.examples import ANA, BEN, CHRIS, DAY, HOUR, NOW
from tests.models.hangouts.signing import (
    SEAT,
    call_off,
    does,
    is_deactivated,
    leave,
    set_up,
    standing,
)


@pytest.fixture
def questions(db):
    """What the database was asked so far."""
    asked = []

    def note(connection, cursor, statement, *_):
        asked.append(statement)

    event.listen(db.engine.sync_engine, "before_cursor_execute", note)
    yield asked
    event.remove(db.engine.sync_engine, "before_cursor_execute", note)


async def test_a_new_hangout_has_all_its_seats_and_nobody_in_it(db):
    [hangout_id] = await set_up(db, (ANA,))

    now = await standing(db, hangout_id)

    assert (now.free_seats, now.seats, now.waiting) == (2, (), ())
    assert (now.coming_ids, now.cannot_ids) == ((), ())


async def test_seats_are_listed_in_the_order_in_which_they_were_asked_for(db):
    [hangout_id] = await set_up(db, (ANA, BEN))
    await does(db, signups.join, hangout_id, ANA)
    await does(db, signups.ask_to_present, hangout_id, BEN, now=NOW + HOUR)
    await does(db, signups.ask_to_present, hangout_id, ANA, now=NOW + 2 * HOUR)

    now = await standing(db, hangout_id)

    assert [signup.member_id for signup in now.seats] == [BEN, ANA]
    assert now.coming_ids == (ANA, BEN)
    assert now.free_seats == 0


async def test_a_hangout_with_fewer_seats_than_are_taken_has_none_free(db):
    [hangout_id] = await set_up(db, (ANA, BEN))
    for who in (ANA, BEN):
        await does(db, signups.ask_to_present, hangout_id, who)

    now = await standing(db, hangout_id)
    now.hangout.slots = 1

    assert now.free_seats == 0


async def test_any_number_of_hangouts_costs_the_same_number_of_questions(db, questions):
    starts = [{"starts_at": NOW + number * 14 * DAY, "slots": 1} for number in range(1, 9)]
    ids = await set_up(db, (ANA, BEN, CHRIS), hangouts=starts)
    for hangout_id in ids:
        for who in (ANA, BEN, CHRIS):
            await does(db, signups.ask_to_present, hangout_id, who)
    async with db() as session:
        hangouts = [await Hangout.of(session, one) for one in ids]

    counts = []
    for some in (hangouts[:1], hangouts):
        questions.clear()
        async with db() as session:
            standings = await HangoutStanding.of_all(session, some)
        counts.append(len(questions))

    assert counts[0] == counts[1]
    assert [now.hangout.id for now in standings] == ids
    assert {len(now.waiting) for now in standings} == {2}


async def test_who_has_a_seat_earlier_waits_behind_who_has_none(db):
    """By the second hangout they will have presented, so their turn is later."""
    starts = [{"starts_at": NOW + number * 14 * DAY, "slots": 1} for number in (1, 2)]
    first, second = await set_up(db, (ANA, BEN, CHRIS), hangouts=starts)
    await does(db, signups.ask_to_present, first, ANA)

    for who in (CHRIS, ANA, BEN):
        await does(db, signups.ask_to_present, second, who)

    assert [signup.member_id for signup in (await standing(db, second)).waiting] == [BEN, ANA]


async def test_my_next_hangout_is_the_next_that_takes_place_in_each_of_my_communities(db):
    starts = [{"starts_at": NOW + number * 7 * DAY - HOUR / 2} for number in range(4)]
    running, called_off, *_ = await set_up(db, (ANA, BEN), hangouts=starts)
    await does(db, call_off, called_off)
    [art] = await set_up(db, (ANA,), channel_id="C0ART", hangouts=[{"starts_at": NOW + DAY}])
    await set_up(db, (BEN,), channel_id="C0BIOLOGY")
    await does(db, signups.ask_to_present, art, ANA)

    async def mine(now):
        async with db() as session:
            return await my_next(session, ANA, now)

    soon = await mine(NOW)
    later = await mine(NOW + HOUR)

    assert [one.standing.hangout.id for one in soon] == [running, art]
    assert [one.community.channel_id for one in soon] == ["C0MATHCIRCLE", "C0ART"]
    assert [one.mine and one.mine.presenting for one in soon] == [None, SEAT]
    assert [one.standing.hangout.starts_at - NOW for one in later] == [DAY, 14 * DAY - HOUR / 2]


async def test_who_left_is_on_no_list(db):
    [hangout_id] = await set_up(db, (ANA, BEN, CHRIS, "U0DANA"), hangouts=[{"slots": 1}])
    for who in (ANA, BEN, CHRIS, "U0DANA"):
        await does(db, signups.ask_to_present, hangout_id, who)

    await leave(db, hangout_id, BEN)
    await is_deactivated(db, CHRIS)

    assert [signup.member_id for signup in (await standing(db, hangout_id)).waiting] == ["U0DANA"]
