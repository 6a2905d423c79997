"""One hangout: found, moved, called off and given back, and who hears of it."""

from datetime import UTC, datetime, timedelta

import pytest

from models.communities import Community
from models.errors import NotHereError, RuleError
from models.hangouts import posted
from models.hangouts.hangout import Hangout, HangoutOffError, HangoutOverError, MovedWhereError
from models.posts import DUE
from tests.examples import ANA, BEN, CHRIS, DAY, HOUR, NOW, a_community, a_hangout, a_series
from tests.models.hangouts.planning_steps import (
    calls_off,
    gives_back,
    hangouts,
    joins,
    moves,
    plans,
    posts,
    told,
)

START = datetime(2026, 12, 3, 23, tzinfo=UTC)


def test_a_moved_hangout_lasts_as_long_and_remembers_when_it_was():
    hangout = a_hangout(ends_at=START + timedelta(minutes=75))

    hangout.move(START + DAY, NOW)

    assert (hangout.starts_at, hangout.minutes) == (START + DAY, 75)
    assert (hangout.moved_from, hangout.is_moved) == (START, True)


@pytest.mark.parametrize(
    ("to", "words"),
    [
        (NOW - HOUR, "passed already"),
        (NOW, "passed already"),
        (START, "takes place anyway"),
        (NOW + 400 * DAY, "more than a year"),
    ],
)
def test_a_hangout_moves_only_to_another_time_that_is_near(to, words):
    hangout = a_hangout()

    with pytest.raises(MovedWhereError, match=words) as error:
        hangout.move(to, NOW)

    assert (error.value.field, hangout.starts_at) == ("starts_at", START)


@pytest.mark.parametrize(("now", "words"), [(START, "has begun"), (START + HOUR, "is over")])
def test_a_hangout_that_has_begun_stays_as_it_is(now, words):
    hangout = a_hangout(called_off_at=None)

    for change in (
        lambda: hangout.move(now + DAY, now),
        lambda: hangout.call_off("snow", now),
        lambda: hangout.restore(now),
    ):
        with pytest.raises(HangoutOverError, match=words):
            change()


def test_a_hangout_is_called_off_and_given_back_once():
    hangout = a_hangout()

    with pytest.raises(HangoutOffError, match="never called off"):
        hangout.restore(NOW)
    hangout.call_off("  Snow\nday ", NOW)
    with pytest.raises(HangoutOffError, match="called off already"):
        hangout.call_off("Ice", NOW)
    with pytest.raises(HangoutOffError, match="Give it back first"):
        hangout.move(START + DAY, NOW)

    assert (hangout.is_on, hangout.called_off_why) == (False, "Snow day")
    hangout.restore(NOW)
    assert (hangout.is_on, hangout.called_off_why) == (True, None)


def test_a_reason_is_optional_but_no_essay():
    with pytest.raises(RuleError) as error:
        a_hangout().call_off("x" * 201, NOW)
    hangout = a_hangout()
    hangout.call_off(None, NOW)

    assert error.value.field == "called_off_why"
    assert hangout.called_off_why is None


async def test_a_move_is_told_to_who_comes_and_who_leads_and_leaves_no_stale_reminder(
    db, math_circle
):
    await plans(db, math_circle)
    [first, *_] = await hangouts(db)
    await joins(db, first, ANA, CHRIS)
    invited_at = first.starts_at - 7 * DAY

    await moves(db, math_circle, first, START + 2 * DAY, by=CHRIS)

    moved = next(one for one in await hangouts(db) if one.id == first.id)
    assert await told(db) == {(first.id, ANA): 1, (first.id, BEN): 1}
    assert (moved.sequence, moved.uid) == (1, first.uid)
    for post in await posts(db, posted.DAY_BEFORE):
        is_new = post.due_at == moved.starts_at - DAY
        assert posted.is_about_this_start(post, moved) == is_new
    [invitation] = [p for p in await posts(db, posted.INVITATION) if p.about_id == first.id]
    assert invitation.due_at > invited_at
    assert invitation.useful_until == moved.starts_at


async def test_what_was_called_off_and_given_back_is_told_each_time(db, math_circle):
    await plans(db, math_circle)
    [first, *_] = await hangouts(db)
    await joins(db, first, ANA)

    await calls_off(db, math_circle, first)
    await gives_back(db, math_circle, first)

    assert await told(db) == {(first.id, ANA): 2}
    assert (await hangouts(db))[0].sequence == 2
    assert {post.state for post in await posts(db, posted.INVITATION)} == {DUE}


async def test_a_seat_offered_before_a_move_to_an_earlier_time_is_confirmed_before_it(
    db, math_circle
):
    await plans(db, math_circle, slots="1")
    [first, *_] = await hangouts(db)
    await joins(db, first, ANA, CHRIS, presents=True)
    await plans(db, math_circle, slots="2")

    await moves(db, math_circle, first, NOW + 5 * HOUR)

    until = [post.useful_until for post in await posts(db, posted.OFFER)]
    assert until[-1] <= NOW + 3 * HOUR


async def test_what_is_coming_and_what_is_past(db, math_circle):
    series = await plans(db, math_circle)
    [first, second, *_] = await hangouts(db)
    await calls_off(db, math_circle, second)

    during = first.starts_at + timedelta(minutes=20)
    async with db() as session:
        coming = await Hangout.coming(session, series.community_id, during, limit=2)
        nothing = await Hangout.past(session, series.community_id, during)
        later = await Hangout.past(session, series.community_id, second.ends_at)

    assert [one.id for one in coming] == [first.id, second.id]
    assert nothing == []
    assert [one.id for one in later] == [second.id, first.id]


@pytest.mark.parametrize("hangout_id", ["999999", "nonsense", "", "9" * 30, "-1", None])
async def test_a_forged_id_finds_no_hangout(db, hangout_id):
    async with db() as session:
        with pytest.raises(NotHereError):
            await Hangout.of(session, hangout_id)
        with pytest.raises(NotHereError):
            await Hangout.seen_by(session, hangout_id, ANA)


async def test_a_private_communitys_hangout_is_seen_by_its_members_only(db, database):
    async with db.begin() as session:
        session.add(leads := a_community(members=(BEN, CHRIS), is_private=True))
        await session.flush()
        leads.farewell(CHRIS, NOW)
        session.add(series := a_series(community_id=leads.id))
        await session.flush()
        session.add(hangout := a_hangout(community_id=leads.id, series_id=series.id))

    async with db.begin() as session:
        found = await Hangout.seen_by(session, str(hangout.id), BEN, for_update=True)
        for stranger in (ANA, CHRIS):
            with pytest.raises(NotHereError):
                await Hangout.seen_by(session, hangout.id, stranger)
    async with database.of("T0OTHER")() as session:
        with pytest.raises(NotHereError):
            await Hangout.of(session, hangout.id)
        assert await session.get(Community, leads.id) is None

    assert found.id == hangout.id
