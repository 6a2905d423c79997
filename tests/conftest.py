"""Characters and places every test may use."""

import gc
import os
from collections.abc import AsyncIterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
import yaml
from hypothesis import settings
from sqlalchemy import insert
from xdist.scheduler import LoadScopeScheduling

from bot.config import Config
from bot.sandbox.people import Person
from bot.sandbox.workspace import Workspace
from bot.scheduler import TIMETABLE
from bot.serve import Bot, running
from models.communities import Community
from models.database import Database
from models.members import Member, Profile
from models.runs import Run
from models.time import MovableClock
from tests.examples import NOW
from tests.world import AT_ONCE, DATABASES, WORKSPACE, World

pytest_plugins = ["tests.databases", "tests.demo"]

ROOT = Path(__file__).parent.parent
PEOPLE: dict[str, dict[str, bool]] = {
    "ana": {},
    "ben": {},
    "chris": {},
    "dana": {"is_admin": True},
}
# These files look at the one demo; the second does what members do, so that time passes there.
OF_THE_DEMO = (
    "tests/bot/test_demo.py",
    "tests/browser/test_page.py",
    "tests/browser/test_thanks.py",
)
_numbers = count(1)
# A busy machine is no fault of the examples.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


class FairShares(LoadScopeScheduling):
    """Hands each free worker the next test; those of the demo go to one, which tells it once."""

    def _split_scope(self, nodeid: str) -> str:
        return "the demo" if nodeid.startswith(OF_THE_DEMO) else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FairShares:
    return FairShares(config, log)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--everything",
        action="store_true",
        help="handlers' tests on both databases, instead of on one of them by turns",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let the stories of handlers take turns between the databases, for each starts a whole bot.

    The rules beneath them run on both in `models`, and so do stories of things that happen at the
    same time or twice, in which databases differ.
    """
    if not config.getoption("--everything"):
        left = {item for item in items if _is_the_others_turn(item)}
        config.hook.pytest_deselected(items=list(left))
        items[:] = [item for item in items if item not in left]
    has_company = hasattr(config, "workerinput")
    items.sort(key=lambda item: _turn(item, mixed=has_company))


def _turn(item: pytest.Item, *, mixed: bool) -> int:
    """Say when a test comes: those of the demo, which take long, first; the others well mixed.

    Some wait for other processes and some compute, and so each worker leaves time to another.
    """
    file = item.nodeid.partition("::")[0]
    if file in OF_THE_DEMO:
        return OF_THE_DEMO.index(file) - len(OF_THE_DEMO)
    return crc32(item.nodeid.encode()) if mixed else 0


def _is_the_others_turn(item: pytest.Item) -> bool:
    story = item.nodeid.partition("[")[0]
    callspec = getattr(item, "callspec", None)
    database = callspec.params.get("database_url") if callspec else None
    if not story.startswith("tests/handlers/") or database is None or AT_ONCE.search(story):
        return False
    return database != DATABASES[crc32(story.encode()) % 2]


def pytest_collection_finish() -> None:
    """Leave all that stays for the whole session out of every later search for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def clock() -> MovableClock:
    """Real time that a test may move forward. Starts on a Tuesday morning."""
    return MovableClock(start=NOW)


@cache
def _manifest() -> dict[str, Any]:
    manifest: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text())
    return manifest


@pytest.fixture
async def slack(clock: MovableClock) -> AsyncIterator[Workspace]:
    """The local Slack. A wrong call of the bot fails the test, with the place in the payload."""
    workspace = Workspace(_manifest(), clock=clock, team_id=WORKSPACE)
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
    await _note_every_tick(database, clock)
    async with running(config, database, clock) as bot:
        yield bot


async def _note_every_tick(database: Database, clock: MovableClock) -> None:
    """Let the ledger say that each tick has just run, so that the bot makes up for none."""
    now = clock()
    ran = {"due_at": now, "started_at": now, "seconds": 0.0}
    async with database.begin() as session:
        await session.execute(insert(Run), [ran | {"job": tick.__name__} for tick in TIMETABLE])


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
