"""The repository keeps its promises: everything is wired, documented, tested, in the manifest."""

import ast
import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from bot.config import Config
from bot.scheduler import TIMETABLE
from handlers import FEATURES, messages, post_kinds
from handlers.blocks.communities import help_text
from handlers.blocks.members import LETTERS
from handlers.communities.welcoming import WELCOME
from models.digests.posted import PERSONAL
from models.exports.posted import REMOVAL_NEAR
from models.members import SWITCHES
from models.thanks.posted import PROMPT_PAUSED, SHOWER_EMPTY, SHOWER_OFF

ROOT = Path(__file__).parent.parent
MANIFEST = yaml.safe_load((ROOT / "manifest.yml").read_text())
README = (ROOT / "README.md").read_text()
COMMANDS = [command["command"] for command in MANIFEST["features"]["slash_commands"]]
NAMES = [feature.__name__.removeprefix("handlers.") for feature in FEATURES]
# What features stand on; not something a member does.
GROUNDWORK = {
    "request",
    "introductions",
    "looking",
    "pictures",
    "documents",
    "beside",
    "names",
    "looking_after",
}
# Features without rules of their own: what they show and turn is the others'.
ONLY_HANDLED = {"home", "messages", "request"}
ROOMS = ("models", "handlers", "handlers/blocks")


class Routes:
    """Stands in for the door and notes what each feature registers."""

    def __init__(self) -> None:
        self.noted: list[tuple[str, str]] = []

    def command(self, name, word=None, *, alone=False):
        return self._note("command", f"{name} {word or ''}".strip())

    def __getattr__(self, kind):
        return lambda constraint: self._note(kind, str(getattr(constraint, "pattern", constraint)))

    def _note(self, kind, name):
        self.noted.append((kind, name))
        return lambda handler: handler

    def of(self, kind):
        return {name for noted, name in self.noted if noted == kind}


@pytest.fixture(scope="module")
def routes() -> Routes:
    routes = Routes()
    for feature in FEATURES:
        feature.register(routes)
    return routes


def test_the_manifest_is_one_slack_takes():
    schema = json.loads((ROOT / "tests/schemas/manifest.schema.2.0.0.json").read_text())

    jsonschema.validate(MANIFEST, schema)


def test_the_manifest_lists_the_commands_we_answer(routes):
    assert set(COMMANDS) == {name.split()[0] for name in routes.of("command")}


def test_the_manifest_lists_the_shortcuts_we_answer(routes):
    listed = {shortcut["callback_id"] for shortcut in MANIFEST["features"]["shortcuts"]}

    assert listed == routes.of("shortcut")


def test_the_manifest_subscribes_to_the_events_we_take(routes):
    listed = MANIFEST["settings"]["event_subscriptions"]["bot_events"]

    assert {event.split(".")[0] for event in listed} == routes.of("event")


def test_no_two_handlers_wait_for_the_same_thing(routes):
    assert len(routes.noted) == len(set(routes.noted))


def test_every_handler_module_is_a_registered_feature():
    places = (ROOT / "handlers").iterdir()
    modules = {place.stem for place in places if not place.name.startswith("_")} - {"blocks"}

    assert modules == set(NAMES) | GROUNDWORK


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("feature", NAMES)
def test_every_feature_lives_and_is_tested_where_you_would_look(feature, room):
    if room == "models" and feature in ONLY_HANDLED:
        pytest.skip("has no rules of its own")

    assert _exists(ROOT / room / feature)
    assert (
        _exists(ROOT / "tests" / room / f"test_{feature}")
        or (ROOT / "tests" / room / feature).is_dir()
    )


def _exists(place: Path) -> bool:
    return place.with_suffix(".py").exists() or place.is_dir()


@pytest.mark.parametrize("name", [name.upper() for name in Config.model_fields])
def test_every_setting_is_in_the_example(name):
    assert re.search(rf"^{name}=", (ROOT / ".env.example").read_text(), re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme_and_in_help(command):
    assert f"`{command}" in README
    assert command in help_text(None).text


def test_every_word_of_a_command_is_in_its_usage_hint(routes):
    hints = {one["command"]: one["usage_hint"] for one in MANIFEST["features"]["slash_commands"]}
    unnamed = {"help", "start", "stop", "next"}

    for name in routes.of("command"):
        command, _, word = name.partition(" ")
        assert not word or word in unnamed or word in hints[command]


def test_words_of_messages_lead_to_commands_we_answer():
    assert {command for command, _ in messages.WORDS.values()} == set(COMMANDS)


def test_every_switch_has_a_name_and_a_letter_it_stops():
    assert set(LETTERS) == set(SWITCHES)
    assert set(SWITCHES) == {kind.switch for kind in post_kinds().values() if kind.switch}


def test_what_has_no_switch_and_is_written_unasked_waits_for_the_end_of_quiet_hours():
    waiting = {name for name, kind in post_kinds().items() if kind.is_unasked}

    letters = {PERSONAL, REMOVAL_NEAR, PROMPT_PAUSED, SHOWER_EMPTY, SHOWER_OFF, WELCOME}
    assert waiting == letters


def test_every_tick_has_a_name_of_its_own():
    assert len({tick.__name__ for tick in TIMETABLE}) == len(TIMETABLE)


def test_nobody_talks_to_slack_while_a_session_is_open():
    talking = re.compile(
        r"reply|ack|forms\.open|(self\._)?client\.\w+|progress\.show|home\.refresh"
    )

    for module in (ROOT / "handlers").rglob("*.py"):
        for opened in filter(_opens_a_session, ast.walk(ast.parse(module.read_text()))):
            calls = [one for one in ast.walk(opened) if isinstance(one, ast.Call)]
            talks = [one.lineno for one in calls if talking.fullmatch(ast.unparse(one.func))]
            assert not talks, f"{module} talks to Slack in lines {talks}"


def _opens_a_session(node: ast.AST) -> bool:
    if not isinstance(node, ast.AsyncWith):
        return False
    return re.match(r"(\w+\.)*db[(.]", ast.unparse(node.items[0])) is not None


def test_a_community_is_locked_so_that_others_can_share_in_it_meanwhile():
    hard = re.compile(r"\(\s*Community,[^()]*with_for_update|with_for_update\(of=Community")

    for room in ("handlers", "models"):
        for module in (ROOT / room).rglob("*.py"):
            assert not hard.search(module.read_text()), module


def test_nothing_names_a_registry_or_a_machine():
    listed = (ROOT / "constraints.txt").read_text()

    assert "://" not in listed
    assert "@" not in listed


@pytest.mark.parametrize("picture", re.findall(r"\]\((docs/[^)]+\.png)\)", README))
def test_every_picture_of_the_readme_is_there(picture):
    assert (ROOT / picture).exists()
