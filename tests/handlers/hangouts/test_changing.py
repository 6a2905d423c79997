"""Changing a hangout: who may, what everybody sees then, and who hears of it."""

from datetime import datetime, time, timedelta

import pytest

from handlers.blocks.hangouts.ids import CALL_OFF, GIVE_IT_AGAIN, LEAD, MOVE
from models.hangouts.hangout import Hangout
from models.hangouts.signups import join
from models.members import Member
from tests.handlers.blocks.surfaces import buttons, fields
from tests.handlers.hangouts.planning_steps import (
    choose,
    hangouts_kept,
    last_answer,
    letters_of,
    plan_series,
    schedule_words,
    schedules,
    settle,
)
from tests.handlers.problems.steps import key_of

pytestmark = pytest.mark.usefixtures("good_manners")

# Friday, 20 November 2026, 15:30 in Denver.
FRIDAY = datetime.fromisoformat("2026-11-20T15:30:00-07:00")
CHANGED = "hangouts.changed"
REPLANNED = "hangouts.replanned:"


async def joined(world, hangout: Hangout, *member_ids: str) -> None:
    """Let people sign up; how they press is another test's story."""
    async with world.db.begin() as session:
        locked = await Hangout.of(session, hangout.id, for_update=True)
        for member_id in member_ids:
            await join(session, locked, member_id, world.clock())
    await settle(world)


async def test_moving_shows_on_the_schedule_and_is_told_to_who_signed_up(ben, world, circle):
    first, *_ = await plan_series(ben, world)
    await joined(world, first, "UANA", "UBEN")
    form = await choose(ben, world, "move")
    assert fields(form)["hangout_id"]["initial_option"]["value"] == str(first.id)

    await ben.submits(form, starts_at=int(FRIDAY.timestamp()))
    await settle(world)

    assert "Friday 20 November 2026, 15:30 (America/Denver)" in schedule_words(world)
    assert "Thursday 19 November" not in schedule_words(world)
    [letter] = letters_of(world, "UANA", CHANGED)
    assert "The hangout in #math-circle was moved." in letter
    assert "Thursday 19 November 2026, 16:00" in letter
    assert "Friday 20 November 2026, 15:30" in letter
    assert letters_of(world, "UBEN", CHANGED) == []
    assert "One colleague gets a message." in last_answer(ben)


async def test_a_time_that_cannot_be_is_explained_at_its_field(ben, world, circle):
    first, *_ = await plan_series(ben, world)
    form = await choose(ben, world, "move")
    yesterday = world.clock() - timedelta(days=1)

    for moment, words in ((yesterday, "has passed"), (first.starts_at, "takes place anyway")):
        await ben.submits(form, starts_at=int(moment.timestamp()))
        assert words in ben.top_view["errors"]["starts_at"]

    [kept, *_] = await hangouts_kept(world)
    assert (kept.starts_at, kept.sequence) == (first.starts_at, 0)


async def test_two_hangouts_never_meet_at_the_same_time(ben, world, circle):
    first, second, *_ = await plan_series(ben, world)
    form = await choose(ben, world, "move 2026-11-19")
    assert fields(form)["starts_at"]["initial_date_time"] == int(first.starts_at.timestamp())

    overlapping = second.starts_at + timedelta(minutes=30)
    await ben.submits(form, starts_at=int(overlapping.timestamp()))

    words = ben.top_view["errors"]["starts_at"]
    assert "The hangout of Thursday 3 December, 16:00 (America/Denver) is at that time." in words
    await ben.submits(form, starts_at=int(second.ends_at.timestamp()))
    await settle(world)
    assert form.get("closed")


