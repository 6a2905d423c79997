"""Reminders come once and in time to whoever still comes; nothing is said that was true once."""

import logging
import re
from datetime import date, time

import pytest

from handlers.blocks.hangouts.ids import CALENDAR_FILE, CANNOT, JOIN, OPEN_PLACE, PREPARE
from handlers.blocks.hangouts.letters import REMINDERS
from handlers.blocks.members import MUTE
from models.hangouts.posted import BRIEF, CHANGED, DAY_BEFORE, SOON
from models.hangouts.signup import Signup
from models.members import Member
from tests.examples import DAY, HOUR, a_member
from tests.handlers.hangouts.reminding_steps import (
    A_MINUTE,
    START,
    Coming,
    a_coming_hangout,
    entries,
    hurry,
    kinds,
    reminder,
    sets,
)
from tests.handlers.problems.steps import key_of, words_of

COMES = {"is_coming": True, "answered_at": START - 90 * DAY}
A_DAY_BEFORE, SHORTLY_BEFORE = START - DAY, START - 15 * A_MINUTE

pytestmark = pytest.mark.usefixtures("good_manners")


@pytest.fixture
async def hangout(world, circle) -> Coming:
    """A hangout of the math circle that Ben leads; Ana presents, and Chris comes."""
    coming = await a_coming_hangout(world, circle)
    await coming.presents("UANA", "How do I wait longer?")
    await coming.joins("UCHRIS")
    return coming


async def test_both_reminders_and_the_brief_come_once_each(world, hangout):
    await hangout.until(A_DAY_BEFORE - A_MINUTE)
    assert [kinds(world, one) for one in ("UANA", "UBEN", "UCHRIS", "UDANA")] == [[], [], [], []]

    await hangout.until(A_DAY_BEFORE + A_MINUTE)
    await hangout.until(SHORTLY_BEFORE + A_MINUTE)
    await hangout.until(START + 2 * DAY)

    assert kinds(world, "UANA") == kinds(world, "UCHRIS") == [DAY_BEFORE, SOON]
    assert (kinds(world, "UBEN"), kinds(world, "UDANA")) == ([BRIEF, SOON], [])


async def test_the_letters_say_what_is_each_ones_own(world, hangout):
    await hangout.until(A_DAY_BEFORE)
    await hangout.until(SHORTLY_BEFORE)

    letter = reminder(world, "UANA", DAY_BEFORE)
    mine = words_of(letter)
    assert "hangout with Ben and Chris, #math-circle." in mine
    assert "You present, 20 minutes: How do I wait longer?" in mine.replace("\n", "")
    assert letter["text"].count("How do I wait longer?") == 1
    assert "A calendar file is in the thread." in mine
    assert "You present" not in words_of(reminder(world, "UCHRIS", DAY_BEFORE))
    assert "A calendar file is in the thread." in words_of(reminder(world, "UBEN", BRIEF))
    assert "Ana, 20 minutes: How do I wait longer?" in words_of(reminder(world, "UBEN", BRIEF))
    assert f"We meet at {hangout.link}." in words_of(reminder(world, "UCHRIS", SOON))


async def test_the_file_in_the_thread_opens_in_a_calendar(world, hangout):
    await hangout.until(A_DAY_BEFORE)

    [entry] = entries(world, "UANA", reminder(world, "UANA", DAY_BEFORE))
    [bens] = entries(world, "UBEN", reminder(world, "UBEN", BRIEF))
    assert entry["UID"] == bens["UID"]
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (START, START + HOUR)
    assert entry["SEQUENCE"] == 0
    assert hangout.link in (entry.get("LOCATION", ""), entry.get("URL", ""))


async def test_the_calendar_says_what_happens_and_how_to_get_there(world, hangout):
    await hangout.until(A_DAY_BEFORE)

    [entry] = entries(world, "UCHRIS")
    assert entry["DESCRIPTION"].split("\n") == [
        "• We try wait time, 20 minutes.",
        "• Ana, 20 minutes: How do I wait longer?",
        "• One of two seats to present is free.",
        "",
        f"We meet at {hangout.link}.",
        "Type /hangout in Slack for more.",
    ]
    [name] = [file["name"] for one in world.letters("UCHRIS") for file in one.get("files", ())]
    assert re.fullmatch(r"math-circle-2026-11-19-\d+\.ics", name)


