"""What Ana got in letters: nothing of Ben stays there once all about him is deleted."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from handlers import post_kinds
from models.communities import Community
from models.database import Database
from models.digests.posted import ATTENTION, PERSONAL
from models.my_data.erasing import erase
from models.my_data.forgetting.letters import FORGOTTEN, rename_settled
from models.posts import DUE, SAID, SENDING, Post
from tests.examples import ANA, BEN, CHRIS, DAY, HOUR, NAMES, NOW
from tests.models.digests.week import (
    a_circle,
    a_problem_with,
    a_used_material,
    change,
    posts_of,
    thanks_to_ana,
)

LATER = NOW + HOUR
GONE = "What stood here was deleted since."


async def people(db: Database) -> Community:
    circle = await a_circle(db)
    for member_id, name in NAMES.items():
        await change(db, member_id, name=name)
    async with db.begin() as session:
        (await session.get_one(Community, circle.id)).membership(ANA).is_facilitator = True
    return circle


async def said(db: Database, key: str, at: datetime = NOW, **traits: Any) -> None:
    """Keep a letter to Ana that stands in her conversation; its kind stands in its key."""
    async with db.begin() as session:
        post = await Post.add(session, key, ANA, kind=key.split(":")[0], due_at=at, **traits)
        post.was_said("DANA", f"1.{post.id}", drawn=0, now=at)


async def erased(db: Database) -> None:
    async with db.begin() as session:
        await erase(session, BEN, request_key="form:1", now=LATER)


async def renamed(db: Database) -> None:
    """Do what the tick does for letters."""
    async with db.begin() as session:
        await rename_settled(session)


async def drawn_anew(db: Database) -> list[str]:
    """Return the words of Ana's letters that are stale, as they are drawn now."""
    kinds = post_kinds()
    async with db() as session:
        query = select(Post).where(Post.place_id == ANA, Post.redraw_at <= LATER)
        posts = (await session.scalars(query)).all()
        drawn = [await kinds[one.kind].draw(session, one, LATER) for one in posts]
    messages = [one for one in drawn if one is not None]
    assert len(messages) == len(drawn)
    assert [one.text for one in messages if one.is_over] == [GONE] * sum(
        one.is_over for one in messages
    )
    return [one.text for one in messages]


async def test_the_weekly_letter_is_drawn_anew_without_what_he_said_and_did(db):
    circle = await people(db)
    await thanks_to_ana(db, circle, text="a heron", is_private=True)
    await a_problem_with(db, circle, BEN, CHRIS, title="Quiet students")
    await a_problem_with(db, circle, number=2, author_id=None, title="Noise")
    await said(db, f"{PERSONAL}:{ANA}:2026-11-16")

    await erased(db)

    [words] = await drawn_anew(db)
    assert "Quiet students" in words
    assert "Chris" in words
    assert "heron" not in words
    assert "Ben" not in words


async def test_a_weekly_letter_with_nothing_else_in_it_is_taken_away(db):
    circle = await people(db)
    await thanks_to_ana(db, circle, text="a heron", is_private=True)
    await said(db, f"{PERSONAL}:{ANA}:2026-11-16")

    await erased(db)

    assert await drawn_anew(db) == [GONE]


async def test_letters_that_cannot_tell_of_him_are_left_alone(db):
    circle = await people(db)
    await thanks_to_ana(db, circle, text="a heron")
    await said(db, f"{PERSONAL}:{ANA}:2026-10-05", at=NOW - 60 * DAY)
    await said(db, f"{PERSONAL}:{ANA}:2027-03-01", at=NOW + 100 * DAY)

    await erased(db)

    assert await drawn_anew(db) == []


@pytest.mark.parametrize(("days", "stays"), [(1, True), (9, False)])
async def test_the_list_of_this_week_is_drawn_anew_and_older_ones_are_taken_away(db, days, stays):
    circle = await people(db)
    await a_problem_with(db, circle, author_id=BEN, title="A heron")
    await a_problem_with(db, circle, number=2, author_id=CHRIS, title="Quiet students")
    await said(db, f"{ATTENTION}:1:{ANA}:x", at=NOW - days * DAY, about_id=circle.id)

    await erased(db)

    [words] = await drawn_anew(db)
    assert "heron" not in words
    assert ("Quiet students" in words) is stays


async def test_a_letter_that_names_him_is_emptied_in_slack_before_its_row_is_forgotten(db):
    await people(db)
    await said(db, f"problems.offer:5:{BEN}", about_id=5)
    async with db.begin() as session:
        await Post.add(session, f"problems.offer:6:{BEN}", ANA, kind="problems.offer", due_at=NOW)

    await erased(db)

    [post] = await posts_of(db, FORGOTTEN)
    assert (post.state, post.ts is not None, post.about_id) == (SAID, True, None)
    assert BEN not in post.key
    assert await posts_of(db, "problems.offer") == []
    assert await drawn_anew(db) == [GONE]


@pytest.mark.parametrize("state", [SENDING, DUE])
async def test_a_letter_that_was_perhaps_said_keeps_the_key_it_is_found_by_until_that_is_known(
    db, state
):
    await people(db)
    key = f"problems.offer:5:{BEN}"
    async with db.begin() as session:
        post = await Post.add(session, key, ANA, kind="problems.offer", due_at=NOW)
        post.state, post.maybe_said_since = state, NOW

    await erased(db)
    await renamed(db)
    [unsure] = await posts_of(db, FORGOTTEN)
    async with db.begin() as session:
        (await session.get_one(Post, post.id)).was_said("DANA", "1.5", drawn=0, now=LATER)
        assert not (await erase(session, BEN, request_key="form:2", now=LATER)).is_news
    await renamed(db)

    [found] = await posts_of(db, FORGOTTEN)
    assert (unsure.key, unsure.state) == (key, state)
    assert BEN not in found.key
    assert await drawn_anew(db) == [GONE]


@pytest.mark.parametrize("others", [(), (CHRIS,)])
async def test_who_used_a_material_is_told_without_him(db, others):
    circle = await people(db)
    material = await a_used_material(db, circle, BEN, *others)
    since = (NOW - 2 * DAY).isoformat()
    await said(db, f"materials.used:{material.id}:{since}", about_id=material.id)

    await erased(db)

    [words] = await drawn_anew(db)
    assert "Ben" not in words
    assert ("Chris" in words) is bool(others)


async def test_who_answered_is_told_as_of_someone_who_has_left(db):
    circle = await people(db)
    problem = await a_problem_with(db, circle, BEN, title="Quiet students")
    await said(db, f"problems.heard:{problem.id}:0", about_id=problem.id)

    await erased(db)

    [words] = await drawn_anew(db)
    assert words.startswith("Someone who has left")
    assert "Ben" not in words
