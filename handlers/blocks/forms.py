"""Forms: drawing their fields, reading what a member typed, and what a form carries along.

The block_id of a field is its action_id and the name of the attribute it fills.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from slack_sdk.models.blocks import (
    CheckboxesElement,
    InputBlock,
    Option,
    PlainTextInputElement,
)
from slack_sdk.models.views import View

from handlers.blocks.text import plain
from models.text import clean

YES = "yes"
# The beginning of the year 9999 in seconds.
LAST_INSTANT = 253_370_764_800


@dataclass(frozen=True, kw_only=True)
class TextField:
    """A field to type into. `max_length` counts characters."""

    name: str
    label: str
    max_length: int
    placeholder: str | None = None
    hint: str | None = None
    is_long: bool = False
    is_optional: bool = False

    def drawn(self, typed: str | None = None) -> InputBlock:
        """Return the field with what is typed already; Slack refuses more than fits."""
        return InputBlock(
            block_id=self.name,
            label=plain(self.label),
            hint=plain(self.hint) if self.hint else None,
            optional=self.is_optional,
            element=PlainTextInputElement(
                action_id=self.name,
                placeholder=plain(self.placeholder) if self.placeholder else None,
                multiline=self.is_long,
                max_length=self.max_length,
                initial_value=(typed or "")[: self.max_length] or None,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class TickField:
    """One box to tick, or to leave unless it `is_optional` no more."""

    name: str
    label: str
    choice: str
    hint: str | None = None
    is_optional: bool = True

    def drawn(self, *, is_ticked: bool = False) -> InputBlock:
        option = Option(value=YES, text=plain(self.choice))
        return InputBlock(
            block_id=self.name,
            label=plain(self.label),
            hint=plain(self.hint) if self.hint else None,
            optional=self.is_optional,
            element=CheckboxesElement(
                action_id=self.name,
                options=[option],
                initial_options=[option] if is_ticked else None,
            ),
        )


def filled(blank: Mapping[str, Any], typed: Mapping[str, str], metadata: str) -> dict[str, Any]:
    """Return a form drawn before, with these texts in its text fields and this metadata."""
    return {
        **blank,
        "private_metadata": metadata,
        "blocks": [_filled_block(block, typed) for block in blank["blocks"]],
    }


def _filled_block(block: Mapping[str, Any], typed: Mapping[str, str]) -> Mapping[str, Any]:
    text = typed.get(block.get("block_id") or "")
    if not text or block.get("type") != "input":
        return block
    element = block["element"]
    return {**block, "element": {**element, "initial_value": text[: element["max_length"]]}}


def read_form(view: Mapping[str, Any]) -> dict[str, Any]:
    """Return the form's answers by field name.

    Texts are cleaned; an empty field is None, a field of several choices a list. Dates, times and
    moments come as such, moments in UTC.
    """
    answers = view.get("state", {}).get("values", {})
    return {field: _answer(*elements.values()) for field, elements in answers.items() if elements}


def _answer(element: Mapping[str, Any]) -> Any:
    kind = element["type"]
    match kind:
        case "static_select" | "external_select" | "radio_buttons":
            return (element.get("selected_option") or {}).get("value")
        case "checkboxes" | "multi_static_select" | "multi_external_select":
            return [option["value"] for option in element.get("selected_options") or []]
        case "users_select" | "channels_select" | "conversations_select":
            return element.get("selected_" + kind.removesuffix("s_select"))
        case "multi_users_select" | "multi_channels_select" | "multi_conversations_select":
            names = kind.removeprefix("multi_").removesuffix("_select")
            return element.get("selected_" + names) or []
        case "file_input":
            return [file["id"] for file in element.get("files") or []]
        case "datepicker" | "timepicker" | "datetimepicker":
            return _moment(element)
        case _:
            return clean(element.get("value") or "") or None


def _moment(element: Mapping[str, Any]) -> date | time | datetime | None:
    """Return the day, time or moment chosen; what is forged counts as nothing chosen."""
    with suppress(ValueError, TypeError):
        if chosen := element.get("selected_date"):
            return date.fromisoformat(chosen)
        if chosen := element.get("selected_time"):
            return time.fromisoformat(chosen)
    return _instant(element.get("selected_date_time"))


def _instant(seconds: object) -> datetime | None:
    """Return the moment so many seconds after 1970; None for what Slack's own window cannot send.

    Some databases and zones cannot count beyond the years 1 to 9999.
    """
    if not isinstance(seconds, int) or not 0 <= seconds < LAST_INSTANT:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def carried(**facts: str | int | None) -> str:
    """Return a form's private_metadata: small facts that come back when it is sent."""
    kept = {name: fact for name, fact in facts.items() if fact is not None}
    # Slack takes 3,000 characters; written as "\uXXXX" an emoji alone would be twelve.
    return json.dumps(kept, ensure_ascii=False)


def remembering(form: View, *, was_between_us: bool) -> View:
    """Return the form, which then knows whether it was opened in the member's own conversation."""
    if was_between_us:
        facts = carried_by({"private_metadata": form.private_metadata})
        form.private_metadata = carried(**facts, between_us=1)
    return form


def answer_place(view: Mapping[str, Any], channel_id: str) -> str | None:
    """Return the channel in which its answer is looked for; None is the own conversation."""
    return None if carried_by(view).get("between_us") else channel_id


def carried_by(view: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts the form carried. They may be forged, so each still has to be checked."""
    try:
        facts = json.loads(view.get("private_metadata") or "{}")
    except (ValueError, RecursionError):
        return {}
    return facts if isinstance(facts, dict) else {}
