"""A picture stands in its message as soon as Slack can have it; the words never wait for long."""

import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.pictures import RESTS_FOR, UNDER_WAY_AT_MOST
from handlers.posts import PostKind
from models.pictures import AGAIN_AFTER, StoredPicture
from models.posts import CLAIM_LASTS, Post
from tests.bot.killed import Place, end, start
from tests.bot.patience import until
from tests.bot.posting import CHART, KINDS, MATH, PNG, a_picture, draw_card

PLACE, FINISH = "files.getUploadURLExternal", "files.completeUploadExternal"
ASK, SAY, REDRAW = "files.info", "chat.postMessage", "chat.update"
# What an answer means does not depend on the database.
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def ana(office):
    """What the charts are about."""
    return await office.member(name="0")


@pytest.fixture
async def chart(office, ana):
    """A post with a picture."""
    return await office.post("chart", kind=CHART, about_id=ana.id)


def message_in(office, place_id=MATH):
    """Return the only message of the bot there."""
    person = place_id in office.slack.users
    channel = office.slack.direct_message(place_id) if person else office.slack.channels[place_id]
    [message] = [one for one in channel.messages if one.get("bot_id")]
    return message


def picture_in(office, place_id=MATH):
    """Return the picture in the only message there, as (what it shows, its alt text)."""
    for block in message_in(office, place_id)["blocks"]:
        if block["type"] == "image":
            upload = office.slack.files[block["slack_file"]["id"]]
            return upload.content, block["alt_text"]
    return None


async def time_passes(office, *, times=8):
    """Let the postmen do what is due, and then what is due later, for two hours."""
    for _ in range(times):
        await office.settled()
        office.clock.move(timedelta(minutes=15))
    await office.settled()


async def test_a_picture_stands_in_its_message_and_in_no_other_place(office, chart):
    async with office.open():
        await office.settled()

    message = message_in(office)
    assert [block["type"] for block in message["blocks"]] == ["section", "image"]
    assert message["text"] == "chart: 0"
    assert picture_in(office) == (PNG, "A chart of 0")
    [upload] = office.slack.files.values()
    assert (upload.channels, upload.title, upload.name) == ([], "A chart", "chart.png")


async def test_an_equal_picture_is_sent_up_once(office, ana, chart):
    await office.post("same", "UANA", kind=CHART, about_id=ana.id)

    async with office.open():
        await office.settled()
    await office.post("later", "UBEN", kind=CHART, about_id=ana.id)
    async with office.open():
        await office.settled()

    assert [picture_in(office, place)[0] for place in (MATH, "UANA", "UBEN")] == [PNG] * 3
    assert len(office.calls(PLACE)) == 1


async def test_two_replicas_show_the_same_picture_at_the_same_moment(office, database_url, ana):
    places = [MATH, "UANA", "UBEN", "UCHRIS", "UDANA"]
    office.slack.faults.slow(PLACE, seconds=0.1, times=9)
    for place in places:
        await office.post(f"to {place}", place, kind=CHART, about_id=ana.id)

    async with office.open(4):
        await office.settled()

    assert [picture_in(office, place)[0] for place in places] == [PNG] * len(places)
    async with office.db() as session:
        stored = await StoredPicture.find(session, a_picture("0").fingerprint)
    assert stored.file_id in office.slack.files


async def test_a_card_that_changes_shows_another_picture(office, ana, chart):
    async with office.open():
        await office.settled()
        office.clock.move(timedelta(seconds=10))
        await office.name(ana, "1")
        await office.settled()

    assert message_in(office)["text"] == "chart: 1"
    assert picture_in(office) == (PNG, "A chart of 1")


async def test_a_picture_that_was_deleted_in_slack_is_sent_up_again(office, ana, chart):
    async with office.open():
        await office.settled()
        [first] = office.slack.files.values()
        first.is_deleted = True
        await office.post("later", "UBEN", kind=CHART, about_id=ana.id)
        await office.settled()

    assert picture_in(office, "UBEN") == (PNG, "A chart of 0")
    assert len(office.calls(PLACE)) == 2


FAULTS = {
    f"{what} ({method})": (method, befall)
    for method in (PLACE, FINISH, ASK)
    for what, befall in {
        "too many calls": lambda faults, method: faults.next(method, 429),
        "an error": lambda faults, method: faults.next(method, 503),
        "an error of Slack's own": lambda faults, method: faults.fail(method, "internal_error"),
        "a line cut before": lambda faults, method: faults.cut(method, when="before"),
        "a line cut after": lambda faults, method: faults.cut(method, when="after"),
        "no scope": lambda faults, method: faults.fail(method, "missing_scope"),
        "a token that does not count for a while": lambda faults, method: faults.fail(
            method, "token_expired"
        ),
    }.items()
}


