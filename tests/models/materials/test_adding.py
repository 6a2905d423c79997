"""Adding: whoever brings again what is there says what they know of it besides."""

import asyncio

import pytest
from sqlalchemy import select

from models import search
from models.database import Database
from models.errors import NotHereError, RuleError
from models.materials import saving
from models.materials.material import Addition, Material
from models.materials.visibility import KIND
from tests.examples import ANA, BEN, CHRIS, NOW
from tests.models.materials.keeping import a_circle, a_kept_material


async def add(
    db: Database, material: Material, member_id: str = BEN, key: str = "form:V9", **words: object
) -> Material:
    more = saving.More(**words)
    async with db.begin() as session:
        return await saving.add_to(
            session, material.id, more, member_id=member_id, request_key=key, now=NOW
        )


async def test_a_note_and_missing_topics_are_added_once(db):
    circle = await a_circle(db)
    material = await a_kept_material(db, circle, topics=["fractions"])

    await add(db, material, note="Two lessons.", topics=["Fractions", "talk"])
    again = await add(db, material, note="Two lessons.", topics=["Fractions", "talk"])

    async with db() as session:
        notes = (await session.scalars(select(Addition.note))).all()
        found = await search.find(session, "lessons", kinds=[KIND], communities=[circle.id])
    assert again.topics == ["fractions", "talk"]
    assert notes == ["Two lessons."]
    assert found.total == 1


async def test_of_two_who_add_topics_at_once_both_are_kept(db):
    circle = await a_circle(db)
    material = await a_kept_material(db, circle, topics=["fractions"])

    await asyncio.gather(
        add(db, material, BEN, "form:V8", topics=["talk"]),
        add(db, material, CHRIS, "form:V9", topics=["estimation"]),
    )

    async with db() as session:
        row = await session.get_one(Material, material.id)
        notes = (await session.scalars(select(Addition.note))).all()
    assert sorted(row.topics) == ["estimation", "fractions", "talk"]
    assert sorted(notes) == ["Topics: estimation", "Topics: talk"]


async def test_who_adds_nothing_is_asked_what(db):
    circle = await a_circle(db)
    material = await a_kept_material(db, circle, topics=["fractions"])

    with pytest.raises(RuleError) as asked:
        await add(db, material, topics=["FRACTIONS"])

    assert asked.value.field == "note"


async def test_nobody_adds_to_what_they_do_not_see(db):
    circle = await a_circle(db, members=(ANA,))
    material = await a_kept_material(db, circle, topics=["fractions"])

    with pytest.raises(NotHereError):
        await add(db, material, BEN, note="I found you.")
