"""Two hundred members press for the last seat at once: one gets it, all hear where they stand."""

import pytest

from models.hangouts import posted, signups
from tests.examples import ANA, NOW
from tests.models.hangouts.racing import crowds, press, press_in_processes
from tests.models.hangouts.signing import SEAT, does, letters, set_up, standing

EVERYBODY = [f"U{number:03}" for number in range(200)]
# So many are enough to see in which order one process serves them.
A_FEW_DOZEN = EVERYBODY[:40]


@pytest.fixture
async def thursday(db):
    """A hangout of two seats, one of which Ana has."""
    [hangout_id] = await set_up(db, (ANA, *EVERYBODY))
    await does(db, signups.ask_to_present, hangout_id, ANA)
    return hangout_id


async def has_one_seat_and_a_list(db, hangout_id, pressed, told):
    now = await standing(db, hangout_id)
    assert sorted(told) == list(range(len(pressed)))
    assert [one.presenting for one in now.seats] == [SEAT, SEAT]
    assert len({one.member_id for one in now.waiting}) == len(pressed) - 1
    assert sorted(now.coming_ids) == sorted([ANA, *pressed])
    assert sorted(await letters(db, posted.DAY_BEFORE)) == sorted([ANA, *pressed])
    return now


async def test_the_last_seat_goes_to_one_and_the_others_are_told_their_place(
    db, database_url, thursday
):
    [crowd] = crowds(database_url, thursday, A_FEW_DOZEN, NOW, 1)

    told = await press(db, crowd)

    now = await has_one_seat_and_a_list(db, thursday, A_FEW_DOZEN, told)
    by_place = dict(zip(told, A_FEW_DOZEN, strict=True))
    assert [one.member_id for one in now.waiting] == [by_place[place] for place in range(1, 40)]


async def test_three_processes_give_the_last_seat_away_once(db, database_url, thursday):
    told = await press_in_processes(crowds(database_url, thursday, EVERYBODY, NOW, 3))

    await has_one_seat_and_a_list(db, thursday, EVERYBODY, told)
