"""Every block there is, and on which surface it may stand.

docs.slack.dev/reference/block-kit/blocks, npm @slack/types 3.2.0 (blocks.d.ts) and slack_sdk 3.47.
Lists are refused when empty because, as a maintainer says in python-slack-sdk #1576, most lists of
Block Kit are; that issue names rich text as the exception.
"""

from __future__ import annotations

from typing import Any, Literal

from bot.sandbox import limits
from bot.sandbox.block_kit.elements import ACCESSORIES, ACTIONS, ANSWERS, BUTTONS
from bot.sandbox.block_kit.rich_text import RICH_TEXT, RICH_TEXT_KIND
from bot.sandbox.block_kit.schema import (
    Anything,
    Each,
    Flag,
    Kind,
    Node,
    Rule,
    Shape,
    String,
    Wrong,
    at_least_one_of,
    choice,
    only,
)
from bot.sandbox.block_kit.tables import DATA_TABLE, DATA_VISUALIZATION, TABLE
from bot.sandbox.block_kit.text import (
    ADDRESS,
    IMAGE,
    PICTURE,
    PICTURE_ADDRESS,
    PICTURE_RULES,
    any_text,
    plain_text,
)

Surface = Literal["message", "modal", "home"]


def _block(
    fields: dict[str, Node], required: tuple[str, ...] = (), rules: tuple[Rule, ...] = ()
) -> Shape:
    known: dict[str, Node] = {"type": String(), "block_id": String(limits.BLOCK_ID)}
    return Shape(known | fields, required, rules)


def _one_way_to_open(block: dict[str, Any]) -> Wrong:
    if block.get("is_collapsible") and block.get("has_header_divider"):
        yield "/has_header_divider", "must not be set when is_collapsible is true"


_IMAGE = Kind({"image": IMAGE})
_CONTEXT = Kind({"image": IMAGE, **any_text().shapes})
_SOURCE = Shape(
    {"type": String(), "url": ADDRESS, "text": String(shortest=1)}, required=("url", "text")
)

