"""The bot as a process: it says when it is ready, why it cannot be, and stops losing nothing."""

import asyncio
import os
import signal
import sqlite3
from contextlib import closing

import asyncpg
import pytest
from sqlalchemy import func, select

from bot.scheduler import TIMETABLE
from bot.serve import SLACK_ANSWERS_WITHIN
from bot.storage import ANSWERS_WITHIN
from models.communities import Community
from models.database import connect
from models.posts import Post
from models.runs import Run
from models.workspaces import Workspace
from tests.bot.bad_places import a_silent_server, sends_bots_to
from tests.bot.patience import until
from tests.bot.process import NOBODY, bot_process, environment, outcome_of, typed_bot
from tests.databases import named

NOISE = ("Traceback", "Task was destroyed", "Unclosed", "ResourceWarning", "never awaited")


@pytest.fixture(params=["sqlite", "postgresql"])
async def empty_database_url(request, tmp_path):
    """A database in which nothing is yet, not even our tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new.db'}"
    server = request.getfixturevalue("postgresql")
    name = f"new_{tmp_path.name}_{os.getpid()}"
    connection = await asyncpg.connect(server)
    await connection.execute(f'CREATE DATABASE "{name}"')
    await connection.close()
    return named(server, name)


@pytest.fixture
def sqlite_file(tmp_path, empty_sqlite):
    """A migrated SQLite database."""
    path = tmp_path / "staffroom.db"
    path.write_bytes(empty_sqlite.read_bytes())
    return path


@pytest.fixture
def ana(slack):
    """A teacher, in front of a bot that is a process of its own."""
    return slack.person("UANA")


@pytest.fixture
def ben(slack):
    """Another teacher."""
    return slack.person("UBEN")


@pytest.fixture
def starts(slack, tmp_path):
    """Start `python -m bot run` on a database."""

    def start(database_url, by=bot_process, **settings):
        env = environment(slack, DATABASE_URL=str(database_url), **settings)
        return by("run", cwd=tmp_path, env=env)

    return start


async def count(url, what):
    database = connect(str(url))
    async with database.everywhere()() as session:
        number = await session.scalar(select(func.count()).select_from(what))
    await database.close()
    return number


async def test_replicas_that_start_together_on_an_empty_database_are_both_ready(
    slack, starts, empty_database_url
):
    # A local Slack is reached without the proxy that the way into the Internet may need.
    proxy = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "https_proxy"), f"http://{NOBODY}")

    async with (
        starts(empty_database_url, **proxy) as one,
        starts(empty_database_url, **proxy) as two,
    ):
        await asyncio.gather(one.says("Ready"), two.says("Ready"))
        for bot in (one, two):
            bot.process.send_signal(signal.SIGTERM)
        codes = await asyncio.gather(one.ends(), two.ends())

    assert codes == [0, 0]
    assert [words for words in NOISE if words in one.printed + two.printed] == []
    assert await count(empty_database_url, Workspace) == 1
    assert await count(empty_database_url, Run) == len(TIMETABLE)


async def test_a_form_under_way_is_finished_before_the_end(slack, starts, ana, sqlite_file):
    async with starts(f"sqlite:///{sqlite_file}") as bot:
        await bot.says("Ready")
        await ana.types("math-circle", "/staffroom setup")
        await until(lambda: ana.top_view)
        slack.faults.slow("conversations.info", seconds=1.0, when="before")

        submitting = asyncio.create_task(ana.submits(ana.top_view, name="Math circle"))
        await until(lambda: slack.api_calls_in_flight)
        bot.process.send_signal(signal.SIGTERM)

        reply, code = await asyncio.gather(submitting, bot.ends())

    assert (reply.acked, ana.top_view, code) == (True, None, 0)
    assert await count(f"sqlite:///{sqlite_file}", Community) == 1
    assert [words for words in NOISE if words in bot.printed] == []


async def test_what_was_not_said_yet_is_said_after_the_next_start(slack, starts, ben, sqlite_file):
    url = f"sqlite:///{sqlite_file}"
    slack.faults.next("chat.postMessage", status=429, headers={"Retry-After": "3"})
    async with starts(url, by=typed_bot) as bot:
        await bot.says("Ready")
        await ben.invites(slack.bot_user_id, "staff-lounge")
        await slack.settled()
        bot.process.send_signal(signal.SIGINT)
        code = await bot.ends()
    before = list(slack.direct_message("UBEN").messages)

    async with starts(url) as bot:
        await bot.says("Ready")
        await until(lambda: slack.direct_message("UBEN").messages)

    assert (code, before) == (0, [])
    assert len(slack.direct_message("UBEN").messages) == 1


async def test_a_second_signal_ends_at_once(slack, starts, ana, sqlite_file):
    async with starts(f"sqlite:///{sqlite_file}") as bot:
        await bot.says("Ready")
        await ana.types("math-circle", "/staffroom setup")
        await until(lambda: ana.top_view)
        slack.faults.slow("conversations.info", seconds=9.0, when="before")
        submitting = asyncio.create_task(ana.submits(ana.top_view, name="Math circle"))
        await until(lambda: slack.api_calls_in_flight)

        bot.process.send_signal(signal.SIGTERM)
        await bot.says("Stopping")
        bot.process.send_signal(signal.SIGTERM)

        assert await bot.ends(within=5) == 128 + signal.SIGTERM
        assert not (await submitting).acked


async def test_a_signal_during_the_start_is_heeded(slack, starts, sqlite_file):
    slack.faults.slow("apps.connections.open", seconds=3.0, times=9, when="before")

    async with starts(f"sqlite:///{sqlite_file}") as bot:
        await until(lambda: slack.api_calls_in_flight)
        bot.process.send_signal(signal.SIGTERM)

        assert await bot.ends(within=5) == 0
        assert "Ready" not in bot.printed


async def test_an_event_under_way_when_the_process_is_killed_happens_once(
    slack, starts, ben, sqlite_file
):
    url = f"sqlite:///{sqlite_file}"
    slack.socket.ack_seconds, slack.retry_delays = 0.5, (0.3,) * 30
    async with starts(url) as bot:
        await bot.says("Ready")
        await slack.settled()
        with closing(sqlite3.connect(sqlite_file, isolation_level=None)) as somebody_writes:
            somebody_writes.execute("BEGIN IMMEDIATE")
            reply = await ben.invites(slack.bot_user_id, "staff-lounge")
            bot.process.kill()
            await bot.ends()

    async with starts(url) as bot:
        await until(lambda: slack.direct_message("UBEN").messages)
        await asyncio.sleep(1.0)

    assert not reply.acked
    assert len(slack.direct_message("UBEN").messages) == 1
    assert await count(url, Post) == 1


@pytest.fixture
async def bad_starts(slack, tmp_path):
    """What may be wrong, as settings, with the exit code and some words of the message."""
    (tmp_path / "letter.db").write_text("Dear database, " * 100)
    async with a_silent_server() as silent:
        yield {
            "a missing token": ({"SLACK_APP_TOKEN": ""}, 2, "SLACK_APP_TOKEN is missing"),
            "a wrong bot token": ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, 3, "SLACK_BOT_TOKEN"),
            "a wrong app token": ({"SLACK_APP_TOKEN": "xapp-wrong"}, 3, "SLACK_APP_TOKEN"),
            "a silent Slack": ({"SLACK_API_URL": f"http://{silent}/api/"}, 4, "no answer in"),
            "a silent database": ({"DATABASE_URL": f"postgresql://{silent}/x"}, 6, "not answer"),
            "no database": ({"DATABASE_URL": "sqlite:///letter.db"}, 6, "something else"),
        }


async def test_a_start_that_cannot_succeed_says_why_and_ends(slack, tmp_path, bad_starts):
    async def outcome(settings):
        env = environment(slack, DATABASE_URL="sqlite:///new.db") | settings
        return await outcome_of("run", cwd=tmp_path, env=env)

    found = await asyncio.gather(*(outcome(settings) for settings, _, _ in bad_starts.values()))

    for (what, (_, code, words)), (ended, printed) in zip(bad_starts.items(), found, strict=True):
        assert (what, ended) == (what, code), printed
        assert words in printed
        assert "Traceback" not in printed
        assert "wrong" not in printed.replace("of the wrong kind", "")
    slack.recording.complaints.clear()


def test_all_waiting_together_is_less_than_twenty_seconds():
    assert 3 * SLACK_ANSWERS_WITHIN + ANSWERS_WITHIN < 20


async def test_a_websocket_that_never_opens_ends_the_start(slack, starts, sqlite_file):
    async with a_silent_server() as silent:
        sends_bots_to(slack, silent)

        async with starts(f"sqlite:///{sqlite_file}") as bot:
            assert await bot.ends() == 4

    assert "Socket Mode does not answer" in bot.printed
    assert "Traceback" not in bot.printed


async def test_a_database_of_a_newer_version_is_left_alone(starts, sqlite_file):
    with closing(sqlite3.connect(sqlite_file)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()

    async with starts(f"sqlite:///{sqlite_file}") as bot:
        assert await bot.ends() == 6

    assert "newer version" in bot.printed
