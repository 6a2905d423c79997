"""What is said of a run chart that cannot tell yet, or not well, and why it cannot."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from handlers.blocks.pilots.chart_phrases import TOO_EARLY, day_said, number_said
from handlers.blocks.text import first_upper
from models.pilots.evidence import Evidence
from models.run_chart import BASELINE_POINTS, SHIFT_POINTS, RunChart

# Of a smaller group one more or less moves a percentage visibly.
SMALL_GROUP = 12
_BASELINE_SAID: Mapping[str, str] = MappingProxyType(
    {
        "moving": "The values from before the start were moving already, so their median is a "
        "rough guide.",
        "turns": "The values from before the start went up and down more regularly than chance "
        "usually does. Perhaps two groups or days take turns.",
    }
)


def too_early_said(chart: RunChart, *, has_signal: bool) -> str:
    """Return why it is too early: too few values, or too many of them on the line."""
    many, before = len(chart.values), chart.baseline
    after = many - before
    if not chart.useful and many >= BASELINE_POINTS:
        return (
            f"All {number_said(many)} values are the same, so none lies above or below the line, "
            "and there is nothing to compare."
        )
    if has_signal:
        return f"For anything else it is {TOO_EARLY}."
    if many >= BASELINE_POINTS and (on_line := _on_the_line(chart)):
        since = f" since the start, but {on_line}" if before else f", but {on_line}"
        return f"{_points(after)}{since}, so the rules cannot tell yet."
    if before and after:
        return f"{_points(after)} since the start, {number_said(before)} before it: {TOO_EARLY}."
    if before:
        return f"{_points(many)} from before the start, none since: {TOO_EARLY}."
    return f"{_points(many)} so far: {TOO_EARLY}."


def _on_the_line(chart: RunChart) -> str:
    """Say how many values lie on the median, if there would be enough of them otherwise."""
    after = len(chart.values) - chart.baseline
    if chart.baseline and after < SHIFT_POINTS:
        return ""
    on_it, many, them = after - chart.useful_after, after, "them"
    if chart.baseline and chart.useful_after >= SHIFT_POINTS:
        on_it, many, them = len(chart.values) - chart.useful, len(chart.values), "all values"
    it = "most" if 2 * on_it > many else number_said(on_it)
    return f"{it} of {them} {'lies' if on_it == 1 else 'lie'} exactly on the median"


def cautions_said(evidence: Evidence) -> list[str]:
    """Say what the picture cannot tell well, and which value may be worth a look."""
    chart, sentences = evidence.chart, []
    if 0 < chart.baseline < BASELINE_POINTS and not chart.is_too_early:
        sentences.append("There were too few values before the start for a median of their own.")
    if chart.baseline_sign and len(chart.values) - chart.baseline >= SHIFT_POINTS:
        sentences.append(_BASELINE_SAID[chart.baseline_sign])
    if chart.far_point is not None:
        point = evidence.points[chart.far_point]
        on = f" on {day_said(point.on)}" if point.on else ""
        sentences.append(f"{point.label}{on} lies far from the others: have a look at this one?")
    smallest = min((point.total for point in evidence.points if point.total), default=None)
    if smallest is not None and smallest <= SMALL_GROUP and not chart.is_too_early:
        sentences.append(
            f"In a group of {smallest}, one more or less is about {round(100 / smallest)} "
            "percentage points."
        )
    return sentences


def _points(many: int) -> str:
    return f"{first_upper(number_said(many))} {'point' if many == 1 else 'points'}"
