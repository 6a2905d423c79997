"""The postman says what was committed, at its time, in order and at Slack's pace."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from time import monotonic

import pytest
from sqlalchemy import event

from bot.postman import SAYS_AT_ONCE, Postman
from models.database import connect
from models.posts import DUE, Post
from tests.bot.patience import until
from tests.bot.posting import KINDS, MATH, NOTE, ChangedMindError, slack_client
from tests.world import WORKSPACE


async def test_what_is_committed_is_said_within_a_fraction_of_a_second(office):
    async with office.open():
        await asyncio.sleep(0.1)
        await office.post("hello")
        committed = monotonic()
        await until(lambda: office.said() == ["hello"])

    assert monotonic() - committed < 0.8


async def test_what_is_rolled_back_is_never_said(office):
    async with office.open():
        with suppress(ChangedMindError):
            async with office.db.begin() as session:
                await Post.add(session, "oops", MATH, kind=NOTE, due_at=office.clock())
                raise ChangedMindError
        await office.post("hello")
        await office.settled()

    assert office.said() == ["hello"]


async def test_what_another_process_commits_is_said_soon(office, database_url):
    elsewhere = connect(database_url)
    async with office.open(database=elsewhere):
        await asyncio.sleep(0.1)
        await office.post("hello")
        committed = monotonic()
        await until(lambda: office.said() == ["hello"])
    await elsewhere.close()

    assert monotonic() - committed < 1.9


async def test_a_post_waits_for_its_time(office):
    await office.post("tomorrow", due_at=office.clock() + timedelta(days=1))

    async with office.open():
        await office.settled()
        assert office.said() == []

        office.clock.move(timedelta(days=1))
        await office.settled()
        assert office.said() == ["tomorrow"]


async def test_a_channel_hears_one_message_a_second(office):
    for number in range(3):
        await office.post(str(number))

    async with office.open():
        await office.settled(in_real_time=True)

    assert office.said() == ["0", "1", "2"]
    moments = [call.at for call in office.calls()]
    assert all(timedelta(seconds=1) <= b - a < timedelta(seconds=2.5) for a, b in pairwise(moments))


async def test_a_long_backlog_in_one_place_keeps_no_other_waiting(office):
    for number in range(200):
        await office.post(f"long {number}")
    office.slack.add_channel("other", members={office.slack.bot_user_id}, id="COTHER")
    await office.post("short", "COTHER")

    async with office.open():
        await until(lambda: office.said("COTHER") == ["short"], seconds=3)

    assert len(office.said()) <= 4


@pytest.mark.parametrize("postmen", [2, 3])
async def test_postmen_at_one_database_say_each_post_once_and_keep_the_order(office, postmen):
    places = [MATH, "UANA", "UBEN", *(f"CROOM{number}" for number in range(3))]
    for place in places[3:]:
        office.slack.add_channel(place, members={office.slack.bot_user_id}, id=place)
    async with office.db.begin() as session:
        for number in range(60):
            place, due_at = places[number % 6], office.clock()
            await Post.add(session, f"{number:02}", place, kind=NOTE, due_at=due_at)

    async with office.open(postmen):
        await office.settled()

    said = [office.said(place) for place in places]
    assert said == [[f"{number:02}" for number in range(at, 60, 6)] for at in range(6)]
    assert office.refusals("ratelimited") == []
    assert len(office.calls()) == 60
    assert not office.calls("conversations.history")


async def test_hundreds_of_letters_do_not_all_leave_at_once(office):
    people = [office.slack.add_user(f"teacher{number}").id for number in range(120)]
    async with office.db.begin() as session:
        for person in people:
            await Post.add(session, f"to {person}", person, kind=NOTE, due_at=office.clock())
    office.slack.faults.slow("chat.postMessage", seconds=0.05, times=120)
    under_way = []
    office.slack.subscribe(lambda _: under_way.append(office.slack.api_calls_in_flight))

    async with office.open():
        await office.settled(in_real_time=True)

    assert [office.said(person) for person in people] == [[f"to {person}"] for person in people]
    assert max(under_way) <= SAYS_AT_ONCE


async def test_a_clock_moved_by_days_while_a_post_is_on_its_way_says_nothing_twice(office):
    office.slack.faults.slow("chat.postMessage", seconds=0.3, when="before")
    await office.post("first")
    await office.post("second")

    async with office.open():
        await until(lambda: office.slack.api_calls_in_flight)
        office.clock.move(timedelta(days=3))
        await office.settled()

    assert office.said() == ["first", "second"]
    assert not office.calls("conversations.history")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_post_that_takes_longer_than_a_claim_lasts_is_held_on_to(office):
    office.slack.faults.slow("chat.postMessage", seconds=4.5, when="before")
    await office.post("slow")

    async with office.open(2):
        for _ in range(16):
            await asyncio.sleep(0.25)
            office.clock.move(timedelta(seconds=0.5))
        await office.settled(in_real_time=True)

    assert office.said() == ["slow"]
    assert not office.calls("conversations.history")


async def test_a_clock_set_back_by_days_keeps_nobody_waiting(office):
    office.clock.move(timedelta(days=3))
    async with office.open():
        await office.post("on the third day")
        await office.settled()
    await office.post("left behind", due_at=office.clock() - timedelta(days=4))
    async with office.db.begin() as session:
        row = await Post.keyed(session, "left behind")
        row.state, row.claimed_by, row.claimed_until = "sending", "dead", office.clock()
    office.clock.move(timedelta(days=-3))
    office.slack.channels[MATH].bot_posted_at = None

    async with office.open():
        await office.settled()

    assert office.said()[1:] == ["left behind"]


async def test_a_postman_outlives_a_database_that_is_away(office):
    engine = office.database.engine.sync_engine

    def be_away(_):
        raise ConnectionRefusedError("the database is away")

    async with office.open():
        event.listen(engine, "begin", be_away)
        office.postmen[0].nudge()
        await asyncio.sleep(0.1)
        event.remove(engine, "begin", be_away)
        await office.post("hello")
        await office.settled()

    assert office.said() == ["hello"]


async def test_no_transaction_is_open_while_slack_is_asked(office):
    office.slack.faults.slow("chat.postMessage", seconds=1)
    await office.post("slow")

    async with office.open():
        await until(lambda: office.slack.api_calls_in_flight)
        await until(lambda: office.database.engine.pool.checkedout() == 0, seconds=0.8)
        assert office.slack.api_calls_in_flight
        began = monotonic()
        await office.post("written meanwhile", due_at=office.clock() + timedelta(days=1))

        assert monotonic() - began < 0.6
        await office.settled()


async def test_a_place_that_is_paced_holds_no_write_lock(office):
    commits = []
    event.listen(office.database.engine.sync_engine, "commit", commits.append)
    await office.post("one")
    await office.post("two")

    async with office.open():
        await until(lambda: office.said() == ["one"])
        await until(lambda: office.postmen[0].is_idle)
        commits.clear()
        for _ in range(10):
            office.postmen[0].nudge()
            await asyncio.sleep(0.02)

    assert commits == []


async def test_posts_of_a_workspace_whose_token_we_lack_are_left_alone(office, aiohttp_session):
    async with office.database.of("T_OTHER").begin() as session:
        await Post.add(session, "theirs", MATH, kind=NOTE, due_at=office.clock())
    await office.post("ours", "UANA")
    client = slack_client(office.slack.api_url, office.slack.bot_token, aiohttp_session)
    postman = Postman(office.database, client, office.clock, KINDS, None, WORKSPACE)

    postman.start()
    await until(lambda: office.said("UANA") == ["ours"])
    await postman.stop()

    async with office.database.of("T_OTHER")() as session:
        theirs = await Post.keyed(session, "theirs")
    assert (theirs.state, office.said(), len(office.calls())) == (DUE, [], 1)
