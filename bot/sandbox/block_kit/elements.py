"""Everything a person can press, pick or fill in.

The table follows docs.slack.dev/reference/block-kit/block-elements and npm @slack/types 3.2.0,
block-elements.d.ts; which element has a confirmation or a placeholder is the latter's.
"""

from __future__ import annotations

from bot.sandbox import limits
from bot.sandbox.block_kit.choices import (
    chosen_among_options,
    possible_lengths,
    possible_lines,
    possible_numbers,
)
from bot.sandbox.block_kit.rich_text import RICH_TEXT_KIND
from bot.sandbox.block_kit.schema import (
    Anything,
    Each,
    Flag,
    Node,
    Number,
    Rule,
    Shape,
    String,
    at_least_one_of,
    choice,
    exactly_one_of,
)
from bot.sandbox.block_kit.text import (
    ADDRESS,
    BOX_OPTION,
    CONFIRM,
    DATE,
    IMAGE,
    MENU_OPTION,
    OPTION,
    OPTION_GROUPS,
    OPTIONS,
    PLACEHOLDER,
    TIME,
    TIMEZONE,
    plain_text,
)

Fields = dict[str, Node]

_CONFIRM: Fields = {"confirm": CONFIRM}
_FOCUS: Fields = {"focus_on_load": Flag()}
_PICKER: Fields = _CONFIRM | _FOCUS | {"placeholder": PLACEHOLDER}
_SEVERAL: Fields = _PICKER | {"max_selected_items": Number(1)}
_RESPOND: Fields = {"response_url_enabled": Flag()}
_SEARCH: Fields = {"min_query_length": Number(0)}
_TYPED: Fields = _FOCUS | {
    "placeholder": PLACEHOLDER,
    "dispatch_action_config": Shape(
        {"trigger_actions_on": Each(choice("on_enter_pressed", "on_character_entered"), 1)}
    ),
}
_STATIC: Fields = {"options": OPTIONS, "option_groups": OPTION_GROUPS}
_STATIC_RULES = (exactly_one_of("options", "option_groups"), chosen_among_options)
_BOXES: Fields = _CONFIRM | _FOCUS | {"options": Each(BOX_OPTION, 1, limits.CHOICES)}

_NAMED: Fields = {
    "text": plain_text(limits.BUTTON_TEXT),
    "accessibility_label": String(limits.BUTTON_LABEL),
}
_VALUE = String(limits.BUTTON_VALUE)
_STYLE = choice("primary", "danger")
_ID = String(shortest=1)
_IDS = Each(_ID)
_VISIBLE_TO = Each(_ID, at_most=limits.VISIBLE_TO)

_FILTER: Fields = {
    "include": Each(choice("im", "mpim", "private", "public"), 1),
    "exclude_external_shared_channels": Flag(),
    "exclude_bot_users": Flag(),
}
_CONVERSATIONS: Fields = _RESPOND | {
    "default_to_current_conversation": Flag(),
    "filter": Shape(_FILTER, rules=(at_least_one_of(*_FILTER),)),
}
_FEEDBACK = Shape(_NAMED | {"value": _VALUE}, required=("text", "value"))
_WORKFLOW_INPUT = Shape({"name": String(), "value": String()}, required=("name", "value"))
_TRIGGER = Shape(
    {"url": ADDRESS, "customizable_input_parameters": Each(_WORKFLOW_INPUT)}, required=("url",)
)


def _element(fields: Fields, required: tuple[str, ...] = (), rules: tuple[Rule, ...] = ()) -> Shape:
    known: Fields = {"type": String(), "action_id": String(limits.ACTION_ID)}
    return Shape(known | fields, required, rules)


BUTTONS = {
    "button": _element(
        _CONFIRM
        | _NAMED
        | {
            "value": _VALUE,
            "url": ADDRESS,
            "style": _STYLE,
            "agent_prompt": String(limits.AGENT_PROMPT),
            # Only slack_sdk names this field; what it holds is not written down.
            "agent_prompt_display": Anything(),
            "visible_to_user_ids": _IDS,
        },
        required=("text",),
    ),
    "workflow_button": _element(
        _CONFIRM
        | _NAMED
        | {"workflow": Shape({"trigger": _TRIGGER}, required=("trigger",)), "style": _STYLE},
        required=("text", "workflow"),
    ),
    "icon_button": _element(
        _CONFIRM | _NAMED | {"icon": _ID, "value": _VALUE, "visible_to_user_ids": _VISIBLE_TO},
        required=("icon", "text"),
    ),
    "feedback_buttons": _element(
        {"positive_button": _FEEDBACK, "negative_button": _FEEDBACK},
        required=("positive_button", "negative_button"),
    ),
    "overflow": _element(
        _CONFIRM | {"options": Each(MENU_OPTION, 1, limits.OVERFLOW_OPTIONS)},
        required=("options",),
    ),
}