async def test_where_slack_takes_no_files_none_is_promised_twice(world, hangout):
    world.slack.faults.fail("files.getUploadURLExternal", "unknown_method")
    await hangout.joins("UDANA")
    await sets(world, "UDANA", away_from=date(2026, 11, 17), away_until=date(2026, 11, 18))
    await hangout.until(A_DAY_BEFORE)
    await hangout.until(START - 8 * HOUR)

    late = words_of(reminder(world, "UDANA", DAY_BEFORE))
    assert "calendar file" not in late


async def test_everybody_named_has_a_name_also_when_whoever_leads_joined_first(world, hangout):
    for member_id in ("UELENA", "UFARID"):
        world.slack.add_user(member_id.removeprefix("U").casefold())
    async with world.db.begin() as session:
        session.add_all([a_member("UELENA", name="Elena"), a_member("UFARID", name="Farid")])
        for member_id in ("UELENA", "UFARID"):
            session.add(Signup(hangout_id=hangout.hangout_id, member_id=member_id, **COMES))
        leading = Signup(hangout_id=hangout.hangout_id, member_id="UBEN", **COMES)
        leading.answered_at = START - 300 * DAY
        session.add(leading)

    await hangout.until(SHORTLY_BEFORE)

    for member_id in ("UANA", "UBEN", "UCHRIS"):
        letters = " ".join(one["text"] for one in world.letters(member_id))
        assert "a colleague" not in letters.casefold()


async def test_quiet_hours_are_those_of_each_ones_own_place(world, hangout, caplog):
    quiet = {"quiet_from": time(22), "quiet_until": time(7)}
    await sets(world, "UANA", tz="Europe/Berlin", **quiet)
    caplog.set_level(logging.WARNING)

    await hangout.until(A_DAY_BEFORE)
    assert (kinds(world, "UANA"), kinds(world, "UCHRIS")) == ([], [DAY_BEFORE])
    # Seven in the morning in Berlin.
    await hangout.until(START - 17 * HOUR)
    assert kinds(world, "UANA") == [DAY_BEFORE]
    assert len(entries(world, "UANA")) == 1
    # Shortly before is 23:45 in Berlin, and by seven nobody needs to be reminded.
    await hangout.until(SHORTLY_BEFORE)
    await hangout.until(START + DAY)

    assert kinds(world, "UANA") == [DAY_BEFORE]
    assert "Missed" not in caplog.text


async def test_whoever_is_away_is_reminded_when_back_and_not_at_all_when_too_late(
    world, hangout, caplog
):
    await sets(world, "UANA", away_from=date(2026, 11, 17), away_until=date(2026, 11, 18))
    await sets(world, "UCHRIS", away_from=date(2026, 11, 17), away_until=date(2026, 11, 19))

    await hangout.until(A_DAY_BEFORE)
    assert kinds(world, "UANA") == []
    # Eight in the morning of the day itself.
    await hangout.until(START - 8 * HOUR)
    assert kinds(world, "UANA") == [DAY_BEFORE]
    await hangout.until(SHORTLY_BEFORE)
    await hangout.until(START + 2 * DAY)

    assert (kinds(world, "UANA"), kinds(world, "UCHRIS")) == ([DAY_BEFORE, SOON], [])
    assert "Missed" not in caplog.text


async def test_reminders_can_be_switched_off_from_the_reminder(ana, world, hangout):
    await hangout.until(A_DAY_BEFORE)

    await ana.presses(MUTE, message=reminder(world, "UANA", DAY_BEFORE))
    await hurry(world)
    await hangout.until(SHORTLY_BEFORE)

    assert kinds(world, "UANA") == [DAY_BEFORE]
    assert kinds(world, "UCHRIS") == [DAY_BEFORE, SOON]
    async with world.db() as session:
        assert (await Member.find(session, "UANA")).muted == [REMINDERS]


