"""The connection to Slack: it comes back from anything, and no event is lost on the way."""

import asyncio
import re
from dataclasses import replace

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.sandbox.people import Person
from bot.slack import UnreachableError, handlers_client
from bot.socket_mode import Rhythm, Socket
from tests.bot.bad_places import a_silent_server, sends_bots_to
from tests.bot.patience import until

# As in production, but ten times as fast.
QUICK = Rhythm(
    ping=0.4, connects_within=1.5, pauses=(0.0, 0.02, 0.05), steady=0.2, lingers=0.8, farewell=0.3
)


@pytest.fixture
async def session():
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def app(slack, session):
    """A bot that does nothing yet; a test adds what it listens for."""

    async def authorize():
        return AuthorizeResult(
            enterprise_id=None,
            team_id=slack.team_id,
            bot_user_id=slack.bot_user_id,
            bot_token=slack.bot_token,
        )

    client = handlers_client(None, slack.api_url, session)
    app = AsyncApp(client=client, authorize=authorize, request_verification_enabled=False)

    @app.middleware
    async def prepare(context, body, next_):
        if "event" in body:
            context["done"] = asyncio.get_running_loop().create_future()
        await next_()

    return app


@pytest.fixture
async def socket(slack, app, session):
    socket = Socket(app, slack.app_token, session, QUICK)
    await socket.open(within=5)
    yield socket
    await socket.close()


@pytest.fixture
async def patient_socket(slack, app, session):
    """A connection that is not left before Slack ends it."""
    socket = Socket(app, slack.app_token, session, replace(QUICK, lingers=60))
    await socket.open(within=5)
    yield socket
    await socket.close()


@pytest.fixture
def ana(slack) -> Person:
    return slack.person("UANA")


@pytest.fixture
def heard(app):
    """What the bot was told by command, in order."""
    texts = []

    @app.command("/problem")
    async def listen(ack, body):
        await ack()
        texts.append(body["text"])

    return texts


@pytest.fixture
def line(slack, socket):
    """Slack's side of the first connection."""
    [connection] = slack.socket.connections
    return connection


async def is_replaced(slack, line):
    await until(lambda: slack.socket.connections and line not in slack.socket.connections)


async def test_a_bot_that_is_asked_to_reconnect_is_never_away(slack, patient_socket, heard, ana):
    await slack.socket.disconnect()
    replies = [await ana.types("math-circle", f"/problem {number}") for number in range(20)]

    assert all(reply.acked for reply in replies)
    assert len(heard) == 20
    await until(lambda: len(slack.socket.connections) == 2)


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "too_many_websockets"])
async def test_every_goodbye_is_followed_by_one_new_connection(
    slack, socket, line, heard, ana, reason
):
    await slack.socket.disconnect(reason)
    await is_replaced(slack, line)

    assert (await ana.types("math-circle", "/problem")).acked
    assert len(slack.socket.connections) == 1
    assert socket.is_alive


async def test_what_is_under_way_is_answered_over_the_old_connection(slack, socket, app, ana):
    @app.command("/problem")
    async def take_your_time(ack):
        await asyncio.sleep(0.2)
        await ack("done")

    asking = asyncio.create_task(ana.types("math-circle", "/problem"))
    await until(lambda: slack.socket.in_flight)
    await slack.socket.disconnect()

    assert (await asking).payload == {"text": "done"}


async def test_torn_sockets_come_back(slack, socket, line, heard, ana):
    slack.faults.drop_sockets()
    await is_replaced(slack, line)

    assert (await ana.types("math-circle", "/problem")).acked


async def test_a_frozen_connection_is_noticed_and_replaced(slack, socket, line, heard, ana):
    slack.faults.freeze_sockets(seconds=30)
    await is_replaced_by_another(slack, line)

    assert (await until_acked(ana)).acked


def test_a_frozen_connection_is_noticed_within_fifteen_seconds():
    rhythm = Rhythm()

    assert rhythm.ping * 1.5 + rhythm.connects_within < 15


async def is_replaced_by_another(slack, line):
    """Wait for a second connection; a frozen one does not hear that it was left."""
    await until(lambda: any(one is not line for one in slack.socket.connections))


async def until_acked(person):
    """Ask again until Slack no longer sends it over the frozen connection."""
    person.slack.socket.ack_seconds = 0.3
    while not (reply := await person.types("math-circle", "/problem")).acked:
        pass
    return reply


@pytest.mark.parametrize("failure", ["internal_error", "ratelimited", "invalid_auth"])
async def test_a_refusal_to_reconnect_is_not_the_end(
    slack, socket, line, heard, ana, failure, caplog
):
    slack.faults.fail("apps.connections.open", failure, times=4)
    slack.faults.next("apps.connections.open", status=503, body="upstream is down")

    slack.faults.drop_sockets()
    await is_replaced(slack, line)

    assert (await ana.types("math-circle", "/problem")).acked
    assert "No connection to Slack" in caplog.text


