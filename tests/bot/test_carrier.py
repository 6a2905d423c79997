"""Whatever befalls a post on its way, it is said once, or somebody is told."""

import logging
from datetime import timedelta

import pytest

from tests.bot.patience import until
from tests.bot.posting import FUTURE, KINDS, MATH, NOTE, RIDDLE

THREE = ["one", "two", "three"]
NOBODY_LISTENS = "http://127.0.0.1:1/api/"
SAY, LOOK, OPEN = "chat.postMessage", "conversations.history", "conversations.open"


async def three_posts(office, place_id=MATH):
    for key in THREE:
        await office.post(key, place_id)


FAULTS = {
    "too many messages": lambda faults: faults.next(SAY, 429, headers={"Retry-After": "3"}),
    "too many messages, twice": lambda faults: faults.next(SAY, 429, times=2),
    "too many messages, and no word for how long": lambda faults: faults.next(
        SAY, 429, headers={}, body="slow down"
    ),
    "an error before it was stored": lambda faults: faults.next(SAY, 500),
    "a page of another server": lambda faults: faults.next(SAY, 403, body="<html>proxy</html>"),
    "an answer labelled JSON that is none": lambda faults: faults.next(
        SAY, 502, headers={"Content-Type": "application/json"}, body="<html>"
    ),
    "an error of Slack's own": lambda faults: faults.fail(SAY, "internal_error"),
    "a line cut before it was stored": lambda faults: faults.cut(SAY, when="before"),
    "a line cut after it was stored": lambda faults: faults.cut(SAY, when="after"),
    "a line cut again and again": lambda faults: faults.cut(SAY, when="after", times=4),
    "a token that does not count for a while": lambda faults: faults.fail(
        SAY, "token_expired", times=2
    ),
}


# What an answer means does not depend on the database; the tests below run on both.
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@ON_SQLITE
@pytest.mark.parametrize("fault", FAULTS)
async def test_each_post_is_said_once_and_in_order_in_spite_of(office, fault):
    FAULTS[fault](office.slack.faults)
    await three_posts(office)

    async with office.open():
        await office.settled()

    assert office.said() == THREE


@ON_SQLITE
@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_message_slack_answers_for_after_the_time_out_is_found(office, when):
    office.slack.faults.slow(SAY, seconds=0.8, when=when)
    await office.post("slow")

    async with office.open(timeout=0.4):
        await office.settled(in_real_time=True)

    assert office.said() == ["slow"]
    assert len(office.calls(LOOK)) == 1


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_letter_is_said_once_in_spite_of_a_cut_line(office, when):
    office.slack.faults.cut(SAY, when=when)
    await three_posts(office, "UANA")

    async with office.open():
        await office.settled()

    assert office.said("UANA") == THREE
    assert len(office.calls(OPEN)) == 1


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_reply_is_said_once_in_spite_of_a_cut_line(office, when):
    await office.post("head")
    async with office.open():
        await office.settled()
        office.slack.faults.cut(SAY, when=when)
        await office.post("reply", thread_of="head")
        await office.settled()

    assert office.said() == ["head", "reply"]
    assert len(office.calls("conversations.replies")) == 1


async def test_a_slack_out_of_reach_for_a_while_loses_nothing(office):
    async with office.open():
        office.client.base_url = NOBODY_LISTENS
        await three_posts(office)
        await office.quiet()
        assert office.said() == []
        office.client.base_url = office.slack.api_url
        await office.settled()

    assert office.said() == THREE
    assert not office.calls(LOOK)


async def test_other_places_go_on_while_one_waits(office):
    office.slack.faults.next(SAY, 429, headers={"Retry-After": "600"})
    await office.post("waits")
    async with office.open(2):
        await until(lambda: office.calls())
        await office.post("goes on", "UANA")
        await until(lambda: office.said("UANA") == ["goes on"])
        await office.post("behind")
        office.clock.move(timedelta(seconds=500))
        await office.quiet()

        assert office.said() == []
        assert len(office.calls()) == 2
        office.clock.move(timedelta(seconds=101))
        await office.settled()

    assert office.said() == ["waits", "behind"]


@ON_SQLITE
@pytest.mark.parametrize("fault", [429, 500])
async def test_looking_is_repeated_until_slack_answers(office, fault):
    office.slack.faults.cut(SAY, when="after")
    office.slack.faults.next(LOOK, fault, times=2)
    await three_posts(office)

    async with office.open():
        await office.settled()

    assert office.said() == THREE
    assert len(office.calls(LOOK)) == 3


async def test_without_a_way_to_look_a_post_is_said_again_and_the_log_says_so(office, caplog):
    office.slack.faults.cut(SAY, when="before")
    office.slack.faults.fail(LOOK, "missing_scope")
    await three_posts(office)

    async with office.open():
        await office.settled()

    assert office.said() == THREE
    assert "Cannot look for one in CMATHCIRCLE" in caplog.text


async def test_a_post_that_is_never_taken_gives_way_to_the_others(office):
    office.slack.faults.fail(SAY, "fatal_error", times=20)
    await office.post("strange")
    async with office.open():
        for _ in range(8):
            await office.settled()
        office.slack.faults.clear()
        await office.post("other")
        await office.settled()
        office.clock.move(timedelta(minutes=6))
        await office.settled()

    assert sorted(office.said()) == ["other", "strange"]


async def test_a_drawing_that_fails_keeps_nobody_waiting(office, caplog):
    ana = await office.member(name="unsolved")
    await office.post("riddle", kind=RIDDLE, about_id=ana.id)
    await office.post("note")

    async with office.open():
        await office.settled()
        assert office.said() == ["note"]
        assert "Could not draw riddle" in caplog.text

        await office.name(ana, "solved")
        office.clock.move(timedelta(seconds=5))
        await office.settled()

    assert office.said() == ["note", "riddle"]


async def test_a_drawing_that_keeps_failing_is_told_to_a_lead(office):
    await office.member("UDANA", is_lead=True)
    await office.post("riddle", kind=RIDDLE, about_id=0)

    async with office.open():
        for _ in range(8):
            await office.settled()
            office.clock.move(timedelta(minutes=2))
        await office.settled()

    assert (await office.row("riddle")).error == "could_not_draw"
    assert len(office.said("UDANA")) == 1


async def test_a_post_of_a_newer_version_is_left_to_it(office):
    await office.post("from the future", kind=FUTURE)
    await office.post("note")

    async with office.open():
        await office.settled()
    assert office.said() == ["note"]
    office.clock.move(timedelta(minutes=1))
    async with office.open(kinds=KINDS | {FUTURE: KINDS[NOTE]}):
        await office.settled()

    assert office.said() == ["note", "from the future"]


async def test_a_locked_out_bot_complains_once_and_asks_seldom(office, caplog):
    caplog.set_level(logging.ERROR)
    office.slack.faults.fail(SAY, "invalid_auth", times=100)
    for person in ("UANA", "UBEN", "UCHRIS"):
        await office.post(f"to {person}", person)

    async with office.open():
        await until(lambda: len(office.calls()) == 3)
        office.clock.move(timedelta(seconds=20))
        await office.quiet()
        assert len(office.calls()) == 3
        assert caplog.text.count("does not accept the bot's token") == 1

        office.slack.faults.clear()
        office.clock.move(timedelta(seconds=11))
        await office.settled()

    assert office.said("UBEN") == ["to UBEN"]
