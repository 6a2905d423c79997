"""Whether manifest.yml is what Slack would accept, and fits the way the bot runs."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.doctor.findings import BAD, GOOD, Finding

MANIFEST = Path(__file__).parents[2] / "manifest.yml"
AGAIN = "Take the file that came with this version."


@dataclass(frozen=True)
class Manifest:
    """The scopes the manifest asks for: those nothing works without, and the others."""

    required: frozenset[str] = field(default_factory=frozenset)
    optional: frozenset[str] = field(default_factory=frozenset)


def read_manifest(path: Path) -> tuple[Manifest | None, Finding]:
    """Return what the manifest asks for, or None, and what there is to say of the file."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None, Finding(BAD, "Manifest", f"{path.name} is missing. {AGAIN}")
    except (OSError, UnicodeError, yaml.YAMLError):
        return None, Finding(BAD, "Manifest", f"{path.name} cannot be read as YAML. {AGAIN}")
    try:
        problems = list(_problems(content))
        scopes = content["oauth_config"]["scopes"]
        manifest = Manifest(frozenset(scopes["bot"]), frozenset(scopes.get("bot_optional") or ()))
    except (KeyError, TypeError, AttributeError) as error:
        what = f"{error.args[0]} is missing" if isinstance(error, KeyError) else "its form is wrong"
        return None, Finding(BAD, "Manifest", f"{path.name}: {what}. {AGAIN}")
    if problems:
        return manifest, Finding(BAD, "Manifest", f"{path.name}: {'; '.join(problems)}. {AGAIN}")
    commands, shortcuts = content["features"]["slash_commands"], content["features"]["shortcuts"]
    words = f"{len(commands)} commands, {len(shortcuts)} shortcuts, all in order."
    return manifest, Finding(GOOD, "Manifest", words)


def _problems(content: dict[str, Any]) -> Iterator[str]:
    """Yield what Slack would refuse, or what would keep members from reaching the bot.

    Limits are those of Slack's manifest schema 2.0.0.
    """
    features, settings = content["features"], content["settings"]
    if not 1 <= len(content["display_information"]["name"]) <= 35:
        yield "the name has to have 1 to 35 characters"
    if not settings["socket_mode_enabled"]:
        yield "Socket Mode is switched off"
    if not settings["interactivity"]["is_enabled"]:
        yield "interactivity is switched off, so no button would work"
    yield from _command_problems(features["slash_commands"])
    yield from _shortcut_problems(features["shortcuts"])
    scopes = content["oauth_config"]["scopes"]
    yield from _twice("scope", [*scopes["bot"], *(scopes.get("bot_optional") or ())])
    yield from _twice("event", settings["event_subscriptions"]["bot_events"])


def _command_problems(commands: list[dict[str, Any]]) -> Iterator[str]:
    if len(commands) > 50:
        yield "there are more than 50 commands"
    for command in commands:
        name = command["command"]
        if not name.startswith("/") or not 2 <= len(name) <= 32 or name != name.lower():
            yield f"the command {name} has to begin with / and be short and lower-case"
        if not 1 <= len(command["description"]) <= 2000:
            yield f"the command {name} has no description"
    yield from _twice("command", [command["command"] for command in commands])


def _shortcut_problems(shortcuts: list[dict[str, Any]]) -> Iterator[str]:
    for kind in ("global", "message"):
        if sum(shortcut["type"] == kind for shortcut in shortcuts) > 5:
            yield f"there are more than 5 {kind} shortcuts"
    for shortcut in shortcuts:
        if not 1 <= len(shortcut["name"]) <= 24 or not 1 <= len(shortcut["description"]) <= 150:
            yield f"the shortcut {shortcut['callback_id']} has a name or description too long"
    yield from _twice("shortcut", [shortcut["callback_id"] for shortcut in shortcuts])


def _twice(kind: str, names: list[str]) -> Iterator[str]:
    for name, times in Counter(names).items():
        if times > 1:
            yield f"the {kind} {name} is there {times} times"
