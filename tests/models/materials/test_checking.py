"""Once a year: does it still hold? When its owner is asked, what answers do and what silence."""

from datetime import timedelta
from itertools import pairwise

from sqlalchemy import select

from models.materials import checking
from models.materials.checking import BETWEEN_LETTERS, PATIENCE
from models.materials.material import Material
from models.materials.posted import CARD, CHECK
from models.materials.saving import YEAR
from models.members import Member
from models.posts import DROPPED, Post
from tests.examples import ANA, DAY, NOW
from tests.models.materials.checking_steps import LATER, a_year_old, asks, says
from tests.models.materials.keeping import a_circle
from tests.models.materials.using_steps import (
    letters,
    now,
    people,
    sent,
)


async def all_of(db):
    async with db() as session:
        return (await session.scalars(select(Material))).all()


async def a_card(db, material):
    async with db.begin() as session:
        return await Post.add(
            session, "card", "C0MATHCIRCLE", kind=CARD, due_at=NOW, about_id=material.id
        )


async def redrawn(db, card):
    async with db() as session:
        return (await session.get_one(Post, card.id)).wanted


async def test_the_owner_is_asked_after_a_year_and_not_before(db):
    await people(db)
    material = await a_year_old(db, await a_circle(db))

    early = await asks(db, NOW + YEAR - DAY)
    late, again = await asks(db, LATER), await asks(db, LATER)

    assert (early, late, again) == (0, 1, 0)
    [letter] = await letters(db, CHECK)
    assert (letter.place_id, letter.about_id, letter.due_at) == (ANA, material.id, LATER)


async def test_one_that_holds_is_asked_about_again_a_year_later(db):
    await people(db)
    material = await a_year_old(db, await a_circle(db))
    card = await a_card(db, material)
    await asks(db, LATER)

    await says(db, checking.still_holds, material, ANA, LATER)

    after = await now(db, material)
    assert (after.checked_at, after.stale_at) == (LATER, None)
    assert after.next_check_at == LATER + YEAR
    assert await redrawn(db, card) == 0


async def test_one_that_holds_no_more_is_marked_and_asked_about_no_more(db):
    await people(db)
    material = await a_year_old(db, await a_circle(db))
    card = await a_card(db, material)
    await asks(db, LATER)

    await says(db, checking.holds_no_more, material, ANA, LATER)
    asked = await asks(db, LATER + 2 * YEAR)

    after = await now(db, material)
    assert (after.stale_at, after.next_check_at, asked) == (LATER, None, 0)
    assert await redrawn(db, card) == 1
    await says(db, checking.still_holds, material, ANA, LATER + DAY)
    assert (await now(db, material)).stale_at is None
    assert await redrawn(db, card) == 2


async def test_a_month_of_silence_leaves_a_mark_and_no_second_letter(db):
    await people(db)
    material = await a_year_old(db, await a_circle(db))
    card = await a_card(db, material)
    await asks(db, LATER)
    [letter] = await letters(db, CHECK)
    await sent(db, letter, LATER)

    before = await asks(db, LATER + PATIENCE - DAY), (await now(db, material)).stale_at
    await asks(db, LATER + PATIENCE)

    after = await now(db, material)
    assert before == (0, None)
    assert (after.stale_at, after.next_check_at) == (LATER + PATIENCE, None)
    assert len(await letters(db, CHECK)) == 1
    assert await redrawn(db, card) == 1


async def test_a_letter_waits_for_an_owner_who_is_away_and_so_does_the_mark(db):
    await people(db)
    circle = await a_circle(db)
    for number in (1, 2):
        await a_year_old(db, circle, number=number)
    back = LATER + 60 * DAY
    async with db.begin() as session:
        ana = await Member.find(session, ANA)
        assert ana is not None
        ana.be_away(LATER.date(), (back - DAY).date())

    await asks(db, LATER)

    due = [letter.due_at for letter in await letters(db, CHECK)]
    assert due[0].date() == back.date()
    assert due[1] >= due[0] + BETWEEN_LETTERS
    await asks(db, due[0] + PATIENCE - DAY)
    assert [(await now(db, one)).stale_at for one in await all_of(db)] == [None, None]


async def test_a_month_of_silence_begins_when_the_letter_is_there(db):
    await people(db)
    material = await a_year_old(db, await a_circle(db))
    await asks(db, LATER)
    [letter] = await letters(db, CHECK)

    await asks(db, LATER + PATIENCE)
    unsaid = (await now(db, material)).stale_at
    said_at = LATER + PATIENCE + DAY
    await sent(db, letter, said_at)
    await asks(db, LATER + 2 * PATIENCE)
    waiting = (await now(db, material)).stale_at
    await asks(db, said_at + PATIENCE)

    assert (unsaid, waiting) == (None, None)
    assert (await now(db, material)).stale_at == said_at + PATIENCE


async def test_a_month_after_a_letter_that_nobody_wants_it_is_marked(db):
    await people(db)
    material = await a_year_old(db, await a_circle(db))
    await asks(db, LATER)
    [letter] = await letters(db, CHECK)
    async with db.begin() as session:
        (await session.get_one(Post, letter.id)).state = DROPPED

    await asks(db, LATER + PATIENCE)

    assert (await now(db, material)).stale_at == LATER + PATIENCE


async def test_who_saved_a_lot_in_one_afternoon_is_asked_once_a_day(db):
    await people(db)
    community = await a_circle(db)
    for number in (1, 2, 3):
        await a_year_old(db, community, number=number)

    await asks(db, LATER)

    moments = [letter.due_at for letter in await letters(db, CHECK)]
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    assert len(moments) == 3
    assert all(gap >= BETWEEN_LETTERS for gap in gaps)


async def test_the_next_moment_is_that_of_the_next_question(db):
    await people(db)
    community = await a_circle(db)
    await a_year_old(db, community)
    await a_year_old(db, community, number=2, next_check_at=NOW + timedelta(days=3))
    await a_year_old(db, community, number=3, next_check_at=NOW + DAY, deleted_at=NOW)

    async with db() as session:
        assert await checking.next_moment(session, NOW) == NOW + timedelta(days=3)
