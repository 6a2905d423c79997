"""What a community suggests to try, and what is suggested to a member."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.communities import Community
from models.posts import SAID, Post
from models.practices import editing, finding, menus
from models.practices.menus import MenuError
from models.practices.practice import Menu
from tests.examples import ANA, BEN, NOW, a_community, a_pilot
from tests.models.practices.steps import add, all_practices, stocked


@pytest.fixture
async def circle(db) -> Community:
    async with db.begin() as session:
        session.add(community := a_community())
    return community


async def set_menu(db, community, practices, note=None) -> Menu:
    chosen = [str(one.id) for one in practices]
    async with db.begin() as session:
        return await menus.set_menu(session, community, chosen, note, by=BEN, now=NOW)


async def suggested(db, communities, now=NOW):
    async with db() as session:
        return await menus.suggested_to(session, ANA, communities, now)


async def posts(db):
    async with db() as session:
        return list(await session.scalars(select(Post).order_by(Post.id)))


async def show(db, menu, community, request_key=None):
    async with db.begin() as session:
        kept = await session.get_one(Menu, menu.id)
        return await menus.show(session, kept, community, NOW, request_key)


async def test_a_menu_keeps_the_order_it_was_chosen_in(db, circle):
    await stocked(db)
    first, second, third, *_ = await all_practices(db)

    menu = await set_menu(db, circle, [third, first, second, first], " Begin with the third. ")

    assert menu.practice_ids == [third.id, first.id, second.id]
    assert menu.note == "Begin with the third."


async def test_a_menu_set_again_is_the_same_menu(db, circle):
    await stocked(db)
    first, second, *_ = await all_practices(db)
    before = await set_menu(db, circle, [first])

    after = await set_menu(db, circle, [second])

    assert after.id == before.id
    assert after.practice_ids == [second.id]


async def test_a_menu_has_twelve_practices_at_most(db, circle):
    await stocked(db)

    with pytest.raises(MenuError, match="13 practices and 12 fit"):
        await set_menu(db, circle, (await all_practices(db))[:13])


async def test_what_left_the_tool_belt_cannot_be_chosen_and_leaves_the_menu(db, circle):
    practice, other = await add(db), await add(db, key="V2", name="Another")
    await set_menu(db, circle, [practice, other])
    async with db.begin() as session:
        mine = await finding.of(session, practice.id)
        await editing.withdraw(session, mine, by=ANA, now=NOW)

    with pytest.raises(MenuError, match="not in the tool belt any more"):
        await set_menu(db, circle, [practice])
    async with db() as session:
        menu = await menus.menu_of(session, circle.id)
        assert [one.id for one in await finding.among(session, menu.practice_ids)] == [other.id]


async def test_a_menu_stands_in_the_channel_once(db, circle):
    menu = await set_menu(db, circle, [await add(db)])

    assert not await show(db, menu, circle)
    assert await posts(db) == []
    assert await show(db, menu, circle, "V1")
    assert await show(db, menu, circle, "V2")

    [card] = await posts(db)
    assert (card.kind, card.place_id, card.about_id) == (menus.POST, circle.channel_id, menu.id)
    assert card.wanted == 1


async def test_an_empty_menu_is_not_shown(db, circle):
    menu = await set_menu(db, circle, [])

    assert not await show(db, menu, circle, "V1")


async def test_a_menus_card_follows_its_practices_and_no_others(db, circle):
    practice, other = await add(db), await add(db, key="V2", name="Another")
    menu = await set_menu(db, circle, [practice])
    await show(db, menu, circle, "V1")

    async with db.begin() as session:
        await menus.redraw_menus_with(session, other.id, NOW)
    assert [one.wanted for one in await posts(db)] == [0]
    async with db.begin() as session:
        await menus.redraw_menus_with(session, practice.id, NOW)

    assert [one.wanted for one in await posts(db)] == [1]


async def test_a_card_that_was_deleted_can_be_shown_anew(db, circle):
    menu = await set_menu(db, circle, [await add(db)])
    await show(db, menu, circle, "V1")
    async with db.begin() as session:
        [card] = await session.scalars(select(Post))
        card.state = SAID
        card.ends("gone")

    assert await show(db, menu, circle, "V2")

    assert len(await posts(db)) == 2


async def test_the_menus_next_ones_are_suggested(db, circle):
    await stocked(db)
    practices = (await all_practices(db))[:5]
    await set_menu(db, circle, practices)
    async with db.begin() as session:
        session.add(a_pilot(community_id=circle.id, practice_id=practices[1].id))
        session.add(
            a_pilot(
                community_id=circle.id,
                member_id=BEN,
                practice_id=practices[0].id,
                request_key="V2",
            )
        )

    shown = await suggested(db, [circle])

    assert shown.community is circle
    assert [one.id for one in shown.practices] == [practices[at].id for at in (0, 2, 3)]


async def test_without_a_menu_three_ideas_change_every_week(db, circle):
    await stocked(db)

    this_week, next_week = [
        await suggested(db, [circle], NOW + timedelta(weeks=weeks)) for weeks in (0, 1)
    ]

    assert this_week.community is None
    assert len(this_week.practices) == len(next_week.practices) == menus.IDEAS
    assert not {one.id for one in this_week.practices} & {one.id for one in next_week.practices}


async def test_an_empty_tool_belt_suggests_nothing(db, circle):
    assert (await suggested(db, [circle])).practices == ()
