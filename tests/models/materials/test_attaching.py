"""Where a material stands: beside practices, problems and notes, for those who may see both."""

import asyncio

import pytest

from models.hangouts.posted import NOTES
from models.materials.attaching import (
    detach,
    redraw_places,
    shown_on,
    to_detach,
)
from models.materials.material import About, Circle, Place
from models.materials.places import UnknownPlaceError, offered, places_of, target_of
from models.posts import Post
from models.problems.posted import CARD as PROBLEM_CARD
from tests.examples import ANA, BEN, CHRIS, NOW, a_hangout, a_practice, a_series
from tests.models.materials.keeping import STAFF_LOUNGE, a_circle, a_kept_material
from tests.models.materials.using_steps import (
    a_kept_problem,
    attaches,
    beside,
    facilitates,
    member,
    people,
)


async def a_kept_practice(db, **traits):
    async with db.begin() as session:
        session.add(practice := a_practice(**traits))
    return practice


async def a_kept_hangout(db, community, **traits):
    async with db.begin() as session:
        session.add(series := a_series(community_id=community.id))
        await session.flush()
        hangout = a_hangout(community_id=community.id, series_id=series.id, **traits)
        session.add(hangout)
    return hangout


async def a_card(db, kind, about_id):
    async with db.begin() as session:
        return await Post.add(
            session, f"{kind}:{about_id}", "C1", kind=kind, due_at=NOW, about_id=about_id
        )


async def redrawn(db, card):
    async with db() as session:
        return (await session.get_one(Post, card.id)).wanted


async def places_seen(db, material, reader_id):
    async with db() as session:
        return [
            one.value for one in (await places_of(session, [material.id], reader_id))[material.id]
        ]


async def test_it_stands_beside_each_kind_and_says_where(db):
    community = await a_circle(db)
    material = await a_kept_material(db, community, circle=Circle.NETWORK)
    practice = await a_kept_practice(db)
    problem = await a_kept_problem(db, community)
    hangout = await a_kept_hangout(db, community)

    for kind, about_id in (
        (About.PRACTICE, practice.id),
        (About.PROBLEM, problem.id),
        (About.HANGOUT, hangout.id),
    ):
        await attaches(db, material, kind, about_id)
        assert await beside(db, kind, about_id) == ["Fraction talk rubric"]

    async with db() as session:
        [named] = (await places_of(session, [material.id], CHRIS)).values()
    assert [one.title for one in named] == [
        "Exit ticket",
        "Nobody talks in groups",
        "Hangout of 3 December 2026: wait time",
    ]


async def test_attached_at_once_by_two_it_stands_there_once(db):
    community = await a_circle(db)
    material = await a_kept_material(db, community)
    problem = await a_kept_problem(db, community)
    card = await a_card(db, PROBLEM_CARD, problem.id)

    await asyncio.gather(
        *(attaches(db, material, About.PROBLEM, problem.id, by) for by in (ANA, BEN, CHRIS))
    )

    assert await beside(db, About.PROBLEM, problem.id) == ["Fraction talk rubric"]
    assert await redrawn(db, card) == 1


async def test_in_a_channel_stands_only_what_everybody_there_sees(db):
    community = await a_circle(db)
    lounge = await a_circle(db, channel_id=STAFF_LOUNGE, members=(ANA, BEN))
    of_lounge = await a_kept_material(db, lounge)
    practice = await a_kept_practice(db)
    problem = await a_kept_problem(db, community)
    hangout = await a_kept_hangout(db, community)
    cards = [await a_card(db, PROBLEM_CARD, problem.id), await a_card(db, NOTES, hangout.id)]

    await attaches(db, of_lounge, About.PROBLEM, problem.id)
    await attaches(db, of_lounge, About.HANGOUT, hangout.id)
    await attaches(db, of_lounge, About.PRACTICE, practice.id)

    for kind, about_id in (
        (About.PROBLEM, problem.id),
        (About.HANGOUT, hangout.id),
        (About.PRACTICE, practice.id),
    ):
        assert await beside(db, kind, about_id) == []
        assert await beside(db, kind, about_id, CHRIS) == []
        assert await beside(db, kind, about_id, BEN) == ["Fraction talk rubric"]
    assert [await redrawn(db, card) for card in cards] == [0, 0]


