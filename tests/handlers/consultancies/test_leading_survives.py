"""Whatever happens to the bot in the middle, a consultancy goes on at its step, each said once."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.config import Config
from bot.serve import running
from handlers.blocks.consultancies.pressing import GO_ON, START
from handlers.consultancies.leading import lead_consultancies
from models.consultancies.consultancy import Consultancy
from models.database import connect
from models.posts import CLAIM_LASTS
from tests.bot.killed import end
from tests.handlers.conftest import a_second_community
from tests.handlers.consultancies.killed_leading import start_leading
from tests.handlers.consultancies.leading_steps import (
    STARTS_AT,
    a_hangout_with,
    begins,
    catches_up,
    presses,
    presses_old,
    threads,
    tick,
    value_on,
)
from tests.world import World

pytestmark = pytest.mark.usefixtures("good_manners")


def config_of(slack):
    return Config(
        slack_bot_token=slack.bot_token,
        slack_app_token=slack.app_token,
        slack_api_url=slack.api_url,
    )


@pytest.fixture
async def another_database(database_url):
    """The same database, as another process reaches it."""
    another = connect(database_url)
    yield another
    await another.close()


async def step_of(world):
    async with world.db() as session:
        return await session.scalar(select(Consultancy.step))


async def heir_catches_up(world):
    """Let what a dead process had in hand be taken over and said."""
    world.clock.move(2 * CLAIM_LASTS)
    await catches_up(world)


async def test_two_replicas_that_open_at_the_same_moment_open_each_thread_once(
    slack, world, circle, another_database, clock
):
    await a_hangout_with(world, circle, "UANA", "UCHRIS")
    clock.move(STARTS_AT - clock())

    async with running(config_of(slack), another_database, clock):
        both = [world.database, another_database]
        await asyncio.gather(*(lead_consultancies(db, clock, None) for db in both * 3))
        await catches_up(world)

    presenters = [thread.message["text"].split()[0] for thread in threads(world)]
    assert presenters == ["Ana", "Chris"]


async def test_two_replicas_that_hear_the_same_press_go_on_once(
    slack, world, ben, dana, circle, another_database, clock
):
    await a_hangout_with(world, circle, "UANA")
    async with running(config_of(slack), another_database, clock):
        [thread] = await begins(world)
        await presses(ben, world, START, thread.message)
        drawn = value_on(thread.message, GO_ON)

        await asyncio.gather(*(presses_old(one, GO_ON, drawn) for one in (ben, dana) * 4))
        await catches_up(world)

    assert await step_of(world) == 1
    assert len(thread.steps) == 2


async def test_a_bot_that_stops_in_the_middle_goes_on_at_the_right_step(slack, database, clock):
    ben = slack.person("UBEN")
    async with running(config_of(slack), database, clock) as bot:
        world = World(slack, bot, database, clock)
        circle = await a_second_community(world, "CMATHCIRCLE", "math-circle", "Math circle")
        await a_hangout_with(world, circle, "UANA")
        [thread] = await begins(world)
        await presses(ben, world, START, thread.message)
        drawn = value_on(thread.message, GO_ON)
        slack.faults.fail("chat.postMessage", "internal_error", times=9)
        await ben.presses(GO_ON, message=thread.message)
    assert len(thread.steps) == 1
    slack.faults.clear()

    async with running(config_of(slack), database, clock) as bot:
        world = World(slack, bot, database, clock)
        await tick(world)
        await heir_catches_up(world)
        await presses_old(ben, GO_ON, drawn)
        await catches_up(world)
        [thread] = threads(world)
        before = thread.words_of_steps
        await presses(ben, world, GO_ON, thread.message)

    assert [words.partition(" · ")[0] for words in before] == ["Step 1 of 4", "Step 2 of 4"]
    assert len(thread.steps) == 3


@pytest.mark.parametrize("when", ["before", "after"])
async def test_killed_while_it_opens_each_thread_opens_once(world, circle, database_url, when):
    await a_hangout_with(world, circle, "UANA", "UCHRIS")
    world.clock.move(STARTS_AT - world.clock())

    assert await end(start_leading(world, database_url, "opening", when))
    await tick(world)
    await heir_catches_up(world)

    assert len(threads(world)) == 2


@pytest.mark.parametrize("when", ["before", "after"])
async def test_killed_while_it_goes_on_no_step_is_lost_or_said_twice(
    ben, world, circle, database_url, when
):
    await a_hangout_with(world, circle, "UANA")
    [thread] = await begins(world)
    await presses(ben, world, START, thread.message)
    drawn = value_on(thread.message, GO_ON)

    assert await end(start_leading(world, database_url, "going on", when))
    # Slack hears nothing from the dead, and delivers the press again.
    await presses_old(ben, GO_ON, drawn)
    await heir_catches_up(world)

    assert await step_of(world) == 1
    assert len(thread.steps) == 2


async def test_weeks_later_nothing_stale_is_said(ben, world, circle):
    await a_hangout_with(world, circle, "UANA")
    [thread] = await begins(world)
    await presses(ben, world, START, thread.message)

    world.clock.move(timedelta(days=1))
    await tick(world)
    world.clock.move(timedelta(weeks=8))
    await tick(world)

    assert (len(thread.steps), thread.times_up) == (1, [])
    assert "Finished." in thread.message["text"]
