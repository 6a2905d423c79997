"""The bot asks by the rhythm of each pilot, in nobody's quiet hours, never what is stale."""

import asyncio
from datetime import date, time, timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select

from handlers.blocks.members import MUTE
from handlers.blocks.pilots.entering import LOG_DRAFT
from handlers.blocks.pilots.ids import LOG, MORE, PAUSE, RESUME, STOP_ASKING
from handlers.pilots import asking as handled
from models.members import Member
from models.pilots import asking
from models.pilots.pilot import Pilot, Rhythm
from tests.handlers.pilots.logging_steps import (
    a_running_pilot,
    letters_to,
    noted,
    says,
    settle,
    values_of,
    words_of,
)

pytestmark = pytest.mark.usefixtures("good_manners")

DENVER = "America/Denver"
# From Tuesday 9:00, when every story begins, to Friday 15:00 and one minute.
TO_FRIDAY = timedelta(days=3, hours=6, minutes=1)
FRIDAY = date(2026, 11, 20)


async def a_planned_pilot(world, circle, **traits: Any) -> Pilot:
    """Keep a pilot of Ana's that is asked about as one that was just started."""
    pilot = await a_running_pilot(world, circle, **traits)
    async with world.db.begin() as session:
        row = await session.get_one(Pilot, pilot.id)
        asking.plan_next(row, DENVER, world.clock())
    return row


@pytest.fixture
async def weekly(world, circle) -> Pilot:
    """Ana's pilot of a count, asked about on Fridays at 15:00."""
    return await a_planned_pilot(world, circle)


async def passes(world, by: timedelta) -> None:
    """Let time pass, and the bot ask whom it has to ask."""
    world.clock.move(by)
    await tick(world)


async def tick(world) -> None:
    await ask(world)
    await settle(world)


async def ask(world) -> str:
    # Nothing is asked of Slack itself, so a client that reaches nothing will do.
    return await handled.ask_for_values(world.database, world.clock, AsyncWebClient())


def asked(person, world) -> list[dict[str, Any]]:
    return [one for one in letters_to(person, world) if "How did" in one["text"]]


async def test_on_friday_it_asks_once_and_a_reply_with_a_number_is_enough(ana, world, weekly):
    await passes(world, TO_FRIDAY)
    await tick(world)

    [letter] = asked(ana, world)
    words = words_of(letter)
    assert "How did Exit ticket, period 3 go this week?" in words
    assert "Answer with something like 18 of 26, or press Log." in words

    answer = await says(ana, world, "19 of 26, they asked each other", thread=letter["ts"])

    assert values_of(await noted(world)) == [(19, 26, FRIDAY, "they asked each other")]
    assert "Noted for Exit ticket" in answer


async def test_the_reply_goes_to_the_pilot_of_its_letter_and_so_does_the_button(
    ana, world, circle, weekly
):
    other = await a_planned_pilot(world, circle, request_key="V2", practice_name="Wait time")
    await passes(world, TO_FRIDAY)
    letters = {words_of(one).partition("How did ")[2][:9]: one for one in asked(ana, world)}

    await says(ana, world, "20 of 26", thread=letters["Wait time"]["ts"])
    await ana.presses(LOG, message=letters["Exit tick"])
    await settle(world)
    await ana.submits(ana.top_view, value="18/26")
    await settle(world)

    rows = await noted(world)
    assert [(row.pilot_id, row.value) for row in rows] == [(other.id, 20), (weekly.id, 18)]


async def test_words_under_the_question_are_kept_and_a_command_there_is_obeyed(ana, world, weekly):
    await passes(world, TO_FRIDAY)
    [letter] = asked(ana, world)

    answer = await says(ana, world, "I was ill all week", thread=letter["ts"])
    assert "No number in that, so nothing is noted. A week without a value is fine." in answer
    await ana.presses(LOG_DRAFT)
    await settle(world)
    await ana.submits(ana.top_view, value="3 of 26")
    await settle(world)

    assert values_of(await noted(world)) == [(3, 26, FRIDAY, "I was ill all week")]
    assert "/problem" in await says(ana, world, "help", thread=letter["ts"])


async def test_a_number_without_a_thread_is_for_the_pilot_that_was_asked_about(
    ana, world, circle, weekly
):
    await a_planned_pilot(
        world, circle, request_key="V2", practice_name="Wait time", rhythm=Rhythm.NEVER
    )
    await passes(world, TO_FRIDAY)

    await says(ana, world, "18 of 26")

    assert [row.pilot_id for row in await noted(world)] == [weekly.id]


