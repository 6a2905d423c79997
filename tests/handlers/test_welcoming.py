"""Whoever comes to a community is greeted once, in private."""

from datetime import time

import pytest
from sqlalchemy import select

from handlers.blocks.communities.setting_up import SHARE
from handlers.communities.welcoming import WELCOME, draw_welcome, note_arrival
from models.posts import FAILED, Post
from tests.examples import ANA, BEN, HOUR, NOW, a_community, a_member
from tests.handlers.problems.steps import key_of


def welcomes(world, member_id):
    return [one for one in world.letters(member_id) if key_of(one).startswith(WELCOME)]


async def newcomer(world, name="eva", **traits):
    world.slack.add_user(name, tz="America/Denver", **traits)
    return world.slack.person(f"U{name.upper()}")


@pytest.mark.usefixtures("good_manners")
async def test_somebody_new_gets_one_private_welcome_that_leads_on(world, circle):
    eva = await newcomer(world)

    await eva.joins("math-circle")
    await world.settled()

    [letter] = welcomes(world, "UEVA")
    assert "Welcome to *Math circle*" in letter["text"]
    assert [one for one in world.messages() if one.get("bot_id")] == []
    await eva.presses(SHARE, message=letter)
    await world.settled()
    assert eva.top_view is not None


async def test_once_in_their_life_whatever_they_join_or_leave(world, circle, lounge):
    eva = await newcomer(world)

    await eva.joins("math-circle")
    # Whoever leaves before the letter is written is not welcomed to where they are not.
    await world.settled()
    await eva.joins("staff-lounge")
    await eva.leaves("math-circle")
    await eva.joins("math-circle")
    await world.settled()

    assert len(welcomes(world, "UEVA")) == 1


async def test_whoever_was_there_when_it_was_set_up_is_not_new(chris, world, circle):
    await chris.leaves("math-circle")
    await chris.joins("math-circle")
    await world.settled()

    assert welcomes(world, "UCHRIS") == []


async def test_a_bot_that_joins_is_not_greeted_and_troubles_nobody(world, circle):
    robot = await newcomer(world, "robot", is_bot=True)

    await robot.joins("math-circle")
    await world.settled()

    assert welcomes(world, "UROBOT") == []
    assert await failed(world.db) == []


@pytest.mark.parametrize(
    ("member", "community"),
    [
        pytest.param({"left_at": NOW}, {}, id="who left the workspace"),
        pytest.param({"is_bot": True}, {}, id="a bot"),
        pytest.param({}, {"archived_at": NOW}, id="of an archived channel"),
        pytest.param({}, {"bot_left_at": NOW}, id="of a channel without the bot"),
        pytest.param({}, {"members": (BEN,)}, id="who left the channel again"),
    ],
)
async def test_the_welcome_is_not_for(member, community, db):
    async with db.begin() as session:
        session.add(circle := a_community(**{"members": (ANA, BEN)} | community))
        session.add(a_member(**member))
        await session.flush()
        post = Post(key="w", kind=WELCOME, place_id=ANA, about_id=circle.id, due_at=NOW)

        drawn = await draw_welcome(session, post, NOW)

    assert drawn is None


async def test_the_welcome_waits_for_the_end_of_quiet_hours(db):
    async with db.begin() as session:
        session.add(circle := a_community(members=(BEN,)))
        session.add(a_member(tz="America/Denver", quiet_from=time(8), quiet_until=time(10)))
        await session.flush()

        await note_arrival(session, circle, ANA, NOW)

        [post] = await session.scalars(select(Post))
    assert post.due_at == NOW + HOUR


async def failed(db):
    async with db() as session:
        return list(await session.scalars(select(Post).where(Post.state == FAILED)))
