"""Phrases of which the words about a run chart are made: values, medians, numbers and days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from models.pilots.evidence import Evidence, Point
from models.pilots.measures import goal_written
from models.pilots.pilot import Measure

# By the direction of a stretch.
SIDES: Mapping[int, str] = MappingProxyType({1: "above", -1: "below"})
GOES: Mapping[int, str] = MappingProxyType({1: "up", -1: "down"})
_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


def values_said(points: Sequence[Point]) -> str:
    """Return the values in a row; a total or a sign that all have in common is said once."""
    labels = [point.label for point in points]
    for sign in (" of ", " %"):
        parts = [label.partition(sign) for label in labels]
        if all(found for _, found, _ in parts) and len({end for *_, end in parts}) == 1:
            return ", ".join(first for first, *_ in parts) + sign + parts[0][2]
    return ", ".join(labels)


def median_said(evidence: Evidence) -> str:
    chart = evidence.chart
    amount = amount_said(evidence, chart.centre or 0.0, whole=True)
    if chart.is_frozen:
        return f"starting median of {amount}"
    return f"median of all {number_said(len(chart.values))} values, {amount}"


def amount_said(evidence: Evidence, number: float, *, whole: bool = False) -> str:
    is_percent = evidence.measure in (Measure.COUNT, Measure.PERCENT)
    return goal_written(round(number) if whole and is_percent else number, evidence.measure)


def number_said(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def day_said(on: date) -> str:
    return f"{on:%A} {on.day} {on:%B}"
