"""Slack's own definitions know the calls they should know, and refuse the others."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import slack_types
from tests.bot.sandbox.block_examples import (
    BLOCKS,
    CHOICES_AND_BUTTONS,
    INPUTS,
    Json,
    asking,
    form,
    mrkdwn,
    option,
    row,
    said,
    section,
)

needs_the_types = pytest.mark.skipif(
    slack_types.why_not() is not None, reason=slack_types.why_not() or ""
)
ROOT = Path(__file__).resolve().parents[1]
BOX = {"type": "checkboxes", "options": [{**option(), "description": mrkdwn()}]}


@pytest.fixture
def recording(tmp_path):
    def write(*calls: tuple[str, Json]) -> Path:
        path = tmp_path / "calls.jsonl"
        lines = [json.dumps({"method": method, "args": args}) for method, args in calls]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


def _posted(*blocks: Any) -> tuple[str, Json]:
    return "chat.postMessage", said(*blocks)


@needs_the_types
def test_what_the_local_slack_takes_fits_the_definitions(recording):
    shown = [_posted(block) for name, block in BLOCKS.items() if name != "alert"]
    shown += [_posted(row(element)) for element in CHOICES_AND_BUTTONS.values()]
    shown += [_posted(asking(element)) for element in INPUTS.values()]
    opened = ("views.open", {"trigger_id": "1.2", "view": form(BLOCKS["alert"], section())})

    assert slack_types.misfits(recording(*shown, opened)) == []


@needs_the_types
def test_a_misspelled_field_is_found_with_its_line(recording):
    calls = recording(_posted(section()), _posted(section(blok_id="card")))

    [misfit] = slack_types.misfits(calls)

    assert (misfit.line, misfit.pointer) == (2, "/blocks/0/blok_id")


@needs_the_types
def test_a_fault_beside_a_false_refusal_is_still_found(recording):
    chart = BLOCKS["data_visualization"]
    good, bad = section(accessory=BOX), section(accessory={**BOX, "optional": True})

    [misfit] = slack_types.misfits(recording(_posted(good, chart), _posted(bad, chart)))

    assert misfit.line == 2


@needs_the_types
def test_the_same_call_about_something_else_is_checked_once(recording):
    calls = [_posted(section(f"Problem {number}", block_id=f"p{number}")) for number in range(3000)]
    wrong = _posted(section("Problem 7", expand="yes"))

    [misfit] = slack_types.misfits(recording(*calls, wrong, wrong, *calls))

    assert misfit.line == 3001


@needs_the_types
@pytest.mark.parametrize(("text", "code"), [("hi", 0), (7, 1)])
def test_the_command_tells_by_its_exit_code(recording, text, code):
    path = recording(("chat.postMessage", {"channel": "C1", "text": text}))

    ended = subprocess.run(
        [sys.executable, "-m", "tests.slack_types", path], capture_output=True, cwd=ROOT
    )

    assert ended.returncode == code


def test_without_the_definitions_it_says_so_and_goes_on(recording, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("SLACK_TYPES", str(tmp_path / "nowhere"))

    code = slack_types.main(str(recording(_posted(section()))))

    assert code == 0
    assert "were not checked" in capsys.readouterr().out
