"""What holds for every block there is, and for any rubbish somebody might send."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.block_kit import check_manners, check_message, check_view
from tests.bot.sandbox.block_examples import (
    BLOCKS,
    INPUTS,
    Json,
    asking,
    button,
    changed,
    form,
    found,
    mrkdwn,
    places,
    row,
    said,
    section,
)

# An alert lives in forms only, so everything is shown where it may stand.
SHOWN = {name: form(BLOCKS[name]) if name == "alert" else said(BLOCKS[name]) for name in BLOCKS}
SHOWN |= {name: said(asking(element)) for name, element in INPUTS.items()}


def _faults(shown: Json) -> list[Any]:
    return check_view(shown, "modal") if "title" in shown else check_message(shown)


WHERE = [
    (name, pointer)
    for name, shown in SHOWN.items()
    for pointer, place in places(shown["blocks"], "/blocks")
    if isinstance(place, dict)
]
_KEYS = st.sampled_from(
    ["type", "text", "elements", "accessory", "element", "options", "block_id", "tasks", "rows"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=4) | _KEYS, inner, max_size=4)
    ),
    max_leaves=12,
)
_TYPES = st.sampled_from([*BLOCKS, *INPUTS, "plain_text", "mrkdwn", "overflow", "rich_text_list"])
BLOCKISH = st.dictionaries(_KEYS, JSON | _TYPES, max_size=6)


@pytest.mark.parametrize(("name", "pointer"), WHERE)
def test_a_field_slack_does_not_know_is_refused_everywhere(name, pointer):
    shown = changed(SHOWN[name], pointer, blok_id="card")

    faults = _faults(shown)

    assert (pointer, "invalid additional property: blok_id") in [
        (fault.pointer, fault.message) for fault in faults
    ]


@pytest.mark.parametrize(("name", "pointer"), WHERE)
def test_every_object_is_looked_at(name, pointer):
    *above, key = pointer.split("/")
    shown = changed(SHOWN[name], "")
    parent = found(shown, "/".join(above))
    parent[int(key) if isinstance(parent, list) else key] = "a string instead"

    faults = _faults(shown)

    assert (pointer, "must provide an object") in [(f.pointer, f.message) for f in faults]


@settings(deadline=None)
@given(st.sampled_from(WHERE), st.text(max_size=3), JSON)
def test_rubbish_in_a_field_is_answered_with_a_place_that_exists(where, name, rubbish):
    shown = changed(SHOWN[where[0]], where[1], **{name or "text": rubbish})

    for fault in _faults(shown):
        found(shown, fault.pointer)


@settings(deadline=None)
@given(st.lists(BLOCKISH | JSON, max_size=6) | JSON)
def test_no_rubbish_brings_the_check_down(blocks):
    for fault in check_message({"text": "hi", "blocks": blocks, "attachments": blocks}):
        assert fault.message
    for fault in check_view({**form(), "blocks": blocks}, "modal"):
        assert fault.message
    check_manners({"text": "hi", "blocks": blocks})


@settings(deadline=None)
@given(st.text(min_size=1, max_size=3000))
def test_whatever_a_member_writes_is_text_slack_takes(text):
    assert check_message(said(section(text))) == []


@settings(deadline=None)
@given(st.lists(st.sampled_from(["one", "two", "three", "four"]), min_size=1, max_size=6))
def test_ids_are_refused_exactly_when_they_come_back(ids):
    blocks = [row(*(button(name) for name in ids))]
    repeats = len(ids) - len(set(ids))

    assert len(check_message(said(*blocks))) == repeats
    assert len(check_message(said(*(section(block_id=name) for name in ids)))) == repeats


@settings(deadline=None)
@given(st.dates())
def test_every_date_there_is_can_be_picked_first(day):
    element = {"type": "datepicker", "initial_date": day.isoformat()}

    assert check_message(said(section(accessory=element))) == []


def test_a_thousand_cards_are_checked_in_a_blink():
    card = said(
        section(accessory=button()), {"type": "context", "elements": [mrkdwn()]}, row(button())
    )

    begun = time.process_time()
    for _ in range(1000):
        check_message(card)

    assert time.process_time() - begun < 1
