"""When somebody who wants a letter once a week gets it: never twice, and never unasked."""

import asyncio
from datetime import UTC, datetime, time, timedelta

import pytest

from models.digests import personal
from models.digests.posted import PERSONAL
from models.members import Member
from models.posts import SAID
from tests.examples import ANA, DAY, HOUR, NOW, a_member
from tests.models.digests.week import MINUTE, MONDAY, TZ, WEEK, a_circle, a_post, change, posts_of


async def chooses(db, member_id=ANA, now=NOW):
    async with db.begin() as session:
        personal.choose(session, await Member.find(session, member_id), now)


async def tick(db, now):
    """Write to whoever is due, as the tick does, and say to how many."""
    async with db() as session:
        rows = [one.id for one in await personal.due(session, now, 10)]
    written = 0
    for row_id in rows:
        async with db.begin() as session:
            written += await personal.issue(session, row_id, now)
    return written


async def letters(db):
    """Return the days on which letters were kept, in Denver."""
    return [one.due_at for one in await posts_of(db, PERSONAL)]


async def next_at(db, member_id=ANA):
    async with db() as session:
        return (await Member.find(session, member_id)).next_digest_at


async def test_whoever_chose_it_gets_a_letter_each_monday_and_nobody_else_does(db):
    await a_circle(db)
    await chooses(db)

    moments = [MONDAY - MINUTE, MONDAY, MONDAY + MINUTE, MONDAY + 6 * DAY, MONDAY + WEEK]
    written = [await tick(db, one) for one in moments]

    assert written == [0, 1, 0, 0, 1]
    assert {one.place_id for one in await posts_of(db, PERSONAL)} == {ANA}


async def test_half_past_seven_stays_so_when_clocks_change(db):
    member = a_member(tz=TZ)

    before = personal.next_personal(member, datetime(2026, 10, 22, tzinfo=UTC))
    after = personal.next_personal(member, datetime(2026, 10, 29, tzinfo=UTC))

    assert (before.hour, after.hour) == (13, 14)


async def test_two_replicas_at_the_same_moment_write_one_letter(db):
    await a_circle(db)
    await chooses(db)

    written = await asyncio.gather(tick(db, MONDAY), tick(db, MONDAY))

    assert sorted(written) == [0, 1]
    assert await letters(db) == [MONDAY]


@pytest.mark.parametrize(
    ("back_at", "comes_at"),
    [
        pytest.param(MONDAY + 20 * MINUTE, MONDAY + 20 * MINUTE, id="soon"),
        pytest.param(MONDAY + 7 * HOUR, MONDAY + 7 * HOUR, id="in the afternoon"),
        pytest.param(MONDAY + 12 * HOUR, MONDAY + DAY + 30 * MINUTE, id="in the evening"),
        pytest.param(MONDAY + 2 * DAY, MONDAY + 2 * DAY + 30 * MINUTE, id="before eight"),
        # Of both weeks there is one letter then.
        pytest.param(MONDAY + 5 * DAY, MONDAY + WEEK, id="on Saturday"),
    ],
)
async def test_a_letter_missed_while_the_bot_was_down_comes_once_and_by_day(db, back_at, comes_at):
    await a_circle(db)
    await chooses(db)

    for moment in sorted({back_at, back_at + HOUR, comes_at, MONDAY + WEEK}):
        await tick(db, moment)

    assert await letters(db) == sorted({comes_at, MONDAY + WEEK})


@pytest.mark.parametrize(
    ("traits", "first"),
    [
        pytest.param(
            {"quiet_from": time(18), "quiet_until": time(9)},
            MONDAY + timedelta(minutes=90),
            id="quiet hours",
        ),
        pytest.param(
            {"away_from": MONDAY.date(), "away_until": (MONDAY + DAY).date()},
            MONDAY + 2 * DAY + 30 * MINUTE,
            id="away for two days",
        ),
        pytest.param(
            {"away_from": MONDAY.date(), "away_until": (MONDAY + 9 * DAY).date()},
            MONDAY + 10 * DAY + 30 * MINUTE,
            id="away for ten days",
        ),
    ],
)
async def test_it_waits_for_quiet_hours_and_days_away(db, traits, first):
    await a_circle(db)
    await chooses(db)
    await change(db, ANA, **traits)

    now = MONDAY
    while not await letters(db):
        await tick(db, now)
        now += 30 * MINUTE

    assert await letters(db) == [first]


async def test_stopping_it_stops_it_and_choosing_it_again_on_the_day_does_not_double_it(db):
    await a_circle(db)
    await chooses(db)
    await tick(db, MONDAY)
    async with db.begin() as session:
        personal.unchoose(session, await Member.find(session, ANA), MONDAY)

    stopped = await tick(db, MONDAY + WEEK)
    await chooses(db, now=MONDAY + WEEK + MINUTE)

    assert (stopped, await tick(db, MONDAY + WEEK + DAY)) == (0, 0)
    assert await next_at(db) == MONDAY + 2 * WEEK


async def test_whoever_travels_west_gets_it_at_half_past_seven_there(db):
    await a_circle(db)
    await chooses(db)
    await change(db, ANA, tz="Pacific/Honolulu")

    written = [await tick(db, one) for one in (MONDAY, MONDAY + timedelta(hours=3))]

    assert written == [0, 1]


@pytest.mark.parametrize("planned", [None, MONDAY + 365 * DAY], ids=["never", "by a wrong clock"])
async def test_a_lost_moment_is_found_again(db, planned):
    await a_circle(db)
    await change(db, ANA, has_digest=True, next_digest_at=planned)

    assert await tick(db, NOW) == 0
    assert await next_at(db) == MONDAY


async def test_whoever_left_the_workspace_gets_nothing(db):
    await a_circle(db)
    await chooses(db)
    await change(db, ANA, left_at=NOW)

    assert await tick(db, MONDAY) == 0


async def test_a_letter_tells_what_came_since_the_last_one(db):
    await a_circle(db)
    now, key = MONDAY + WEEK, "digests.personal:U0ANA:"
    said = {"place_id": ANA, "state": SAID}
    last = a_post(f"{key}1", PERSONAL, **said, due_at=MONDAY, said_at=MONDAY + MINUTE)
    this = a_post(f"{key}2", PERSONAL, **said, due_at=now, said_at=now)

    async with db.begin() as session:
        session.add(this)
        await session.flush()
        alone = await personal.told_until(session, this, now)
        session.add(last)
        await session.flush()
        after_another = await personal.told_until(session, this, now)
        long_after = await personal.told_until(session, this, now + 100 * DAY)

    assert (alone, after_another) == (now - WEEK, MONDAY + MINUTE)
    assert long_after == now + 100 * DAY - personal.LOOKS_BACK


async def test_the_first_letter_tells_all_since_it_was_chosen_though_the_bot_was_down(db):
    await a_circle(db)
    await chooses(db)
    now = MONDAY + 2 * WEEK

    await tick(db, now)

    [letter] = await posts_of(db, PERSONAL)
    async with db() as session:
        assert await personal.told_until(session, letter, now) == NOW - WEEK


async def test_the_clock_of_the_demo_knows_when_the_next_letter_is_due(db):
    await a_circle(db)
    async with db() as session:
        nobody = await personal.next_moment(session, NOW)

    await chooses(db)

    async with db() as session:
        assert (nobody, await personal.next_moment(session, NOW)) == (None, MONDAY)
