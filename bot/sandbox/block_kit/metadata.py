"""What a program may write on the back of a message (docs.slack.dev/messaging/message-metadata).

Which values a payload may hold follows npm @slack/types 3.2.0, message-metadata.d.ts: text,
numbers and yes or no, alone or in an object or a list of objects.
"""

from __future__ import annotations

from typing import Any

from bot.sandbox.block_kit.schema import Anything, Shape, String, Walk, escaped

_METADATA = Shape(
    {"event_type": String(shortest=1), "event_payload": Anything()},
    required=("event_type", "event_payload"),
)
_ENTITIES = Shape({"entities": Anything()}, required=("entities",), open=True)


def check_metadata(metadata: Any, *, is_update: bool, walk: Walk) -> None:
    """Note what is wrong; chat.update takes an empty object, which removes what was there."""
    if is_update and metadata == {}:
        return
    if isinstance(metadata, dict) and "entities" in metadata:
        _ENTITIES.check(metadata, "/metadata", walk)
        return
    _METADATA.check(metadata, "/metadata", walk)
    payload = metadata.get("event_payload", {}) if isinstance(metadata, dict) else {}
    if not isinstance(payload, dict):
        walk.refuse("/metadata/event_payload", "must provide an object")
        return
    for name, value in payload.items():
        if not _is_simple(value) and not _holds_simple_values(value):
            at = f"/metadata/event_payload/{escaped(name)}"
            walk.refuse(at, "must be a string, number, boolean, flat object or list of these")


def _is_simple(value: Any) -> bool:
    return isinstance(value, str | int | float)


def _holds_simple_values(value: Any) -> bool:
    objects = value if isinstance(value, list) else [value]
    return all(
        isinstance(inner, dict) and all(_is_simple(part) for part in inner.values())
        for inner in objects
    )