async def test_moved_only_the_new_time_is_told(world, hangout):
    await hangout.moves_to(START + 2 * DAY)

    await hangout.until(A_DAY_BEFORE)
    await hangout.until(START)
    assert (kinds(world, "UANA"), kinds(world, "UBEN")) == ([], [])
    await hangout.until(A_DAY_BEFORE + 2 * DAY)

    assert (kinds(world, "UANA"), kinds(world, "UBEN")) == ([DAY_BEFORE], [BRIEF])
    [entry] = entries(world, "UANA", reminder(world, "UANA", DAY_BEFORE))
    assert (entry["DTSTART"].dt, entry["SEQUENCE"]) == (START + 2 * DAY, 1)


async def test_moved_and_moved_back_it_is_told_once(world, hangout):
    await hangout.moves_to(START + 2 * DAY)
    await hangout.moves_to(START)

    await hangout.until(A_DAY_BEFORE)
    await hangout.until(START + 3 * DAY)

    assert (kinds(world, "UANA"), kinds(world, "UBEN")) == ([DAY_BEFORE], [BRIEF])


async def test_a_change_brings_a_file_that_changes_the_calendar(world, hangout):
    await hangout.moves_to(START + 2 * DAY)
    await hangout.until(world.clock() + A_MINUTE)
    await hangout.is_called_off()
    await hangout.until(world.clock() + A_MINUTE)

    moved, off = [one for one in world.letters("UANA") if key_of(one).startswith(f"{CHANGED}:")]
    [entry] = entries(world, "UANA", moved)
    assert (entry["DTSTART"].dt, entry["SEQUENCE"]) == (START + 2 * DAY, 1)
    [gone] = entries(world, "UANA", off)
    assert (gone["UID"], gone["STATUS"], gone["SEQUENCE"]) == (entry["UID"], "CANCELLED", 2)


async def test_of_a_hangout_that_is_called_off_nobody_is_reminded(world, hangout):
    await hangout.is_called_off()

    await hangout.until(A_DAY_BEFORE)
    await hangout.until(SHORTLY_BEFORE)

    assert (kinds(world, "UANA"), kinds(world, "UBEN")) == ([], [])


async def test_called_off_and_given_back_it_is_told_once(world, hangout):
    await hangout.is_called_off()
    await hangout.is_on_again()

    await hangout.until(A_DAY_BEFORE)
    await hangout.until(A_DAY_BEFORE + HOUR)

    assert (kinds(world, "UANA"), kinds(world, "UBEN")) == ([DAY_BEFORE], [BRIEF])


async def test_the_brief_goes_to_who_leads_and_comes_back_with_the_lead(world, hangout):
    await hangout.is_led_by("UDANA")
    await hangout.until(A_DAY_BEFORE)
    assert (kinds(world, "UBEN"), kinds(world, "UDANA")) == ([], [BRIEF])

    await hangout.is_led_by("UBEN")
    await hangout.until(SHORTLY_BEFORE)

    assert (kinds(world, "UBEN"), kinds(world, "UDANA")) == ([BRIEF, SOON], [BRIEF])


async def test_whoever_leads_and_signed_up_has_the_brief_and_no_second_letter(world, hangout):
    await hangout.joins("UBEN")

    await hangout.until(A_DAY_BEFORE)
    await hangout.until(SHORTLY_BEFORE)

    assert kinds(world, "UBEN") == [BRIEF, SOON]


async def test_one_who_wants_no_briefs_is_reminded_like_everybody(world, hangout):
    await sets(world, "UBEN", muted=["hangouts.facilitating"])
    await hangout.joins("UBEN")

    await hangout.until(A_DAY_BEFORE)

    assert kinds(world, "UBEN") == [DAY_BEFORE]


async def test_whoever_changes_their_mind_is_reminded_once(world, hangout):
    await hangout.cannot("UCHRIS")
    await hangout.joins("UCHRIS")
    await hangout.cannot("UANA")

    await hangout.until(A_DAY_BEFORE)
    await hangout.until(SHORTLY_BEFORE)

    assert (kinds(world, "UCHRIS"), kinds(world, "UANA")) == ([DAY_BEFORE, SOON], [])


async def test_whoever_signs_up_on_the_last_day_is_reminded_shortly_before(world, hangout):
    await hangout.until(A_DAY_BEFORE + HOUR)

    await hangout.joins("UDANA")
    await hangout.until(SHORTLY_BEFORE)

    assert kinds(world, "UDANA") == [SOON]