async def test_what_would_meet_with_another_is_not_held_after_all(ben, world, circle):
    first, *_ = await plan_series(ben, world)
    await ben.submits(await choose(ben, world, "skip 2026-11-19"))
    await settle(world)
    form = await choose(ben, world, "move 2026-12-03")
    await ben.submits(form, starts_at=int(first.starts_at.timestamp()))
    await settle(world)

    [schedule] = schedules(world)
    await ben.presses(LEAD, message=schedule, option=f"restore:{first.id}")
    await settle(world)

    assert "Another hangout takes place at that time." in last_answer(ben)


def replanned_text(world, member_id: str) -> str:
    """Return the text of the only letter about the plan that somebody got."""
    [letter] = [one for one in world.letters(member_id) if key_of(one).startswith(REPLANNED)]
    return letter["text"]


async def test_a_new_plan_is_told_in_one_letter_with_one_file(ana, ben, dana, world, circle):
    hangouts = await plan_series(ben, world)
    for one in hangouts[:2]:
        await joined(world, one, "UANA")

    await plan_series(dana, world, at="15:30", protocol="troika", slots="1", slot_minutes="30")

    [letter, led] = [replanned_text(world, who) for who in ("UANA", "UBEN")]
    assert "The plan of the hangouts in #math-circle has changed." in letter
    assert letter.count("was moved") == 2
    assert "Troika" in letter
    assert led.count("You lead it.") == len(hangouts)
    assert letters_of(world, "UANA", CHANGED) == []
    files = [one for one in world.letters("UANA") if one.get("files")]
    assert len(files) == 1


async def test_what_is_called_off_stays_listed_with_the_reason(ben, world, circle):
    first, second, *_ = await plan_series(ben, world)
    await joined(world, first, "UANA")
    form = await choose(ben, world, "skip 2026-11-19")

    await ben.submits(form, called_off_why="Parent evening *all day* <!channel>")
    await settle(world)

    assert "Called off: Parent evening *all day* <!channel>." in schedule_words(world)
    assert '"strike": True' in str(schedules(world)[0]["blocks"]).replace("'", '"')
    [letter] = letters_of(world, "UANA", CHANGED)
    assert "does not take place" in letter
    assert "Parent evening" in letter
    assert "The next one is" in letter
    [told] = [one for one in world.letters("UANA") if key_of(one).startswith(CHANGED)]
    assert ("hangouts.join", str(second.id)) in buttons(told)


async def test_calling_off_twice_is_harmless(ben, world, circle):
    first, *_ = await plan_series(ben, world)
    form = await choose(ben, world, "cancel")
    await ben.submits(form)
    await ben.submits(form, again=True)
    await settle(world)

    [kept, *_] = await hangouts_kept(world)
    assert (kept.id, kept.is_on, kept.sequence) == (first.id, False, 1)


async def test_a_hangout_that_was_called_off_can_take_place_after_all(ben, world, circle):
    first, *_ = await plan_series(ben, world)
    await joined(world, first, "UANA")
    await ben.submits(await choose(ben, world, "skip"), called_off_why="Snow")
    await settle(world)

    await ben.presses(GIVE_IT_AGAIN)
    await settle(world)

    assert "Snow" not in schedule_words(world)
    assert "takes place after all" in last_answer(ben)
    assert "takes place after all" in letters_of(world, "UANA", CHANGED)[-1]
    await ben.presses(GIVE_IT_AGAIN)
    await settle(world)
    assert "never called off" in last_answer(ben)


async def test_of_two_changes_in_quiet_hours_only_the_last_is_told(ben, world, circle):
    first, *_ = await plan_series(ben, world)
    await joined(world, first, "UANA")
    async with world.db.begin() as session:
        (await Member.find(session, "UANA")).keep_quiet(time(8), time(11))

    await ben.submits(await choose(ben, world, "skip"), called_off_why="Snow")
    await settle(world)
    await ben.presses(GIVE_IT_AGAIN)
    await settle(world)
    await ben.submits(await choose(ben, world, "move"), starts_at=int(FRIDAY.timestamp()))
    await settle(world)
    assert letters_of(world, "UANA", CHANGED) == []
    world.clock.move(timedelta(hours=3))
    await settle(world)

    [letter] = letters_of(world, "UANA", CHANGED)
    assert "was moved" in letter
    assert "Snow" not in letter