@ON_SQLITE
@pytest.mark.parametrize("fault", FAULTS)
async def test_a_picture_is_there_in_the_end_and_its_message_is_said_once_in_spite_of(
    office, chart, fault
):
    method, befall = FAULTS[fault]
    befall(office.slack.faults, method)

    async with office.open():
        await time_passes(office)

    assert picture_in(office) == (PNG, "A chart of 0")
    assert len(office.calls(SAY)) == 1


NO_FILES = {
    "without the scope": lambda faults: faults.fail(PLACE, "missing_scope", times=99),
    "without the method": lambda faults: faults.fail(PLACE, "unknown_method", times=99),
    "where the address leads nowhere": lambda faults: faults.next(PLACE, 404, times=99),
    "where no place is given": lambda faults: faults.next(PLACE, 200, body={"ok": True}, times=99),
    "where pictures are not finished": lambda faults: faults.fail(FINISH, "not_allowed", times=99),
}


@ON_SQLITE
@pytest.mark.parametrize("where", NO_FILES)
async def test_the_words_are_said_at_once_and_nobody_is_troubled(office, chart, where):
    NO_FILES[where](office.slack.faults)
    await office.member("UDANA", is_lead=True)

    async with office.open():
        await until(lambda: office.said() == ["chart: 0"], seconds=3)
        await time_passes(office, times=12)

    assert picture_in(office) is None
    assert (await office.states(), office.said("UDANA")) == ({"chart": "said"}, [])
    # It is tried again, but not for ever.
    assert 1 < len(office.calls(PLACE)) <= 1 + len(AGAIN_AFTER)


@ON_SQLITE
async def test_after_a_refusal_nothing_is_painted_for_a_while(office, ana, chart):
    office.slack.faults.fail(PLACE, "missing_scope")
    async with office.open():
        await until(lambda: office.said())
        for number in range(5):
            await office.post(f"{number}", "UANA", kind=CHART, about_id=ana.id)
            await office.settled()
        assert len(office.calls(PLACE)) == 1

        office.clock.move(RESTS_FOR)
        await office.post("later", "UBEN", kind=CHART, about_id=ana.id)
        await office.settled()

    assert picture_in(office, "UBEN") == (PNG, "A chart of 0")


@ON_SQLITE
async def test_a_slack_that_tells_nothing_of_files_shows_the_picture_all_the_same(office, chart):
    office.slack.faults.fail(ASK, "unknown_method", times=99)

    async with office.open():
        await office.settled()

    assert picture_in(office) == (PNG, "A chart of 0")


@ON_SQLITE
async def test_a_message_waits_until_slack_has_looked_through_its_picture(office, chart):
    office.slack.looks_through_files_for = timedelta(seconds=0.4)

    async with office.open():
        await office.settled(in_real_time=True)

    assert picture_in(office) == (PNG, "A chart of 0")
    assert office.refusals("invalid_blocks") == []
    assert (len(office.calls(SAY)), len(office.calls(REDRAW))) == (1, 0)


@ON_SQLITE
async def test_a_picture_that_slack_looks_at_for_long_is_shown_later(office, chart):
    office.slack.looks_through_files_for = timedelta(minutes=2)

    async with office.open(timeout=1):
        await until(lambda: office.said() == ["chart: 0"], seconds=3)
        assert picture_in(office) is None
        await time_passes(office)

    assert picture_in(office) == (PNG, "A chart of 0")
    assert (len(office.calls(PLACE)), len(office.calls(SAY))) == (1, 1)


@ON_SQLITE
@pytest.mark.parametrize("method", [SAY, REDRAW])
async def test_a_message_whose_picture_slack_refuses_is_shown_without_it_for_a_minute(
    office, ana, chart, method
):
    async with office.open():
        if method == REDRAW:
            await office.settled()
            office.clock.move(timedelta(seconds=10))
            await office.name(ana, "1")
        office.slack.faults.fail(method, "invalid_blocks")
        await office.settled()
        assert picture_in(office) is None

        office.clock.move(AGAIN_AFTER[0])
        await office.settled()

    number = 1 if method == REDRAW else 0
    assert picture_in(office) == (PNG, f"A chart of {number}")
    assert (await office.row("chart")).error is None


@ON_SQLITE
async def test_a_message_that_slack_refuses_anyway_is_told_to_a_lead(office, chart):
    await office.member("UDANA", is_lead=True)
    office.slack.faults.fail(SAY, "invalid_blocks", times=2, channel=MATH)

    async with office.open():
        await office.settled()

    assert (await office.row("chart")).error == "invalid_blocks"
    assert len(office.said("UDANA")) == 1


async def test_a_change_while_the_picture_is_on_its_way_is_said_at_once(office, ana, chart):
    office.slack.faults.slow(PLACE, seconds=0.3)
    async with office.open():
        await until(lambda: office.slack.api_calls_in_flight)
        await office.name(ana, "1")
        await office.settled()

    assert [call.args["text"] for call in office.calls(SAY)] == ["chart: 1"]
    assert picture_in(office) == (PNG, "A chart of 1")


