"""Slack's own Python library and its TypeScript definitions say the same as the local Slack."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.sandbox.block_kit import check_message, check_view
from tests.bot.sandbox.block_examples import (
    BLOCKS,
    CHOICES_AND_BUTTONS,
    INPUTS,
    Json,
    asking,
    changed,
    form,
    found,
    options,
    places,
    said,
    section,
)

UNKNOWN_TO_THE_LIBRARY = {"alert", "data_table", "data_visualization"}
SHOWN = {name: block for name, block in BLOCKS.items() if name not in UNKNOWN_TO_THE_LIBRARY}
SHOWN |= {name: section(accessory=e) for name, e in CHOICES_AND_BUTTONS.items()}
SHOWN |= {name: asking(element) for name, element in INPUTS.items()}


def _library_refuses(block: Json) -> bool:
    # The library warns of what it does not know; here only refusals count.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            parsed = Block.parse(block)
            return parsed is None or parsed.to_dict() is None
        except (SlackObjectFormationError, TypeError, KeyError):
            return True


def _leaves() -> list[tuple[str, str, str]]:
    return [
        (name, pointer, field)
        for name, block in SHOWN.items()
        for pointer, place in places(block)
        if isinstance(place, dict)
        for field, value in place.items()
        if isinstance(value, str | list) and field != "type"
    ]


def _grown(value: Any, size: int) -> Any:
    """Repeat a text or list to a size; lists stay short enough to be quick."""
    size = size if isinstance(value, str) else min(size, 256)
    return (value * size)[:size] if value else value


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(_leaves()),
    st.sampled_from([0, 1, 5, 6, 10, 11, 25, 26, 75, 76, 100, 101, 150, 151, 255, 256])
    | st.sampled_from([300, 301, 2000, 2001, 3000, 3001, 12_000, 12_001]),
)
def test_what_the_library_refuses_is_refused(leaf, size):
    name, pointer, field = leaf
    value = found(SHOWN[name], pointer)[field]
    block = changed(SHOWN[name], pointer, **{field: _grown(value, size)})

    if _library_refuses(block):
        assert check_message(said(block)) != []


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(_leaves()))
def test_a_field_the_library_misses_is_missed(leaf):
    name, pointer, field = leaf
    block = changed(SHOWN[name], pointer, **{field: None})

    if _library_refuses(block):
        assert check_message(said(block)) != []


@pytest.mark.parametrize("name", SHOWN)
def test_what_the_library_writes_is_taken(name):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        written = Block.parse(SHOWN[name]).to_dict()

    assert check_message(said(written)) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("callback_id", "a" * 256),
        ("private_metadata", "a" * 3001),
        ("title", {"type": "plain_text", "text": "a" * 25}),
        ("submit", {"type": "plain_text", "text": "a" * 25}),
        ("close", {"type": "plain_text", "text": "a" * 25}),
        ("blocks", []),
        ("blocks", [section()] * 101),
    ],
)
def test_a_form_the_library_refuses_is_refused(field, value):
    view = form(section(), **{field: value})

    with pytest.raises(SlackObjectFormationError):
        View(**view).to_dict()
    assert check_view(view, "modal") != []


@pytest.mark.parametrize(
    "block",
    [
        {"type": "section", "fields": [{"type": "mrkdwn", "text": "a" * 2001}]},
        {"type": "header", "text": {"type": "mrkdwn", "text": "a"}},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "a" * 3001}]},
        section(accessory={"type": "image", "alt_text": "A chart"}),
        asking({"type": "plain_text_input", "max_length": 3001}),
        section(accessory={"type": "static_select", "options": []}),
        section(accessory={"type": "checkboxes", "options": options(11)}),
        section(accessory={"type": "datepicker", "initial_date": "2026-02-31"}),
        asking({"type": "file_input", "max_files": 11}),
    ],
)
def test_what_the_library_overlooks_is_refused_too(block):
    assert not _library_refuses(block)
    assert check_message(said(block)) != []
