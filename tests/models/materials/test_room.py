"""How many materials fit beside one place, for those who see them."""

import pytest

from models.materials.attaching import HERE_AT_MOST, FullError
from models.materials.material import About, Place
from tests.examples import ANA, BEN, NOW, a_material
from tests.models.materials.keeping import STAFF_LOUNGE, a_circle, a_kept_material
from tests.models.materials.using_steps import a_kept_problem, attaches, beside


async def a_full_place(db, community, problem):
    """Let as many of that community's materials stand beside the problem as fit."""
    materials = [
        a_material(community_id=community.id, request_key=f"F{number}", same_key=f"F{number}")
        for number in range(HERE_AT_MOST)
    ]
    there = {"about_kind": About.PROBLEM, "about_id": problem.id}
    async with db.begin() as session:
        session.add_all(materials)
        await session.flush()
        session.add_all(
            Place(**there, material_id=one.id, attached_by=BEN, attached_at=NOW)
            for one in materials
        )
    return materials


async def test_a_place_takes_only_so_many(db):
    community = await a_circle(db)
    problem = await a_kept_problem(db, community)
    there = await a_full_place(db, community, problem)
    one_more = await a_kept_material(db, community)

    with pytest.raises(FullError, match="20 materials are there already"):
        await attaches(db, one_more, About.PROBLEM, problem.id)

    await attaches(db, there[0], About.PROBLEM, problem.id)
    assert len(await beside(db, About.PROBLEM, problem.id)) == HERE_AT_MOST


async def test_what_somebody_does_not_see_takes_no_room_from_them(db):
    community = await a_circle(db)
    lounge = await a_circle(db, channel_id=STAFF_LOUNGE, members=(BEN,))
    problem = await a_kept_problem(db, community)
    await a_full_place(db, lounge, problem)
    anas = await a_kept_material(db, community)

    await attaches(db, anas, About.PROBLEM, problem.id, ANA)

    assert await beside(db, About.PROBLEM, problem.id, ANA) == ["Fraction talk rubric"]
