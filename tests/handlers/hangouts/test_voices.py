"""Who was not heard for a while is told to facilitators alone, kindly, and never in public."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from handlers.blocks.hangouts.ids import VOICES
from models.communities import Membership
from models.hangouts.hangout import Hangout
from models.hangouts.posted import BRIEF
from models.hangouts.signup import Presenting, Signup
from tests.examples import DAY, HOUR, NOW
from tests.handlers.hangouts.reminding_steps import START, a_coming_hangout, hurry, reminder
from tests.handlers.problems.steps import last_answer, words_of

pytestmark = pytest.mark.usefixtures("good_manners")


@pytest.fixture
async def hangout(world, circle):
    """A hangout of people who have been in the circle for a year; Ana presented, and Ben led."""
    coming = await a_coming_hangout(world, circle)
    async with world.db.begin() as session:
        await session.execute(update(Membership).values(joined_at=NOW - 365 * DAY))
        ahead = await session.get_one(Hangout, coming.hangout_id)
        starts_at = NOW - timedelta(weeks=2)
        traits = ("community_id", "series_id", "workspace_id", "tz", "slots", "slot_minutes")
        past = Hangout(
            **{name: getattr(ahead, name) for name in (*traits, "protocol", "facilitator_id")},
            occurs_on=starts_at.date(),
            starts_at=starts_at,
            ends_at=starts_at + HOUR,
            uid="past@staffroom",
        )
        session.add(past)
        await session.flush()
        for member_id, presenting in (("UANA", Presenting.SEAT), ("UCHRIS", None)):
            answer = {"is_coming": True, "presenting": presenting, "answered_at": starts_at}
            session.add(Signup(hangout_id=past.id, member_id=member_id, **answer))
    return coming


async def test_a_facilitator_sees_who_comes_without_presenting_and_who_stays_away(
    ben, world, hangout
):
    await ben.types("math-circle", "/hangout voices")
    await hurry(world)

    answer = last_answer(ben)
    assert "have not presented for a while: Ben, Chris." in answer
    assert "Have not been at a hangout for a while: Dana." in answer
    assert "Ana" not in answer


async def test_a_lead_may_see_it_and_a_teacher_may_not(ana, dana, world, hangout):
    for person in (ana, dana):
        await person.types("math-circle", "/hangout voices")
        await hurry(world)

    assert "Chris" in last_answer(dana)
    assert "Only facilitators can see who has not been heard for a while." in last_answer(ana)
    assert "Chris" not in last_answer(ana)


async def test_in_a_young_community_it_is_too_early_to_say(ben, world, hangout):
    async with world.db.begin() as session:
        await session.execute(update(Membership).values(joined_at=NOW - 21 * DAY))

    await ben.types("math-circle", "/hangout voices")
    await hurry(world)

    assert "Too early to say: I look back six weeks." in last_answer(ben)
    assert "everybody was there" not in last_answer(ben)


async def test_the_brief_names_them_and_its_button_shows_all(ben, world, hangout):
    await hangout.until(START - DAY)
    letter = reminder(world, "UBEN", BRIEF)
    assert "have not presented for a while: Ben, Chris." in words_of(letter)

    await ben.presses(VOICES, message=letter)
    await hurry(world)

    assert "Whom a personal invitation may reach" in world.letters("UBEN")[-1]["text"]


async def test_a_substitute_leads_without_that_list(world, hangout):
    await hangout.is_led_by("UCHRIS")

    await hangout.until(START - DAY)

    assert "for a while" not in words_of(reminder(world, "UCHRIS", BRIEF))


async def test_a_forged_button_tells_a_teacher_nothing(ana, world, hangout, secret):
    hidden = await a_coming_hangout(world, secret)
    for value in (hangout.hangout_id, hidden.hangout_id, 999, ""):
        button = {"type": "button", "action_id": VOICES, "block_id": "b", "value": str(value)}
        channel = {"id": "CMATHCIRCLE", "name": "math-circle"}
        await ana.forges({"channel": channel, "actions": [button]})
        await hurry(world)

        assert "for a while:" not in last_answer(ana)
