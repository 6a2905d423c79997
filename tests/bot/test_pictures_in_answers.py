"""A private answer has its picture where Slack can show it, and is complete without it."""

import threading
from datetime import timedelta

import pytest
from slack_bolt.async_app import AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import SectionBlock

from bot.delivery import Delivery
from bot.pictures import Studio, WorkspacePictures
from bot.slack import handlers_client, postmans_client
from handlers.blocks.message import Message
from handlers.request import Reply
from tests.bot.posting import MATH, PNG, a_picture
from tests.world import WORKSPACE

PLACE, FINISH, ASK = "files.getUploadURLExternal", "files.completeUploadExternal", "files.info"
WHISPER, WRITE, RESPOND = "chat.postEphemeral", "chat.postMessage", "@respond"
# How long an answer waits for its picture: in the stories in which it comes, and where it does not.
PATIENT, SHORT = 30, 0.3  # seconds
WORDS = "Four points so far: too early to say."

# How an answer reaches somebody does not depend on the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def studio(slack, database, clock, aiohttp_session):
    client = postmans_client(slack.bot_token, slack.api_url, aiohttp_session)
    studio = Studio(database, Delivery(client), clock)
    yield studio
    await studio.stop()


@pytest.fixture
def answer(slack, studio, aiohttp_session):
    """Answers Ana with a chart. She has typed a command somewhere, or pressed a button there."""

    async def answers(picture=None, *, place_id=MATH, by_url=True, within=PATIENT, **how):
        body = {"user_id": "UANA", "channel_id": place_id} if place_id else {"user_id": "UANA"}
        ticket = slack.tickets.response_url(place_id, "UANA", how.pop("pressed", None))
        respond = AsyncRespond(
            response_url=f"{slack.base_url}response/{ticket}" if by_url else None
        )
        client = handlers_client(slack.bot_token, slack.api_url, aiohttp_session)
        message = Message(WORDS, [SectionBlock(text=WORDS)], picture=picture or a_picture("lines"))
        pictures = WorkspacePictures(studio, WORKSPACE, within=within)
        await Reply(body, client, respond, "UANA", pictures)(message, **how)

    return answers


def seen_by_ana(slack, channel_id=MATH):
    """Return what Ana alone was told there: the words, and the bytes of pictures."""
    channel = slack.channels[channel_id]
    own = [one for one in channel.ephemerals if one["user"] == "UANA"]
    return [_seen(slack, one) for one in own]


def letters_to_ana(slack):
    return [_seen(slack, one) for one in slack.direct_message("UANA").messages]


def _seen(slack, message):
    shown = [block["slack_file"]["id"] for block in message["blocks"] if block["type"] == "image"]
    return message["text"], *(slack.files[file_id].content for file_id in shown)


async def test_an_answer_to_a_command_has_its_picture(slack, answer):
    await answer()

    assert seen_by_ana(slack) == [(WORDS, PNG)]


async def test_an_answer_in_a_channel_without_an_address_has_its_picture(slack, answer):
    await answer(by_url=False)

    assert seen_by_ana(slack) == [(WORDS, PNG)]


async def test_an_answer_from_nowhere_is_a_letter_with_its_picture(slack, answer):
    await answer(place_id=None, by_url=False)

    assert letters_to_ana(slack) == [(WORDS, PNG)]


async def test_an_answer_that_takes_the_place_of_another_has_its_picture(slack, answer):
    await answer()
    [first] = slack.channels[MATH].ephemerals

    await answer(a_picture("dots"), pressed=first, replace=True)

    assert seen_by_ana(slack) == [(WORDS, PNG)]
    assert slack.channels[MATH].ephemerals[0]["blocks"][1]["alt_text"] == "A chart of dots"


async def test_the_same_chart_shown_twice_is_painted_once(slack, answer):
    for _ in range(3):
        await answer()

    assert seen_by_ana(slack) == [(WORDS, PNG)] * 3
    assert len(slack.files) == 1


FAULTS = {
    "no scope for files": lambda slack: slack.faults.fail(PLACE, "missing_scope"),
    "an error": lambda slack: slack.faults.next(PLACE, 500, times=9),
    "a file that is not finished": lambda slack: slack.faults.cut(FINISH, times=9),
    "a place that comes late": lambda slack: slack.faults.slow(PLACE, seconds=3),
    "a look that takes long": lambda slack: setattr(
        slack, "looks_through_files_for", timedelta(minutes=1)
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_the_words_do_not_wait_for(slack, answer, fault):
    FAULTS[fault](slack)

    await answer(within=SHORT)

    assert seen_by_ana(slack) == [(WORDS,)]


async def test_the_words_do_not_wait_for_a_chart_that_takes_long_to_paint(slack, answer):
    go_on = threading.Event()

    def paint():
        go_on.wait(10)
        return PNG

    await answer(a_picture("slow", paint=paint), within=SHORT)
    assert seen_by_ana(slack) == [(WORDS,)]
    go_on.set()

    # It went on by itself and is there when she asks again.
    await answer(a_picture("slow", paint=paint), by_url=False)
    assert seen_by_ana(slack)[-1] == (WORDS, PNG)
    assert len(slack.files) == 1


async def test_an_answer_whose_picture_slack_refuses_is_said_without_it_and_then_again(
    slack, answer
):
    slack.faults.fail(WHISPER, "invalid_blocks")
    slack.faults.fail(WRITE, "invalid_blocks")

    await answer(by_url=False)
    await answer(by_url=False)

    assert seen_by_ana(slack) == [(WORDS,), (WORDS, PNG)]
    assert len(slack.files) == 2


async def test_a_picture_deleted_at_that_very_moment_leaves_the_words(slack, answer):
    await answer()
    [upload] = slack.files.values()
    # Slack still says that it has the file, and refuses the message with it.
    slack.faults.next(ASK, 200, body={"ok": True, "file": upload.as_slack(slack)})
    upload.is_deleted = True

    await answer()

    assert seen_by_ana(slack)[1] == (WORDS,)


async def test_an_answer_that_slack_refuses_for_another_reason_is_not_said_twice(slack, answer):
    slack.faults.fail(WHISPER, "user_not_in_channel")
    slack.faults.fail(WRITE, "fatal_error")

    with pytest.raises(SlackApiError, match="fatal_error"):
        await answer(by_url=False)

    assert (seen_by_ana(slack), letters_to_ana(slack)) == ([], [])
