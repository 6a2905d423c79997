"""What Slack accepts as a message, wherever it is said: posted, whispered, updated or answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.sandbox import limits
from bot.sandbox.block_kit.attachments import ATTACHMENT
from bot.sandbox.block_kit.metadata import check_metadata
from bot.sandbox.block_kit.schema import Each, Fault, Shape, Walk, exactly_one_of
from bot.sandbox.block_kit.text import OPTION_GROUPS, OPTIONS
from bot.sandbox.block_kit.together import check_blocks

_SAYING = ("text", "blocks", "attachments", "markdown_text", "file_ids")
_SUGGESTIONS = Shape(
    {"options": Each(OPTIONS.of, at_most=limits.SELECT_OPTIONS), "option_groups": OPTION_GROUPS},
    rules=(exactly_one_of("options", "option_groups"),),
)


def check_message(args: Mapping[str, Any]) -> list[Fault]:
    """Find what Slack would refuse in the arguments of a call that says something.

    Good for chat.postMessage, chat.postEphemeral (known by its `user`), chat.update (known by its
    `ts`) and the bodies sent to a response_url. `blocks`, `attachments` and `metadata` may still be
    JSON strings. Channels, threads and tokens are not looked at.
    """
    args = {name: _decoded(name, value) for name, value in args.items() if value is not None}
    walk = Walk("invalid_arguments")
    _check_text(args, walk)
    if "blocks" in args:
        is_list = isinstance(args["blocks"], list | tuple)
        walk.error = "invalid_blocks" if is_list else "invalid_blocks_format"
        check_blocks(args["blocks"], "/blocks", "message", walk)
    if "attachments" in args:
        _check_attachments(args["attachments"], walk)
    if "metadata" in args:
        walk.error = "invalid_metadata_format"
        check_metadata(args["metadata"], is_update="ts" in args, walk=walk)
    return walk.faults


def check_suggestions(body: Mapping[str, Any]) -> list[Fault]:
    """Find what Slack would refuse in the answer to a block_suggestion."""
    walk = Walk("invalid_arguments")
    _SUGGESTIONS.check(body, "", walk)
    return walk.faults


def _decoded(name: str, value: Any) -> Any:
    if name not in ("blocks", "attachments", "metadata") or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _check_text(args: Mapping[str, Any], walk: Walk) -> None:
    if not any(args.get(name) for name in _SAYING) and not args.get("delete_original"):
        walk.faults.append(Fault("", "no_text", "must have text, blocks or attachments"))
    for name, longest in (("text", _longest_text(args)), ("markdown_text", limits.MARKDOWN)):
        words = args.get(name, "")
        if not isinstance(words, str):
            walk.refuse(f"/{name}", "must provide a string")
        elif longest is not None and len(words) > longest:
            message = f"must be less than {longest + 1} characters"
            walk.faults.append(Fault(f"/{name}", "msg_too_long", message))
    if args.get("markdown_text") and (args.get("text") or args.get("blocks")):
        message = "must not be used together with text or blocks"
        walk.faults.append(Fault("/markdown_text", "markdown_text_conflict", message))


def _longest_text(args: Mapping[str, Any]) -> int | None:
    """Return what is refused when longer; chat.postMessage cuts long text instead."""
    if "ts" in args:
        return limits.UPDATED_TEXT
    return limits.MESSAGE_TEXT if "user" in args else None


def _check_attachments(attachments: Any, walk: Walk) -> None:
    walk.error = "invalid_arguments"
    if isinstance(attachments, list | tuple) and len(attachments) > limits.ATTACHMENTS:
        walk.error = "too_many_attachments"
    Each(ATTACHMENT, at_most=limits.ATTACHMENTS).check(attachments, "/attachments", walk)
    walk.error = "invalid_blocks"
    for index, attachment in enumerate(attachments if isinstance(attachments, list) else ()):
        if isinstance(attachment, dict) and "blocks" in attachment:
            pointer = f"/attachments/{index}/blocks"
            check_blocks(attachment["blocks"], pointer, "message", walk)
