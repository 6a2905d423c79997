"""Bad days of Slack, on demand."""

import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from tests.bot.sandbox.conftest import error_of, until


async def test_an_overloaded_slack_says_when_to_come_back(slack, web, general):
    slack.faults.next("chat.postMessage", status=429, headers={"Retry-After": "7"}, times=2)

    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            await web.chat_postMessage(channel=general.id, text="hi")
        assert caught.value.response.headers["Retry-After"] == "7"
        assert caught.value.response["error"] == "ratelimited"

    await web.chat_postMessage(channel=general.id, text="hi")
    assert [call.method for call in slack.calls] == ["chat.postMessage"] * 3
    assert len(general.messages) == 1
    assert slack.complaints == []


async def test_a_broken_slack_takes_no_message(slack, session, general):
    slack.faults.next("*", status=503, body="upstream is down")

    async with session.post(f"{slack.api_url}chat.postMessage") as response:
        assert (response.status, await response.text()) == (503, "upstream is down")


async def test_a_call_can_fail_for_one_place_only(slack, web, general, staff):
    slack.faults.fail("chat.postMessage", "channel_not_found", channel=staff.id)

    await web.chat_postMessage(channel=general.id, text="hi")
    lost = web.chat_postMessage(channel=staff.id, text="hi")

    assert await error_of(lost) == "channel_not_found"
    assert slack.complaints == []
    await web.chat_postMessage(channel=staff.id, text="hi")


@pytest.mark.parametrize(("when", "stored"), [("before", 0), ("after", 1)])
async def test_a_line_is_cut_before_or_after_the_message_was_stored(
    slack, web, general, when, stored
):
    slack.faults.cut("chat.postMessage", when=when)

    with pytest.raises(aiohttp.ClientError):
        await web.chat_postMessage(channel=general.id, text="hi")

    assert len(general.messages) == stored
    assert len(slack.calls) == 1


@pytest.mark.parametrize(("when", "stored"), [("before", 0), ("after", 1)])
async def test_an_answer_comes_late(slack, web, general, when, stored):
    slack.faults.slow("chat.postMessage", seconds=0.2, when=when)

    call = asyncio.create_task(web.chat_postMessage(channel=general.id, text="hi"))
    await asyncio.sleep(0.1)

    assert len(general.messages) == stored
    await call
    assert len(general.messages) == 1


async def test_a_response_url_can_fail(slack, bot, general, ana):
    failures = []

    @bot.command("/problem")
    async def answer(ack, respond):
        await ack()
        failures.append((await respond("hi")).status_code)

    slack.faults.next("@respond", status=500)
    await ana.types(general, "/problem")
    await slack.settled()

    assert failures == [500]


async def test_a_bot_comes_back_after_its_sockets_were_torn(slack, heard, general, ana):
    first = slack.socket.connections[0]

    slack.faults.drop_sockets()
    await until(lambda: slack.socket.connections and first not in slack.socket.connections)

    assert (await ana.types(general, "still there?")).acked
    assert len(heard) == 1


async def test_a_frozen_socket_is_open_but_dead(slack, session, web, general, ana):
    slack.socket.ack_seconds = 0.05
    address = (await web.apps_connections_open(app_token=slack.app_token))["url"]
    async with session.ws_connect(address, autoping=False) as socket:
        await socket.receive_json()
        slack.faults.freeze_sockets(seconds=0.3)
        await socket.ping()

        reply = await ana.types(general, "/problem")

        assert reply.error == "operation_timeout"
        with pytest.raises(TimeoutError):
            await socket.receive(timeout=0.1)
        await asyncio.sleep(0.2)
        await socket.ping()
        assert (await socket.receive(timeout=1)).type == aiohttp.WSMsgType.PONG


async def test_an_envelope_comes_twice(slack, bot, heard, general, ana):
    slack.faults.repeat_envelopes(1)
    requests = []

    @bot.middleware
    async def listen(request, next_):
        requests.append(request.headers.get("x-slack-retry-num"))
        await next_()

    await ana.types(general, "one")
    await slack.settled()
    await ana.types(general, "two")

    assert [body["event"]["text"] for body in heard] == ["one", "one", "two"]
    assert heard[0]["event_id"] == heard[1]["event_id"]
    assert requests == [["0"], ["1"], ["0"]]


async def test_planned_faults_can_be_forgotten(slack, web, general):
    slack.faults.next("chat.postMessage", times=100)

    slack.faults.clear()

    await web.chat_postMessage(channel=general.id, text="hi")
