"""The command line."""

import pytest

from models import migrations
from tests.bot.process import NOBODY, environment, outcome_of


@pytest.fixture
def does(tmp_path):
    """Run a command without any token, on a database of its own."""

    async def do(*arguments, database_url="sqlite:///new.db", is_typed=False, **settings):
        env = environment(DATABASE_URL=database_url, **settings)
        return await outcome_of(*arguments, cwd=tmp_path, env=env, is_typed=is_typed)

    return do


async def test_help_names_every_command_and_exit_code(does):
    code, printed = await does("--help", is_typed=True)

    assert code == 0
    for word in ("run", "demo", "doctor", "migrate", "backup", "export", "exit codes"):
        assert word in printed
    for code_and_reason in ("6 the database cannot be used", "7 no export was made"):
        assert code_and_reason in " ".join(printed.split())


async def test_an_unknown_command_is_refused(does):
    code, printed = await does("dance")

    assert code == 2
    assert "invalid choice: 'dance'" in printed


async def test_a_database_is_brought_up_to_date_and_back(does):
    up = await does("migrate", is_typed=True)
    down = await does("migrate", "--down-to", "base")

    assert up == (0, f"The database was at nothing and is at {migrations.newest()}.\n")
    assert down == (0, f"The database was at {migrations.newest()} and is at nothing.\n")


@pytest.mark.parametrize(
    ("database_url", "words"),
    [
        ("sqlite:///attic/new.db", "its folder does not exist"),
        (f"postgresql://ana:secret@{NOBODY}/x", "it cannot be reached"),
    ],
)
async def test_a_database_that_cannot_be_used_is_explained(does, database_url, words):
    code, printed = await does("migrate", database_url=database_url)

    assert (code, printed.count("\n")) == (6, 1)
    assert words in printed
    assert "secret" not in printed


async def test_a_revision_that_does_not_exist_is_explained(does):
    code, printed = await does("migrate", "--down-to", "0815")

    assert code == 6
    assert "Traceback" not in printed


async def test_run_names_all_that_is_missing(does):
    code, printed = await does("run", database_url="mysql://x", PORT="high")

    assert code == 2
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "DATABASE_URL", "PORT"):
        assert name in printed
