"""When the channel is asked whom it would thank: once a week, and never twice."""

import asyncio
from datetime import UTC, datetime, time, timedelta

import pytest

from models.communities import Community
from models.thanks import habits, prompting
from models.thanks.habits import Habits
from models.thanks.posted import PROMPT, PROMPT_PAUSED
from tests.examples import BEN, DAY, MATH_CIRCLE, NOW, a_series
from tests.models.thanks.belonging import a_circle, letters, thanks_said

# Friday, 14:00 in Denver; NOW is the Tuesday before.
FRIDAY = datetime(2026, 11, 20, 21, tzinfo=UTC)
WEEK = timedelta(days=7)


async def wants(db, circle, weekday=4, at=time(14), now=NOW):
    """Let a facilitator choose a day and a time for the prompt."""
    chosen = Habits.of(reasons=None, emoji=None, prompt_weekday=weekday, prompt_at=at)
    async with db.begin() as session:
        community = await session.get_one(Community, circle.id)
        return await habits.change(session, community, chosen, by=BEN, now=now)


async def prompted(db, customs, now):
    async with db.begin() as session:
        return await prompting.prompt(session, customs.id, now)


async def test_the_channel_is_asked_at_its_hour_and_again_a_week_later(db):
    circle = await a_circle(db)
    customs = await wants(db, circle)

    moments = [FRIDAY - timedelta(minutes=1), FRIDAY, FRIDAY + DAY, FRIDAY + WEEK]
    told = [await prompted(db, customs, one) for one in moments]

    assert told == [False, True, False, True]
    kept = await letters(db, PROMPT)
    assert {one.place_id for one in kept} == {MATH_CIRCLE}
    assert [one.key for one in kept] == [
        f"{PROMPT}:{circle.id}:2026-11-20",
        f"{PROMPT}:{circle.id}:2026-11-27",
    ]


async def test_two_replicas_at_the_same_moment_ask_once(db):
    customs = await wants(db, await a_circle(db))

    told = await asyncio.gather(prompted(db, customs, FRIDAY), prompted(db, customs, FRIDAY))

    assert sorted(told) == [False, True]


@pytest.mark.parametrize(("late", "is_asked"), [(timedelta(hours=3), True), (DAY, False)])
async def test_what_was_missed_is_made_up_for_on_the_same_day_only(db, late, is_asked):
    customs = await wants(db, await a_circle(db))

    assert await prompted(db, customs, FRIDAY + late) is is_asked


async def test_a_week_has_one_prompt_though_its_day_is_changed_in_between(db):
    circle = await a_circle(db)
    customs = await wants(db, circle, weekday=2)
    wednesday = FRIDAY - 2 * DAY
    await prompted(db, customs, wednesday)

    await wants(db, circle, now=wednesday + timedelta(hours=1))

    assert await prompted(db, customs, FRIDAY) is False
    assert await prompted(db, customs, FRIDAY + WEEK) is True


async def test_a_community_that_moved_to_another_zone_is_asked_at_its_new_hour(db):
    circle = await a_circle(db)
    customs = await wants(db, circle)
    async with db.begin() as session:
        (await session.get_one(Community, circle.id)).tz = "America/Los_Angeles"

    told = [await prompted(db, customs, one) for one in (FRIDAY, FRIDAY + timedelta(hours=1))]

    assert told == [False, True]


async def test_after_four_weeks_without_an_answer_it_rests_and_the_facilitators_hear_once(db):
    circle = await a_circle(db)
    customs = await wants(db, circle)

    told = [await prompted(db, customs, FRIDAY + week * WEEK) for week in range(7)]

    assert told == [True, True, True, True, False, False, False]
    assert [one.place_id for one in await letters(db, PROMPT_PAUSED)] == [BEN]
    async with db() as session:
        assert await habits.next_moment(session, FRIDAY) is None


async def test_public_thanks_answer_it_and_keeping_the_customs_brings_it_back(db):
    circle = await a_circle(db)
    customs = await wants(db, circle)
    moments = [FRIDAY + week * WEEK for week in range(9)]
    told = [await prompted(db, customs, one) for one in moments[:4]]
    await thanks_said(db, circle, BEN, thanked_at=moments[3] + DAY)
    # What stays between two people is nobody's answer.
    await thanks_said(
        db, circle, BEN, request_key="T2", thanked_at=moments[5] + DAY, is_private=True
    )

    told += [await prompted(db, customs, one) for one in moments[4:]]
    await wants(db, circle, now=moments[8])

    assert told == [*[True] * 8, False]
    again = [await prompted(db, customs, moments[8] + week * WEEK) for week in range(1, 6)]
    assert again == [True, True, True, True, False]


async def test_there_is_no_prompt_on_a_day_off(db):
    circle = await a_circle(db)
    customs = await wants(db, circle)
    async with db.begin() as session:
        session.add(a_series(community_id=circle.id, skipped_on=["2026-11-20"]))

    assert await prompted(db, customs, FRIDAY) is False
    assert await prompted(db, customs, FRIDAY + WEEK) is True


@pytest.mark.parametrize("gone", ["archived_at", "bot_left_at"])
async def test_where_the_bot_cannot_speak_nobody_is_asked(db, gone):
    circle = await a_circle(db)
    customs = await wants(db, circle)
    async with db.begin() as session:
        setattr(await session.get_one(Community, circle.id), gone, NOW)

    assert await prompted(db, customs, FRIDAY) is False


async def test_the_next_prompt_is_known_before_it_comes(db):
    await wants(db, await a_circle(db))

    async with db() as session:
        assert await habits.next_moment(session, NOW) == FRIDAY
        assert await habits.due(session, NOW) == []
