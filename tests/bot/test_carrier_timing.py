"""Posts keep their time, letters keep quiet hours, and replies follow what they reply to."""

from datetime import time

from tests.bot.patience import until
from tests.bot.posting import CARD, GREETING, LETTER, MATH
from tests.examples import HOUR

SAY = "chat.postMessage"


async def test_what_comes_too_late_is_missed_and_logged(office, caplog):
    await office.post("late", useful_until=office.clock() + HOUR)
    office.clock.move(2 * HOUR)

    async with office.open():
        await office.settled()

    assert (office.said(), await office.states()) == ([], {"late": "missed"})
    assert "Missed: late was not said in time" in caplog.text


async def test_what_slack_keeps_refusing_until_it_is_too_late_is_missed(office):
    office.slack.faults.next(SAY, 429, headers={"Retry-After": "3000"})
    await office.post("late", useful_until=office.clock() + HOUR / 2)

    async with office.open():
        await until(lambda: office.calls())
        office.clock.move(HOUR)
        await office.settled()

    assert (office.said(), await office.states()) == ([], {"late": "missed"})


async def test_what_was_said_in_time_is_not_missed_because_the_answer_was_lost(office):
    office.slack.faults.cut(SAY, when="after")
    await office.post("in time", useful_until=office.clock() + HOUR / 2)

    async with office.open():
        await until(lambda: office.said())
        office.clock.move(HOUR)
        await office.settled()

    assert (office.said(), await office.states()) == (["in time"], {"in time": "said"})


async def test_a_letter_waits_for_the_end_of_quiet_hours(office):
    quiet = {"quiet_from": time(8), "quiet_until": time(10), "tz": "America/Denver"}
    await office.member("UANA", **quiet)
    await office.post("letter", "UANA", kind=LETTER)
    await office.post("greeting", "UANA", kind=GREETING)
    await office.post("answer", "UANA")

    async with office.open():
        await office.settled()
        assert office.said("UANA") == ["answer"]

        office.clock.move(HOUR)
        await office.settled()

    assert office.said("UANA") == ["answer", "letter", "greeting"]


async def test_letters_that_are_switched_off_are_dropped(office):
    await office.member("UANA", muted=["still_open"])
    await office.post("letter", "UANA", kind=LETTER)

    async with office.open():
        await office.settled()

    assert (office.said("UANA"), await office.states()) == ([], {"letter": "dropped"})


async def test_whoever_said_stop_gets_only_what_they_asked_for(office):
    await office.member("UANA", is_silent=True)
    await office.post("letter", "UANA", kind=LETTER)
    await office.post("greeting", "UANA", kind=GREETING)
    await office.post("answer", "UANA")

    async with office.open():
        await office.settled()

    assert office.said("UANA") == ["answer"]
    assert await office.states() == {"letter": "dropped", "greeting": "dropped", "answer": "said"}


async def test_a_reply_waits_until_its_thread_has_begun(office):
    office.slack.faults.next(SAY, 429, headers={"Retry-After": "4"})
    await office.post("reply", thread_of="head", due_at=office.clock() - HOUR)
    await office.post("head")

    async with office.open():
        await office.settled()

    head, reply = office.slack.channels[MATH].messages
    assert (head["text"], reply["text"], reply["thread_ts"]) == ("head", "reply", head["ts"])


async def test_a_reply_waits_for_a_head_that_may_yet_be_said(office):
    office.slack.faults.fail(SAY, "not_in_channel")
    await office.post("head")
    await office.post("reply", thread_of="head")

    async with office.open():
        await office.settled()
        assert await office.states() == {"head": "failed", "reply": "due"}
        await office.revive(MATH)
        await office.settled()

    assert office.said() == ["head", "reply"]


async def test_a_reply_to_what_was_dropped_is_dropped(office):
    nobody = await office.member(name=None)
    await office.post("head", kind=CARD, about_id=nobody.id)
    await office.post("reply", thread_of="head")

    async with office.open():
        await office.settled()

    assert await office.states() == {"head": "dropped", "reply": "dropped"}


async def test_a_reply_to_what_was_deleted_in_slack_is_not_said(office):
    await office.post("head")
    async with office.open():
        await office.settled()
        office.slack.faults.fail(SAY, "cannot_reply_to_message")
        await office.post("reply", thread_of="head")
        await office.settled()

    assert await office.states() == {"head": "said", "reply": "gone"}
