"""When a member is reminded of a colleague, and when they are left in peace."""

import asyncio
from datetime import UTC, datetime, time, timedelta

import pytest

from models.errors import NotHereError
from models.thanks import nudging
from models.thanks.posted import IDEAS, NUDGE
from tests.examples import ANA, BEN, CHRIS, DAY, HOUR, NOW
from tests.models.thanks.belonging import (
    a_circle,
    a_shared_problem,
    change,
    letters,
    replies,
    thanks_said,
)


async def ana_may_be_nudged(db, *helpers):
    """Let colleagues write in the thread of Ana's problem."""
    circle = await a_circle(db)
    await replies(db, await a_shared_problem(db, circle), *helpers or (BEN,))
    return circle


async def nudged(db, now=NOW, member_id=ANA):
    """Return of whom somebody is reminded now."""
    async with db.begin() as session:
        made = await nudging.nudge(session, member_id, now)
    return made.colleague_id if made else None


async def looks(db, now):
    """Return the one who is looked at now, and note it."""
    async with db.begin() as session:
        who = [one.member_id for one in await nudging.to_consider(session, now, limit=1)]
        await nudging.note_looks(session, who, now)
    return who


async def test_a_nudge_names_one_colleague_in_one_letter(db):
    await ana_may_be_nudged(db)

    assert await nudged(db) == BEN

    assert [(one.place_id, one.kind) for one in await letters(db, NUDGE)] == [(ANA, NUDGE)]


async def test_there_is_one_nudge_in_two_weeks_and_the_next_one_names_somebody_else(db):
    await ana_may_be_nudged(db, BEN, CHRIS)

    days = [0, 1, 13, 14, 28]
    told = [await nudged(db, NOW + one * DAY) for one in days]

    assert told == [CHRIS, None, None, BEN, None]


async def test_two_replicas_at_the_same_moment_make_one_nudge(db):
    await ana_may_be_nudged(db, BEN, CHRIS)

    told = await asyncio.gather(nudged(db), nudged(db))

    assert set(told) == {CHRIS, None}
    assert len(await letters(db, NUDGE)) == 1


@pytest.mark.parametrize(
    ("now", "traits"),
    [
        pytest.param(NOW + 12 * HOUR, {}, id="at night"),
        pytest.param(NOW + 4 * DAY, {}, id="on a Saturday"),
        pytest.param(NOW, {"quiet_from": time(7), "quiet_until": time(20)}, id="in quiet hours"),
        pytest.param(NOW, {"muted": [IDEAS]}, id="switched off"),
        pytest.param(
            NOW, {"away_from": NOW.date(), "away_until": (NOW + DAY).date()}, id="while away"
        ),
    ],
)
async def test_nobody_is_nudged(db, now, traits):
    await ana_may_be_nudged(db)
    await change(db, ANA, **traits)

    assert await nudged(db, now) is None


async def test_only_who_did_something_lately_is_considered(db):
    await ana_may_be_nudged(db)

    async with db() as session:
        now = [one.member_id for one in await nudging.to_consider(session, NOW)]
        later = [one.member_id for one in await nudging.to_consider(session, NOW + 35 * DAY)]

    assert (now, later) == ([ANA, BEN], [])


async def test_each_is_looked_at_once_a_day_and_in_turns(db):
    await ana_may_be_nudged(db)

    hours = [0, 1, 2, 24, 25]
    looked_at = [await looks(db, NOW + one * HOUR) for one in hours]

    assert looked_at == [[ANA], [BEN], [], [ANA], [BEN]]


async def test_who_shared_only_without_a_name_is_not_considered(db):
    circle = await a_circle(db)
    await replies(db, await a_shared_problem(db, circle, author_id=None), BEN)

    async with db() as session:
        considered = [one.member_id for one in await nudging.to_consider(session, NOW)]

    assert considered == [BEN]


async def test_a_nudge_means_nobody_any_more_once_they_are_thanked(db):
    circle = await ana_may_be_nudged(db)
    async with db.begin() as session:
        made = await nudging.nudge(session, ANA, NOW)

    await thanks_said(db, circle, BEN, is_private=True)

    async with db() as session:
        assert await nudging.still_meant(session, made, NOW) is None


async def test_a_nudge_is_its_readers_alone(db):
    await ana_may_be_nudged(db)
    async with db.begin() as session:
        made = await nudging.nudge(session, ANA, NOW)

    async with db() as session:
        assert (await nudging.own(session, str(made.id), ANA)).id == made.id
        with pytest.raises(NotHereError):
            await nudging.own(session, str(made.id), BEN)


async def test_a_letter_is_of_no_use_after_two_days(db):
    await ana_may_be_nudged(db)
    await nudged(db)

    [letter] = await letters(db, NUDGE)

    assert letter.useful_until == NOW + timedelta(days=2)
    assert letter.due_at == datetime(2026, 11, 17, 16, tzinfo=UTC)
