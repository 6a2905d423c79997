"""Sharing a pilot, with its earlier cycles or without, and taking it back."""

import asyncio

import pytest
from sqlalchemy import select

from models import search
from models.communities import Community
from models.errors import NotAllowedError, NotHereError
from models.findable import open_or_close
from models.pilots.pilot import Circle, Pilot
from models.pilots.posted import CARD, OF_PROBLEM, card_key
from models.pilots.sharing import CannotShareError, CircleError, series_of, share, take_back
from models.pilots.visibility import KIND
from models.posts import Post
from tests.examples import ANA, BEN, DAY, HOUR, NOW
from tests.models.pilots.circles import STAFF_LOUNGE, a_circle, a_kept_pilot, a_kept_problem


async def shared(db, pilot, circle=Circle.COMMUNITY, *, is_whole=False, now=NOW):
    async with db.begin() as session:
        series = await series_of(session, pilot.id, pilot.member_id, for_update=True)
        await share(session, series, circle, now, is_whole=is_whole)
    return series.pilot


async def shared_anew(db, pilot, circle, *, is_whole=False) -> bool:
    async with db.begin() as session:
        series = await series_of(session, pilot.id, pilot.member_id, for_update=True)
        return await share(session, series, circle, NOW, is_whole=is_whole)


async def taken_back(db, pilot, now=NOW + DAY):
    async with db.begin() as session:
        series = await series_of(session, pilot.id, pilot.member_id, for_update=True)
        await take_back(session, series, now)


async def posts(db, kind):
    async with db() as session:
        return (
            await session.scalars(select(Post).where(Post.kind == kind).order_by(Post.id))
        ).all()


async def circles(db):
    async with db() as session:
        return list(await session.scalars(select(Pilot.circle).order_by(Pilot.id)))


async def found(db, words, communities):
    async with db() as session:
        return (await search.find(session, words, kinds=[KIND], communities=communities)).total


async def two_cycles(db, circle):
    first = await a_kept_pilot(db, circle, number=1, finished_at=NOW)
    second = await a_kept_pilot(
        db, circle, number=2, first_id=first.id, cycle=2, started_at=NOW + HOUR
    )
    return first, second


async def test_sharing_puts_one_card_into_the_channel_however_often(db):
    circle = await a_circle(db)
    pilot = await a_kept_pilot(db, circle)

    await shared(db, pilot)
    await shared(db, pilot, Circle.NETWORK, now=NOW + DAY)

    [card] = await posts(db, CARD)
    assert (card.place_id, card.about_id) == (circle.channel_id, pilot.id)
    assert await circles(db) == [Circle.NETWORK]


async def test_sharing_again_is_new_only_where_more_or_fewer_see_it(db):
    _, second = await two_cycles(db, await a_circle(db))
    wishes = [
        (Circle.COMMUNITY, False),
        (Circle.COMMUNITY, False),
        (Circle.COMMUNITY, True),
        (Circle.COMMUNITY, True),
        (Circle.NETWORK, True),
    ]

    news = [await shared_anew(db, second, circle, is_whole=whole) for circle, whole in wishes]

    assert news == [True, False, True, False, True]


async def test_a_shared_pilot_is_found_by_its_circle_alone_until_it_is_taken_back(db):
    circle = await a_circle(db)
    pilot = await a_kept_pilot(db, circle)

    await shared(db, pilot)
    within, without = await found(db, "ticket", [circle.id]), await found(db, "ticket", [])
    await taken_back(db, pilot)

    assert (within, without) == (1, 0)
    assert await found(db, "ticket", [circle.id]) == 0


async def test_a_pilot_shared_again_has_a_new_card(db):
    pilot = await a_kept_pilot(db, await a_circle(db))

    await shared(db, pilot)
    await taken_back(db, pilot)
    again = await shared(db, pilot, now=NOW + 2 * DAY)

    old, new = await posts(db, CARD)
    assert old.key != new.key == card_key(again)
    assert old.wanted > 0


async def test_earlier_cycles_come_along_only_when_asked_and_go_back_with_it(db):
    circle = await a_circle(db)
    _, second = await two_cycles(db, circle)

    await shared(db, second)
    alone = await circles(db)
    await shared(db, second, is_whole=True)
    together = await circles(db)
    await taken_back(db, second)

    assert alone == [Circle.ME, Circle.COMMUNITY]
    assert together == [Circle.COMMUNITY, Circle.COMMUNITY]
    assert await circles(db) == [Circle.ME, Circle.ME]
    assert len(await posts(db, CARD)) == 1


