"""Whom a member worked with and has not thanked yet, as far as that member may know it."""

import pytest
from sqlalchemy import event

from models.communities import Community
from models.materials.material import Circle, Use
from models.pilots.pilot import Circle as PilotCircle
from models.thanks.colleagues import worked_with
from models.thanks.thanks import About
from tests.examples import ANA, BEN, CHRIS, DAY, NOW, a_material, a_pilot
from tests.models.thanks.belonging import (
    a_circle,
    a_hangout_of,
    a_shared_problem,
    answers,
    change,
    near,
    replies,
    thanks_said,
)


async def test_whoever_wrote_in_my_thread_helped_me_and_i_am_not_told_to_thank_whom_i_helped(db):
    circle = await a_circle(db)
    problem = await a_shared_problem(db, circle)
    await replies(db, problem, ANA, BEN)

    async with db() as session:
        [ben] = await worked_with(session, ANA, NOW - DAY, NOW)

    assert (ben.member_id, ben.why_kind, ben.why_id) == (BEN, About.PROBLEM, problem.id)
    assert await near(db, BEN) == []


async def test_nobody_is_near_through_a_problem_without_a_name(db):
    circle = await a_circle(db)
    problem = await a_shared_problem(db, circle, author_id=None)

    await replies(db, problem, ANA, BEN)

    assert [await near(db, one) for one in (ANA, BEN)] == [[], []]


async def test_whoever_came_to_the_same_hangout_worked_together(db):
    circle = await a_circle(db)

    await a_hangout_of(db, circle, ANA, CHRIS)

    # Ben led it.
    assert await near(db) == [CHRIS, BEN]
    assert await near(db, BEN) == [CHRIS, ANA]


async def test_who_only_signed_up_for_a_hangout_may_have_stayed_away(db):
    circle = await a_circle(db)
    hangout = await a_hangout_of(db, circle, ANA, CHRIS, say_so=None)
    before = await near(db)

    for one in (ANA, CHRIS):
        await answers(db, hangout, one, came=True)

    # Ben led it.
    assert (before, await near(db)) == ([], [CHRIS, BEN])


async def test_a_pilot_that_inspired_mine_counts_while_i_may_see_it(db):
    circle = await a_circle(db)
    async with db.begin() as session:
        shared = {"community_id": circle.id, "circle": PilotCircle.COMMUNITY}
        session.add(bens := a_pilot(member_id=BEN, request_key="V2", **shared))
        await session.flush()
        session.add(a_pilot(community_id=circle.id, inspired_by_id=bens.id))
    before = await near(db)

    async with db.begin() as session:
        (await session.get_one(type(bens), bens.id)).circle = PilotCircle.ME

    assert (before, await near(db)) == ([BEN], [])


async def test_whose_material_i_used_is_near_and_not_who_used_mine(db):
    circle = await a_circle(db)
    async with db.begin() as session:
        session.add(mine := a_material(community_id=circle.id))
        traits = {"owner_id": CHRIS, "request_key": "V2", "circle": Circle.NETWORK}
        session.add(theirs := a_material(community_id=circle.id, **traits))
        await session.flush()
        session.add(Use(material_id=mine.id, member_id=BEN, used_at=NOW - DAY))
        session.add(Use(material_id=theirs.id, member_id=ANA, used_at=NOW))

    assert await near(db) == [CHRIS]


@pytest.mark.parametrize("is_private", [False, True])
async def test_whom_i_thanked_in_public_or_in_private_is_not_named(db, is_private):
    circle = await a_circle(db)
    await replies(db, await a_shared_problem(db, circle), BEN, CHRIS)

    await thanks_said(db, circle, BEN, is_private=is_private)

    assert await near(db) == [CHRIS]


async def test_that_somebody_else_thanked_a_colleague_tells_me_nothing(db):
    circle = await a_circle(db)
    await replies(db, await a_shared_problem(db, circle), BEN)

    await thanks_said(db, circle, BEN, giver_id=CHRIS, is_private=True)

    assert await near(db) == [BEN]


@pytest.mark.parametrize("traits", [{"left_at": NOW}, {"is_bot": True}, {"name": None}])
async def test_who_has_left_or_is_a_bot_or_nameless_is_not_named(db, traits):
    circle = await a_circle(db)
    await replies(db, await a_shared_problem(db, circle), BEN)

    await change(db, BEN, **traits)

    assert await near(db) == []


async def test_who_left_the_community_is_not_named(db):
    circle = await a_circle(db)
    await replies(db, await a_shared_problem(db, circle), BEN)

    async with db.begin() as session:
        (await session.get_one(Community, circle.id)).farewell(BEN, NOW)

    assert await near(db) == []


async def test_it_takes_as_many_questions_for_two_colleagues_as_for_one(db):
    circle = await a_circle(db)
    problem = await a_shared_problem(db, circle)
    asked: list[str] = []
    event.listen(
        db.engine.sync_engine, "before_cursor_execute", lambda *told: asked.append(told[2])
    )
    await replies(db, problem, BEN)
    asked.clear()
    await near(db)
    for_one = len(asked)
    await a_hangout_of(db, circle, ANA, CHRIS)
    asked.clear()

    assert await near(db) == [BEN, CHRIS]

    assert len(asked) == for_one
