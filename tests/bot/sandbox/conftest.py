"""A small workspace and a bot in it, made of nothing but Bolt."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
import yaml
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Workspace

MANIFEST = yaml.safe_load((Path(__file__).parents[3] / "manifest.yml").read_text())
# The local Slack can do more than the bot asks for yet.
MORE_SCOPES = {
    "bookmarks:read",
    "bookmarks:write",
    "channels:join",
    "files:read",
    "files:write",
    "im:read",
    "pins:read",
    "pins:write",
    "reactions:write",
    "team:read",
}


class Clock:
    """Tells the real time plus as much as it was moved."""

    def __init__(self):
        self.ahead = timedelta()

    def __call__(self):
        return datetime.now(UTC) + self.ahead

    def move(self, **by):
        self.ahead += timedelta(**by)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def slack(clock):
    """A workspace whose bot may do all that the manifest asks for, and a little more."""
    scopes = set(MANIFEST["oauth_config"]["scopes"]["bot"])
    scopes |= set(MANIFEST["oauth_config"]["scopes"]["bot_optional"]) | MORE_SCOPES
    async with Workspace(MANIFEST, clock=clock, scopes=scopes) as workspace:
        yield workspace


@pytest.fixture
def ana(slack):
    return slack.person(slack.add_user("ana", "Ana Ruiz", is_admin=True).id)


@pytest.fixture
def ben(slack):
    return slack.person(slack.add_user("ben", "Ben Okoro").id)


@pytest.fixture
def general(slack, ana, ben):
    """A public channel with Ana, Ben and the bot."""
    return slack.add_channel("general", [ana.id, ben.id, slack.bot_user_id])


@pytest.fixture
def staff(slack, ana):
    """A private channel with Ana and the bot."""
    return slack.add_channel("staff", [ana.id, slack.bot_user_id], is_private=True)


@pytest.fixture
async def session(slack):
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def web(slack, session):
    """The bot's way to the Web API; it never tries twice."""
    return AsyncWebClient(slack.bot_token, slack.api_url, session=session, retry_handlers=[])


@pytest.fixture
async def bot(slack, web):
    """A Bolt app, connected; a test adds the listeners it needs."""
    app = AsyncApp(client=web, ignoring_self_events_enabled=False)
    handler = AsyncSocketModeHandler(app, slack.app_token, ping_interval=1)
    await handler.connect_async()
    await slack.bot_connected()
    yield app
    await handler.close_async()


@pytest.fixture
def heard(bot):
    """The payload of every event the bot heard, in order."""
    payloads = []

    @bot.event(re.compile(".*"))
    async def listen(body):
        payloads.append(body)

    return payloads


@pytest.fixture
def opened(slack, web, ana, general):
    """Opens a form for Ana and returns it."""

    async def opens(view):
        trigger_id = slack.tickets.issue_trigger(ana.id, general.id)
        await web.views_open(trigger_id=trigger_id, view=view)
        return ana.top_view

    return opens


@pytest.fixture
def submitted(bot):
    """What the bot was sent of each form, in order; `submitted.answer` is what it says to it."""

    class Submitted(list):
        answer = {}

    payloads = Submitted()

    @bot.view("form")
    async def listen(ack, body):
        payloads.append(body)
        await ack(**payloads.answer)

    return payloads


async def until(condition, seconds=5):
    """Wait until `condition` holds; what is waited for happens in libraries that tell nobody."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - there is no event to wait for
            await asyncio.sleep(0.01)


async def error_of(call):
    """Return the code with which Slack refuses a call."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value.response["error"]