async def test_an_earlier_cycle_with_a_card_of_its_own_stays_shared(db):
    first, second = await two_cycles(db, await a_circle(db))
    await shared(db, first)
    await shared(db, second, is_whole=True)

    await taken_back(db, second)

    assert await circles(db) == [Circle.COMMUNITY, Circle.ME]


async def test_a_narrower_circle_narrows_what_came_along(db):
    _, second = await two_cycles(db, await a_circle(db))
    await shared(db, second, Circle.NETWORK, is_whole=True)

    await shared(db, second, Circle.COMMUNITY, is_whole=True)

    assert await circles(db) == [Circle.COMMUNITY, Circle.COMMUNITY]


@pytest.mark.parametrize("forged", [None, "", "me", "everyone"])
async def test_a_circle_that_is_not_offered_shares_nothing(db, forged):
    pilot = await a_kept_pilot(db, await a_circle(db))

    with pytest.raises(CircleError):
        await shared(db, pilot, forged)

    assert await circles(db) == [Circle.ME]
    assert await posts(db, CARD) == []


async def test_where_nobody_reads_or_one_is_no_member_nothing_is_shared(db):
    archived = await a_circle(db, archived_at=NOW)
    left = await a_circle(db, channel_id=STAFF_LOUNGE, members=(BEN,))
    in_archived = await a_kept_pilot(db, archived, number=1)
    in_left = await a_kept_pilot(db, left, number=2)

    for pilot in (in_archived, in_left):
        with pytest.raises(CannotShareError):
            await shared(db, pilot)

    assert await circles(db) == [Circle.ME, Circle.ME]


async def test_nobody_shares_what_is_a_colleagues(db):
    circle = await a_circle(db)
    private = await a_kept_pilot(db, circle, number=1)
    seen = await a_kept_pilot(db, circle, number=2, circle=Circle.COMMUNITY)

    async with db.begin() as session:
        with pytest.raises(NotHereError):
            await series_of(session, private.id, BEN, for_update=True)
        with pytest.raises(NotAllowedError):
            await series_of(session, seen.id, BEN, for_update=True)


@pytest.mark.parametrize(
    ("author", "is_elsewhere", "circle", "is_told"),
    [
        (ANA, False, Circle.COMMUNITY, True),
        (ANA, True, Circle.NETWORK, True),
        (ANA, True, Circle.COMMUNITY, False),
        (None, False, Circle.COMMUNITY, False),
        (None, False, Circle.NETWORK, False),
    ],
)
async def test_a_problems_thread_hears_of_it_where_all_may_see_it_and_it_has_a_name(
    db, author, is_elsewhere, circle, is_told
):
    math_circle = await a_circle(db)
    lounge = await a_circle(db, channel_id=STAFF_LOUNGE)
    at = lounge if is_elsewhere else math_circle
    problem = await a_kept_problem(db, at, author_id=author)
    pilot = await a_kept_pilot(db, math_circle, problem_id=problem.id)

    await shared(db, pilot, circle)

    told = [(post.place_id, post.thread_of) for post in await posts(db, OF_PROBLEM)]
    assert told == ([(at.channel_id, f"problems.card:{problem.id}")] if is_told else [])


async def test_a_community_that_becomes_private_hides_none_of_the_networks_and_opens_nothing(db):
    circle = await a_circle(db)
    wide = await a_kept_pilot(db, circle, number=1, practice_name="Wait time")
    near = await a_kept_pilot(db, circle, number=2, practice_name="Exit ticket")
    await shared(db, wide, Circle.NETWORK)
    await shared(db, near, Circle.COMMUNITY)

    async with db.begin() as session:
        await open_or_close(session, await session.get_one(Community, circle.id), is_private=True)

    assert await found(db, "wait", []) == 1
    assert await found(db, "ticket", []) == 0
    assert await found(db, "ticket", [circle.id]) == 1


async def test_two_presses_of_share_at_the_same_moment_are_one_card(db):
    circle = await a_circle(db)
    _, second = await two_cycles(db, circle)

    await asyncio.gather(
        shared(db, second, is_whole=True), shared(db, second, Circle.NETWORK, is_whole=True)
    )

    assert len(await posts(db, CARD)) == 1
    assert len(set(await circles(db))) == 1


async def test_taking_back_an_idea_is_drawn_anew_on_what_it_inspired(db):
    circle = await a_circle(db)
    spark = await a_kept_pilot(db, circle, number=1, member_id=BEN)
    other = await a_kept_pilot(db, circle, number=2, inspired_by_id=spark.id)
    await shared(db, spark)
    await shared(db, other)
    [before] = [post.wanted for post in await posts(db, CARD) if post.about_id == other.id]

    await taken_back(db, spark)

    [after] = [post.wanted for post in await posts(db, CARD) if post.about_id == other.id]
    assert after == before + 1
