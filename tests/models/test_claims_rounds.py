"""A postman's round: is it worth it, what came too late, what is long over."""

from datetime import timedelta
from time import monotonic

import pytest
from sqlalchemy import insert, select

from models import claims
from models.posts import DROPPED, DUE, FAILED, KEPT_FOR, MISSED, SAID, SENDING, Post
from tests.examples import DAY, HOUR, NOW
from tests.models.claiming import keep, row, taken

SECOND = timedelta(seconds=1)

DUE_OR_NOT = {
    "nothing": ({"state": SAID}, False, False),
    "a post": ({}, True, True),
    "a post of tomorrow": ({"due_at": NOW + DAY}, False, False),
    "a post on its way": ({"state": SENDING, "claimed_until": NOW + SECOND}, True, False),
    "a post left behind": ({"state": SENDING, "claimed_until": NOW - SECOND}, True, True),
    "a reply to what failed": ({"thread_of": "head"}, False, False),
    "a late reply to it": ({"thread_of": "head", "useful_until": NOW - HOUR}, True, True),
    "a stale card": ({"state": SAID, "redraw_at": NOW}, True, True),
    "a stale card just drawn": ({"state": SAID, "redraw_at": NOW, "drawn_at": NOW}, True, False),
    "a failure": ({"state": FAILED}, False, False),
    "one being told of": ({"state": FAILED, "claimed_until": NOW + SECOND}, True, False),
    "one left behind": ({"state": FAILED, "claimed_until": NOW - SECOND}, True, True),
}


@pytest.mark.parametrize("what", DUE_OR_NOT)
async def test_what_is_due_and_what_is_free(db, what):
    traits, is_due, is_free = DUE_OR_NOT[what]
    await keep(db, "head", "C2", state=FAILED)
    await keep(db, "post", **traits)

    async with db() as session:
        assert await claims.is_anything_due(session, NOW) is is_due
        assert await claims.is_anything_free(session, NOW) is is_free


async def test_what_came_too_late_is_missed_unless_it_was_perhaps_said(db):
    late = {"useful_until": NOW - SECOND}
    await keep(db, "late", **late)
    await keep(db, "perhaps said", **late, maybe_said_since=NOW - HOUR)
    await keep(db, "in time", useful_until=NOW)

    async with db.begin() as session:
        assert await claims.give_up_on_late_ones(session, NOW) == ["late"]

    assert (await row(db, "late")).state == MISSED
    assert (await row(db, "perhaps said")).state == DUE


async def test_the_next_due_moment_is_known(db):
    await keep(db, "tomorrow", due_at=NOW + DAY)
    await keep(db, "in an hour", due_at=NOW + HOUR)

    async with db() as session:
        assert await claims.next_due(session) == NOW + HOUR


async def test_what_ended_long_ago_is_forgotten_and_cards_are_kept(db):
    long_ago = NOW - KEPT_FOR - DAY
    for state in (DROPPED, FAILED, MISSED, SAID, DUE):
        await keep(db, state, due_at=long_ago, state=state)
    await keep(db, "recent", state=DROPPED)

    async with db.begin() as session:
        await claims.forget_old(session, NOW)

    async with db() as session:
        assert sorted(await session.scalars(select(Post.key))) == [DUE, "recent", SAID]


async def test_a_long_history_makes_no_round_slow(db):
    said = {"state": SAID, "said_at": NOW - DAY, "due_at": NOW - DAY}
    async with db.begin() as session:
        await session.execute(insert(Post), [a_row(f"said {n}", **said) for n in range(10_000)])
        await session.execute(insert(Post), [a_row(f"due {n}") for n in range(300)])

    assert await quickest(lambda: taken(db)) < 0.2
    async with db() as session:
        assert await quickest(lambda: claims.is_anything_due(session, NOW - DAY), 12) < 0.03


def a_row(key, **traits):
    given = {"kind": "note", "place_id": "C1", "due_at": NOW, "workspace_id": "T0STAFF"}
    return {"key": key, "state": DUE, "attempts": 0, "wanted": 0, "drawn": 0} | given | traits


async def quickest(work, times=4):
    """Return how many seconds the quickest of some runs took."""
    took = []
    for _ in range(times):
        began = monotonic()
        await work()
        took.append(monotonic() - began)
    return min(took)
