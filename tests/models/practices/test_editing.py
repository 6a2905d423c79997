"""Who adds to the tool belt, and who may change what is in it."""

import asyncio

import pytest

from models.errors import NotAllowedError
from models.pilots.pilot import Pilot
from models.practices import editing, finding
from models.practices.editing import NameTakenError
from tests.examples import ANA, BEN, CHRIS, NOW, a_community, a_member, a_practice
from tests.models.pilots.circles import a_circle, a_kept_pilot
from tests.models.practices.steps import (
    a_practice_wording,
    add,
    all_practices,
    found,
    named,
    stocked,
)


async def test_what_is_added_can_be_found_by_everybody(db):
    practice = await add(db, name="Mystery box", topics="curiosity")

    assert await named(db, "mystery box") == ["Mystery box"]
    assert await found(db, "curiosity") == ["Mystery box"]
    assert practice.added_by == ANA


async def test_the_same_form_twice_makes_one_practice(db):
    first = await add(db)
    second = await add(db)

    assert second.id == first.id
    assert len(await all_practices(db)) == 1


async def test_the_same_form_sent_twice_at_once_makes_one_practice(db):
    practices = await asyncio.gather(*(add(db) for _ in range(4)))

    assert len({one.id for one in practices}) == 1
    assert len(await all_practices(db)) == 1


@pytest.mark.parametrize("name", ["Exit ticket", "EXIT  TICKET"])
async def test_two_practices_of_one_name_could_not_be_told_apart(db, name):
    await stocked(db)

    with pytest.raises(NameTakenError, match="already") as refused:
        await add(db, name=name)

    assert refused.value.field == "name"


async def test_words_can_be_changed_and_only_the_new_ones_are_found(db):
    practice = await add(db, what="A box with a zebra in it.")
    async with db.begin() as session:
        mine = await finding.of(session, practice.id)
        wording = a_practice_wording(what="A box with a lion in it.")
        await editing.edit(session, mine, wording, by=ANA, now=NOW)

    assert await found(db, "zebra") == []
    assert await found(db, "lion") == ["Ticket out"]


async def test_an_edit_cannot_take_the_name_of_another(db):
    await stocked(db)
    practice = await add(db)

    async with db.begin() as session:
        mine = await finding.of(session, practice.id)
        with pytest.raises(NameTakenError):
            await editing.edit(session, mine, a_practice_wording(name="wait time"), by=ANA, now=NOW)


async def test_what_is_withdrawn_leaves_no_words(db):
    practice = await add(
        db, name="Zebra", what="zebra", steps="zebra", fits="zebra", grades="zebra"
    )
    async with db.begin() as session:
        mine = await finding.of(session, practice.id)
        await editing.withdraw(session, mine, by=ANA, now=NOW)

    [kept] = await all_practices(db)
    assert "zebra" not in str(vars(kept)).casefold()
    assert await found(db, "zebra") == []
    assert await named(db, "zebra") == []


@pytest.mark.parametrize(
    ("member", "may"),
    [
        (a_member(member_id=ANA), True),
        (a_member(member_id=BEN), True),
        (a_member(member_id="U0LEAD", is_lead=True), True),
        (a_member(member_id=CHRIS), False),
    ],
    ids=["who added it", "a facilitator", "a lead", "a colleague"],
)
async def test_who_may_change_a_practice(db, member, may):
    async with db.begin() as session:
        session.add(community := a_community())
        community.configure(name="Math", tz="UTC", facilitators=[BEN], now=NOW)
        community.welcome(CHRIS, NOW)
    practice = await add(db)

    async with db() as session:
        assert await editing.may_be_changed_by(session, practice, member) is may
        if not may:
            with pytest.raises(NotAllowedError, match="whoever added"):
                await editing.require_changer(session, practice, member)


async def test_a_facilitator_who_left_may_change_it_no_more(db):
    async with db.begin() as session:
        session.add(community := a_community())
        community.configure(name="Math", tz="UTC", facilitators=[BEN], now=NOW)
        community.farewell(BEN, NOW)
    practice = await add(db)

    async with db() as session:
        assert not await editing.may_be_changed_by(session, practice, a_member(member_id=BEN))


async def test_what_somebody_adds_takes_their_own_pilots_of_that_name_along(db):
    circle = await a_circle(db)
    traits = {"practice_name": "mystery BOX"}
    mine = await a_kept_pilot(db, circle, number=1, **traits)
    other = await a_kept_pilot(db, circle, number=2, practice_name="Exit ticket")
    bens = await a_kept_pilot(db, circle, number=3, member_id=BEN, **traits)
    practice = await add(db, name="Mystery box")

    async with db.begin() as session:
        await editing.join_pilots(session, await session.merge(practice))

    async with db() as session:
        found = [(await session.get_one(Pilot, one.id)).practice_id for one in (mine, other, bens)]
        of_ana, of_ben = [await finding.mine(session, who, 0) for who in (ANA, BEN)]
    assert found == [practice.id, None, None]
    assert ([one.name for one in of_ana.practices], of_ben.total) == (["Mystery box"], 0)


async def test_my_practices_are_those_i_tried_as_well(db):
    circle = await a_circle(db)
    async with db.begin() as session:
        session.add(ticket := a_practice())
    await a_kept_pilot(db, circle, practice_id=ticket.id)
    await a_kept_pilot(db, circle, number=2, practice_id=ticket.id, member_id=BEN, deleted_at=NOW)

    async with db() as session:
        of_ana, of_ben = [await finding.mine(session, who, 99) for who in (ANA, BEN)]

    assert ([one.name for one in of_ana.practices], of_ben.total) == (["Exit ticket"], 0)