async def test_a_place_out_of_sight_or_withdrawn_is_no_place(db):
    community = await a_circle(db)
    inner = await a_circle(db, channel_id="C0INNER", members=(ANA,), is_private=True)
    material = await a_kept_material(db, community)
    secret = await a_kept_problem(db, inner)
    withdrawn = await a_kept_problem(db, community, request_key="P2", deleted_at=NOW)
    await attaches(db, material, About.PROBLEM, secret.id, ANA)

    assert await places_seen(db, material, ANA) == [f"problem:{secret.id}"]
    assert await places_seen(db, material, BEN) == []
    async with db() as session:
        for value in (f"problem:{secret.id}", f"problem:{withdrawn.id}", "pilot:1", "", "problem"):
            with pytest.raises(UnknownPlaceError):
                await target_of(session, value, BEN)


async def test_a_list_offers_what_fits_of_what_is_seen(db):
    community = await a_circle(db)
    inner = await a_circle(db, channel_id="C0INNER", members=(ANA,), is_private=True)
    await a_kept_practice(db)
    await a_kept_problem(db, community)
    await a_kept_problem(db, inner, request_key="P2", title="Groups in the inner circle")
    await a_kept_hangout(db, community, starts_at=NOW)

    async with db() as session:
        groups = await offered(session, "groups", BEN, NOW)
        everything = await offered(session, "", BEN, NOW)

    assert [one.title for one in groups[About.PROBLEM]] == ["Nobody talks in groups"]
    assert groups[About.HANGOUT] == []
    assert [len(everything[kind]) for kind in About] == [1, 1, 1]


async def test_who_put_it_there_keeps_it_or_looks_after_either_end_takes_it_off(db):
    await people(db)
    community = await a_circle(db, members=(ANA, BEN, CHRIS, "U0DANA"))
    material = await a_kept_material(db, community)
    problem = await a_kept_problem(db, community, author_id=None)
    await attaches(db, material, About.PROBLEM, problem.id, CHRIS)

    async def may(member_id):
        async with db() as session:
            there = await to_detach(session, await member(db, member_id), material=material)
        return len(there) == 1

    assert [await may(one) for one in (ANA, BEN, CHRIS)] == [True, False, True]
    await facilitates(db, community, BEN)
    assert await may(BEN)


async def test_taken_off_it_is_gone_from_the_card_and_a_stranger_takes_nothing_off(db):
    await people(db)
    community = await a_circle(db)
    material = await a_kept_material(db, community)
    problem = await a_kept_problem(db, community, author_id=ANA)
    await attaches(db, material, About.PROBLEM, problem.id)
    card = await a_card(db, PROBLEM_CARD, problem.id)
    async with db() as session:
        [standing] = await to_detach(session, await member(db, ANA), material=material)

    async with db.begin() as session:
        forged = await detach(session, await member(db, CHRIS), [standing.place.id, "x"], NOW)
    async with db.begin() as session:
        gone = await detach(session, await member(db, ANA), [str(standing.place.id)], NOW)

    assert forged == []
    assert [one.target.title for one in gone] == ["Nobody talks in groups"]
    assert await beside(db, About.PROBLEM, problem.id) == []
    assert await redrawn(db, card) == 1
    async with db() as session:
        assert await session.get(Place, standing.place.id) is None


async def test_when_it_is_seen_by_fewer_only_cards_that_showed_it_are_drawn_anew(db):
    community = await a_circle(db)
    lounge = await a_circle(db, channel_id=STAFF_LOUNGE)
    material = await a_kept_material(db, community, circle=Circle.NETWORK)
    here = await a_kept_problem(db, community)
    there = await a_kept_problem(db, lounge, request_key="P2")
    for problem in (here, there):
        await attaches(db, material, About.PROBLEM, problem.id)
    cards = [await a_card(db, PROBLEM_CARD, one.id) for one in (here, there)]

    async with db.begin() as session:
        session.add(material)
        before = await shown_on(session, material)
        material.circle = Circle.COMMUNITY
        await redraw_places(session, before | await shown_on(session, material), NOW)
        again = await shown_on(session, material)

    assert again == {(About.PROBLEM, here.id)}
    assert [await redrawn(db, card) for card in cards] == [1, 1]
    assert await beside(db, About.PROBLEM, there.id) == []