async def test_a_connection_that_does_not_open_is_given_up_for_another(
    slack, socket, line, heard, ana
):
    async with a_silent_server() as silent:
        sends_bots_to(slack, silent, times=1)

        slack.faults.drop_sockets()
        await is_replaced(slack, line)

    assert (await ana.types("math-circle", "/problem")).acked


async def test_each_attempt_has_a_ticket_of_its_own(slack, socket, line):
    sends_bots_to(slack, slack.base_url.removeprefix("http://").rstrip("/"), times=2)

    slack.faults.drop_sockets()
    await is_replaced(slack, line)

    asked = [call for call in slack.calls if call.method == "apps.connections.open"]
    assert len(asked) == 4


async def test_a_socket_that_never_opens_is_unreachable(slack, app, session):
    async with a_silent_server() as silent:
        sends_bots_to(slack, silent)
        socket = Socket(app, slack.app_token, session, QUICK)

        with pytest.raises(UnreachableError, match="does not answer"):
            await socket.open(within=0.7)

    await socket.close()


async def test_an_event_is_acknowledged_when_its_work_is_done(slack, socket, app, ana):
    may_finish = asyncio.Event()

    @app.event("message")
    async def listen(context):
        await may_finish.wait()
        context["done"].set_result(True)

    telling = asyncio.create_task(ana.types("math-circle", "hello"))
    await asyncio.sleep(0.2)
    was_acked = telling.done()
    may_finish.set()

    assert not was_acked
    assert (await telling).acked


async def test_an_event_that_is_repeated_meanwhile_is_worked_on_once(slack, socket, app, ana):
    slack.socket.ack_seconds, slack.retry_delays = 0.1, (0.0, 0.0, 0.0)
    begun, may_finish = [], asyncio.Event()

    @app.event("message")
    async def listen(body, context):
        begun.append(body["event_id"])
        await may_finish.wait()
        context["done"].set_result(True)

    first = await ana.types("math-circle", "hello")
    await asyncio.sleep(0.15)
    may_finish.set()
    await slack.settled()

    assert not first.acked
    assert len(begun) == 1


async def test_an_event_that_met_a_fault_of_ours_is_sent_again(slack, socket, app, ana):
    slack.socket.ack_seconds, slack.retry_delays = 0.2, (0.0, 0.0, 0.0)
    outcomes = iter([False, True])

    @app.event("message")
    async def listen(context):
        context["done"].set_result(next(outcomes))

    first = await ana.types("math-circle", "hello")
    await slack.settled()

    assert not first.acked
    assert list(outcomes) == []


async def test_an_event_nobody_listens_for_is_acknowledged(slack, socket, ana, caplog):
    reply = await ana.types("math-circle", "for your eyes only")

    assert reply.acked
    assert "Nobody listens for events_api event_callback message" in caplog.text


async def test_a_command_nobody_listens_for_tells_the_person(slack, socket, ana):
    slack.socket.ack_seconds = 0.2

    reply = await ana.types("math-circle", "/problem")

    assert not reply.acked


async def test_a_repeated_delivery_says_so(slack, socket, app, ana):
    seen = []

    @app.middleware
    async def look(request, next_):
        seen.append(request.headers.get("x-slack-retry-num"))
        await next_()

    @app.event(re.compile(".*"))
    async def listen(context):
        context["done"].set_result(True)

    slack.faults.repeat_envelopes(1)
    await ana.types("math-circle", "hello")
    await slack.settled()

    assert seen == [["0"], ["1"]]


async def test_who_listens_no_more_finishes_what_was_begun(slack, socket, app, ana):
    @app.command("/problem")
    async def take_your_time(ack):
        await asyncio.sleep(0.2)
        await ack()

    slack.socket.ack_seconds = 0.5
    asking = asyncio.create_task(ana.types("math-circle", "/problem first"))
    await until(lambda: slack.socket.in_flight)
    await asyncio.sleep(0.05)
    socket.hear_no_more()
    second = asyncio.create_task(ana.types("math-circle", "/problem second"))

    assert await socket.answered(within=1)
    assert (await asking).acked
    assert not (await second).acked


async def test_what_is_no_envelope_does_no_harm(slack, socket, line, heard, ana):
    for text in ("", "[]", "null", "{", '{"type": "hello"}', '{"type": "x", "envelope_id": "E1"}'):
        await line.socket.send_str(text)

    assert (await ana.types("math-circle", "/problem")).acked
