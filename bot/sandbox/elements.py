"""What can be pressed, chosen and typed into on a form or message, and what each one reports."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

from bot.sandbox.places import Json

# Which key of `state` and `actions` carries the answer (docs.slack.dev, block elements).
ANSWER_KEYS = {
    "channels_select": "selected_channel",
    "checkboxes": "selected_options",
    "conversations_select": "selected_conversation",
    "datepicker": "selected_date",
    "datetimepicker": "selected_date_time",
    "email_text_input": "value",
    "external_select": "selected_option",
    "file_input": "files",
    "multi_channels_select": "selected_channels",
    "multi_conversations_select": "selected_conversations",
    "multi_external_select": "selected_options",
    "multi_static_select": "selected_options",
    "multi_users_select": "selected_users",
    "number_input": "value",
    "plain_text_input": "value",
    "radio_buttons": "selected_option",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "timepicker": "selected_time",
    "url_text_input": "value",
    "users_select": "selected_user",
}
LISTS = frozenset({"selected_options", "selected_users", "selected_conversations"}) | {
    "selected_channels",
    "files",
}
PRESSABLE = frozenset(ANSWER_KEYS) | {"button", "overflow", "feedback_buttons", "icon_button"}


def elements_of(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield every interactive element with the block it stands in, in reading order."""
    for block in blocks:
        candidates = [block.get("element"), block.get("accessory")]
        candidates += (
            block.get("elements", []) if block["type"] in ("actions", "context_actions") else []
        )
        candidates += block.get("actions", []) if block["type"] == "card" else []
        for element in candidates:
            if element and element["type"] in PRESSABLE:
                yield block, element
        nested = block.get("child_blocks", []) if block["type"] == "container" else []
        nested = block.get("elements", []) if block["type"] == "carousel" else nested
        yield from elements_of(nested)


def inputs_of(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    for block, element in elements_of(blocks):
        if block["type"] == "input":
            yield block, element


def completed(blocks: list[Json]) -> list[Json]:
    """Return the blocks as Slack stores them: every id given, every text object complete."""
    return [{"block_id": _new_id(), **_completed(block)} for block in blocks]


def _completed(part: Any) -> Any:
    if isinstance(part, list):
        return [_completed(one) for one in part]
    if not isinstance(part, dict):
        return part
    whole = {name: _completed(value) for name, value in part.items()}
    kind = whole.get("type")
    if kind == "plain_text":
        whole.setdefault("emoji", True)
    elif kind == "mrkdwn":
        whole.setdefault("verbatim", False)
    elif isinstance(kind, str) and kind in PRESSABLE:
        whole.setdefault("action_id", _new_id())
    return whole


def _new_id() -> str:
    return secrets.token_urlsafe(4)


def first_state(blocks: list[Json], conversation: str | None = None) -> Json:
    """Return `state.values` of freshly drawn blocks: what is preset, empty elsewhere.

    `conversation` is where the person stands, for selects that default to it.
    """
    values: Json = {}
    for block, element in elements_of(blocks):
        if element["type"] in ANSWER_KEYS:
            preset = _preset(element, conversation)
            values.setdefault(block["block_id"], {})[element["action_id"]] = preset
    return values


def _preset(element: Json, conversation: str | None) -> Json:
    key = ANSWER_KEYS[element["type"]]
    initial = element.get(key.replace("selected_", "initial_"), element.get("initial_value"))
    if initial is None and element.get("default_to_current_conversation"):
        initial = [conversation] if key in LISTS and conversation else conversation
    if initial is None and key in LISTS:
        initial = []
    return {"type": element["type"], key: initial}


def kept_state(before: Json, blocks: list[Json], conversation: str | None = None) -> Json:
    """Return the state after a redraw: what was typed stays where block_id and action_id stayed."""
    values = first_state(blocks, conversation)
    for block_id, answers in values.items():
        for action_id, fresh in answers.items():
            typed = before.get(block_id, {}).get(action_id)
            if typed and typed["type"] == fresh["type"]:
                answers[action_id] = typed
    return values


def is_empty(answer: Json) -> bool:
    return answer[ANSWER_KEYS[answer["type"]]] in (None, "", [])
