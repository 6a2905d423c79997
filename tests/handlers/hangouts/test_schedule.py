"""The schedule: one message a community, true at every moment, and pinned."""

from datetime import timedelta

import pytest

from bot.slack import handlers_client
from handlers.hangouts.planning import keep_hangouts_planned
from handlers.hangouts.schedule import follow_message, pin_schedules
from handlers.messages import Said
from models.hangouts import planning
from models.hangouts.hangout import Hangout
from models.hangouts.series import Series
from models.hangouts.signups import ask_to_present
from tests.handlers.hangouts.planning_steps import (
    choose,
    letters_of,
    plan_series,
    schedule_words,
    schedules,
    series_kept,
    settle,
)

pytestmark = pytest.mark.usefixtures("good_manners")


@pytest.fixture
def client(slack):
    return handlers_client(slack.bot_token, slack.api_url, None)


def pins(world) -> list[str]:
    return [pin["message"]["ts"] for pin in world.slack.channels["CMATHCIRCLE"].pins]


async def test_the_schedule_follows_each_change_in_place(ben, world, circle):
    first, *_ = await plan_series(ben, world, skills="Wait time")
    assert "both seats to present are free" in schedule_words(world)
    assert "we try Wait time" in schedule_words(world)

    async with world.db.begin() as session:
        hangout = await Hangout.of(session, first.id, for_update=True)
        await ask_to_present(session, hangout, "UANA", world.clock())
    await settle(world)
    await ben.submits(await choose(ben, world, "skip 2026-12-03"), called_off_why="Snow")
    await settle(world)

    words = schedule_words(world)
    assert "one of two seats to present is free" in words
    assert "Called off: Snow." in words
    assert "Hangouts of Math circle, every other week, 60 minutes. We meet in this" in words
    assert len(schedules(world)) == 1


async def test_the_schedule_goes_on_as_time_passes(ben, world, circle, client):
    await plan_series(ben, world)
    assert "19 November 2026" in schedule_words(world)

    world.clock.move(timedelta(weeks=3))
    await keep_hangouts_planned(world.database, world.clock, client)
    await settle(world)

    assert "19 November 2026" not in schedule_words(world)
    assert "17 December 2026" in schedule_words(world)


async def test_a_schedule_is_pinned_once(ben, world, circle, client):
    await plan_series(ben, world)

    assert await pin_schedules(world.database, world.clock, client) == 1
    assert await pin_schedules(world.database, world.clock, client) == 0

    [schedule] = schedules(world)
    assert pins(world) == [schedule["ts"]]
    assert [call.method for call in world.slack.calls].count("pins.add") == 1


@pytest.mark.parametrize("error", ["already_pinned", "missing_scope", "not_pinnable"])
async def test_what_slack_will_not_pin_is_left_without_noise(ben, world, circle, client, error):
    await plan_series(ben, world)
    world.slack.faults.fail("pins.add", error)

    await pin_schedules(world.database, world.clock, client)
    await pin_schedules(world.database, world.clock, client)
    await settle(world)

    assert [call.method for call in world.slack.calls].count("pins.add") == 1
    assert letters_of(world, "UBEN", "posts.trouble") == []


async def test_a_slack_that_is_not_well_is_asked_again(ben, world, circle, client):
    await plan_series(ben, world)
    world.slack.faults.fail("pins.add", "internal_error")

    await pin_schedules(world.database, world.clock, client)
    assert pins(world) == []
    await pin_schedules(world.database, world.clock, client)

    assert len(pins(world)) == 1


async def test_a_deleted_schedule_is_posted_anew_with_the_next_planning(ben, world, circle, client):
    await plan_series(ben, world)
    await pin_schedules(world.database, world.clock, client)
    [old] = schedules(world)
    said = Said("deleted", "CMATHCIRCLE", old["ts"], None, None, "", world.clock())
    async with world.db.begin() as session:
        await follow_message(session, said, world.clock())

    await plan_series(ben, world)
    await pin_schedules(world.database, world.clock, client)

    [new] = [one for one in schedules(world) if one["ts"] != old["ts"]]
    assert pins(world)[-1] == new["ts"]
    assert (await series_kept(world)).pinned_ts == new["ts"]


async def test_a_series_that_ended_says_so(ben, world, circle):
    await plan_series(ben, world)
    async with world.db.begin() as session:
        series = await Series.of_community(session, circle.id, for_update=True)
        await planning.end(session, series, circle, by="UBEN", now=world.clock())
    await settle(world)

    assert "These hangouts have ended." in schedule_words(world)
