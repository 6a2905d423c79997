"""Everything the bot said to Slack, held against Slack's own TypeScript definitions.

`python -m tests.slack_types RECORDING` reads a recording of the local Slack, one call a line, and
exits with 1 when a call does not fit. The work is done by tscheck.mjs (found through TSCHECK, else
in ../shared/tools beside the repository) with the npm packages of SLACK_TYPES, else
~/.cache/slack-types; without them it says what is missing and exits with 0.

The TypeScript compiler needs minutes for 50,000 calls, so only the first call of each outline is
given to it. Two calls have the same outline when they differ only in what the definitions leave
free: strings that are no lower-case word (all literal types are such words), the words under a few
keys like "text", numbers beyond 1, and repeated items of a list.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parents[1]
_LITERAL = re.compile(r"[a-z][a-z_.#/]{0,40}")
_FREE = frozenset({"text", "value", "name", "alt_text", "fallback", "block_id", "action_id"})
_WRITTEN_AS_JSON = frozenset({"blocks", "attachments", "view", "metadata"})
_NEWER_THAN_THE_TYPES = frozenset({"data_visualization", "layout", "auth_provider"})
_CALLS_AT_ONCE = 500


@dataclass(frozen=True)
class Misfit:
    """A place in a recorded call that Slack's definitions refuse; `line` counts from 1."""

    line: int
    method: str
    pointer: str
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.method} {self.pointer}: {self.message}"


def why_not() -> str | None:
    """Return a sentence that names what is missing on this machine, or None."""
    if shutil.which("node") is None:
        return "Slack's types were not checked: there is no `node` on the path."
    if not _checker().is_file():
        return f"Slack's types were not checked: there is no {_checker()} (set TSCHECK)."
    if not (_packages() / "node_modules" / "@slack" / "types").is_dir():
        return (
            f"Slack's types were not checked: {_packages()} has no node_modules/@slack/types"
            " (set SLACK_TYPES)."
        )
    return None


def misfits(recording: Path) -> list[Misfit]:
    """Find what Slack's definitions refuse in a recording, once for each outline of a call."""
    calls = list(_first_of_each_outline(recording))
    return [
        misfit
        for start in range(0, len(calls), _CALLS_AT_ONCE)
        for misfit in _checked(calls[start : start + _CALLS_AT_ONCE])
    ]


def _checker() -> Path:
    default = _HERE.parent / "shared" / "tools" / "tscheck.mjs"
    return Path(os.environ.get("TSCHECK", default))


def _packages() -> Path:
    return Path(os.environ.get("SLACK_TYPES", Path.home() / ".cache" / "slack-types"))


def _first_of_each_outline(recording: Path) -> Iterator[dict[str, Any]]:
    seen = set()
    with recording.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                call = json.loads(line)
                args = {name: _decoded(name, arg) for name, arg in call.get("args", {}).items()}
                key = (call["method"], _outline("", args))
                if key not in seen:
                    seen.add(key)
                    yield {"id": number, "method": call["method"], "args": _as_defined(args)}


def _decoded(name: str, value: Any) -> Any:
    if name not in _WRITTEN_AS_JSON or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _outline(name: str, value: Any) -> Any:
    """Return something hashable that is equal for values the definitions do not tell apart."""
    if isinstance(value, dict):
        return frozenset((key, _outline(key, inner)) for key, inner in value.items())
    if isinstance(value, list):
        return ("a list of", frozenset(_outline(name, item) for item in value))
    if isinstance(value, str):
        is_literal = name not in _FREE and _LITERAL.fullmatch(value)
        return value if is_literal else str
    if isinstance(value, bool) or value is None:
        return repr(value)
    return value if value in (0, 1) else float


def _as_defined(value: Any) -> Any:
    """Replace what Slack takes and its definitions wrongly refuse (tools/README.md)."""
    if isinstance(value, list):
        return [_as_defined(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("type") in _NEWER_THAN_THE_TYPES:
        return {"type": "divider"}
    plain = {name: _as_defined(inner) for name, inner in value.items()}
    if value.get("type") in ("checkboxes", "radio_buttons"):
        for name in ("options", "initial_options", "initial_option"):
            options = plain.get(name, [])
            for option in options if isinstance(options, list) else [options]:
                _describe_plainly(option)
    return plain


def _describe_plainly(option: Any) -> None:
    description = option.get("description") if isinstance(option, dict) else None
    if isinstance(description, dict) and description.get("type") == "mrkdwn":
        description["type"] = "plain_text"
        description.pop("verbatim", None)


def _checked(calls: list[dict[str, Any]]) -> Iterator[Misfit]:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(call) + "\n" for call in calls)
        file.flush()
        answer = subprocess.run(
            ["node", _checker(), file.name, "--json"],
            env={**os.environ, "SLACK_TYPES": str(_packages())},
            capture_output=True,
            text=True,
            check=False,
        )
    results = [json.loads(line) for line in answer.stdout.splitlines()]
    if len(results) != len(calls) or "GENERATOR ERROR" in answer.stderr:
        raise RuntimeError(f"tscheck.mjs failed: {answer.stderr}")
    for result in results:
        for error in result["errors"]:
            yield Misfit(result["id"], result["method"], error["ptr"], error["msg"])


def main(recording: str) -> int:
    if reason := why_not():
        sys.stdout.write(f"{reason}\n")
        return 0
    found = misfits(Path(recording))
    sys.stdout.writelines(f"{misfit}\n" for misfit in found)
    sys.stdout.write(f"{len(found)} places do not fit Slack's types.\n")
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m tests.slack_types RECORDING")
    raise SystemExit(main(sys.argv[1]))
