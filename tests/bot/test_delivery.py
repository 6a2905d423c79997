"""A message reaches Slack once, can be found again, and every answer is understood."""

from time import monotonic

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.delivery import Delivery
from bot.outcomes import Gone, Later, Refused, Said, Unclear, outcome_of
from bot.sandbox import messages
from tests.bot.posting import LOUNGE, MATH, a_post, slack_client
from tests.examples import NOW

CONTENT = {"text": "hello", "blocks": []}


# What follows does not ask a database anything.
@pytest.fixture
def delivery(slack, aiohttp_session):
    return Delivery(slack_client(slack.api_url, slack.bot_token, aiohttp_session))


async def test_a_message_carries_the_key_of_its_post(slack, delivery):
    said = await delivery.say(a_post("p:1"), CONTENT, None)

    [message] = slack.channels[MATH].messages
    assert said == Said(MATH, message["ts"])
    assert message["metadata"]["event_payload"] == {"key": "p:1"}


async def test_a_letter_stands_in_the_direct_message(slack, delivery):
    said = await delivery.say(a_post("p:1", "UANA"), CONTENT, None)

    assert said == Said(slack.direct_message("UANA").id, said.ts)


@pytest.mark.parametrize("place_id", [MATH, "UANA"])
async def test_a_message_is_found_behind_hundreds_of_others(slack, delivery, place_id):
    post = a_post("p:1", place_id, maybe_said_since=slack.clock())
    said = await delivery.say(post, CONTENT, None)
    channel = slack.channels[said.channel_id]
    for number in range(450):
        messages.post(slack, channel, messages.posted_by_bot(slack, channel, str(number)))

    assert await delivery.look_for(post, None) == said
    pages = [call for call in slack.calls if call.method == "conversations.history"]
    assert len(pages) == 3


async def test_a_members_file_with_the_same_number_is_not_taken_for_a_message(slack, delivery):
    post = a_post("p:1", MATH, id=12, maybe_said_since=slack.clock())
    channel = slack.channels[MATH]
    worksheet = messages.posted_by_bot(slack, channel, "", files=[{"name": "worksheet-12.pdf"}])
    messages.post(slack, channel, worksheet)

    assert await delivery.look_for(post, None) is None
    assert await delivery.look_for(post, None, is_file=True) is not None


async def test_a_reply_is_found_in_its_thread(slack, delivery):
    head = await delivery.say(a_post("head", "UANA"), CONTENT, None)
    post = a_post("reply", "UANA", maybe_said_since=slack.clock())
    slack.channels[head.channel_id].bot_posted_at = None
    said = await delivery.say(post, CONTENT, head.ts)

    assert await delivery.look_for(post, (head.channel_id, head.ts)) == said
    assert await delivery.look_for(post, None) is None


async def test_what_was_never_said_is_not_found(slack, delivery):
    post = a_post("p:1", maybe_said_since=slack.clock())
    await delivery.say(a_post("p:10"), CONTENT, None)
    channel = slack.channels[MATH]
    for metadata in (None, {"event_type": "other", "event_payload": {"key": "p:1"}}):
        forged = messages.posted_by_bot(slack, channel, "p:1", metadata=metadata)
        messages.post(slack, channel, forged)

    assert await delivery.look_for(post, None) is None


async def test_where_we_may_not_look_nothing_is_found_and_the_log_says_so(slack, delivery, caplog):
    post = a_post("p:1", LOUNGE, maybe_said_since=NOW)

    assert await delivery.look_for(post, None) is None
    assert "Cannot look for p:1 in CSTAFFLOUNGE" in caplog.text


@pytest.mark.parametrize(("status", "outcome"), [(429, Later(1.0)), (503, Unclear("503"))])
async def test_looking_in_vain_is_not_finding_nothing(slack, delivery, status, outcome):
    slack.faults.next("conversations.history", status)

    assert await delivery.look_for(a_post("p:1", maybe_said_since=NOW), None) == outcome


async def test_a_time_out_counts_although_the_connections_are_shared(slack, aiohttp_session):
    client = slack_client(slack.api_url, slack.bot_token, aiohttp_session, timeout=0.3)
    delivery = Delivery(client)
    slack.faults.slow("chat.postMessage", seconds=2)
    began = monotonic()

    assert await delivery.say(a_post("p:1"), CONTENT, None) == Unclear("TimeoutError")
    assert monotonic() - began < 1.5


async def test_a_card_is_replaced_in_place_and_keeps_its_key(slack, delivery):
    post = a_post("p:1")
    said = await delivery.say(post, CONTENT, None)
    post.channel_id, post.ts = said.channel_id, said.ts

    assert await delivery.redraw(post, {"text": "changed", "blocks": []}) == said
    [message] = slack.channels[MATH].messages
    assert message["text"] == "changed"
    assert message["metadata"]["event_payload"] == {"key": "p:1"}


def answered(error="", status=200, headers=None, data=None):
    """Return the error slack_sdk raises for such an answer."""
    body = {"ok": False, "error": error} if data is None else data
    response = AsyncSlackResponse(
        client=None,
        http_verb="POST",
        api_url="",
        req_args={},
        data=body,
        headers=headers or {},
        status_code=status,
    )
    return SlackApiError("no", response)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (answered("ratelimited", 429, {"Retry-After": "30"}), Later(30)),
        (answered("ratelimited", 429, {"retry-after": "7"}), Later(7)),
        (answered("ratelimited", 429, {"Retry-After": "Tue, 17 Nov 2026 16:00:00 GMT"}), Later(5)),
        (answered("message_limit_exceeded"), Later(5)),
        (answered("invalid_auth"), Later(30, everywhere=True)),
        (answered("token_revoked"), Later(30, everywhere=True)),
        (answered("internal_error"), Unclear("internal_error")),
        (answered("channel_not_found", 503), Unclear("channel_not_found")),
        (answered(status=500, data="oops"), Unclear("500")),
        (answered(status=404, data="<html>"), Unclear("404")),
        (answered(status=200, data={}), Unclear("200")),
        (answered("message_not_found"), Gone("message_not_found")),
        (answered("cannot_reply_to_message"), Gone("cannot_reply_to_message")),
        (answered("account_inactive"), Refused("account_inactive")),
        (answered("never_heard_of"), Refused("never_heard_of")),
        (aiohttp.ServerDisconnectedError(), Unclear("ServerDisconnectedError")),
        (TimeoutError(), Unclear("TimeoutError")),
        (ConnectionResetError(), Unclear("ConnectionResetError")),
        (KeyError("ts"), Unclear("KeyError")),
    ],
    ids=str,
)
def test_every_answer_means_something(error, outcome):
    assert outcome_of(error) == outcome
