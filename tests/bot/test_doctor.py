"""The doctor looks at everything, says how to mend it, and touches nothing."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from time import monotonic

import pytest

from bot.config import Config
from bot.doctor import BAD, GOOD, NOTE, examine, is_well
from bot.doctor.manifest import MANIFEST
from models.database import connect
from models.time import MovableClock, utc_now
from models.workspaces import Workspace
from tests.bot.bad_places import a_server_that_says, a_silent_server
from tests.bot.process import NOBODY, environment, outcome_of
from tests.databases import named
from tests.world import WORKSPACE

CHECKS = {
    "Environment",
    "Manifest",
    "Database",
    "Migrations",
    "Bot token",
    "Scopes",
    "Clock",
    "Socket Mode",
    "Workspace",
}


@pytest.fixture
def clock():
    """Real time: the doctor compares clocks."""
    return MovableClock()


@pytest.fixture
def sqlite_file(tmp_path, empty_sqlite):
    path = tmp_path / "staffroom.db"
    path.write_bytes(empty_sqlite.read_bytes())
    return path


@pytest.fixture
def patient(slack, sqlite_file, monkeypatch, tmp_path):
    """Call the doctor to an installation; what is named differs from one in which all is well."""

    async def call(manifest=MANIFEST, clock=utc_now, **settings):
        well = environment(slack, DATABASE_URL=f"sqlite:///{sqlite_file}")
        for name in Config.model_fields:
            value = (well | settings).get(name.upper(), "")
            monkeypatch.setenv(name.upper(), value)
        findings = await examine(tmp_path / ".env", manifest, clock)
        return {finding.about: finding for finding in findings}

    return call


@pytest.fixture
async def known(sqlite_file, clock):
    """The bot has run in this workspace before."""
    database = connect(f"sqlite:///{sqlite_file}")
    async with database.of(WORKSPACE).begin() as session:
        await Workspace.meet(
            session, WORKSPACE, name="Schools", url="", bot_user_id="U1", now=clock()
        )
    await database.close()


async def test_where_all_is_well_every_check_says_so(patient, known):
    findings = await patient()

    assert findings.keys() == CHECKS
    assert {finding.mark for finding in findings.values()} == {GOOD}


async def test_before_the_first_start_there_are_notes_only(patient, tmp_path):
    findings = await patient(DATABASE_URL=f"sqlite:///{tmp_path / 'new.db'}")

    assert findings["Database"].mark is NOTE
    assert is_well(list(findings.values()))
    assert not (tmp_path / "new.db").exists()


async def test_without_any_setting_it_checks_what_it_can(patient):
    findings = await patient(SLACK_BOT_TOKEN="", SLACK_APP_TOKEN="")

    assert findings["Environment"].mark is BAD
    assert findings["Database"].mark is GOOD
    assert findings["Manifest"].mark is GOOD
    assert findings["Bot token"].mark is findings["Socket Mode"].mark is NOTE


async def test_every_wrong_setting_has_a_line(monkeypatch, tmp_path):
    for name in Config.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    (tmp_path / ".env").write_text("PORT=high\n")

    findings = await examine(tmp_path / ".env")

    environment_lines = [str(one) for one in findings if one.about == "Environment"]
    assert any("PORT" in line for line in environment_lines)
    assert any("SLACK_BOT_TOKEN" in line for line in environment_lines)


async def test_a_file_that_is_no_text_is_said(tmp_path):
    (tmp_path / ".env").write_bytes(b"SLACK_BOT_TOKEN=\xff\xfe")

    [finding] = await examine(tmp_path / ".env")

    assert finding.mark is BAD
    assert "UTF-8" in finding.words


@pytest.mark.parametrize(
    ("name", "about"), [("SLACK_BOT_TOKEN", "Bot token"), ("SLACK_APP_TOKEN", "Socket Mode")]
)
async def test_a_refused_token_is_told_from_the_other(slack, patient, name, about):
    findings = await patient(**{name: "xtoken-wrong"})

    ill = [finding for finding in findings.values() if finding.mark is BAD]
    assert [finding.about for finding in ill] == [about]
    assert name in ill[0].words
    assert "Copy it again" in ill[0].words
    slack.recording.complaints.clear()


async def test_a_missing_scope_is_named_with_the_way_to_get_it(slack, patient):
    slack.scopes -= {"chat:write", "commands"}

    finding = (await patient())["Scopes"]

    assert finding.mark is BAD
    assert "chat:write, commands" in finding.words
    assert "Reinstall" in finding.words


async def test_a_missing_optional_scope_is_a_note_on_what_does_not_work(slack, patient):
    slack.scopes -= {"groups:read", "reactions:read"}

    finding = (await patient())["Scopes"]

    assert finding.mark is NOTE
    assert "communities in private channels; seconding thanks with an emoji" in finding.words


async def test_a_slack_that_does_not_tell_scopes_and_time_is_a_note(patient):
    answer = '{"ok": true, "team_id": "T1", "user_id": "U1", "url": "wss://x"}'
    async with a_server_that_says(answer, "application/json") as url:
        findings = await patient(SLACK_API_URL=url)

    assert findings["Scopes"].mark is NOTE
    assert findings["Bot token"].mark is findings["Socket Mode"].mark is GOOD


@pytest.mark.parametrize(
    ("ahead", "mark", "words"),
    [
        (timedelta(seconds=30), GOOD, "agrees"),
        (timedelta(minutes=3), BAD, "seconds ahead of Slack. Set its clock"),
        (timedelta(minutes=-3), BAD, "seconds behind Slack. Set its clock"),
    ],
)
async def test_a_clock_that_is_wrong_is_noticed(patient, clock, ahead, mark, words):
    finding = (await patient(clock=lambda: clock() + ahead))["Clock"]

    assert finding.mark is mark
    assert words in finding.words


async def test_where_nobody_answers_it_takes_less_than_twenty_seconds(patient):
    began = monotonic()
    async with a_silent_server() as silent:
        findings = await patient(
            SLACK_API_URL=f"http://{silent}/api/", DATABASE_URL=f"postgresql://{silent}/x"
        )

    assert monotonic() - began < 20
    for about in ("Database", "Bot token", "Socket Mode"):
        assert findings[about].mark is BAD


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite:///attic/new.db", "no folder"),
        (f"postgresql://ana:secret@{NOBODY}/staffroom", "cannot be reached"),
    ],
)
async def test_a_database_that_cannot_be_used_is_explained(patient, url, words):
    finding = (await patient(DATABASE_URL=url))["Database"]

    assert finding.mark is BAD
    assert words in finding.words
    assert "secret" not in finding.words


async def test_a_postgresql_without_that_database_is_explained(patient, postgresql):
    finding = (await patient(DATABASE_URL=named(postgresql, "nowhere")))["Database"]

    assert "no such database" in finding.words


@pytest.mark.parametrize("revision", ["0001", "9999"])
async def test_a_database_of_another_version_is_noticed(patient, sqlite_file, revision):
    with closing(sqlite3.connect(sqlite_file)) as database:
        database.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        database.commit()

    finding = (await patient())["Migrations"]

    assert finding.mark is BAD
    assert "python -m bot migrate" in finding.words


async def test_a_workspace_that_is_new_is_a_note(patient):
    assert (await patient())["Workspace"].mark is NOTE


async def test_a_running_bots_connection_is_not_shared(slack, patient):
    await patient()

    assert not slack.socket.connected.is_set()
    assert slack.socket.connections == []


async def test_the_command_prints_a_line_a_check_and_no_secret(slack, tmp_path, sqlite_file):
    well = environment(slack, DATABASE_URL=f"sqlite:///{sqlite_file}", PYTHONIOENCODING="ascii")
    ill = well | {"SLACK_BOT_TOKEN": "xoxb-wrong", "DATABASE_URL": f"postgresql://a:bcd@{NOBODY}/x"}

    (code, printed), (failed, complaint) = await asyncio.gather(
        outcome_of("doctor", cwd=tmp_path, env=well), outcome_of("doctor", cwd=tmp_path, env=ill)
    )

    assert (code, failed) == (0, 1)
    assert len(printed.splitlines()) == len(CHECKS)
    assert all(word in printed for word in CHECKS)
    for secret in (slack.bot_token, slack.app_token, "xoxb-wrong", "bcd"):
        assert secret not in printed + complaint
    slack.recording.complaints.clear()