async def test_others_are_told_whom_to_ask(chris, dana, ben, world, circle):
    await plan_series(ben, world)

    assert await choose(chris, world, "move") is None
    assert "Only facilitators can move a hangout. Ask Ben." in last_answer(chris)
    assert await choose(chris, world, "skip") is None
    assert "Only facilitators can call a hangout off." in last_answer(chris)
    assert await choose(dana, world, "move") is not None


async def test_who_leads_a_hangout_may_change_that_one_alone(ben, chris, world, circle):
    hangouts = await plan_series(ben, world, facilitators=["UBEN", "UCHRIS"])
    own = [one for one in hangouts if one.facilitator_id == "UCHRIS"]
    form = await choose(chris, world, "skip")

    offered = [one["value"] for one in fields(form)["hangout_id"]["options"]]
    assert offered == [str(one.id) for one in own]
    field = form["state"]["values"]["hangout_id"]["hangout_id"]
    field["selected_option"] = {"value": str(hangouts[0].id)}
    await chris.submits(form)

    assert "Ask Ben." in chris.top_view["errors"]["hangout_id"]
    assert all(one.is_on for one in await hangouts_kept(world))


async def test_a_day_that_is_no_hangout_is_answered_kindly(ben, world, circle):
    await plan_series(ben, world)

    assert await choose(ben, world, "skip 2026-11-20") is None
    assert "No hangout is planned on Friday 20 November 2026." in last_answer(ben)
    assert await choose(ben, world, "move someday") is None
    assert "I can’t read “someday” as a day." in last_answer(ben)


async def test_without_a_plan_the_answer_says_how_to_begin(ben, world, circle):
    assert await choose(ben, world, "move") is None

    assert "/hangout plan" in last_answer(ben)


@pytest.mark.parametrize(
    ("choice", "title"),
    [
        ("plan", "Change the hangouts"),
        ("move_any", "Move a hangout"),
        ("call_off", "Call a hangout off"),
        ("swap", "Ask someone to lead"),
    ],
)
async def test_the_schedules_menu_opens_each_form(ben, chris, world, circle, choice, title):
    first, *_ = await plan_series(ben, world)
    value = f"{choice}:{circle.id if choice == 'plan' else first.id}"
    [schedule] = schedules(world)

    await ben.presses(LEAD, message=schedule, option=value)
    await chris.presses(LEAD, message=schedule, option=value)
    await settle(world)

    assert ben.top_view["title"]["text"] == title
    assert chris.top_view is None
    assert "Ask Ben." in last_answer(chris)


async def test_the_schedules_menu_gives_back_what_was_called_off(ben, world, circle):
    first, *_ = await plan_series(ben, world)
    await ben.submits(await choose(ben, world, "skip"))
    await settle(world)
    [schedule] = schedules(world)

    await ben.presses(LEAD, message=schedule, option=f"restore:{first.id}")
    await settle(world)

    assert all(one.is_on for one in await hangouts_kept(world))


@pytest.mark.parametrize("action_id", [MOVE, CALL_OFF, GIVE_IT_AGAIN])
async def test_a_forged_hangout_is_not_found(ben, world, circle, action_id):
    await plan_series(ben, world)
    pressed = {"action_id": action_id, "block_id": "b", "type": "button", "action_ts": "1"}
    body = {"type": "block_actions", "channel": {"id": "CMATHCIRCLE"}}

    for value in ("999999", "0; DROP TABLE", "", "9" * 40):
        await ben.forges(body | {"actions": [pressed | {"value": value}]})
        await settle(world)

    assert "hangout" in last_answer(ben)
    assert all(one.is_on for one in await hangouts_kept(world))
