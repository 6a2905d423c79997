"""One block and one element of every kind, as Slack accepts it, and the ways to spoil them."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

Json = dict[str, Any]


def plain(text: str = "Me too") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "*How* do I get quiet students to talk?") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str = "math", text: str = "Mathematics") -> Json:
    return {"text": plain(text), "value": value}


def options(number: int) -> list[Json]:
    return [option(f"topic-{n}", f"Topic {n}") for n in range(number)]


def rich_text(*words: Json) -> Json:
    section = {"type": "rich_text_section", "elements": list(words) or [WORDS["text"]]}
    return {"type": "rich_text", "elements": [section]}


def section(text: str = "Shared in #math-circle.", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def asking(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("Your question"), "element": element, **more}


def row(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def button(action_id: str = "problems.me_too", **more: Any) -> Json:
    return {"type": "button", "text": plain(), "action_id": action_id, **more}


def form(*blocks: Json, **more: Any) -> Json:
    asked = list(blocks) or [asking(INPUTS["plain_text_input"])]
    words = {"title": plain("Share a problem"), "submit": plain("Share")}
    return {"type": "modal", **words, "blocks": asked, **more}


def home(*blocks: Json) -> Json:
    return {"type": "home", "blocks": list(blocks) or [section()]}


def said(*blocks: Json, **more: Any) -> Json:
    return {"channel": "C1", "text": "Ana shares a problem", "blocks": list(blocks), **more}


WORDS: dict[str, Json] = {
    "text": {"type": "text", "text": "wait time", "style": {"bold": True, "code": False}},
    "link": {"type": "link", "url": "https://example.org/tools", "text": "tools"},
    "user": {"type": "user", "user_id": "U1"},
    "channel": {"type": "channel", "channel_id": "C1"},
    "usergroup": {"type": "usergroup", "usergroup_id": "S1"},
    "team": {"type": "team", "team_id": "T1"},
    "emoji": {"type": "emoji", "name": "seedling"},
    "date": {"type": "date", "timestamp": 1764776400, "format": "{date_long}", "fallback": "3 Dec"},
    "broadcast": {"type": "broadcast", "range": "here"},
    "color": {"type": "color", "value": "#F405B3"},
}
CONFIRM: Json = {
    "title": plain("Delete?"),
    "text": mrkdwn("It is gone then."),
    "confirm": plain("Delete"),
    "deny": plain("Keep"),
    "style": "danger",
}
TOPICS = options(3)
CHOSEN: dict[str, Json] = {
    "static_select": {"options": TOPICS, "initial_option": TOPICS[1], "placeholder": plain()},
    "external_select": {"min_query_length": 0, "initial_option": option()},
    "users_select": {"initial_user": "U1"},
    "channels_select": {"initial_channel": "C1"},
    "conversations_select": {"filter": {"include": ["public"]}, "confirm": CONFIRM},
    "multi_static_select": {
        "option_groups": [{"label": plain("All"), "options": TOPICS}],
        "initial_options": TOPICS[:2],
        "max_selected_items": 2,
    },
    "multi_external_select": {"initial_options": [option()]},
    "multi_users_select": {"initial_users": ["U1", "U2"]},
    "multi_channels_select": {"initial_channels": []},
    "multi_conversations_select": {"default_to_current_conversation": True},
    "checkboxes": {"options": [{**option(), "text": mrkdwn(), "description": mrkdwn()}]},
    "radio_buttons": {"options": TOPICS, "initial_option": TOPICS[0]},
    "datepicker": {"initial_date": "2028-02-29"},
    "timepicker": {"initial_time": "16:00", "timezone": "America/Denver"},
}
INPUTS: dict[str, Json] = {
    "datetimepicker": {"initial_date_time": 1764776400},
    "plain_text_input": {"min_length": 3, "max_length": 150, "initial_value": "Exit tickets"},
    "number_input": {"is_decimal_allowed": False, "min_value": "0", "initial_value": "18"},
    "email_text_input": {"placeholder": plain("ana@school.example")},
    "url_text_input": {"dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]}},
    "rich_text_input": {"initial_value": rich_text(), "min_lines": 2},
    "file_input": {"filetypes": ["pdf"], "max_files": 2},
}
PRESSED: dict[str, Json] = {
    "button": {"text": plain(), "value": "7", "style": "primary", "accessibility_label": "Me too"},
    "workflow_button": {
        "text": plain(),
        "workflow": {"trigger": {"url": "https://slack.com/shortcuts/Ft1/abc"}},
    },
    "overflow": {"options": [{**option(), "url": "https://example.org"}]},
}
for table in (CHOSEN, INPUTS, PRESSED):
    for name, element in table.items():
        element |= {"type": name, "action_id": f"do.{name}"}
CHOICES_AND_BUTTONS = {**CHOSEN, **PRESSED}

IMAGE: Json = {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A run chart"}
CARD: Json = {"type": "card", "title": mrkdwn("Wait time"), "actions": [button()], "icon": IMAGE}
TASK: Json = {"type": "task_card", "task_id": "1", "title": "Read", "status": "complete"}
CELLS = [{"type": "raw_text", "text": "Ana"}, {"type": "raw_number", "value": 18, "text": "18"}]
AXES = {"categories": ["week 1", "week 2"], "y_label": "tickets"}
POINTS = [{"label": "week 1", "value": 4}, {"label": "week 2", "value": 0.5}]

BLOCKS: dict[str, Json] = {
    "section": section(fields=[plain("Topic"), mrkdwn("math")], accessory=IMAGE, expand=True),
    "header": {"type": "header", "text": plain("Problems")},
    "context": {"type": "context", "elements": [IMAGE, plain(), mrkdwn()]},
    "actions": row(*CHOICES_AND_BUTTONS.values()),
    "context_actions": {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "positive_button": {"text": plain("Helped"), "value": "1"},
                "negative_button": {"text": plain("Did not"), "value": "0"},
            },
            {"type": "icon_button", "icon": "trash", "text": plain("Delete")},
        ],
    },
    "divider": {"type": "divider", "block_id": "line"},
    "image": {"type": "image", "slack_file": {"id": "F0CHART001"}, "alt_text": "A run chart"},
    "input": asking(INPUTS["number_input"], hint=plain("How many?"), optional=True),
    "rich_text": {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": list(WORDS.values())},
            {
                "type": "rich_text_list",
                "style": "ordered",
                "indent": 1,
                "elements": rich_text()["elements"],
            },
            {"type": "rich_text_quote", "elements": [WORDS["user"]], "border": 1},
            {"type": "rich_text_preformatted", "elements": [WORDS["text"], WORDS["link"]]},
        ],
    },
    "markdown": {"type": "markdown", "text": "# Notes"},
    "video": {
        "type": "video",
        "video_url": "https://example.org/v",
        "thumbnail_url": "https://example.org/v.png",
        "alt_text": "Talk moves in grade 9",
        "title": plain("Talk moves"),
    },
    "file": {"type": "file", "source": "remote", "external_id": "rubric-7"},
    "table": {"type": "table", "rows": [[*CELLS, rich_text()]], "column_settings": [{}]},
    "data_table": {
        "type": "data_table",
        "caption": "Tickets a week",
        "rows": [[CELLS[0], CELLS[0]], CELLS],
        "row_header_column_index": 1,
    },
    "data_visualization": {
        "type": "data_visualization",
        "title": "Tickets",
        "chart": {
            "type": "line",
            "series": [{"name": "Ana", "data": POINTS}],
            "axis_config": AXES,
        },
    },
    "alert": {"type": "alert", "text": plain("Students' names?"), "level": "warning"},
    "task_card": TASK,
    "plan": {"type": "plan", "title": "Read", "tasks": [TASK, {**TASK, "status": "pending"}]},
    "card": CARD,
    "carousel": {"type": "carousel", "elements": [CARD]},
    "container": {
        "type": "container",
        "title": plain("More"),
        "child_blocks": [section()],
        "is_collapsible": True,
    },
    "auth_provider": {
        "type": "auth_provider",
        "value": "drive",
        "name": plain("Drive"),
        "is_connected": False,
    },
}


def places(value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every object and list in a value, with its JSON pointer."""
    if isinstance(value, dict | list):
        yield at, value
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            yield from places(inner, f"{at}/{key}")


def found(value: Any, pointer: str) -> Any:
    """Follow a JSON pointer; raises KeyError, IndexError or ValueError when it leads nowhere."""
    for key in pointer.split("/")[1:]:
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


def changed(value: Any, pointer: str, /, **fields: Any) -> Any:
    """Copy a value with some fields of one of its objects set, or left out where they are None."""
    copy = deepcopy(value)
    place = found(copy, pointer)
    for name, field in fields.items():
        if field is None:
            place.pop(name, None)
        else:
            place[name] = field
    return copy