async def test_the_reminder_takes_a_no(chris, world, hangout):
    await hangout.until(A_DAY_BEFORE)

    await chris.presses(CANNOT, message=reminder(world, "UCHRIS", DAY_BEFORE))
    await hurry(world)
    await hangout.until(SHORTLY_BEFORE)

    assert kinds(world, "UCHRIS") == [DAY_BEFORE]
    assert "Chris" not in words_of(reminder(world, "UANA", SOON))


async def test_a_bot_that_was_away_says_only_what_is_still_of_use(world, hangout):
    await hangout.until(START - 5 * A_MINUTE)
    assert [kinds(world, one) for one in ("UANA", "UCHRIS")] == [[SOON], [SOON]]
    assert set(kinds(world, "UBEN")) == {BRIEF, SOON}

    await hangout.until(START + DAY)

    assert kinds(world, "UANA") == [SOON]


async def test_a_bot_that_was_away_for_longer_says_nothing(world, hangout):
    await hangout.until(START + A_MINUTE)

    assert [kinds(world, one) for one in ("UANA", "UBEN", "UCHRIS")] == [[], [], []]
    assert entries(world, "UANA") == []


async def test_a_presenter_without_a_question_is_asked_for_one(world, hangout):
    await hangout.presents("UCHRIS", None)

    await hangout.until(A_DAY_BEFORE)

    letter = reminder(world, "UCHRIS", DAY_BEFORE)
    assert "What do you bring?" in words_of(letter)
    assert PREPARE in str(letter["blocks"])


async def test_the_button_that_leads_to_the_meeting_needs_no_answer(ana, world, hangout):
    await hangout.until(SHORTLY_BEFORE)
    before = len(world.letters("UANA"))

    reply = await ana.presses(OPEN_PLACE, message=reminder(world, "UANA", SOON))
    await hurry(world)

    assert reply.acked
    assert len(world.letters("UANA")) == before


def asks_for_a_file(value) -> dict:
    button = {"type": "button", "action_id": CALENDAR_FILE, "block_id": "b", "value": str(value)}
    return {"channel": {"id": "CMATHCIRCLE", "name": "math-circle"}, "actions": [button]}


async def test_a_file_for_the_calendar_comes_once_however_often_it_is_asked_for(
    ana, world, hangout
):
    for _ in range(2):
        await ana.forges(asks_for_a_file(hangout.hangout_id))
        await hurry(world)

    [entry] = entries(world, "UANA")
    assert entry["DTSTART"].dt == START
    [letter] = [one for one in world.letters("UANA") if one.get("files")]
    assert "For your calendar: the hangout in #math-circle" in letter["text"]


async def test_whoever_joins_can_put_it_into_their_calendar_at_once(dana, world, hangout):
    button = {"type": "button", "action_id": JOIN, "block_id": "b"}
    value = {"value": str(hangout.hangout_id)}
    await dana.forges({"channel": {"id": "CMATHCIRCLE"}, "actions": [button | value]})
    await hurry(world)

    await dana.presses(CALENDAR_FILE)
    await hurry(world)

    assert len(entries(world, "UDANA")) == 1


async def test_a_file_that_slack_did_not_take_can_be_asked_for_again(ana, world, hangout):
    world.slack.faults.fail("files.getUploadURLExternal", "unknown_method")
    for _ in range(2):
        await ana.forges(asks_for_a_file(hangout.hangout_id))
        await hurry(world)

    assert len(entries(world, "UANA")) == 1


@pytest.mark.parametrize("value", ["", "0", "999", "x'; --"])
async def test_a_forged_hangout_makes_no_file(ana, world, hangout, value):
    await ana.forges(asks_for_a_file(value))
    await hurry(world)

    assert entries(world, "UANA") == []


async def test_nobody_outside_gets_the_file_of_a_private_community(ana, ben, world, secret):
    theirs = await a_coming_hangout(world, secret)

    for person in (ana, ben):
        await person.forges(asks_for_a_file(theirs.hangout_id))
        await hurry(world)

    assert (len(entries(world, "UANA")), len(entries(world, "UBEN"))) == (0, 1)


async def test_a_hangout_that_is_over_needs_no_calendar(ana, world, hangout):
    await hangout.until(START + 2 * HOUR)

    await ana.forges(asks_for_a_file(hangout.hangout_id))
    await hurry(world)

    assert entries(world, "UANA") == []
