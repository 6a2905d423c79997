"""Problems and places to begin with, and what holds for everything the bot shows."""

import inspect
from collections.abc import AsyncIterator

import pytest

from bot.sandbox.workspace import Workspace
from models.communities import Community
from models.time import MovableClock
from tests.examples import NOW
from tests.handlers.problems.steps import Card, check_all_that_was_shown, share
from tests.world import AT_ONCE, WORKSPACE


@pytest.fixture
def is_sole(request: pytest.FixtureRequest) -> bool:
    """Stories in which much happens at once, or another process writes, run as in production."""
    needs_threads = "database_url" in inspect.signature(request.function).parameters
    return not needs_threads and not AT_ONCE.search(request.node.nodeid)


@pytest.fixture
async def good_manners(slack: Workspace) -> AsyncIterator[None]:
    """Nothing the bot ever shows calls a channel, is unreadable aloud, or breaks Slack's rules."""
    yield
    check_all_that_was_shown(slack)


@pytest.fixture
async def anas_problem(ana, world, circle) -> Card:
    """What Ana shared with her name."""
    return await share(ana, world)


@pytest.fixture
async def nameless_problem(ana, world, circle) -> Card:
    """What Ana shared without her name."""
    return await share(ana, world, without_name="yes")


@pytest.fixture
async def lounge(world, clock: MovableClock, circle) -> Community:
    """A second community, #staff-lounge, of the same four people."""
    world.slack.channels["CSTAFFLOUNGE"].members.add(world.slack.bot_user_id)
    return await a_second_community(world, "CSTAFFLOUNGE", "staff-lounge", "Staff lounge")


@pytest.fixture
async def secret(world, circle) -> Community:
    """A private community of Ben alone."""
    slack = world.slack
    slack.add_channel("secret", members={"UBEN", slack.bot_user_id}, is_private=True)
    return await a_second_community(
        world, "CSECRET", "secret", "Inner circle", ("UBEN",), is_private=True
    )


async def a_second_community(
    world,
    channel_id: str,
    channel_name: str,
    name: str,
    members: tuple[str, ...] = ("UANA", "UBEN", "UCHRIS", "UDANA"),
    *,
    is_private: bool = False,
) -> Community:
    async with world.db.begin() as session:
        community = Community.found(
            channel_id=channel_id, channel_name=channel_name, is_private=is_private, now=NOW
        )
        community.workspace_id = WORKSPACE
        session.add(community)
        community.configure(name=name, tz="America/Denver", facilitators=["UBEN"], now=NOW)
        for member_id in members:
            community.welcome(member_id, NOW)
    return community
