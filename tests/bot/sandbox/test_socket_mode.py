"""The socket: who is let in, what an envelope is, and what happens when nobody answers."""

import asyncio

import pytest
from aiohttp import WSMsgType

from tests.bot.sandbox.conftest import error_of, until


@pytest.fixture
async def address(slack, session):
    """Where a bot may connect, once."""
    key = {"Authorization": f"Bearer {slack.app_token}"}
    async with session.post(f"{slack.api_url}apps.connections.open", headers=key) as response:
        return (await response.json())["url"]


@pytest.fixture
async def socket(session, address):
    """A connection without Bolt, which answers only what the test answers."""
    async with session.ws_connect(address) as socket:
        hello = await socket.receive_json()
        assert hello["type"] == "hello"
        yield socket


async def test_an_address_is_good_for_one_connection(session, address):
    async with session.ws_connect(address), session.get(address) as second:
        assert second.status == 408


async def test_a_command_is_an_envelope_that_may_be_answered(slack, socket, general, ana):
    typing = asyncio.create_task(ana.types(general, "/problem  too   loud "))
    envelope = await socket.receive_json()
    await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "noted"}})
    reply = await typing

    assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
    payload = envelope["payload"]
    assert (payload["command"], payload["text"]) == ("/problem", "too   loud")
    assert (payload["user_id"], payload["channel_id"]) == (ana.id, general.id)
    assert payload["response_url"].startswith(slack.base_url)
    assert (reply.acked, reply.payload) == (True, {"text": "noted"})
    assert [message["text"] for message in ana.sees(general)] == ["noted"]


async def test_who_does_not_answer_in_time_leaves_an_error(slack, socket, general, ana):
    slack.socket.ack_seconds = 0.05

    reply = await ana.types(general, "/problem")

    assert (reply.acked, reply.error) == (False, "operation_timeout")


async def test_without_a_connection_a_command_fails_at_once(general, ana):
    reply = await ana.types(general, "/problem")

    assert (reply.acked, reply.error) == (False, "dispatch_failed")


async def test_an_event_is_told_again_until_it_is_heard(slack, socket, general, ana):
    slack.socket.ack_seconds, slack.retry_delays = 0.05, (0.0, 0.05, 0.05)

    await ana.types(general, "hello")
    heard = [await socket.receive_json() for _ in range(3)]
    await socket.send_json({"envelope_id": heard[-1]["envelope_id"]})
    await asyncio.sleep(0.2)

    assert [envelope["retry_attempt"] for envelope in heard] == [0, 1, 2]
    assert [envelope["retry_reason"] for envelope in heard] == ["", "timeout", "timeout"]
    assert len({envelope["payload"]["event_id"] for envelope in heard}) == 1
    assert len({envelope["envelope_id"] for envelope in heard}) == 3
    with pytest.raises(TimeoutError):
        await socket.receive(timeout=0.1)


async def test_a_payload_where_none_belongs_is_complained_about(slack, socket, general, ana):
    typing = asyncio.create_task(ana.types(general, "hello"))
    envelope = await socket.receive_json()
    await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "hi"}})
    await typing

    assert [complaint.error for complaint in slack.complaints] == ["unexpected_payload"]


async def test_each_envelope_goes_to_one_connection(slack, bot, socket, general, ana):
    heard = []

    @bot.event("message")
    async def listen(event):
        heard.append(event["text"])

    async def answer():
        async for message in socket:
            envelope = message.json()
            heard.append(envelope["payload"]["event"]["text"])
            await socket.send_json({"envelope_id": envelope["envelope_id"]})

    answering = asyncio.create_task(answer())
    for number in range(4):
        await ana.types(general, str(number))
    await slack.settled()
    answering.cancel()

    assert sorted(heard) == ["0", "1", "2", "3"]


async def test_an_eleventh_connection_is_turned_away(slack, web, session):
    sockets = []
    for _ in range(11):
        address = (await web.apps_connections_open(app_token=slack.app_token))["url"]
        sockets.append(await session.ws_connect(address))
    last = await sockets[-1].receive_json()

    assert (last["type"], last["reason"]) == ("disconnect", "too_many_websockets")
    for socket in sockets:
        await socket.close()


async def test_a_bot_comes_back_after_it_was_asked_to_reconnect(slack, heard, general, ana):
    first = slack.socket.connections[0]

    await slack.socket.disconnect()
    await until(lambda: slack.socket.connections and first not in slack.socket.connections)

    assert (await ana.types(general, "still there?")).acked
    assert len(heard) == 1


async def test_a_ping_is_answered(session, address):
    async with session.ws_connect(address, autoping=False) as socket:
        await socket.receive_json()

        await socket.ping(b"sdk-ping-pong:1")

        pong = await socket.receive(timeout=1)
        assert (pong.type, bytes(pong.data)) == (WSMsgType.PONG, b"sdk-ping-pong:1")


async def test_the_server_goes_without_waiting_for_a_bot_that_hangs(slack, session, address):
    socket = await session.ws_connect(address)
    loop = asyncio.get_running_loop()
    began = loop.time()

    await slack.stop()

    assert loop.time() - began < 3
    assert (await socket.receive()).type in (WSMsgType.TEXT, WSMsgType.CLOSE)
    await socket.close()


async def test_the_socket_needs_the_app_token(web):
    assert await error_of(web.api_call("apps.connections.open")) == "not_allowed_token_type"
