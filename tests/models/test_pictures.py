"""What is remembered of the pictures in Slack, and when a missing one is tried again."""

import asyncio
from datetime import timedelta

from models.pictures import AGAIN_AFTER, KEPT_FOR, StoredPicture, wants_its_picture
from models.posts import SAID, Post
from tests.examples import HOUR, NOW

DAY = timedelta(days=1)


async def known(db, fingerprint):
    async with db() as session:
        stored = await StoredPicture.find(session, fingerprint)
    return stored and stored.file_id


async def keep(db, fingerprint, file_id, now=NOW):
    async with db.begin() as session:
        await StoredPicture.keep(session, fingerprint, file_id, now)


async def test_the_file_told_last_shows_the_picture(db):
    await keep(db, "a", "F0000000A1")
    await keep(db, "b", "F0000000B1")

    await keep(db, "a", "F0000000A2")

    assert await known(db, "a") == "F0000000A2"
    assert await known(db, "b") == "F0000000B1"


async def test_two_replicas_may_keep_the_same_picture_at_the_same_moment(db):
    await asyncio.gather(*(keep(db, "a", f"F0000000A{number}") for number in range(5)))

    assert await known(db, "a") in {f"F0000000A{number}" for number in range(5)}


async def test_another_workspace_has_pictures_of_its_own(database, db):
    await keep(db, "a", "F0000000A1")

    await keep(database.of("T0OTHER"), "a", "F0000000A2")

    assert await known(db, "a") == "F0000000A1"


async def test_a_forgotten_picture_is_sent_up_anew(db):
    await keep(db, "a", "F0000000A1")
    await keep(db, "b", "F0000000B1")

    async with db.begin() as session:
        await StoredPicture.forget(session, "a")

    assert (await known(db, "a"), await known(db, "b")) == (None, "F0000000B1")


async def test_only_what_nobody_has_looked_at_for_long_is_forgotten(db):
    await keep(db, "old", "F0000000A1", NOW - KEPT_FOR - DAY)
    await keep(db, "used", "F0000000B1", NOW - KEPT_FOR - DAY)
    await keep(db, "used", "F0000000B1", NOW - DAY)

    async with db.begin() as session:
        await StoredPicture.forget_old(session, NOW)

    assert (await known(db, "old"), await known(db, "used")) == (None, "F0000000B1")


def test_that_a_picture_was_used_is_noted_once_a_day():
    stored = StoredPicture(used_at=NOW)

    assert not stored.is_to_be_noted(NOW + HOUR)
    assert stored.is_to_be_noted(NOW + DAY)


def test_a_missing_picture_is_tried_at_ever_longer_times_and_at_last_no_more():
    post, waited = Post(attempts=0), []

    for tries in range(1, 9):
        post.redraw_at = None
        wants_its_picture(post, tries, NOW)
        if post.redraw_at:
            waited.append(post.redraw_at - NOW)

    assert tuple(waited) == AGAIN_AFTER
    assert list(AGAIN_AFTER) == sorted(AGAIN_AFTER)


def test_a_change_that_is_due_sooner_is_not_put_off_by_a_missing_picture():
    post = Post(attempts=0, redraw_at=NOW)

    wants_its_picture(post, 1, NOW)

    assert post.redraw_at == NOW


async def test_a_change_of_a_card_that_waits_for_its_picture_is_due_at_once(db):
    async with db.begin() as session:
        post = await Post.add(session, "card", "CMATHCIRCLE", kind="chart", about_id=1, due_at=NOW)
        post.was_said("CMATHCIRCLE", "1.1", drawn=0, now=NOW)
        wants_its_picture(post, 4, NOW)

    async with db.begin() as session:
        await Post.redraw(session, "chart", 1, NOW + timedelta(seconds=30))
        # The card that has waited longest is drawn first, so a second change leaves its turn.
        await Post.redraw_keyed(session, "card", NOW + timedelta(seconds=40))

    async with db() as session:
        card = await Post.keyed(session, "card")
    assert (card.state, card.redraw_at) == (SAID, NOW + timedelta(seconds=30))
