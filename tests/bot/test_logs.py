"""The log tells what happened; never what was written, and no secret."""

import logging

import pytest
from sqlalchemy.exc import IntegrityError

from bot.config import Config
from bot.logs import Discreet, is_fit_to_print
from tests.bot.patience import until
from tests.bot.process import bot_process, environment

WORDS = "My fourth period will not talk about fractions"


@pytest.fixture
def config():
    return Config(
        slack_bot_token="xoxb-1-bot",
        slack_app_token="xapp-1-app",
        slack_signing_secret="8f742231b10e",
        database_url="postgresql://staff:p%40ss-word@db.example/room",
    )


@pytest.fixture
def printed(config):
    """Return a record as it is printed."""
    formatter = Discreet(config.secrets)

    def line(message, *args, name="bot.serve", error=None):
        info = (type(error), error, error.__traceback__) if error else None
        record = logging.LogRecord(name, logging.ERROR, __file__, 1, message, args, info)
        return formatter.format(record)

    return line


def caught(error):
    """Return the error with a traceback, as a handler would meet it."""
    try:
        raise error
    except type(error) as raised:
        return raised


@pytest.mark.parametrize(
    "secret",
    ["xoxb-1-bot", "xapp-1-app", "8f742231b10e", "p@ss-word", "staff:p%40ss-word"],
)
def test_a_secret_is_hidden_in_words_and_tracebacks(printed, secret):
    line = printed("calling with %s", secret, error=caught(ValueError(f"bad token {secret}")))

    assert secret not in line
    assert "ValueError: bad token •••" in line


def test_other_workspaces_tokens_and_tickets_are_hidden_too(printed):
    line = printed("xoxb-2-other xoxp-3-user wss://wss.slack.com/link/?ticket=8e4b-22&app_id=A1")

    assert line.endswith("••• ••• wss://wss.slack.com/link/?ticket=•••&app_id=A1")


def test_the_values_a_database_chokes_on_are_hidden(printed):
    statement = "INSERT INTO problems (title) VALUES (?)"
    error = IntegrityError(statement, (f"{WORDS}\nand [more]",), ValueError("UNIQUE failed"))

    line = printed("failed", error=caught(error))

    assert WORDS not in line
    assert "more" not in line
    assert statement in line


def test_what_postgresql_quotes_is_hidden(printed):
    error = ValueError(f'duplicate key\nDETAIL:  Key (title)=("{WORDS}") already exists.')

    assert WORDS not in printed("failed", error=caught(error))


@pytest.mark.parametrize(
    ("name", "level", "message", "is_printed"),
    [
        ("bot.serve", logging.DEBUG, "claimed", True),
        ("handlers.problems", logging.INFO, "shared", True),
        ("slack_sdk.socket_mode", logging.DEBUG, "Received message", False),
        ("slack_bolt.AsyncApp", logging.INFO, "Starting", False),
        ("app.py:listener", logging.DEBUG, "payload", False),
        ("slack_sdk.web", logging.WARNING, "no text", True),
        ("slack_bolt.AsyncApp", logging.WARNING, "Unhandled request ({'value': 'x'})", False),
        ("asyncio", logging.ERROR, "Task exception was never retrieved", True),
    ],
)
def test_libraries_may_warn_but_not_chat(name, level, message, is_printed):
    record = logging.LogRecord(name, level, __file__, 1, message, (), None)

    assert is_fit_to_print(record) is is_printed


async def test_a_debugging_bot_prints_neither_words_nor_secrets(slack, tmp_path):
    ana, url = slack.person("UANA"), f"sqlite:///{tmp_path / 'new.db'}"
    env = environment(slack, DATABASE_URL=url, LOG_LEVEL="DEBUG")

    async with bot_process("run", cwd=tmp_path, env=env) as bot:
        await bot.says("Ready")
        await ana.types("math-circle", "/staffroom setup")
        await until(lambda: ana.top_view)
        await ana.submits(ana.top_view, name="Math circle")
        await ana.types("math-circle", f"/problem {WORDS}")
        await until(lambda: ana.top_view)
        await ana.submits(ana.top_view, happening=WORDS)
        await slack.settled()
        await ana.types("math-circle", f"<@{slack.bot_user_id}> {WORDS}")
        await slack.settled()
        bot.process.terminate()
        await bot.ends()

    assert "DEBUG" in bot.printed
    assert any(WORDS in str(message) for message in slack.channels["CMATHCIRCLE"].messages)
    for hidden in ("fourth period", slack.bot_token, slack.app_token, "ticket="):
        assert hidden not in bot.printed
