"""A workspace with the page, and a browser that speaks to it without drawing anything."""

import asyncio
import json
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox import Workspace
from bot.sandbox.page import Page
from tests.bot.sandbox.conftest import MANIFEST


class MovableClock:
    """Tells the real time plus as much as it was moved."""

    def __init__(self):
        self.ahead = timedelta()

    def __call__(self):
        return datetime.now(UTC) + self.ahead

    def move(self, by):
        self.ahead += by


class Diary:
    """What the bot has to post, and how often it was asked to look after the clock was moved."""

    def __init__(self):
        self.next_due = None
        self.looks = []

    async def when_next_due(self):
        return self.next_due


@pytest.fixture
def clock():
    return MovableClock()


@pytest.fixture
def diary():
    return Diary()


@pytest.fixture
async def slack(clock, diary):
    workspace = Workspace(MANIFEST, clock=clock)

    async def pass_time(by):
        clock.move(by)
        diary.looks.append(clock())

    Page(workspace, MANIFEST, clock, diary.when_next_due, pass_time)
    # A press that nobody answers fails sooner than in Slack, so that its test is short.
    workspace.socket.ack_seconds = 0.5
    async with workspace:
        yield workspace


class Browser:
    """The page in the hands of someone, as JSON."""

    def __init__(self, slack, session):
        self.slack = slack
        self.session = session

    async def get(self, path, **query):
        return await self.session.get(self.slack.base_url + path, params=query)

    async def sees(self, person, channel=None, **place):
        if channel:
            place["channel"] = channel.id
        return await (await self.get("page/state", **{"as": person.id}, **place)).json()

    async def does(self, person, kind, **details):
        act = {"as": person.id, "type": kind, **details}
        async with self.session.post(f"{self.slack.base_url}page/act", json=act) as answer:
            return await answer.json()

    @asynccontextmanager
    async def listens(self, person):
        """Listen to the changes; gives a function that returns the next one."""
        stream = await self.session.get(
            f"{self.slack.base_url}page/changes", params={"as": person.id}
        )
        # The first line comes once the page listens.
        await stream.content.readline()

        async def next_change(seconds=2):
            async with asyncio.timeout(seconds):
                while line := await stream.content.readline():
                    if line.startswith(b"data: "):
                        return json.loads(line.removeprefix(b"data: "))
            return None

        yield next_change
        stream.close()


@pytest.fixture
def browser(slack, session):
    return Browser(slack, session)
