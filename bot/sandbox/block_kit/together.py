"""What blocks may not do to each other: share an id, quarrel about the cursor, add up to too much.

Every function takes a list of blocks that may be malformed: what is wrong inside a block is told by
its schema and passed over here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.sandbox import limits
from bot.sandbox.block_kit.blocks import SURFACES, Surface
from bot.sandbox.block_kit.schema import Each, Walk, Wrong

Placed = tuple[str, dict[str, Any]]
"""A block or element and the JSON pointer to it."""

_CHILDREN = {"container": "child_blocks", "carousel": "elements", "plan": "tasks"}
_COUNTED_CHILDREN = ("container", "carousel")
_SURFACE_BLOCKS = {
    "message": limits.MESSAGE_BLOCKS,
    "modal": limits.VIEW_BLOCKS,
    "home": limits.VIEW_BLOCKS,
}


def check_blocks(blocks: Any, at: str, surface: Surface, walk: Walk) -> None:
    """Note what is wrong with the blocks of a surface, each alone and all together."""
    if not isinstance(blocks, list | tuple):
        walk.refuse(at, "must provide an array")
        return
    Each(SURFACES[surface], at_least=0 if surface == "message" else 1).check(blocks, at, walk)
    placed = [*every_block(blocks, at)]
    _check_number(placed, at, _SURFACE_BLOCKS[surface], walk)
    wrong = [*_shared_ids(placed)]
    wrong += [*_sums(placed), *_lonely_tasks(blocks, at)] if surface == "message" else []
    wrong += _second_cursors(placed) if surface != "message" else []
    wrong += _answers_elsewhere(placed) if surface != "modal" else []
    for pointer, message in wrong:
        walk.refuse(pointer, message)


def every_block(blocks: Any, at: str) -> Iterator[Placed]:
    """Yield the blocks in a list, and those inside containers, carousels and plans."""
    for index, block in enumerate(blocks if isinstance(blocks, list | tuple) else ()):
        if isinstance(block, dict):
            here = f"{at}/{index}"
            yield here, block
            name = _CHILDREN.get(str(block.get("type")))
            if name:
                yield from every_block(block.get(name), f"{here}/{name}")


def every_element(block: dict[str, Any], at: str) -> Iterator[Placed]:
    """Yield what can be pressed or filled in within one block, not within its children."""
    for name in ("accessory", "element"):
        if isinstance(element := block.get(name), dict):
            yield f"{at}/{name}", element
    for name in ("elements", "actions"):
        elements = block.get(name) if str(block.get("type")) not in _CHILDREN else None
        for index, element in enumerate(elements if isinstance(elements, list) else ()):
            if isinstance(element, dict):
                yield f"{at}/{name}/{index}", element


def _check_number(placed: list[Placed], at: str, most: int, walk: Walk) -> None:
    uncounted = sum(
        len(block["tasks"])
        for _, block in placed
        if block.get("type") == "plan" and isinstance(block.get("tasks"), list)
    )
    if len(placed) - uncounted > most:
        walk.refuse(at, f"no more than {most} items allowed")


def _shared_ids(placed: list[Placed]) -> Wrong:
    """Refuse a block id used twice on a surface, an action id twice in a block (docs: elements)."""
    yield from _repeated([(at, block.get("block_id")) for at, block in placed], "block_id")
    for at, block in placed:
        elements = [(here, e.get("action_id")) for here, e in every_element(block, at)]
        yield from _repeated(elements, "action_id")


def _repeated(named: list[tuple[str, Any]], what: str) -> Wrong:
    seen: set[str] = set()
    for at, name in named:
        if isinstance(name, str):
            if name in seen:
                yield f"{at}/{what}", f"`{what}` {name} already exists"
            seen.add(name)


def _sums(placed: list[Placed]) -> Wrong:
    kinds: dict[str, list[Placed]] = {}
    for at, block in placed:
        kinds.setdefault(str(block.get("type")), []).append((at, block))
    for at, _ in kinds.get("table", [])[limits.TABLES_IN_A_MESSAGE :]:
        yield at, "only one table allowed"
    for at, _ in kinds.get("data_visualization", [])[limits.CHARTS_IN_A_MESSAGE :]:
        yield at, f"no more than {limits.CHARTS_IN_A_MESSAGE} charts allowed"
    for name, most in (("markdown", limits.MARKDOWN), ("data_table", limits.DATA_TABLES_TEXT)):
        length = 0
        for at, block in kinds.get(name, []):
            before, length = length, length + _length(block)
            # One markdown block that is too long alone is told by its own schema.
            if length > most and (before or name == "data_table"):
                yield at, f"all {name} blocks together must be less than {most + 1} characters"


def _length(value: Any) -> int:
    """Count the characters of every `text` in a block."""
    if isinstance(value, list | tuple):
        return sum(_length(item) for item in value)
    if not isinstance(value, dict):
        return 0
    words = value.get("text")
    own = len(words) if isinstance(words, str) else 0
    return own + sum(_length(inner) for inner in value.values())


def _lonely_tasks(blocks: Any, at: str) -> Wrong:
    """Refuse task cards that wait outside a plan (slackblocks)."""
    for index, block in enumerate(blocks):
        is_task = isinstance(block, dict) and block.get("type") == "task_card"
        if is_task and block.get("status") == "pending":
            yield f"{at}/{index}/status", "must not be pending outside a plan"


def _second_cursors(placed: list[Placed]) -> Wrong:
    elements = [found for at, block in placed for found in every_element(block, at)]
    for at, _ in [found for found in elements if found[1].get("focus_on_load") is True][1:]:
        yield f"{at}/focus_on_load", "only one element in a view may have focus_on_load"


def _answers_elsewhere(placed: list[Placed]) -> Wrong:
    for at, block in placed:
        for here, element in every_element(block, at):
            if element.get("response_url_enabled"):
                yield f"{here}/response_url_enabled", "is only allowed in modals"
