"""Who used a material: once a person, told to its owner in few letters, taken back at will."""

import asyncio

import pytest

from models.errors import NotHereError
from models.materials import using
from models.materials.posted import USED
from models.materials.using import HowItWentError, NotMyPilotError, OwnMaterialError, uses_of
from models.pilots.pilot import Circle
from tests.examples import ANA, BEN, CHRIS, HOUR, NOW
from tests.models.materials.keeping import STAFF_LOUNGE, a_circle, a_kept_material
from tests.models.materials.using_steps import letters, sent, uses
from tests.models.pilots.circles import a_kept_pilot


async def used_by(db, material, reader_id=ANA):
    async with db() as session:
        found = await uses_of(session, [material.id], reader_id)
    return found.get(material.id, [])


async def told_in(db, letter):
    """Return who used it, as that letter would tell it now."""
    async with db() as session:
        return [one.use.member_id for one in await using.news_in(session, letter)]


async def test_a_colleague_counts_once_however_often_they_say_so(db):
    material = await a_kept_material(db, await a_circle(db))

    first = await uses(db, material, BEN)
    second = await uses(db, material, BEN, "Went well.")

    assert (first, second) == (True, False)
    [only] = await used_by(db, material)
    assert (only.use.member_id, only.use.how) == (BEN, "Went well.")


async def test_two_presses_at_once_count_once_and_make_one_letter(db):
    material = await a_kept_material(db, await a_circle(db))

    are_new = await asyncio.gather(*(uses(db, material, BEN) for _ in range(4)))

    assert sum(are_new) == 1
    assert len(await used_by(db, material)) == 1
    assert len(await letters(db, USED)) == 1


async def test_the_owner_has_no_use_of_their_own_to_tell(db):
    material = await a_kept_material(db, await a_circle(db))

    with pytest.raises(OwnMaterialError, match="yours"):
        await uses(db, material, ANA)


async def test_who_does_not_see_it_cannot_have_used_it(db):
    await a_circle(db)
    elsewhere = await a_circle(db, channel_id=STAFF_LOUNGE, members=(ANA,))
    material = await a_kept_material(db, elsewhere)

    with pytest.raises(NotHereError):
        await uses(db, material, BEN)


async def test_the_first_use_is_told_at_once_and_the_others_of_that_day_in_one_letter(db):
    material = await a_kept_material(db, await a_circle(db, members=(ANA, BEN, CHRIS, "U0DANA")))

    await uses(db, material, BEN)
    [first] = await letters(db, USED)
    await sent(db, first, NOW)
    await uses(db, material, CHRIS, now=NOW + HOUR)
    await uses(db, material, "U0DANA", now=NOW + 2 * HOUR)

    assert (first.place_id, first.due_at) == (ANA, NOW)
    [_, second] = await letters(db, USED)
    assert second.due_at == NOW + using.BETWEEN_LETTERS
    assert await told_in(db, second) == [CHRIS, "U0DANA"]


async def test_how_it_went_is_told_when_it_is_said_later(db):
    material = await a_kept_material(db, await a_circle(db))
    await uses(db, material, BEN)
    [first] = await letters(db, USED)
    await sent(db, first, NOW)

    await uses(db, material, BEN, "It took an hour.", now=NOW + HOUR)
    await uses(db, material, BEN, "It took two hours.", now=NOW + 2 * HOUR)

    [_, second] = await letters(db, USED)
    assert await told_in(db, second) == [BEN]


async def test_what_is_taken_back_counts_no_more_and_leaves_nothing_to_tell(db):
    material = await a_kept_material(db, await a_circle(db))
    await uses(db, material, BEN)

    async with db.begin() as session:
        counted = await using.take_back(session, material, BEN, NOW)
        again = await using.take_back(session, material, BEN, NOW)

    assert (counted, again) == (True, False)
    assert await used_by(db, material) == []
    assert await told_in(db, (await letters(db, USED))[0]) == []


@pytest.mark.parametrize(("circle", "is_told"), [(Circle.ME, False), (Circle.COMMUNITY, True)])
async def test_a_pilot_stands_with_a_use_only_for_who_may_see_it(db, circle, is_told):
    community = await a_circle(db)
    material = await a_kept_material(db, community)
    pilot = await a_kept_pilot(db, community, member_id=BEN, circle=circle)

    await uses(db, material, BEN, pilot_id=pilot.id)

    [for_ana] = await used_by(db, material, ANA)
    [for_ben] = await used_by(db, material, BEN)
    assert (for_ana.pilot is not None) is is_told
    assert for_ben.pilot is not None


async def test_nobody_names_the_pilot_of_another(db):
    community = await a_circle(db)
    material = await a_kept_material(db, community)
    anas = await a_kept_pilot(db, community, circle=Circle.NETWORK)

    with pytest.raises(NotMyPilotError):
        await uses(db, material, BEN, pilot_id=anas.id)


def test_how_it_went_fits_beside_a_name():
    assert using.how_it_went("  ") is None
    assert using.how_it_went(" Went well. ") == "Went well."
    with pytest.raises(HowItWentError, match="501 characters"):
        using.how_it_went("x" * 501)
