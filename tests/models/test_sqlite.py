"""A statement to SQLite takes one trip to the thread of its connection."""

import asyncio
import sqlite3
import threading

import pytest

from models.sqlite import Statement, connection


class Thread:
    """Does what it is given at once, and counts how often it was asked."""

    def __init__(self):
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        self.connection.execute("CREATE TABLE teachers (name TEXT UNIQUE)")
        self.trips = 0

    async def run(self, work, *given):
        self.trips += 1
        return work(*given)

    def statement(self):
        return Statement(self.run, self.connection)


@pytest.fixture
def thread():
    thread = Thread()
    yield thread
    thread.connection.close()


async def test_a_question_its_rows_and_its_end_are_one_trip(thread):
    async with thread.statement() as statement:
        await statement.execute("SELECT 'Ana' AS name UNION SELECT ?", ["Ben"])
        rows = await statement.fetchall()

    assert rows == [("Ana",), ("Ben",)]
    assert statement.description[0][0] == "name"
    assert thread.trips == 1


async def test_a_change_that_returns_rows_knows_how_many_it_met(thread):
    statement = thread.statement()

    await statement.execute("INSERT INTO teachers VALUES ('Ana'), ('Ben') RETURNING name")

    assert statement.rowcount == 2
    assert await statement.fetchall() == [("Ana",), ("Ben",)]


async def test_many_rows_are_written_in_one_trip(thread):
    statement = thread.statement()

    await statement.executemany("INSERT INTO teachers VALUES (?)", [["Ana"], ["Ben"]])

    assert (statement.rowcount, await statement.fetchall()) == (2, [])
    assert thread.trips == 1


async def test_what_sqlite_refuses_keeps_nothing_open(thread):
    ana = "INSERT INTO teachers VALUES ('Ana') RETURNING name"
    await thread.statement().execute(ana)

    with pytest.raises(sqlite3.IntegrityError):
        await thread.statement().execute(ana)

    await thread.statement().execute("DROP TABLE teachers")


async def test_whoever_opens_a_new_file_waits_for_the_one_who_writes_in_it(tmp_path):
    path = str(tmp_path / "new.db")
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")

    opening = asyncio.ensure_future(connection(path, timeout=5))
    await asyncio.sleep(0.05)
    assert not opening.done()
    writer.execute("COMMIT")
    writer.close()

    opened = await opening
    async with opened.cursor() as statement:
        await statement.execute("PRAGMA journal_mode")
        assert await statement.fetchall() == [("wal",)]
    await opened.close()


async def test_a_file_that_stays_locked_is_given_up_in_time(tmp_path):
    path = str(tmp_path / "new.db")
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")

    opening = connection(path, timeout=0.05)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        await opening

    opening._thread.join()
    writer.close()


@pytest.mark.parametrize("is_sole", [True, False])
async def test_whoever_has_the_file_alone_makes_no_trips(tmp_path, is_sole):
    opened = await connection(str(tmp_path / "own.db"), is_sole=is_sole, timeout=1)

    async with opened.cursor() as statement:
        await statement.execute("SELECT 'Ana'")
        assert await statement.fetchall() == [("Ana",)]
    works_here = await opened._execute(threading.get_ident) == threading.get_ident()

    assert works_here == is_sole
    await opened.close()
