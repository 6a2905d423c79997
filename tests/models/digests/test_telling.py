"""Telling: a large change marks every card, digest and letter that tells of it, each once."""

from datetime import timedelta

from sqlalchemy import select

from models.digests.posted import NETWORK, PERSONAL, WEEKLY
from models.digests.telling import (
    redraw_digests,
    redraw_elsewhere,
    redraw_personal,
    redrawn_together,
)
from models.posts import SAID, Post
from tests.examples import ANA, BEN, HOUR, NOW, a_community

TOLD = NOW - timedelta(days=2)
LONG_AGO = NOW - timedelta(weeks=20)


class ChangedMindError(Exception):
    """What ends a large change in its middle."""


async def said(db, *posts):
    """Let these stand in Slack; each is its kind, what it is about, where, and since when."""
    async with db.begin() as session:
        for kind, about_id, place_id, at in posts:
            key = f"{kind}:{place_id}:{at}"
            post = await Post.add(session, key, place_id, kind=kind, due_at=at, about_id=about_id)
            post.state, post.said_at = SAID, at


async def marks(db):
    """Return how often each post was marked, in the order in which they were said."""
    async with db() as session:
        posts = (await session.scalars(select(Post).order_by(Post.id))).all()
    return [one.wanted for one in posts]


async def test_each_card_is_marked_once_however_often_it_becomes_stale(db):
    await said(db, ("card", 7, "C1", NOW), ("card", 8, "C2", NOW), ("note", 7, "C3", NOW))

    async with db.begin() as session, redrawn_together(session, NOW):
        for about_id in (7, 8, 7):
            await Post.redraw(session, "card", about_id, NOW)

    assert await marks(db) == [1, 1, 0]


async def test_each_digest_that_told_of_one_of_several_things_is_marked_once(db):
    async with db.begin() as session:
        session.add(circle := a_community())
    await said(db, *((WEEKLY, circle.id, circle.channel_id, at) for at in (LONG_AGO, TOLD, NOW)))

    async with db.begin() as session, redrawn_together(session, NOW):
        for hours in (1, 2, 3):
            since = TOLD - hours * HOUR
            await redraw_digests(session, circle.id, since, NOW)

    assert await marks(db) == [0, 1, 1]


async def test_digests_elsewhere_are_marked_however_old_and_those_of_the_channel_itself_are_not(db):
    async with db.begin() as session:
        session.add(circle := a_community())
    here, elsewhere = circle.channel_id, "C0LOUNGE"
    told = [(WEEKLY, circle.id, one, LONG_AGO) for one in (here, elsewhere)]
    await said(db, *told, (WEEKLY, circle.id + 1, "C0OTHER", NOW), (NETWORK, 7, "C0NET", LONG_AGO))

    async with db.begin() as session:
        await redraw_elsewhere(session, circle, NOW)

    assert await marks(db) == [0, 1, 0, 1]


async def test_each_weekly_letter_is_marked_once_and_only_those_of_whom_it_concerns(db):
    await said(db, *((PERSONAL, None, who, NOW) for who in (ANA, BEN)))

    async with db.begin() as session, redrawn_together(session, NOW):
        for hours in (1, 2):
            await redraw_personal(session, [(ANA, TOLD - hours * HOUR)], NOW)

    assert await marks(db) == [1, 0]


async def test_after_a_change_that_failed_what_follows_is_marked_as_always(db):
    await said(db, ("card", 7, "C1", NOW), ("card", 8, "C2", NOW))

    async with db.begin() as session:
        try:
            async with redrawn_together(session, NOW):
                await Post.redraw(session, "card", 7, NOW)
                raise ChangedMindError
        except ChangedMindError:
            await Post.redraw(session, "card", 8, NOW)

    assert await marks(db) == [0, 1]