async def test_a_change_does_not_wait_for_the_next_attempt_at_a_missing_picture(office, ana, chart):
    office.slack.faults.fail(PLACE, "missing_scope", times=99)
    async with office.open():
        await office.settled()
        office.clock.move(timedelta(seconds=10))
        await office.name(ana, "1")
        await until(lambda: office.said() == ["chart: 1"], seconds=3)


@ON_SQLITE
async def test_a_chart_that_cannot_be_painted_leaves_the_words(office, ana, caplog):
    def paint():
        raise ArithmeticError("no such colour")

    await office.post("chart", kind="broken", about_id=ana.id)
    async with office.open(kinds=KINDS | {"broken": painted_by(paint)}):
        await time_passes(office)

    assert office.said() == ["chart: 0"]
    assert "Could not bring chart.png to Slack" in caplog.text


def painted_by(paint, *, is_always_new=False):
    """Return a kind of post with a picture that is painted so."""

    async def draw(session, post, now):
        card = await draw_card(session, post, now)
        shows = post.key if is_always_new else "the same"
        return replace(card, picture=a_picture(shows, paint=paint))

    return PostKind(draw)


@ON_SQLITE
async def test_pictures_are_painted_one_at_a_time_and_leave_the_loop_alone(office, ana):
    at_once, threads, most = [], set(), []

    def paint():
        threads.add(threading.current_thread())
        at_once.append(1)
        most.append(len(at_once))
        time.sleep(0.03)
        at_once.pop()
        return PNG

    people = [office.slack.add_user(f"teacher{number}").id for number in range(8)]
    for person in people:
        await office.post(f"to {person}", person, kind="slow", about_id=ana.id)
    async with office.open(kinds=KINDS | {"slow": painted_by(paint, is_always_new=True)}):
        await office.settled(in_real_time=True)

    assert (len(most), max(most), len(threads)) == (8, 1, 1)
    assert threading.main_thread() not in threads
    assert all(picture_in(office, person) for person in people)


@ON_SQLITE
async def test_a_flood_of_charts_is_said_without_them(office, ana):
    go_on = threading.Event()

    def paint():
        go_on.wait(20)
        return PNG

    count = UNDER_WAY_AT_MOST + 10
    people = [office.slack.add_user(f"teacher{number}").id for number in range(count)]
    async with office.db.begin() as session:
        for person in people:
            await Post.add(
                session, person, person, kind="slow", about_id=ana.id, due_at=office.clock()
            )
    async with office.open(
        timeout=1, kinds=KINDS | {"slow": painted_by(paint, is_always_new=True)}
    ):
        try:
            await until(lambda: all(office.said(person) for person in people))
        finally:
            go_on.set()

    assert len(office.calls(SAY)) == count


async def test_a_bot_that_stops_says_what_waits_for_its_picture(office, chart):
    office.slack.faults.slow(PLACE, seconds=5, when="before")
    async with office.open():
        await until(lambda: office.slack.api_calls_in_flight)

    assert office.said() == ["chart: 0"]
    office.clock.move(AGAIN_AFTER[0])
    async with office.open():
        await office.settled()
    assert picture_in(office) == (PNG, "A chart of 0")


# All steps of saying a post with a picture, in their order.
SHOWING = {
    "claimed": "claimed",
    "drawn, nothing is painted": "drawn",
    "painted, nothing is asked": "painted",
    "a place is given, nothing is sent": "has a place",
    "the picture is in Slack, nobody remembers": "uploaded",
    "remembered, not committed": "commit 2",
    "remembered, nothing is said": "remembered",
    "Slack has answered, nothing is written": "sent chart",
    "the outcome is written, not committed": "commit 3",
    "said and marked": "marked",
}


@pytest.mark.parametrize("step", SHOWING)
async def test_killed_while_showing_a_picture(office, database_url, chart, step):
    assert await end(start(Place.of(office, database_url), SHOWING[step]))

    office.clock.move(2 * CLAIM_LASTS)
    async with office.open(2):
        await office.settled()

    assert picture_in(office) == (PNG, "A chart of 0")
    assert len(office.calls(SAY)) == 1
    assert len(office.calls(PLACE)) <= 2


@pytest.mark.parametrize(
    "step", ["drawn", "painted", "uploaded", "remembered", "redrawn", "marked"]
)
async def test_killed_while_showing_another_picture(office, database_url, ana, chart, step):
    async with office.open():
        await office.settled()
    office.clock.move(timedelta(seconds=10))
    await office.name(ana, "1")

    assert await end(start(Place.of(office, database_url), step))
    office.clock.move(2 * CLAIM_LASTS)
    async with office.open(2):
        await office.settled()

    assert picture_in(office) == (PNG, "A chart of 1")
    assert office.said() == ["chart: 1"]
