"""A file is shared once, in the thread it belongs to, or quietly not at all."""

from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import web

from models.members import Member
from models.posts import CLAIM_LASTS
from tests.bot.killed import Place, end, start
from tests.bot.patience import until
from tests.bot.posting import FILE, LETTER

PLACE, SHOW = "files.getUploadURLExternal", "files.completeUploadExternal"
SAY, LOOK = "chat.postMessage", "conversations.replies"
# What an answer means does not depend on the database.
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def posts(office):
    """A letter to Ana and the file in its thread."""
    await office.post("letter", "UANA")
    await office.post("file", "UANA", kind=FILE, thread_of="letter")


async def finish(office):
    """Let the postmen work until nothing waits for a later attempt."""
    for _ in range(8):
        await office.settled()
        if "due" not in (await office.states()).values():
            return
        office.clock.move(timedelta(minutes=1))


def files_in(office, member_id="UANA"):
    """Return the messages with a file that a member has from the bot."""
    return [one for one in office.slack.direct_message(member_id).messages if one.get("files")]


async def test_a_file_stands_in_the_thread_of_its_letter_with_its_words(office, posts):
    async with office.open():
        await office.settled()

    letter, message = office.slack.direct_message("UANA").messages
    assert (message["text"], message["thread_ts"]) == ("file", letter["ts"])
    [file] = message["files"]
    assert file["title"] == "The file"
    assert office.slack.files[file["id"]].content == b"Roses are red."


async def test_a_file_without_a_thread_stands_in_the_direct_message(office):
    post = await office.post("file", "UANA", kind=FILE)

    async with office.open():
        await office.settled()

    [message] = files_in(office)
    assert message["files"][0]["name"] == f"poem-{post.id}.txt"
    assert "thread_ts" not in message


async def test_the_file_of_a_letter_nobody_wants_is_left_out(office):
    await office.member("UANA", muted=["still_open"])
    await office.post("letter", "UANA", kind=LETTER)
    await office.post("file", "UANA", kind=FILE, thread_of="letter")

    async with office.open():
        await office.settled()

    assert await office.states() == {"letter": "dropped", "file": "dropped"}
    assert office.calls(PLACE) == []


FAULTS = {
    f"{what} ({method})": (method, befall)
    for method in (PLACE, SHOW)
    for what, befall in {
        "too many calls": lambda faults, method: faults.next(method, 429),
        "an error": lambda faults, method: faults.next(method, 503),
        "an error of Slack's own": lambda faults, method: faults.fail(method, "internal_error"),
        "a line cut before": lambda faults, method: faults.cut(method, when="before"),
        "a line cut after": lambda faults, method: faults.cut(method, when="after"),
        "trouble twice": lambda faults, method: faults.cut(method, when="after", times=2),
    }.items()
}


@ON_SQLITE
@pytest.mark.parametrize("fault", FAULTS)
async def test_a_file_is_shared_once_in_spite_of(office, posts, fault):
    method, befall = FAULTS[fault]
    befall(office.slack.faults, method)

    async with office.open():
        await finish(office)

    assert len(files_in(office)) == 1
    assert set((await office.states()).values()) == {"said"}


@asynccontextmanager
async def a_broken_store(office, status, headers=None):
    """Let the next file be sent to a place that answers so, or for status 0 hangs up."""

    async def refuse(request: web.Request) -> web.Response:
        if not status:
            request.transport.close()
        return web.Response(status=status or 200, headers=headers)

    application = web.Application()
    application.router.add_post("/store", refuse)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0]
    url = f"http://{host}:{port}/store"
    body = {"ok": True, "upload_url": url, "file_id": "F0NOWHERE"}
    office.slack.faults.next(PLACE, 200, body=body)
    try:
        yield
    finally:
        await runner.cleanup()


@ON_SQLITE
@pytest.mark.parametrize("status", [0, 404, 429, 500])
async def test_bytes_that_do_not_arrive_are_sent_again(office, posts, status):
    async with a_broken_store(office, status, {"Retry-After": "7"}), office.open():
        await finish(office)

    [message] = files_in(office)
    assert office.slack.files[message["files"][0]["id"]].content == b"Roses are red."
    assert len(office.calls(SHOW)) == 1


@ON_SQLITE
async def test_letters_behind_a_file_need_not_wait_for_it(office, posts):
    office.slack.faults.next(PLACE, 429, headers={"Retry-After": "600"})
    async with office.open():
        await until(lambda: office.calls(PLACE))
        await office.post("next letter", "UANA")
        await office.settled()
        assert office.said("UANA") == ["letter", "next letter"]

        office.clock.move(timedelta(seconds=601))
        await office.settled()

    assert office.said("UANA") == ["letter", "next letter", "file"]


NO_FILES = {
    "without the scope": lambda faults: faults.fail(PLACE, "missing_scope"),
    "without the method": lambda faults: faults.fail(PLACE, "unknown_method"),
    "where the address leads nowhere": lambda faults: faults.next(PLACE, 404, body="Not found"),
    "where no place is given": lambda faults: faults.next(PLACE, 200, body={"ok": True}),
    "where files are not allowed": lambda faults: faults.fail(SHOW, "posting_to_channel_denied"),
}


@ON_SQLITE
@pytest.mark.parametrize("where", NO_FILES)
async def test_nobody_is_troubled_for_a_file(office, posts, where):
    NO_FILES[where](office.slack.faults)
    await office.member("UDANA", is_lead=True)

    async with office.open():
        await finish(office)

    assert await office.states() == {"letter": "said", "file": "dropped"}
    assert (files_in(office), office.said("UDANA")) == ([], [])


# All steps of sharing a file, in their order; the letter it belongs to was said before.
SHARING = {
    "the claim is written, not committed": "commit 1",
    "claimed": "claimed",
    "drawn, nothing is asked": "drawn",
    "a place is given, nothing is sent": "has a place",
    "the bytes have arrived, nothing is shown": "stored",
    "Slack has answered, nothing is written": "sent",
    "the outcome is written, not committed": "commit 2",
    "shared and marked": "marked",
}


@pytest.mark.parametrize("step", SHARING)
async def test_killed_while_sharing(office, database_url, step):
    async with office.db.begin() as session:
        session.add(Member(member_id="UANA", muted=[]))
    await office.post("letter", "UANA")
    async with office.open():
        await office.settled()
    office.clock.move(2 * CLAIM_LASTS)
    await office.post("file", "UANA", kind=FILE, thread_of="letter")

    assert await end(start(Place.of(office, database_url), SHARING[step]))
    office.clock.move(2 * CLAIM_LASTS)
    async with office.open(2):
        await office.settled()

    assert len(files_in(office)) == 1
    assert office.said("UANA") == ["letter", "file"]


@ON_SQLITE
async def test_a_file_that_was_shared_is_found_and_stays_as_it_is(office, posts):
    office.slack.faults.cut(SHOW, when="after")

    async with office.open():
        await finish(office)
        office.clock.move(timedelta(minutes=1))
        await office.settled()

    assert (len(office.calls(PLACE)), len(office.calls(LOOK))) == (1, 1)
    assert office.calls("chat.update") == []


@ON_SQLITE
async def test_the_file_of_another_post_is_not_taken_for_it(office):
    await office.post("letter", "UANA")
    for number in range(12):
        await office.post(f"file {number}", "UANA", kind=FILE, thread_of="letter")
    office.slack.faults.cut(SHOW, when="before")

    async with office.open():
        await finish(office)

    assert len({message["text"] for message in files_in(office)}) == 12
    assert office.calls(SAY)[0].args["text"] == "letter"
