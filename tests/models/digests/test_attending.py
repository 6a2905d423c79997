"""When facilitators get the weekly list of what wants attention."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import delete

from models.communities import Community
from models.digests import attending
from models.digests.posted import ATTENTION
from models.posts import Post
from models.runs import Run
from tests.examples import ANA, BEN, CHRIS, DAY, HOUR, NOW, a_series
from tests.models.digests.week import MINUTE, MONDAY, WEEK, a_circle, change, keep, posts_of


async def tick(db, now):
    """Write to who waits, as the tick does, and say in how many communities."""
    async with db() as session:
        waiting = await attending.waiting(session, now)
    written = 0
    for one in waiting:
        async with db.begin() as session:
            row = await session.get_one(Community, one)
            written += await attending.write(session, row, now)
    return written


async def lists(db):
    return [(one.place_id, one.due_at) for one in await posts_of(db, ATTENTION)]


async def community_is(db, **traits):
    async with db.begin() as session:
        [community] = await Community.living(session)
        for name, value in traits.items():
            setattr(community, name, value)


async def test_facilitators_get_one_list_a_week_on_monday_morning(db):
    await a_circle(db)

    moments = [MONDAY - MINUTE, MONDAY, MONDAY + HOUR, MONDAY + 3 * DAY, MONDAY + WEEK]
    written = [await tick(db, one) for one in moments]

    assert written == [0, 1, 0, 0, 1]
    assert await lists(db) == [(BEN, MONDAY), (BEN, MONDAY + WEEK)]


async def test_two_replicas_at_the_same_moment_keep_one_list_each(db):
    circle = await a_circle(db)
    async with db.begin() as session:
        (await session.get_one(Community, circle.id)).membership(ANA).is_facilitator = True

    await asyncio.gather(tick(db, MONDAY), tick(db, MONDAY))

    assert sorted(await lists(db)) == [(ANA, MONDAY), (BEN, MONDAY)]


async def test_whoever_begins_to_facilitate_later_gets_the_next_one(db):
    circle = await a_circle(db)
    await tick(db, MONDAY)
    async with db.begin() as session:
        (await session.get_one(Community, circle.id)).membership(ANA).is_facilitator = True

    assert await tick(db, MONDAY + DAY) == 0


async def test_whoever_follows_somebody_whose_list_is_gone_with_them_gets_the_next_one(db):
    await a_circle(db)
    await change(db, CHRIS, is_lead=True)
    await tick(db, MONDAY)
    await keep(db, Run(job=attending.TICK, due_at=MONDAY, started_at=MONDAY, seconds=0.1))
    async with db.begin() as session:
        await session.execute(delete(Post))
    await community_is(db, memberships=[])

    assert await tick(db, MONDAY + DAY) == 0
    assert await tick(db, MONDAY + WEEK) == 1


@pytest.mark.parametrize("went", [{}, {"seconds": 0.1, "error": "away"}])
async def test_a_look_after_the_lists_that_came_to_nothing_is_made_up_for(db, went):
    await a_circle(db)
    await keep(db, Run(job=attending.TICK, due_at=MONDAY, started_at=MONDAY, **went))

    assert await tick(db, MONDAY + DAY) == 1


async def test_a_list_missed_while_the_bot_was_down_is_made_up_for_before_friday(db):
    await a_circle(db)

    assert await tick(db, MONDAY + 4 * DAY - MINUTE) == 0
    assert await tick(db, MONDAY + 3 * DAY + HOUR) == 1


async def test_one_that_is_made_up_for_waits_for_the_day(db):
    await a_circle(db)

    # Ten past two at night in Denver.
    await tick(db, MONDAY + DAY - 5 * HOUR - 20 * MINUTE)

    # 8:00 there.
    assert await lists(db) == [(BEN, MONDAY + DAY + 30 * MINUTE)]


async def test_it_comes_on_the_first_school_day_and_in_holidays_not_at_all(db):
    circle = await a_circle(db)
    off = ["2026-11-23"]
    away = ["2026-11-30", "2026-12-04", "Snow week"]
    await keep(db, a_series(community_id=circle.id, skipped_on=off, school_days=[away]))

    written = [await tick(db, MONDAY + number * DAY) for number in range(15)]

    assert [number for number, one in enumerate(written) if one] == [1, 14]


@pytest.mark.parametrize(
    "traits",
    [
        pytest.param({"archived_at": NOW}, id="archived"),
        pytest.param({"bot_left_at": NOW}, id="without the bot"),
        pytest.param({"set_up_at": MONDAY + MINUTE}, id="set up since"),
    ],
)
async def test_there_is_no_list_for_a_community_that_is(db, traits):
    await a_circle(db)
    await community_is(db, **traits)

    assert await tick(db, MONDAY + HOUR) == 0


async def test_the_clock_of_the_demo_knows_when_the_next_list_is_due(db):
    await a_circle(db)

    async with db() as session:
        before = await attending.next_moment(session, MONDAY - timedelta(days=1))
        after = await attending.next_moment(session, MONDAY)

    assert (before, after) == (MONDAY, MONDAY + WEEK)


async def test_where_nobody_facilitates_leads_get_the_list(db):
    await a_circle(db)
    await community_is(db, memberships=[])
    await change(db, CHRIS, is_lead=True)

    assert await tick(db, MONDAY) == 1
    assert await lists(db) == [(CHRIS, MONDAY)]


async def test_a_private_list_is_for_no_lead_who_is_not_a_member(db):
    await a_circle(db)
    await community_is(db, memberships=[], is_private=True)
    await change(db, CHRIS, is_lead=True)

    assert await tick(db, MONDAY) == 0
    assert await lists(db) == []
