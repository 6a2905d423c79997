"""Two at the same moment: neither waits for ever, nothing is told twice, nothing is left behind."""

import asyncio
from datetime import timedelta

from sqlalchemy import func, select

from models.errors import NotHereError
from models.materials import changing, telling, using
from models.materials.attaching import attach, detach
from models.materials.finding import changeable_by
from models.materials.links import Link
from models.materials.material import About, Place, Use
from models.materials.places import target_of
from models.materials.posted import USED
from models.materials.using import Told
from models.materials.wording import MaterialWording, Plan
from models.posts import SENDING, Post
from models.problems.posted import CARD as PROBLEM_CARD
from tests.examples import ANA, BEN, CHRIS, HOUR, NOW
from tests.models.materials.keeping import a_circle, a_kept_material
from tests.models.materials.using_steps import (
    a_kept_problem,
    attaches,
    letters,
    member,
    people,
    uses,
)

# So often what could go wrong does go wrong, most likely.
TIMES = 5


async def edits(db, material, number):
    wording = MaterialWording.of(title=f"Version {number}")
    plan = Plan(wording=wording, link=Link.of(f"https://example.org/{number}"))
    async with db.begin() as session:
        row = await changeable_by(session, material.id, await member(db, ANA), for_update=True)
        await changing.edit(session, row, plan, by=ANA, now=NOW)


async def deletes(db, material):
    async with db.begin() as session:
        row = await changeable_by(session, material.id, await member(db, ANA), for_update=True)
        await changing.delete(session, row, NOW)


async def both(*works):
    """Do these at once, where some may come too late."""
    outcomes = await asyncio.gather(*works, return_exceptions=True)
    assert all(isinstance(one, NotHereError) for one in outcomes if isinstance(one, Exception))


async def rows_of(db, kind):
    async with db() as session:
        return await session.scalar(select(func.count(kind.id)))


async def test_a_material_and_what_was_made_of_it_are_edited_at_the_same_moment(db):
    circle = await a_circle(db)
    await people(db)
    origin = await a_kept_material(db, circle)
    remix = await a_kept_material(db, circle, number=2, remix_of_id=origin.id)
    async with db.begin() as session:
        for one in (origin, remix):
            await telling.announce(session, one, circle, NOW)

    for number in range(TIMES):
        await asyncio.gather(edits(db, origin, 2 * number), edits(db, remix, 2 * number + 1))


async def test_what_stands_in_two_places_is_taken_off_by_two_at_the_same_moment(db):
    circle = await a_circle(db)
    await people(db)
    materials = [await a_kept_material(db, circle, number=number) for number in (1, 2)]
    problems = [await a_kept_problem(db, circle, request_key=key) for key in ("P1", "P2")]
    async with db.begin() as session:
        for one in problems:
            key = f"card {one.id}"
            await Post.add(session, key, "C1", kind=PROBLEM_CARD, due_at=NOW, about_id=one.id)

    async def take_off(ids):
        async with db.begin() as session:
            await detach(session, await member(db, ANA), ids, NOW)

    for _ in range(TIMES):
        for material, (first, then) in zip(materials, (problems, problems[::-1]), strict=True):
            await attaches(db, material, About.PROBLEM, first.id)
            await attaches(db, material, About.PROBLEM, then.id)
        async with db() as session:
            rows = (await session.scalars(select(Place).order_by(Place.id))).all()
        of_each = [[row.id for row in rows if row.material_id == one.id] for one in materials]
        await asyncio.gather(*(take_off(ids) for ids in of_each))

    assert await rows_of(db, Place) == 0


async def test_two_who_used_it_at_the_same_moment_are_told_in_one_letter(db):
    material = await a_kept_material(db, await a_circle(db))

    # The later one may come first.
    later = NOW + timedelta(seconds=1)
    await asyncio.gather(uses(db, material, BEN, now=later), uses(db, material, CHRIS))

    [letter] = await letters(db, USED)
    async with db() as session:
        told = [one.use.member_id for one in await using.news_in(session, letter)]
    assert sorted(told) == [BEN, CHRIS]


async def test_a_use_while_a_letter_is_on_its_way_is_told_in_the_next_one_alone(db):
    material = await a_kept_material(db, await a_circle(db))
    await uses(db, material, BEN)
    [first] = await letters(db, USED)
    async with db.begin() as session:
        (await session.get_one(Post, first.id)).state = SENDING

    await uses(db, material, CHRIS, now=NOW + HOUR)

    async with db() as session:
        told = [
            [one.use.member_id for one in await using.news_in(session, letter)]
            for letter in await letters(db, USED)
        ]
    assert told == [[BEN], [CHRIS]]


async def test_what_is_deleted_at_the_same_moment_keeps_no_use_and_no_place(db):
    circle = await a_circle(db)
    await people(db)
    problem = await a_kept_problem(db, circle)

    for number in range(TIMES):
        material = await a_kept_material(db, circle, number=number)
        async with db() as session:
            target = await target_of(session, f"problem:{problem.id}", BEN)

        async def attaches_it(material=material, target=target):
            async with db.begin() as session:
                await attach(session, material, target, BEN, NOW)

        async def uses_it(material=material):
            async with db.begin() as session:
                await using.use(session, material, BEN, Told("Went well."), NOW)

        await both(uses_it(), deletes(db, material), attaches_it())

    assert (await rows_of(db, Use), await rows_of(db, Place)) == (0, 0)
