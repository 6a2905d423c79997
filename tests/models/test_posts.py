"""Posts are kept until they are said, each key once."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest

from models import undelivered
from models.posts import (
    DROPPED,
    DUE,
    FAILED,
    GONE,
    MISSED,
    SAID,
    SENDING,
    Post,
)
from tests.examples import HOUR, NOW


class ChangedMindError(Exception):
    """What rolls a transaction back."""


async def keep(db, key="p:1", place_id="C1", **traits):
    traits = {"kind": "note", "due_at": NOW} | traits
    async with db.begin() as session:
        return await Post.add(session, key, place_id, **traits)


async def change(db, key, **traits):
    async with db.begin() as session:
        post = await Post.keyed(session, key)
        for name, value in traits.items():
            setattr(post, name, value)


async def row(db, key="p:1"):
    async with db() as session:
        return await Post.keyed(session, key)


async def test_a_key_that_exists_is_left_as_it_is(db):
    first = await keep(db)
    second = await keep(db, place_id="C2", due_at=NOW + HOUR)

    assert second.id == first.id
    assert ((await row(db)).place_id, (await row(db)).due_at) == ("C1", NOW)


async def test_many_processes_adding_the_same_post_keep_one(database):
    dbs = [database.of("T0STAFF") for _ in range(8)]

    posts = await asyncio.gather(*(keep(db) for db in dbs))

    assert len({post.id for post in posts}) == 1


async def test_adding_a_post_again_spoils_nothing_else_in_the_transaction(db):
    async with db.begin() as first:
        await Post.add(first, "p:1", "C1", kind="note", due_at=NOW)

    async with db.begin() as second:
        await Post.add(second, "before", "C1", kind="note", due_at=NOW)
        await Post.add(second, "p:1", "C1", kind="note", due_at=NOW)
        await Post.add(second, "after", "C1", kind="note", due_at=NOW)

    assert await row(db, "before") is not None
    assert await row(db, "after") is not None


async def test_the_same_key_in_another_workspace_is_another_post(database):
    one = await keep(database.of("T_ONE"))
    two = await keep(database.of("T_TWO"))

    assert one.id != two.id


async def test_a_commit_wakes_the_postman_and_a_roll_back_does_not(database):
    woken = []
    database.when_committed(lambda: woken.append("!"))

    with suppress(ChangedMindError):
        async with database.of("T0STAFF").begin() as session:
            await Post.add(session, "p:1", "C1", kind="note", due_at=NOW)
            raise ChangedMindError
    assert woken == []
    await keep(database.of("T0STAFF"))

    assert woken == ["!"]


async def test_a_change_makes_every_card_about_the_same_thing_stale(db):
    await keep(db, "card", kind="card", about_id=7)
    await keep(db, "other card", kind="card", about_id=8)
    await keep(db, "other kind", kind="note", about_id=7)
    for key in ("card", "other card", "other kind"):
        await change(db, key, state=SAID)

    async with db.begin() as session:
        await Post.redraw(session, "card", 7, NOW)
        await Post.redraw(session, "card", 7, NOW + HOUR)

    stale = await row(db, "card")
    assert (stale.wanted, stale.redraw_at) == (2, NOW)
    assert (await row(db, "other card")).redraw_at is None
    assert (await row(db, "other kind")).redraw_at is None


async def test_a_change_of_several_things_makes_the_cards_of_each_stale(db):
    for about_id in (7, 8, 9):
        await keep(db, f"card {about_id}", kind="card", about_id=about_id)

    async with db.begin() as session:
        await Post.redraw(session, "card", [7, 9], NOW)

    stale = {number: (await row(db, f"card {number}")).redraw_at for number in (7, 8, 9)}
    assert stale == {7: NOW, 8: None, 9: NOW}


@pytest.mark.parametrize("state", [DROPPED, MISSED, FAILED, GONE])
async def test_what_is_not_to_be_seen_is_not_redrawn(db, state):
    await keep(db, kind="card", about_id=7)
    await change(db, "p:1", state=state)

    async with db.begin() as session:
        await Post.redraw(session, "card", 7, NOW)

    assert (await row(db)).redraw_at is None


def test_a_card_is_up_to_date_when_it_shows_all_changes():
    post = Post(key="p:1", wanted=3, redraw_at=NOW)

    post.was_drawn(3, NOW)

    assert (post.drawn, post.redraw_at, post.drawn_at) == (3, None, NOW)


def test_a_card_that_changed_while_it_was_drawn_stays_stale():
    post = Post(key="p:1", wanted=3, redraw_at=NOW)

    post.was_drawn(2, NOW + HOUR)

    assert post.redraw_at == NOW


def test_a_post_in_trouble_keeps_its_place_and_its_doubt():
    post = Post(key="p:1", state=SENDING, claimed_by="we", maybe_said_since=NOW, attempts=2)

    post.hold(NOW + HOUR, is_unsure=True)

    assert (post.state, post.claimed_by, post.claimed_until) == (SENDING, None, NOW + HOUR)
    assert (post.maybe_said_since, post.attempts) == (NOW, 2)


def test_a_post_slack_did_not_take_is_in_no_doubt():
    post = Post(key="p:1", state=SENDING, claimed_by="we", maybe_said_since=NOW, attempts=2)

    post.hold(NOW + HOUR, is_unsure=False)

    assert (post.maybe_said_since, post.attempts) == (None, 0)


async def test_what_failed_is_revived_where_it_failed(db):
    for key, place_id in (("here", "C1"), ("there", "C2")):
        await keep(db, key, place_id)
        await change(db, key, state=FAILED, error="is_archived", attempts=3)
    await keep(db, "said", "C1")
    await change(db, "said", state=SAID)

    async with db.begin() as session:
        assert await undelivered.revive_in(session, "C1", NOW + HOUR) == 1

    here = await row(db, "here")
    assert (here.state, here.due_at, here.error, here.attempts) == (DUE, NOW + HOUR, None, 0)
    assert (await row(db, "there")).state == FAILED
    assert (await row(db, "said")).state == SAID


async def test_what_failed_anywhere_is_revived_at_once(db):
    for key, place_id in (("here", "C1"), ("there", "C2")):
        await keep(db, key, place_id)
        await change(db, key, state=FAILED)

    async with db.begin() as session:
        assert await undelivered.revive_in(session, None, NOW) == 2


async def test_a_card_slack_refused_to_redraw_is_stale_again_after_a_revival(db):
    await keep(db)
    await change(db, "p:1", state=SAID, error="is_archived")

    async with db.begin() as session:
        assert await undelivered.revive_in(session, "C1", NOW) == 0

    assert ((await row(db)).redraw_at, (await row(db)).error) == (NOW, None)


async def test_posts_follow_their_channel_to_its_new_id(db):
    await keep(db)
    await change(db, "p:1", state=SAID, channel_id="C1", ts="1.0")

    async with db.begin() as session:
        await Post.move(session, "C1", "C9")

    async with db() as session:
        found = await Post.standing_at(session, "C9", "1.0")
        assert await Post.standing_at(session, "C1", "1.0") is None
    assert found.place_id == "C9"


async def test_a_farewell_ends_all_that_is_to_be_said(db):
    for key, state in (("due", DUE), ("sending", SENDING), ("said", SAID), ("failed", FAILED)):
        await keep(db, key)
        await change(db, key, state=state, claimed_by="we", redraw_at=NOW)

    async with db.begin() as session:
        await Post.end_all(session)

    async with db() as session:
        posts = [await Post.keyed(session, key) for key in ("due", "sending", "said", "failed")]
    assert [post.state for post in posts] == [DROPPED, DROPPED, SAID, FAILED]
    assert {(post.claimed_by, post.redraw_at) for post in posts} == {(None, None)}


async def test_what_waits_is_counted(db):
    for key, traits in {
        "due": {},
        "on its way": {"state": SENDING},
        "tomorrow": {"due_at": NOW + timedelta(days=1)},
        "said": {"state": SAID},
    }.items():
        await keep(db, key)
        await change(db, key, **traits)

    async with db() as session:
        assert await undelivered.waiting(session, NOW, None) == 2
        assert await undelivered.waiting(session, NOW, ["C0"]) == 0


async def test_that_a_letter_failed_is_nobody_elses_business(db):
    await keep(db, "a", "C1")
    await keep(db, "letter", "U0ANA")
    for key in ("a", "letter"):
        await change(db, key, state=FAILED)

    async with db() as session:
        assert [post.key for post in await undelivered.refused(session, None)] == ["a"]
        assert await undelivered.refused(session, ["C2"]) == []
        assert len(await undelivered.failed(session, None)) == 2
