"""Once a year: who is asked whether a material still holds, and who may say so."""

import pytest

from models.errors import NotAllowedError
from models.materials import checking
from models.materials.material import Circle
from models.materials.posted import CHECK
from models.members import Member
from tests.examples import ANA, BEN, CHRIS
from tests.models.materials.checking_steps import LATER, a_year_old, asks, says
from tests.models.materials.keeping import a_circle
from tests.models.materials.using_steps import facilitates, leaves, letters, now, people


async def test_after_the_owner_left_the_workspace_facilitators_are_asked(db):
    await people(db, gone=[ANA])
    community = await a_circle(db)
    await facilitates(db, community, BEN, CHRIS)
    await a_year_old(db, community)

    await asks(db, LATER)

    assert {letter.place_id for letter in await letters(db, CHECK)} == {BEN, CHRIS}


@pytest.mark.parametrize(("circle", "asked"), [(Circle.COMMUNITY, BEN), (Circle.NETWORK, ANA)])
async def test_an_owner_who_left_the_channel_is_asked_while_they_still_see_it(db, circle, asked):
    await people(db)
    community = await a_circle(db)
    await facilitates(db, community, BEN)
    await a_year_old(db, community, circle=circle)
    await leaves(db, community, ANA)

    await asks(db, LATER)

    assert [letter.place_id for letter in await letters(db, CHECK)] == [asked]


async def test_with_nobody_left_to_ask_it_is_marked_at_once(db):
    await people(db, gone=[ANA])
    material = await a_year_old(db, await a_circle(db))

    asked = await asks(db, LATER)

    after = await now(db, material)
    assert (asked, after.stale_at, after.next_check_at) == (0, LATER, None)


async def test_only_its_owner_and_facilitators_say_whether_it_holds(db):
    await people(db)
    community = await a_circle(db)
    material = await a_year_old(db, community)

    with pytest.raises(NotAllowedError, match="Only Ana"):
        await says(db, checking.still_holds, material, BEN, LATER)
    await facilitates(db, community, BEN)
    await says(db, checking.still_holds, material, BEN, LATER)

    assert (await now(db, material)).checked_at == LATER


async def test_a_lead_looks_after_every_community_they_see(db):
    await people(db)
    material = await a_year_old(db, await a_circle(db))
    async with db.begin() as session:
        chris = await Member.find(session, CHRIS)
        assert chris is not None
        chris.is_lead = True

    await says(db, checking.holds_no_more, material, CHRIS, LATER)

    assert (await now(db, material)).stale_at == LATER
