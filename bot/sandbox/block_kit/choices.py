"""What must fit together inside one element: a first choice among the options, a range in order."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from bot.sandbox import limits
from bot.sandbox.block_kit.schema import Wrong


def chosen_among_options(element: dict[str, Any]) -> Wrong:
    """Refuse initial options that do not exactly match one of the options offered."""
    groups = element.get("option_groups", ())
    offered = [*element.get("options", ()), *(o for group in groups for o in group["options"])]
    if "initial_option" in element and element["initial_option"] not in offered:
        yield "/initial_option", "must match one of the options"
    for index, chosen in enumerate(element.get("initial_options", ())):
        if chosen not in offered:
            yield f"/initial_options/{index}", "must match one of the options"


def possible_lengths(element: dict[str, Any]) -> Wrong:
    """Refuse a text field nobody could fill in, or one that is too full already."""
    longest = element.get("max_length", limits.INPUT_TEXT)
    if element.get("min_length", 0) > longest:
        yield "/min_length", "must be less than or equal to max_length"
    if len(element.get("initial_value", "")) > longest:
        yield "/initial_value", f"must be less than {longest + 1} characters"


def possible_numbers(element: dict[str, Any]) -> Wrong:
    """Refuse strings that are no numbers, decimals where none are allowed, and empty ranges."""
    numbers: dict[str, Decimal] = {}
    for name in ("min_value", "max_value", "initial_value"):
        if name in element:
            number = _number(element[name])
            if number is None:
                yield f"/{name}", "must be a number in a string"
            elif number % 1 and not element["is_decimal_allowed"]:
                yield f"/{name}", "must be a whole number: is_decimal_allowed is false"
            else:
                numbers[name] = number
    low = numbers.get("min_value", Decimal("-Infinity"))
    high = numbers.get("max_value", Decimal("Infinity"))
    if low > high:
        yield "/min_value", "must be less than or equal to max_value"
    elif not low <= numbers.get("initial_value", low) <= high:
        yield "/initial_value", "must be between min_value and max_value"


def possible_lines(element: dict[str, Any]) -> Wrong:
    if element.get("min_lines", 1) > element.get("max_lines", limits.INPUT_LINES):
        yield "/min_lines", "must be less than or equal to max_lines"


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
