"""Finding materials: those of my communities and the network's, and no others."""

import pytest

from models.errors import NotAllowedError, NotHereError
from models.materials import finding
from models.materials.material import Addition, Circle
from tests.examples import ANA, BEN, CHRIS, DAY, HOUR, NOW, a_member
from tests.models.materials.keeping import STAFF_LOUNGE, a_circle, a_kept_material

DANA = "U0DANA"


def titles_in(page):
    return [material.title for material in page.materials]


async def test_a_list_comes_newest_first_in_pages_and_a_forged_page_is_the_last_one(db):
    circle = await a_circle(db)
    for number in range(7):
        traits = {"number": number, "title": f"{number}", "saved_at": NOW + number * HOUR}
        await a_kept_material(db, circle, **traits)

    async with db() as session:
        first = await finding.listed(session, circle, BEN)
        last = await finding.listed(session, circle, BEN, 10**6)
        second = await finding.nth(session, circle, BEN, 2)

    assert titles_in(first) == ["6", "5", "4", "3", "2"]
    assert titles_in(last) == ["1", "0"]
    assert (first.has_earlier, first.has_later) == (True, False)
    assert (last.has_earlier, last.has_later) == (False, True)
    assert second.title == "5"


async def test_a_community_keeps_its_own_among_its_members_and_the_networks_are_for_all(db):
    circle = await a_circle(db)
    await a_kept_material(db, circle, number=1, title="ours")
    await a_kept_material(db, circle, number=2, title="everybody's", circle=Circle.NETWORK)
    await a_kept_material(db, circle, number=3, title="gone", deleted_at=NOW)

    async with db() as session:
        to_ben = await finding.listed(session, circle, BEN)
        to_dana = await finding.everywhere(session, DANA)
        mine = await finding.mine(session, ANA)
        latest = await finding.latest(session, DANA, 5)

    assert sorted(titles_in(to_ben)) == ["everybody's", "ours"]
    assert (titles_in(to_dana), to_dana.total) == (["everybody's"], 1)
    assert sorted(titles_in(mine)) == ["everybody's", "ours"]
    assert latest == []


async def test_who_left_the_community_sees_its_materials_no_more(db):
    circle = await a_circle(db)
    material = await a_kept_material(db, circle)
    async with db.begin() as session:
        (await session.merge(circle)).farewell(BEN, NOW + DAY)

    async with db() as session:
        to_chris = await finding.seen_by(session, material.id, CHRIS)
        with pytest.raises(NotHereError):
            await finding.seen_by(session, material.id, BEN)

    assert to_chris.id == material.id


async def test_one_for_others_and_one_that_does_not_exist_are_refused_in_the_same_words(db):
    material = await a_kept_material(db, await a_circle(db))

    async with db() as session:
        with pytest.raises(NotHereError) as others:
            await finding.seen_by(session, material.id, DANA)
        with pytest.raises(NotHereError) as nowhere:
            await finding.owned_by(session, material.id + 1000, DANA)
        with pytest.raises(NotHereError) as forged:
            await finding.changeable_by(session, "1; DROP TABLE materials", a_member(DANA))

    assert str(others.value) == str(nowhere.value) == str(forged.value)


async def test_only_its_owner_and_facilitators_may_change_a_material(db):
    circle = await a_circle(db)
    material = await a_kept_material(db, circle)
    ana, ben, chris = (a_member(one, is_lead=False) for one in (ANA, BEN, CHRIS))
    async with db.begin() as session:
        session.add_all([ana, ben, chris])
        running = await session.merge(circle)
        running.configure(name="Math circle", tz="UTC", facilitators=[BEN], now=NOW)

    async with db() as session:
        await finding.owned_by(session, material.id, ANA, for_update=True)
        await finding.changeable_by(session, material.id, ana)
        await finding.changeable_by(session, material.id, ben, for_update=True)
        with pytest.raises(NotAllowedError, match="Only Ana, who saved it, and facilitators"):
            await finding.changeable_by(session, material.id, chris)
        with pytest.raises(NotAllowedError, match="Only Ana, who saved it, can do that"):
            await finding.owned_by(session, material.id, BEN)


async def test_the_latest_are_those_of_my_own_communities(db):
    circle = await a_circle(db)
    lounge = await a_circle(db, channel_id=STAFF_LOUNGE, members=(BEN,))
    await a_kept_material(db, circle, number=1, title="here")
    await a_kept_material(db, lounge, number=2, title="elsewhere", circle=Circle.NETWORK)

    async with db() as session:
        to_ana = await finding.latest(session, ANA, 5)
        to_ben = await finding.latest(session, BEN, 1)

    assert [one.title for one in to_ana] == ["here"]
    assert [one.title for one in to_ben] == ["elsewhere"]


async def test_additions_are_read_the_latest_first(db):
    material = await a_kept_material(db, await a_circle(db))
    async with db.begin() as session:
        session.add_all(
            Addition(
                request_key=note, material_id=material.id, member_id=BEN, note=note, added_at=NOW
            )
            for note in ("first", "second")
        )

    async with db() as session:
        additions = await finding.additions_to(session, material.id)

    assert [one.note for one in additions] == ["second", "first"]
