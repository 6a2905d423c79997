"""What a whole message, form or App Home must have besides good blocks."""

from __future__ import annotations

import json

import pytest

from bot.sandbox.block_kit import check_message, check_view
from tests.bot.sandbox.block_examples import (
    BLOCKS,
    CHOICES_AND_BUTTONS,
    INPUTS,
    asking,
    changed,
    form,
    home,
    mrkdwn,
    plain,
    said,
    section,
)

METADATA = {"event_type": "post", "event_payload": {"id": 7, "about": {"kind": "problem"}}}


def _errors(**args):
    return [(fault.error, fault.pointer) for fault in check_message({"channel": "C1", **args})]


@pytest.mark.parametrize(
    "args",
    [
        {"text": "hi"},
        {"blocks": [section()]},
        {"blocks": json.dumps([section()])},
        {"text": "hi", "blocks": []},
        {"text": "hi", "blocks": None, "attachments": None},
        {"attachments": [{"fallback": "hi", "color": "#36a64f", "blocks": [section()]}]},
        {"markdown_text": "# Notes"},
        {"text": "hi", "metadata": METADATA},
        {"text": "hi", "metadata": json.dumps(METADATA)},
        {"text": "hi", "ts": "1.2", "metadata": {}},
        {"delete_original": True},
        {"response_type": "in_channel", "replace_original": False, "text": "hi"},
        {"text": "a" * 40_001},
        {"text": "a" * 40_000, "user": "U1"},
        {"text": "a" * 4_000, "ts": "1.2"},
    ],
)
def test_a_message_that_says_something_is_taken(args):
    assert _errors(**args) == []


@pytest.mark.parametrize(
    ("args", "error", "pointer"),
    [
        ({}, "no_text", ""),
        ({"text": ""}, "no_text", ""),
        ({"text": "", "blocks": []}, "no_text", ""),
        ({"text": 7}, "invalid_arguments", "/text"),
        ({"text": "hi", "blocks": "section"}, "invalid_blocks_format", "/blocks"),
        ({"text": "hi", "blocks": section()}, "invalid_blocks_format", "/blocks"),
        ({"text": "hi", "blocks": [[]]}, "invalid_blocks", "/blocks/0"),
        ({"markdown_text": "hi", "text": "hi"}, "markdown_text_conflict", "/markdown_text"),
        ({"markdown_text": "a" * 12_001}, "msg_too_long", "/markdown_text"),
        ({"text": "a" * 40_001, "user": "U1"}, "msg_too_long", "/text"),
        ({"text": "a" * 4_001, "ts": "1.2"}, "msg_too_long", "/text"),
        ({"text": "hi", "attachments": [{}] * 101}, "too_many_attachments", "/attachments"),
        ({"text": "hi", "attachments": [{"colour": "red"}]}, "invalid_arguments", "/attachments/0"),
        (
            {"attachments": [{"blocks": [{"type": "alert"}]}]},
            "invalid_blocks",
            "/attachments/0/blocks/0/type",
        ),
        ({"text": "hi", "metadata": {}}, "invalid_metadata_format", "/metadata"),
        ({"text": "hi", "metadata": "{"}, "invalid_metadata_format", "/metadata"),
        (
            {"text": "hi", "metadata": {**METADATA, "extra": 1}},
            "invalid_metadata_format",
            "/metadata",
        ),
        (
            {"text": "hi", "metadata": {**METADATA, "event_payload": []}},
            "invalid_metadata_format",
            "/metadata/event_payload",
        ),
        (
            {"text": "hi", "metadata": {**METADATA, "event_payload": {"ids": [[1]]}}},
            "invalid_metadata_format",
            "/metadata/event_payload/ids",
        ),
    ],
)
def test_a_message_slack_would_not_take_is_refused(args, error, pointer):
    assert {(error, pointer)} == set(_errors(**args))


@pytest.mark.parametrize(
    ("view", "pointer"),
    [
        (changed(form(), "", title=None), ""),
        (changed(form(), "", submit=None), ""),
        (changed(form(), "", blocks=None), ""),
        (form(blocks=[]), "/blocks"),
        (form(blocks="[]"), "/blocks"),
        (form(title=mrkdwn()), "/title/type"),
        (form(title=plain("")), "/title/text"),
        (form(type="home"), "/type"),
        (form(id="V1"), ""),
        (form(notify_on_close="true"), "/notify_on_close"),
    ],
)
def test_a_malformed_form_is_refused_at_the_place(view, pointer):
    faults = check_view(view, "modal")

    assert [(fault.error, fault.pointer) for fault in faults] == [("invalid_arguments", pointer)]


def test_a_form_that_asks_nothing_needs_no_submit_button():
    assert check_view(changed(form(section()), "", submit=None), "modal") == []


@pytest.mark.parametrize("field", ["title", "submit", "close", "clear_on_close"])
def test_a_home_has_no_frame(field):
    [fault] = check_view({**home(), field: plain("Home")}, "home")

    assert fault.message == f"invalid additional property: {field}"


def test_the_cursor_can_be_in_one_place_only():
    focused = asking({**INPUTS["plain_text_input"], "focus_on_load": True})

    assert check_view(form(focused), "modal") == []
    [fault] = check_view(form(focused, focused), "modal")

    assert fault.pointer == "/blocks/1/element/focus_on_load"


def test_only_a_form_may_ask_where_to_answer():
    channel = asking({**CHOICES_AND_BUTTONS["channels_select"], "response_url_enabled": True})

    assert check_view(form(channel), "modal") == []
    [in_message] = check_message(said(channel))
    [in_home] = check_view(home(channel), "home")

    assert in_message.pointer == in_home.pointer == "/blocks/0/element/response_url_enabled"


def test_a_message_holds_fifty_blocks_and_a_view_a_hundred():
    assert check_message(said(*[section()] * 50)) == []
    assert check_view(form(*[section()] * 100), "modal") == []

    [in_message] = check_message(said(*[section()] * 51))
    [in_form] = check_view(form(*[section()] * 101), "modal")

    assert in_message.message == "no more than 50 items allowed"
    assert in_form.message == "no more than 100 items allowed"


@pytest.mark.parametrize(
    ("field", "longest"),
    [("callback_id", 255), ("external_id", 255), ("private_metadata", 3000)],
)
def test_a_form_carries_exactly_so_much(field, longest):
    assert check_view(form(**{field: "a" * longest}), "modal") == []
    [fault] = check_view(form(**{field: "a" * (longest + 1)}), "modal")

    assert fault.pointer == f"/{field}"


@pytest.mark.parametrize("field", ["title", "submit", "close"])
def test_the_words_of_a_form_are_short(field):
    assert check_view(form(**{field: plain("a" * 24)}), "modal") == []
    [fault] = check_view(form(**{field: plain("a" * 25)}), "modal")

    assert fault.pointer == f"/{field}/text"


def test_a_warning_in_a_form_is_short():
    warning = BLOCKS["alert"]

    assert check_view(form({**warning, "text": plain("a" * 200)}), "modal") == []
    [fault] = check_view(form({**warning, "text": plain("a" * 201)}), "modal")

    assert fault.pointer == "/blocks/0/text/text"


def test_a_view_weighs_at_most_250_kilobytes():
    blocks = [section("é" * 3000) for _ in range(42)]

    errors = [fault.error for fault in check_view(form(*blocks), "modal")]

    assert errors == ["view_too_large"]
