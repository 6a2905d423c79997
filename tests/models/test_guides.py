"""The steps by which a facilitator gets a new community running."""

import asyncio
from datetime import time

from models import guides
from models.communities import Community
from models.digests.customs import Choice, change
from models.guides import GUIDE, Step
from tests.examples import BEN, CHRIS, NOW, a_series
from tests.models.digests.week import a_circle, posts_of


async def where_is(db, circle):
    async with db() as session:
        community = await session.get_one(Community, circle.id)
        return await guides.guide_of(session, community)


async def test_what_was_chosen_is_done_whoever_chose_it(db):
    circle = await a_circle(db)
    assert (await where_is(db, circle)).next == Step.HANGOUTS

    async with db.begin() as session:
        await change(session, circle, Choice(weekday=0, at=time(7)), by=CHRIS, now=NOW)

    guide = await where_is(db, circle)
    assert guide.done == {Step.DIGEST}
    assert (guide.digest.weekday, guide.series, guide.thanks) == (0, None, None)


async def test_hangouts_that_were_ended_can_be_planned_again(db):
    circle = await a_circle(db)
    async with db.begin() as session:
        session.add(a_series(community_id=circle.id, skills=[], ended_at=NOW))

    assert (await where_is(db, circle)).next == Step.HANGOUTS


async def test_steps_can_wait_also_two_at_once(db):
    circle = await a_circle(db)

    async def puts_off(step):
        async with db.begin() as session:
            await guides.put_off(session, circle.id, step, NOW)
            await asyncio.sleep(0.02)

    await asyncio.gather(*map(puts_off, (Step.HANGOUTS, Step.THANKS, Step.HANGOUTS)))

    guide = await where_is(db, circle)
    assert (guide.later, guide.next) == ({Step.HANGOUTS, Step.THANKS}, Step.DIGEST)


async def test_the_letter_is_kept_once_and_shows_what_follows(db):
    circle = await a_circle(db)
    for _ in range(2):
        async with db.begin() as session:
            await guides.begin(session, circle, BEN, NOW)

    async with db.begin() as session:
        await guides.follow(session, circle.id, NOW)

    [post] = await posts_of(db, GUIDE)
    assert (post.place_id, post.wanted) == (BEN, 1)
