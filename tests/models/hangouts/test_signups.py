"""Who comes, who presents, who brings which problem, and who may not."""

from datetime import UTC, datetime

import pytest

from models.errors import NotHereError, RuleError
from models.hangouts import posted, signups
from models.hangouts.bringing import NamelessProblemError
from models.hangouts.hangout import HangoutOffError, HangoutOverError
from models.hangouts.signups import NotAMemberError
from models.problems import TooLongError
from tests.examples import ANA, BEN, CHRIS, DAY, HOUR, NOW
from tests.models.hangouts.signing import (
    DANA,
    EVE,
    OFFERED,
    SEAT,
    call_off,
    communities,
    does,
    is_deactivated,
    leave,
    letters,
    present,
    seats,
    set_up,
    signup,
    standing,
)
from tests.models.problems.steps import HIDDEN_ANA, share

START = datetime(2026, 12, 3, 23, 0, tzinfo=UTC)


@pytest.fixture
async def thursday(db):
    """A hangout with two seats."""
    [hangout_id] = await set_up(db, (ANA, BEN, CHRIS, DANA, EVE))
    return hangout_id


async def test_whoever_joins_is_expected_and_reminded(db, thursday):
    await does(db, signups.join, thursday, ANA)
    await does(db, signups.join, thursday, ANA, now=NOW + HOUR)

    assert (await standing(db, thursday)).coming_ids == (ANA,)
    for kind in (posted.DAY_BEFORE, posted.SOON, posted.ATTENDANCE):
        assert await letters(db, kind) == [ANA]


async def test_seats_go_first_come_first_served_and_then_there_is_a_list(db, thursday):
    places = await present(db, thursday, ANA, BEN, CHRIS, DANA)

    assert [(place.seat, place.position) for place in places] == [
        (True, None),
        (True, None),
        (False, 1),
        (False, 2),
    ]
    assert await seats(db, thursday) == ({ANA: SEAT, BEN: SEAT}, [CHRIS, DANA])
    assert (await standing(db, thursday)).coming_ids == (ANA, BEN, CHRIS, DANA)


async def test_asking_twice_changes_nothing(db, thursday):
    await present(db, thursday, ANA, BEN, CHRIS, DANA)

    again = await present(db, thursday, CHRIS, ANA, now=NOW + HOUR)

    assert [(place.seat, place.position) for place in again] == [(False, 1), (True, None)]
    assert await seats(db, thursday) == ({ANA: SEAT, BEN: SEAT}, [CHRIS, DANA])


async def test_who_cannot_come_leaves_the_seat_and_is_not_expected(db, thursday):
    await present(db, thursday, ANA, BEN, CHRIS)

    await does(db, signups.cannot_come, thursday, ANA)
    await does(db, signups.cannot_come, thursday, ANA)
    await does(db, signups.cannot_come, thursday, EVE)

    now = await standing(db, thursday)
    assert now.coming_ids == (BEN, CHRIS)
    assert now.cannot_ids == (ANA, EVE)
    assert await letters(db, posted.OFFER) == [CHRIS]


async def test_who_leaves_the_community_frees_everything_ahead(db):
    later = {"starts_at": START + 14 * DAY, "slots": 1}
    past = {"starts_at": NOW - 14 * DAY}
    over, first, second = await set_up(db, (ANA, BEN, CHRIS), hangouts=[past, {}, later])
    await present(db, over, ANA, now=NOW - 20 * DAY)
    await present(db, second, ANA, BEN)
    await does(db, signups.join, first, ANA)

    for _ in range(2):
        await leave(db, first, ANA)

    assert await letters(db, posted.OFFER) == [BEN]
    assert (await standing(db, first)).coming_ids == ()
    assert await seats(db, second) == ({BEN: OFFERED}, [])
    assert (await seats(db, over))[0] == {ANA: SEAT}


async def test_only_members_sign_up_and_facilitators_sign_up_only_members(db, thursday):
    await is_deactivated(db, DANA)

    with pytest.raises(NotAMemberError, match="Join its channel"):
        await does(db, signups.join, thursday, "U0ZOE")
    for stranger in ("U0ZOE", DANA):
        with pytest.raises(NotAMemberError, match="Invite them"):
            await does(db, signups.ask_to_present, thursday, stranger, by=BEN)
    await does(db, signups.ask_to_present, thursday, ANA, by=BEN)
    await does(db, signups.join, thursday, CHRIS, by=CHRIS)

    assert (await signup(db, thursday, ANA)).entered_by == BEN
    assert (await signup(db, thursday, CHRIS)).entered_by is None


RULES = [
    signups.join,
    signups.ask_to_present,
    signups.cannot_come,
    signups.give_back,
    signups.confirm,
]


@pytest.mark.parametrize("rule", RULES)
async def test_what_was_called_off_or_is_over_takes_no_answers(db, thursday, rule):
    with pytest.raises(HangoutOverError, match="over"):
        await does(db, rule, thursday, ANA, now=START + HOUR)
    await does(db, call_off, thursday)

    with pytest.raises(HangoutOffError, match="called off"):
        await does(db, rule, thursday, ANA)

    assert await signup(db, thursday, ANA) is None


async def test_once_it_has_begun_one_can_come_but_not_present(db, thursday):
    await present(db, thursday, ANA, BEN, CHRIS)

    await does(db, signups.join, thursday, DANA, now=START + HOUR / 2)
    await does(db, signups.cannot_come, thursday, ANA, now=START + HOUR / 2)

    with pytest.raises(HangoutOverError, match="has begun"):
        await present(db, thursday, EVE, now=START)
    assert await seats(db, thursday) == ({BEN: SEAT}, [CHRIS])
    assert await letters(db, posted.OFFER) == []


async def test_presenters_bring_their_own_problem_or_just_a_question(db, thursday):
    [circle] = await communities(db)
    mine, nameless = await share(db, circle), await share(db, circle, HIDDEN_ANA, "V2")
    await present(db, thursday, ANA, BEN)

    for question in ("Who speaks?", "Who waits? "):
        await does(db, signups.bring, thursday, ANA, problem_id=mine.id, question=question)
    with pytest.raises(NamelessProblemError):
        await does(db, signups.bring, thursday, ANA, problem_id=nameless.id, question=None)
    with pytest.raises(NotHereError, match="Only whoever shared"):
        await does(db, signups.bring, thursday, BEN, problem_id=mine.id, question=None)
    with pytest.raises(TooLongError):
        await does(db, signups.bring, thursday, BEN, problem_id=None, question="w" * 2000)
    with pytest.raises(RuleError, match="First ask"):
        await does(db, signups.bring, thursday, CHRIS, problem_id=None, question="Who waits?")
    await does(db, signups.cannot_come, thursday, ANA)

    brought = await signup(db, thursday, ANA)
    assert (brought.problem_id, brought.question) == (mine.id, "Who waits?")


async def test_a_problem_of_a_private_channel_stays_there(db, thursday):
    await set_up(db, (ANA,), channel_id="C0PRIVATE", is_private=True, hangouts=())
    await set_up(db, (BEN,), channel_id="C0OPEN", hangouts=())
    _, private, elsewhere = await communities(db)
    secret = await share(db, private)
    known = await share(db, elsewhere, key="V2")
    await present(db, thursday, ANA)

    with pytest.raises(NotHereError, match="private channel"):
        await does(db, signups.bring, thursday, ANA, problem_id=secret.id, question=None)
    await does(db, signups.bring, thursday, ANA, problem_id=known.id, question=None)

    assert (await signup(db, thursday, ANA)).problem_id == known.id
