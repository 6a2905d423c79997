"""An export from the command line holds what every lead may have, and takes no file's place."""

import stat

import pytest

from models.database import connect
from models.workspaces import Workspace
from tests.bot.process import environment, outcome_of
from tests.examples import NOW, a_community, a_problem
from tests.handlers.documents.test_archive import tables_in
from tests.world import WORKSPACE


@pytest.fixture
async def url(database_url):
    """A database with one open community and a private one, each with a problem."""
    database = connect(database_url)
    async with database.of(WORKSPACE).begin() as session:
        session.add(Workspace(id=WORKSPACE, first_seen_at=NOW))
        session.add(circle := a_community())
        private = {"name": "Leaders", "is_private": True, "channel_id": "C0LEADERS"}
        session.add(leaders := a_community(**private))
        await session.flush()
        session.add(a_problem(id=None, community_id=circle.id))
        session.add(a_problem(id=None, community_id=leaders.id, request_key="V2", title="Secret"))
    await database.close()
    return database_url


@pytest.fixture
def exports(url, tmp_path):
    async def export(*arguments):
        env = environment(DATABASE_URL=url)
        return await outcome_of("export", *arguments, cwd=tmp_path, env=env)

    return export


async def test_the_file_holds_the_open_communities_and_is_its_owners_alone(exports, tmp_path):
    code, printed = await exports("records.zip")

    file = tmp_path / "records.zip"
    rows = tables_in(file.read_bytes())
    assert (code, printed) == (
        0,
        "Wrote records.zip. Communities in it: 1. Left out because they are private: 1.\n",
    )
    assert [one["title"] for one in rows["problems.csv"]] == ["Quiet students"]
    assert [one["community"] for one in rows["communities.csv"]] == ["Math circle"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.glob("records*")] == ["records.zip"]


async def test_a_file_that_is_there_stays_as_it_was(exports, tmp_path):
    (tmp_path / "records.zip").write_text("precious")

    code, printed = await exports("records.zip")

    assert (code, (tmp_path / "records.zip").read_text()) == (7, "precious")
    assert "exists already" in printed


async def test_a_workspace_that_is_not_there_is_named_with_those_that_are(exports, tmp_path):
    code, printed = await exports("records.zip", "--workspace", "T0OTHER")

    assert (code, printed) == (7, "There is no workspace T0OTHER here. There are: T0STAFF.\n")
    assert list(tmp_path.glob("records*")) == []


async def test_of_several_workspaces_one_has_to_be_named(exports, url, tmp_path):
    database = connect(url)
    async with database.begin() as session:
        session.add(Workspace(id="T0OTHER", first_seen_at=NOW))
    await database.close()

    code, printed = await exports("records.zip")
    named, _ = await exports("records.zip", "--workspace", WORKSPACE)
    empty, complaint = await exports("more.zip", "--workspace", "T0OTHER")

    assert (code, printed) == (7, "Say which with --workspace. There are: T0OTHER, T0STAFF.\n")
    assert named == 0
    assert (empty, complaint) == (7, "There is no community yet that could be exported.\n")


async def test_a_database_without_tables_is_to_be_migrated_first(tmp_path):
    env = environment(DATABASE_URL="sqlite:///new.db")

    code, printed = await outcome_of("export", "records.zip", cwd=tmp_path, env=env)

    assert code == 7
    assert "python -m bot migrate" in printed