async def test_quiet_hours_put_the_question_off_and_days_away_leave_it_out(ana, world, weekly):
    await lives(world, quiet_from=time(14), quiet_until=time(17))
    await passes(world, TO_FRIDAY)
    assert asked(ana, world) == []

    await passes(world, timedelta(hours=2))
    assert len(asked(ana, world)) == 1

    await lives(world, away_from=date(2026, 11, 26), away_until=date(2026, 11, 30))
    await passes(world, timedelta(days=5, hours=22))
    await passes(world, timedelta(days=4))
    assert len(asked(ana, world)) == 1


async def test_who_noted_a_value_by_then_is_not_asked(ana, world, weekly):
    await lives(world, quiet_from=time(14), quiet_until=time(17))
    await passes(world, TO_FRIDAY)

    await says(ana, world, "18 of 26")
    await passes(world, timedelta(hours=2))

    assert asked(ana, world) == []


async def test_a_bot_that_was_down_for_days_asks_for_nothing_stale(ana, world, weekly):
    await passes(world, TO_FRIDAY + timedelta(days=3))

    assert asked(ana, world) == []
    async with world.db() as session:
        planned = (await session.get_one(Pilot, weekly.id)).next_ask_at
    assert planned == asking.next_ask(weekly, DENVER, world.clock())


async def test_pause_resume_and_stop_work_from_the_letter_itself(ana, world, weekly):
    await passes(world, TO_FRIDAY)
    letter = asked(ana, world)[0]

    await ana.presses(PAUSE, message=letter)
    await settle(world)
    await passes(world, timedelta(days=7))
    assert len(asked(ana, world)) == 1

    await ana.presses(RESUME)
    await settle(world)
    assert "again, on Fridays" in words_of(letters_to(ana, world)[-1])
    await passes(world, timedelta(days=7))
    assert len(asked(ana, world)) == 2

    await ana.presses(MORE, message=letter, option=f"{STOP_ASKING}:{weekly.id}")
    await settle(world)
    await passes(world, timedelta(days=21))
    assert len(asked(ana, world)) == 2
    assert "has reached its last day" not in str(letters_to(ana, world))


async def test_such_letters_can_be_switched_off_from_the_letter(ana, world, weekly):
    await passes(world, TO_FRIDAY)

    [letter] = asked(ana, world)
    await ana.presses(MORE, message=letter, option=f"{MUTE}:pilots.asks")
    await settle(world)
    await passes(world, timedelta(days=7))

    assert len(asked(ana, world)) == 1


async def test_after_the_last_day_it_asks_for_the_decision_once(ana, world, weekly):
    for _ in range(4):
        await passes(world, timedelta(days=7))

    [letter] = [one for one in letters_to(ana, world) if "last day" in one["text"]]
    words = words_of(letter)
    assert "Exit ticket, period 3 has reached its last day." in words
    assert "You expected: “Most will write an answer after two weeks.”" in words
    async with world.db() as session:
        assert (await session.get_one(Pilot, weekly.id)).next_ask_at is None


async def test_of_two_ticks_at_once_and_one_broken_pilot_all_others_are_asked_once(
    ana, ben, world, circle, weekly
):
    await a_planned_pilot(world, circle, request_key="V2", member_id="UBEN")
    async with world.db.begin() as session:
        broken = await session.get_one(Pilot, weekly.id)
        broken.rhythm = "sometimes"

    world.clock.move(TO_FRIDAY)
    said = [await ask(world) for _ in range(2)]
    await settle(world)

    assert said == ["1 asked, 1 failed", "0 asked, 1 failed"]
    assert (len(asked(ana, world)), len(asked(ben, world))) == (0, 1)


async def test_a_pilot_that_stays_due_does_not_keep_the_tick_for_ever(world, weekly):
    async with world.db.begin() as session:
        row = await session.get_one(Pilot, weekly.id)
        row.paused_at = world.clock()
    world.clock.move(TO_FRIDAY)

    async with asyncio.timeout(5):
        assert await ask(world) == "0 asked"


async def lives(world, **hours: Any) -> None:
    """Set Ana's quiet hours or days away."""
    async with world.db.begin() as session:
        member = (await session.scalars(select(Member).where(Member.member_id == "UANA"))).one()
        for name, value in hours.items():
            setattr(member, name, value)
