"""The ways to Slack: what is repeated, what a refusal means, and what is not Slack at all."""

import os

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from bot.config import Config
from bot.slack import (
    TokenRefusedError,
    UnreachableError,
    check_app_token,
    handlers_client,
    identify,
    leave_out_proxy,
    postmans_client,
)
from tests.bot.bad_places import a_server_that_says, a_silent_server
from tests.bot.process import NOBODY

CHANNEL = "CMATHCIRCLE"
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")


@pytest.fixture
async def session():
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def client(slack, session):
    """The client with which handlers answer members."""
    return handlers_client(slack.bot_token, slack.api_url, session)


def times_called(slack, method):
    return sum(call.method == method for call in slack.calls)


async def test_the_bot_learns_who_it_is(slack, client):
    identity = await identify(client, within=2)

    assert (identity.team_id, identity.bot_user_id) == (slack.team_id, slack.bot_user_id)
    assert identity.token == slack.bot_token


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("xoxb-wrong", "Copy it again"),
        ("xapp-1-local", "wrong kind"),
    ],
)
async def test_a_refused_bot_token_is_named_with_its_place(slack, session, token, words):
    client = handlers_client(token, slack.api_url, session)

    with pytest.raises(TokenRefusedError, match=words) as caught:
        await identify(client, within=2)

    assert "SLACK_BOT_TOKEN" in str(caught.value)
    assert token not in str(caught.value)
    slack.recording.complaints.clear()


async def test_a_refused_app_token_is_named_with_its_place(slack, client):
    with pytest.raises(TokenRefusedError, match=r"SLACK_APP_TOKEN.*App-Level Tokens"):
        await check_app_token(client, "xapp-wrong", within=2)

    slack.recording.complaints.clear()


async def test_an_uninstalled_app_is_told_so(slack, client):
    slack.is_uninstalled = True

    with pytest.raises(TokenRefusedError, match="token_revoked"):
        await identify(client, within=2)

    slack.recording.complaints.clear()


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_slack_that_is_not_well_is_asked_again(slack, client, status):
    slack.faults.next("auth.test", status=status, headers={"Retry-After": "0"}, times=2)

    assert await identify(client, within=5)


async def test_a_slack_that_stays_unwell_is_unreachable(slack, client):
    slack.faults.next("auth.test", status=503, body="upstream is down", times=99)

    with pytest.raises(UnreachableError, match="503"):
        await identify(client, within=2.5)


async def test_nobody_at_the_address_is_unreachable(session):
    client = handlers_client("xoxb-1", f"http://{NOBODY}/api/", session)

    with pytest.raises(UnreachableError, match="SLACK_API_URL"):
        await identify(client, within=0.5)


async def test_silence_is_unreachable_in_time(session):
    async with a_silent_server() as silent:
        client = handlers_client("xoxb-1", f"http://{silent}/api/", session)

        with pytest.raises(UnreachableError, match="no answer"):
            await identify(client, within=0.3)


@pytest.mark.parametrize(
    ("text", "content_type"),
    [
        ("<h1>Welcome to our school</h1>", "text/html"),
        ("hello", "text/plain"),
        ("hello", "application/json"),
        ("[]", "application/json"),
        ('{"status": "up"}', "application/json"),
        ('{"ok": true}', "application/json"),
    ],
)
async def test_what_answers_otherwise_is_not_slack(session, text, content_type):
    async with a_server_that_says(text, content_type) as url:
        client = handlers_client("xoxb-1", url, session)

        with pytest.raises(UnreachableError, match="is not Slack"):
            await identify(client, within=0.5)


async def test_what_would_be_said_twice_is_not_repeated(slack, client):
    slack.faults.cut("chat.postMessage", when="after")

    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=CHANNEL, text="hi")

    assert times_called(slack, "chat.postMessage") == 1


async def test_what_is_harmless_twice_is_repeated(slack, client):
    slack.faults.cut("conversations.info")

    assert await client.conversations_info(channel=CHANNEL)


async def test_a_handlers_message_waits_out_a_rate_limit(slack, client):
    slack.faults.next("chat.postMessage", status=429, headers={"Retry-After": "0"})

    assert await client.chat_postMessage(channel=CHANNEL, text="hi")


async def test_the_postmans_client_repeats_nothing(slack, session):
    client = postmans_client(slack.bot_token, slack.api_url, session)
    slack.faults.next("chat.postMessage", status=429, headers={"Retry-After": "0"})

    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel=CHANNEL, text="hi")

    assert times_called(slack, "chat.postMessage") == 1


@pytest.mark.parametrize(
    ("url", "no_proxy", "is_direct"),
    [
        ("http://127.0.0.1:3000/api/", "", True),
        ("http://localhost:3000/api/", "", True),
        ("http://slack.example/api/", "slack.example", True),
        ("https://slack.com/api/", "slack.example", False),
    ],
)
def test_the_proxy_is_left_out_only_where_it_should_be(monkeypatch, url, no_proxy, is_direct):
    for name in PROXIES:
        monkeypatch.setenv(name, f"http://{NOBODY}")
    monkeypatch.setenv("NO_PROXY", no_proxy)
    monkeypatch.setenv("no_proxy", no_proxy)

    leave_out_proxy(Config(slack_bot_token="xoxb-1", slack_app_token="xapp-1", slack_api_url=url))

    assert [name for name in PROXIES if name in os.environ] == ([] if is_direct else [*PROXIES])