BLOCKS = {
    "section": _block(
        {
            "text": any_text(),
            "fields": Each(any_text(limits.FIELD_TEXT), 1, limits.FIELDS),
            "accessory": Kind(ACCESSORIES),
            "expand": Flag(),
        },
        rules=(at_least_one_of("text", "fields"),),
    ),
    "header": _block({"text": plain_text(limits.HEADER)}, ("text",)),
    "context": _block({"elements": Each(_CONTEXT, 1, limits.CONTEXT_ELEMENTS)}, ("elements",)),
    "actions": _block({"elements": Each(Kind(ACTIONS), 1, limits.ACTIONS_ELEMENTS)}, ("elements",)),
    "context_actions": _block(
        {
            "elements": Each(
                only(BUTTONS, "feedback_buttons", "icon_button"),
                1,
                limits.CONTEXT_ACTIONS_ELEMENTS,
            )
        },
        ("elements",),
    ),
    "divider": _block({}),
    "image": _block(
        PICTURE | {"title": plain_text(limits.IMAGE_TITLE)}, ("alt_text",), PICTURE_RULES
    ),
    "input": _block(
        {
            "label": plain_text(limits.LABEL),
            "hint": plain_text(limits.HINT),
            "element": Kind(ANSWERS),
            "optional": Flag(),
            "dispatch_action": Flag(),
        },
        ("label", "element"),
    ),
    "rich_text": RICH_TEXT,
    "markdown": _block({"text": String(limits.MARKDOWN, 1)}, ("text",)),
    "video": _block(
        {
            "video_url": ADDRESS,
            "thumbnail_url": PICTURE_ADDRESS,
            "alt_text": String(limits.ALT_TEXT),
            "title": plain_text(limits.VIDEO_TITLE),
            "title_url": ADDRESS,
            "author_name": String(limits.VIDEO_AUTHOR),
            "provider_name": String(),
            "provider_icon_url": PICTURE_ADDRESS,
            "description": plain_text(limits.VIDEO_DESCRIPTION),
        },
        ("video_url", "thumbnail_url", "alt_text", "title"),
    ),
    "file": _block(
        {"source": choice("remote"), "external_id": String(limits.EXTERNAL_ID, 1)},
        ("source", "external_id"),
    ),
    "table": TABLE,
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "alert": _block(
        {
            "text": any_text(limits.ALERT),
            "level": choice("default", "info", "warning", "error", "success"),
        },
        ("text",),
    ),
    "task_card": _block(
        {
            "task_id": String(shortest=1),
            "title": String(shortest=1),
            "details": RICH_TEXT_KIND,
            "output": RICH_TEXT_KIND,
            "sources": Each(Kind({"url": _SOURCE})),
            "status": choice("pending", "in_progress", "complete", "error"),
        },
        ("task_id", "title", "status"),
    ),
    "card": _block(
        {
            "hero_image": _IMAGE,
            "icon": _IMAGE,
            "title": any_text(limits.CARD_TITLE),
            "subtitle": any_text(limits.CARD_TITLE),
            "body": any_text(limits.CARD_BODY),
            # The Java and Go libraries know these two; the Python one does not yet.
            "subtext": any_text(limits.CARD_BODY),
            "slack_icon": Anything(),
            "actions": Each(only(BUTTONS, "button"), 1, limits.CARD_ACTIONS),
        },
        rules=(at_least_one_of("hero_image", "title", "actions", "body"),),
    ),
    # Slack's own cards for calls and work objects; nothing of ours sends them.
    "call": Shape({}, open=True),
    "entity": Shape({}, open=True),
    "auth_provider": _block(
        {
            "value": String(limits.PROVIDER_VALUE, 1),
            "name": plain_text(limits.PROVIDER_NAME),
            "is_connected": Flag(),
            "description": plain_text(limits.PROVIDER_DESCRIPTION),
            "icon_url": ADDRESS,
            "auth_url": ADDRESS,
            "disconnect_url": ADDRESS,
            "connected_identity": plain_text(limits.PROVIDER_NAME),
            "connected_context": plain_text(limits.PROVIDER_NAME),
            "accessory": only(BUTTONS, "overflow"),
            "fallback": Anything(),
        },
        ("value", "name", "is_connected"),
    ),
    # Only its limits are known (changelog of 29 October 2026), not what its rows hold.
    "layout": Shape(
        {
            "label": String(limits.LAYOUT_LABEL),
            "rows": Each(Anything(), 1, limits.LAYOUT_ROWS),
            "grid_lines": choice("none", "rows", "outer"),
        },
        open=True,
    ),
}

_IN_A_CONTAINER = only(
    BLOCKS,
    *("actions", "context", "divider", "file", "header", "image"),
    *("input", "rich_text", "section", "table", "video"),
)

BLOCKS |= {
    "plan": _block(
        {
            "title": String(shortest=1),
            "tasks": Each(only(BLOCKS, "task_card"), at_most=limits.PLAN_TASKS),
        },
        ("title",),
    ),
    "carousel": _block(
        {"elements": Each(only(BLOCKS, "card"), 1, limits.CAROUSEL_CARDS)}, ("elements",)
    ),
    "container": _block(
        {
            "title": plain_text(limits.CONTAINER_TITLE),
            "rich_text_title": RICH_TEXT_KIND,
            "subtitle": any_text(limits.CONTAINER_TITLE),
            "child_blocks": Each(_IN_A_CONTAINER, 1, limits.CONTAINER_BLOCKS),
            "width": choice("narrow", "standard", "wide", "full"),
            "icon": _IMAGE,
            "is_collapsible": Flag(),
            "default_collapsed": Flag(),
            "has_header_divider": Flag(),
        },
        ("child_blocks",),
        (at_least_one_of("title", "rich_text_title"), _one_way_to_open),
    ),
}

_IN_A_VIEW = (
    *("actions", "card", "context", "divider", "header", "image"),
    *("input", "rich_text", "section", "video"),
)
SURFACES: dict[Surface, Kind] = {
    "message": only(BLOCKS, *(name for name in BLOCKS if name != "alert")),
    "modal": only(BLOCKS, *_IN_A_VIEW, "alert"),
    "home": only(
        BLOCKS,
        *_IN_A_VIEW,
        *("carousel", "container", "data_table", "data_visualization", "table"),
    ),
}
"""The sets of slackblocks 3.0.0, narrowed where docs.slack.dev is narrower."""
