"""Phrases of which the words about a run chart are made: values, medians, numbers and days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from models.pilots.evidence import Evidence, Point
from models.pilots.measures import goal_written
from models.pilots.pilot import Measure
from models.run_chart import RunChart
from models.run_stretches import Stretch

# By the direction of a stretch.
SIDES: Mapping[int, str] = MappingProxyType({1: "above", -1: "below"})
GOES: Mapping[int, str] = MappingProxyType({1: "up", -1: "down"})
TOO_EARLY = "too early to say"
_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


def values_said(points: Sequence[Point]) -> str:
    """Return the values in a row; a total that all have in common is said once."""
    labels = [point.label for point in points]
    parts = [label.partition(" of ") for label in labels]
    if all(found for _, found, _ in parts) and len({end for *_, end in parts}) == 1:
        return f"{_in_a_row([first for first, *_ in parts])} of {parts[0][2]}"
    return _in_a_row(labels)


def _in_a_row(labels: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(labels[:-1]), labels[-1]]))


def told_trends(chart: RunChart) -> tuple[Stretch, ...]:
    """Return the trends that words and picture tell: the last one, for they tell little."""
    return chart.new_trends[-1:]


def median_said(evidence: Evidence) -> str:
    chart = evidence.chart
    amount = amount_said(evidence, chart.centre or 0.0, whole=True)
    if chart.is_frozen:
        return f"starting median of {amount}"
    many = len(chart.values)
    which = "both" if many == 2 else f"all {number_said(many)}"
    return f"median of {which} values, {amount}"


def amount_said(evidence: Evidence, number: float, *, whole: bool = False) -> str:
    is_percent = evidence.measure in (Measure.COUNT, Measure.PERCENT)
    return goal_written(round(number) if whole and is_percent else number, evidence.measure)


def number_said(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def day_said(on: date) -> str:
    return f"{on:%A} {on.day} {on:%B}"
