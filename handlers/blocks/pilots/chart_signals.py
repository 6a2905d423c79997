"""What is said of a run chart that shows more than chance usually does. Never why."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby

from handlers.blocks.pilots.chart_phrases import GOES, SIDES, TOO_EARLY, number_said, told_trends
from handlers.blocks.text import first_upper, listed
from models.pilots.evidence import Evidence
from models.run_chart import BASELINE_POINTS, RunChart
from models.run_stretches import Stretch

# So many values before the start on the side of a later shift are no mere chance to pass over.
TELLING_BEFORE = 3
LONG_SERIES_SAID = "In a series this long chance makes six in a row quite often as well."


def signals_said(evidence: Evidence) -> list[str]:
    """Say what is more than chance usually does."""
    chart = evidence.chart
    sentences = []
    if chart.new_shifts:
        sentences += _shifted(chart)
        sentences += _way(chart)
    sentences += _begun_before(chart)
    for trend in told_trends(chart):
        goes = GOES[trend.direction]
        sentences.append(
            f"{first_upper(number_said(trend.points))} values in a row go {goes}: a sign, but by "
            "itself a weak one."
        )
    return sentences + ([] if chart.is_too_early else _crossings(chart))


def _shifted(chart: RunChart) -> list[str]:
    """Name the shifts, and how much they tell."""
    lay = "lay" if chart.came_back else "lie"
    beside = groupby(chart.new_shifts, key=partial(_place_of, chart))
    rows = first_upper(listed([_row(list(shifts), where, lay) for where, shifts in beside]))
    if chart.may_be_chance:
        told = [f"{rows}. {LONG_SERIES_SAID}"]
    else:
        told = [f"{rows}: that is more than chance usually does."]
    return [*told, "Then the values came back."] if chart.came_back else told


def _begun_before(chart: RunChart) -> list[str]:
    """Name what the values did before the start already, where the centre comes from there."""
    new = {shift.last: shift.points for shift in chart.new_shifts}
    sentences = []
    for shift in chart.shifts if chart.is_frozen else ():
        before = shift.points - new.get(shift.last, 0)
        if shift.last in new and before >= TELLING_BEFORE:
            sentences.append(
                f"The last {number_said(before)} values before the start lie there too."
            )
        elif shift.last not in new and shift.last >= chart.baseline:
            it = first_upper(_row([shift], _place_of(chart, shift)))
            sentences.append(f"{it}, but that began before the start.")
    return sentences


def _row(shifts: Sequence[Stretch], where: str, lie: str = "lie") -> str:
    return f"{listed([number_said(shift.points) for shift in shifts])} in a row {lie} {where}"


def _place_of(chart: RunChart, shift: Stretch) -> str:
    where = ""
    if not chart.is_frozen:
        is_first = not any(chart.sides[: shift.first])
        is_last = not any(chart.sides[shift.last + 1 :])
        where = " at the beginning" if is_first else " at the end" if is_last else ""
    return f"{SIDES[shift.direction]} it{where}"


def _way(chart: RunChart) -> list[str]:
    if chart.moved is None:
        return []
    goes = "higher" if (chart.moved == "better") == (chart.better == "higher") else "lower"
    hoped = "the hoped-for way" if chart.moved == "better" else "not the hoped-for way"
    return [f"The values moved {goes}, {hoped}."]


def _crossings(chart: RunChart) -> list[str]:
    if chart.runs_signal is None or chart.run_limits is None:
        return []
    low, high = (limit - 1 for limit in chart.run_limits)
    times = {1: "once", 2: "twice"}.get(chart.runs - 1, f"{number_said(chart.runs - 1)} times")
    often = f"They cross the line {times}; by chance it is usually {low} to {high} times"
    if chart.runs_signal == "few":
        return [f"{often}."]
    return [f"{often}. Perhaps two things take turns in them, such as two classes or two days."]


def verdict(chart: RunChart) -> str:
    """Return what the values say so far, in a few words for lists."""
    if not chart.useful and len(chart.values) >= BASELINE_POINTS:
        return "all the same so far"
    if chart.moved is not None:
        return "moved the hoped-for way" if chart.moved == "better" else "moved the other way"
    if chart.new_shifts and chart.may_be_chance:
        last_shift = chart.new_shifts[-1]
        return f"{number_said(last_shift.points)} in a row {SIDES[last_shift.direction]} the median"
    if chart.new_shifts or (chart.runs_signal and not chart.is_too_early):
        return "more than chance usually does"
    for trend in told_trends(chart):
        return f"{number_said(trend.points)} in a row going {GOES[trend.direction]}"
    return TOO_EARLY if chart.is_too_early else "usual ups and downs"
