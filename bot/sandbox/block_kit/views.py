"""What Slack accepts as a form (modal) or as somebody's App Home."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal

from bot.sandbox import limits
from bot.sandbox.block_kit.schema import Anything, Fault, Flag, Node, Shape, String, Walk, choice
from bot.sandbox.block_kit.text import plain_text
from bot.sandbox.block_kit.together import check_blocks, every_block

_ANY_VIEW: dict[str, Node] = {
    # The blocks are walked by `check_blocks`, which sees them all together.
    "blocks": Anything(),
    "private_metadata": String(limits.PRIVATE_METADATA),
    "callback_id": String(limits.CALLBACK_ID),
    "external_id": String(limits.EXTERNAL_ID),
}
_VIEWS: dict[Literal["modal", "home"], Shape] = {
    "modal": Shape(
        _ANY_VIEW
        | {
            "type": choice("modal"),
            "title": plain_text(limits.VIEW_TITLE),
            "submit": plain_text(limits.VIEW_BUTTON),
            "close": plain_text(limits.VIEW_BUTTON),
            "clear_on_close": Flag(),
            "notify_on_close": Flag(),
        },
        required=("type", "title", "blocks"),
    ),
    "home": Shape(_ANY_VIEW | {"type": choice("home")}, required=("type", "blocks")),
}


def check_view(view: Mapping[str, Any], surface: Literal["modal", "home"]) -> list[Fault]:
    """Find what views.open, .push, .update (modal) or .publish (home) would refuse.

    Pointers start at the view; Slack's own start one step above, at "/view".
    """
    walk = Walk("invalid_arguments")
    if isinstance(view, dict):
        _check_size(view, walk)
    _VIEWS[surface].check(view, "", walk)
    if isinstance(view, dict) and "blocks" in view:
        check_blocks(view["blocks"], "/blocks", surface, walk)
        if surface == "modal" and "submit" not in view and _asks_something(view):
            walk.refuse("", "missing required field: submit, as there are input blocks")
    return walk.faults


def _asks_something(view: dict[str, Any]) -> bool:
    return any(block.get("type") == "input" for _, block in every_block(view["blocks"], ""))


def _check_size(view: dict[str, Any], walk: Walk) -> None:
    written = json.dumps(view, ensure_ascii=False, separators=(",", ":"), default=str)
    size = len(written.encode(errors="surrogatepass"))
    if size > limits.VIEW_BYTES:
        message = f"must be less than {limits.VIEW_BYTES + 1} bytes"
        walk.faults.append(Fault("", "view_too_large", message))
