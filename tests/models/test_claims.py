"""No two postmen carry the same post, and each place hears one message at a time."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from models import claims
from models.posts import (
    CLAIM_LASTS,
    DROPPED,
    DUE,
    FAILED,
    LONGEST_HOLD,
    MISSED,
    PACE,
    REDRAW_PACE,
    SAID,
    SENDING,
    Post,
)
from tests.examples import DAY, HOUR, NOW
from tests.models.claiming import keep, row, stale, taken

SECOND = timedelta(seconds=1)


async def test_the_oldest_post_of_each_place_is_claimed(db):
    await keep(db, "second", due_at=NOW - SECOND)
    await keep(db, "first", due_at=NOW - HOUR)
    await keep(db, "elsewhere", "C2")
    await keep(db, "tomorrow", "C3", due_at=NOW + DAY)

    assert await taken(db) == ["first", "elsewhere"]
    assert await taken(db, postman="they") == []


async def test_posts_due_at_the_same_moment_keep_the_order_in_which_they_were_added(db):
    for key in ("b", "a", "c"):
        await keep(db, key)

    assert await taken(db) == ["b"]


async def test_postmen_who_ask_at_once_share_without_overlap(db):
    for number in range(30):
        await keep(db, f"{number}", f"C{number % 10}")

    shares = await asyncio.gather(*(taken(db, postman=f"p{number}") for number in range(6)))

    assert sorted(key for share in shares for key in share) == [str(number) for number in range(10)]


# On SQLite nobody can write while somebody else claims.
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_place_is_not_shared_because_an_older_post_comes_in_between(db):
    await keep(db, "post")

    async with db.begin() as session:
        await claims.take(session, "we", NOW)
        await keep(db, "older", due_at=NOW - HOUR)
        claiming = asyncio.create_task(taken(db, postman="they"))
        await asyncio.sleep(0.1)

    assert await claiming == []


async def test_a_claim_not_renewed_belongs_to_a_dead_process(db):
    await keep(db, "post")
    await taken(db)

    assert await taken(db, NOW + CLAIM_LASTS, "heir") == []
    async with db.begin() as session:
        [claim] = await claims.take(session, "heir", NOW + CLAIM_LASTS + SECOND)
    assert (claim.post.claimed_by, claim.maybe_said, claim.post.attempts) == ("heir", True, 2)
    assert claim.post.maybe_said_since == NOW


async def test_a_renewed_claim_lasts(db):
    await keep(db, "post")
    await taken(db)
    post = await row(db, "post")

    async with db.begin() as session:
        await claims.renew(session, "we", [post.id], NOW + CLAIM_LASTS)

    assert await taken(db, NOW + CLAIM_LASTS * 2, "heir") == []


async def test_nobody_renews_the_claim_of_another(db):
    await keep(db, "post")
    await taken(db, postman="heir")
    post = await row(db, "post")

    async with db.begin() as session:
        await claims.renew(session, "we", [post.id], NOW + HOUR)

    assert (await row(db, "post")).claimed_until == NOW + CLAIM_LASTS


async def test_a_claim_from_before_the_clock_was_set_back_is_none(db):
    await keep(db, "post", state=SENDING, claimed_by="dead", claimed_until=NOW + 3 * DAY)

    assert await taken(db) == ["post"]


async def test_a_place_in_which_a_post_is_held_up_waits_as_long(db):
    await keep(db, "held up", state=SENDING, claimed_until=NOW + LONGEST_HOLD)
    await keep(db, "behind", due_at=NOW - DAY)

    assert await taken(db) == []
    assert await taken(db, NOW + LONGEST_HOLD + SECOND) == ["behind"]


@pytest.mark.parametrize(
    ("said_at", "expected"),
    [
        (NOW, []),
        (NOW - PACE, []),
        (NOW - PACE - SECOND / 100, ["next"]),
        (NOW + 3 * DAY, ["next"]),
    ],
    ids=["just now", "a second ago", "a little earlier", "before the clock was set back"],
)
async def test_a_place_hears_one_message_a_second(db, said_at, expected):
    await keep(db, "said", state=SAID, said_at=said_at)
    await keep(db, "next")

    assert await taken(db) == expected


async def test_a_busy_place_is_busy_in_its_own_workspace_only(database):
    everywhere = database.everywhere()
    await keep(everywhere, "ours", workspace_id="T_ONE", state=SAID, said_at=NOW)
    await keep(everywhere, "theirs", workspace_id="T_TWO")

    assert await taken(everywhere) == ["theirs"]


async def test_a_postman_may_leave_out_places_and_take_only_so_many(db):
    for number in range(5):
        await keep(db, f"{number}", f"C{number}")

    assert await taken(db, but_not_in={"C0"}, limit=2) == ["1", "2"]


@pytest.mark.parametrize("state", [DUE, SENDING, FAILED])
async def test_a_reply_waits_for_its_thread(db, state):
    await keep(db, "head", "C2", state=state, claimed_until=NOW + HOUR, due_at=NOW + DAY)
    await keep(db, "reply", thread_of="head", due_at=NOW - HOUR)
    await keep(db, "other")

    assert await taken(db) == ["other"]


@pytest.mark.parametrize("state", [SAID, DROPPED, MISSED])
async def test_a_reply_waits_no_longer_when_its_thread_is_settled(db, state):
    await keep(db, "head", "C2", state=state)
    await keep(db, "reply", thread_of="head")

    assert await taken(db) == ["reply"]


async def test_a_failure_nobody_was_told_of_is_taken_over_as_it_is(db):
    await keep(db, "told", state=FAILED)
    await keep(db, "untold", "C2", state=FAILED, claimed_by="dead", claimed_until=NOW - SECOND)

    assert await taken(db) == ["untold"]
    assert (await row(db, "untold")).state == FAILED


async def test_what_somebody_is_cancelling_is_not_claimed(db):
    await keep(db, "post")

    async with db.begin() as session:
        post = (await session.scalars(select(Post).with_for_update())).one()
        post.ends(DROPPED)
        await session.flush()
        claiming = asyncio.create_task(taken(db))
        await asyncio.sleep(0.05)

    assert await claiming == []
    assert (await row(db, "post")).state == DROPPED


async def test_a_stale_card_is_claimed_once(db):
    await keep(db, "card", state=SAID, redraw_at=NOW - SECOND)
    await keep(db, "fresh", state=SAID)

    assert await stale(db) == ["card"]
    assert await stale(db, postman="they") == []
    assert await stale(db, NOW + CLAIM_LASTS + SECOND, "heir") == ["card"]


async def test_a_card_is_redrawn_at_most_once_in_its_pace(db):
    await keep(db, "card", state=SAID, redraw_at=NOW, drawn_at=NOW)

    assert await stale(db, NOW + REDRAW_PACE) == []
    assert await stale(db, NOW + REDRAW_PACE + SECOND / 100) == ["card"]