SELECTS = {
    "static_select": _element(_PICKER | _STATIC | {"initial_option": OPTION}, rules=_STATIC_RULES),
    "external_select": _element(_PICKER | _SEARCH | {"initial_option": OPTION}),
    "users_select": _element(_PICKER | {"initial_user": _ID}),
    "channels_select": _element(_PICKER | _RESPOND | {"initial_channel": _ID}),
    "conversations_select": _element(_PICKER | _CONVERSATIONS | {"initial_conversation": _ID}),
}

MULTI_SELECTS = {
    "multi_static_select": _element(
        _SEVERAL | _STATIC | {"initial_options": Each(OPTION)}, rules=_STATIC_RULES
    ),
    "multi_external_select": _element(_SEVERAL | _SEARCH | {"initial_options": Each(OPTION)}),
    "multi_users_select": _element(_SEVERAL | {"initial_users": _IDS}),
    "multi_channels_select": _element(_SEVERAL | {"initial_channels": _IDS}),
    "multi_conversations_select": _element(
        _SEVERAL
        | {name: _CONVERSATIONS[name] for name in ("default_to_current_conversation", "filter")}
        | {"initial_conversations": _IDS}
    ),
}

CHOICES = {
    "checkboxes": _element(
        _BOXES | {"initial_options": Each(BOX_OPTION)}, ("options",), (chosen_among_options,)
    ),
    "radio_buttons": _element(
        _BOXES | {"initial_option": BOX_OPTION}, ("options",), (chosen_among_options,)
    ),
}

PICKERS = {
    "datepicker": _element(_PICKER | {"initial_date": DATE}),
    "timepicker": _element(_PICKER | {"initial_time": TIME, "timezone": TIMEZONE}),
}

# Ten digits, in seconds.
_MOMENT = Number(1_000_000_000, 9_999_999_999)

INPUTS = {
    "datetimepicker": _element(_CONFIRM | _FOCUS | {"initial_date_time": _MOMENT}),
    "plain_text_input": _element(
        _TYPED
        | {
            "initial_value": String(),
            "multiline": Flag(),
            "min_length": Number(0, limits.INPUT_TEXT),
            "max_length": Number(1, limits.INPUT_TEXT),
        },
        rules=(possible_lengths,),
    ),
    "number_input": _element(
        _TYPED
        | {"is_decimal_allowed": Flag()}
        | {name: String() for name in ("initial_value", "min_value", "max_value")},
        required=("is_decimal_allowed",),
        rules=(possible_numbers,),
    ),
    "email_text_input": _element(_TYPED | {"initial_value": String()}),
    "url_text_input": _element(_TYPED | {"initial_value": String()}),
    "rich_text_input": _element(
        _TYPED
        | {
            "initial_value": RICH_TEXT_KIND,
            "min_lines": Number(1, limits.INPUT_LINES),
            "max_lines": Number(1, limits.INPUT_LINES),
        },
        rules=(possible_lines,),
    ),
    "file_input": _element({"filetypes": Each(_ID), "max_files": Number(1, limits.INPUT_FILES)}),
}

_CHOSEN = SELECTS | MULTI_SELECTS | CHOICES | PICKERS
_PRESSED = {name: BUTTONS[name] for name in ("button", "workflow_button", "overflow")}

ACCESSORIES = _CHOSEN | _PRESSED | {"image": IMAGE}
"""What a section may carry at its side (types: SectionBlockAccessory)."""

ACTIONS = (
    _CHOSEN | _PRESSED | {name: INPUTS[name] for name in ("datetimepicker", "rich_text_input")}
)
"""What may stand in a row of actions (types: ActionsBlockElement)."""

ANSWERS = _CHOSEN | INPUTS
"""What an input block may ask with (types: InputBlockElement)."""
