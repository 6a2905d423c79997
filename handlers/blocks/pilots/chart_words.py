"""What a run chart shows, in words that a tired teacher understands at once. Never why.

All of it is plain text without markup. Only `alt_text` holds words that members wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby

from handlers.blocks.pilots.chart_phrases import (
    GOES,
    SIDES,
    amount_said,
    day_said,
    median_said,
    number_said,
    values_said,
)
from handlers.blocks.text import excerpt, first_upper, listed
from models.pilots.evidence import Evidence
from models.pilots.pilot import Measure
from models.run_chart import BASELINE_POINTS, SHIFT_POINTS, RunChart, Stretch

ALT_TEXT_LENGTH = 2000
TOO_EARLY = "too early to say"
LAST_SHOWN = 4
# Of a smaller group one more or less moves a percentage visibly.
SMALL_GROUP = 12
# So many values before the start on the side of a later shift are no mere chance to pass over.
TELLING_BEFORE = 3


def chart_words(evidence: Evidence) -> list[str]:
    """Return the sentences to stand below a chart, or instead of it."""
    chart = evidence.chart
    if not chart.values:
        return ["No values yet. The first one begins the chart."]
    signals = _signals(evidence)
    sentences = [*_standing(evidence), *signals]
    if chart.is_too_early:
        sentences.append(_too_early(chart, has_signal=bool(signals)))
    elif not signals:
        sentences.append(
            "So far nothing more than the usual ups and downs; a small change could still hide "
            "in them."
        )
    sentences += _cautions(evidence)
    return [*sentences, "It does not say why."] if signals else sentences


def short_words(evidence: Evidence) -> str:
    """Return one line for lists: the last values, and what they say so far."""
    observed = evidence.observed
    if not observed:
        return "no values yet"
    values = values_said(observed[-LAST_SHOWN:])
    return f"{'… ' if len(observed) > LAST_SHOWN else ''}{values} · {_verdict(evidence.chart)}"


def alt_text(evidence: Evidence) -> str:
    """Return what the picture shows, for those who do not see it; at most ALT_TEXT_LENGTH."""
    said = " ".join(chart_words(evidence))
    told = [f"Run chart: {_measured(evidence)}."]
    if len(evidence.points) > 1 and median_said(evidence) not in said:
        told.append(f"{first_upper(median_said(evidence))}.")
    if evidence.goal is not None:
        told.append(f"Goal: {amount_said(evidence, evidence.goal)}.")
    if len(evidence.cycles) > 1:
        told.append(f"{first_upper(number_said(len(evidence.cycles)))} cycles follow each other.")
    told += [f"{day_said(mark.on)}: “{mark.words}”." for mark in evidence.marks]
    told += _all_values(evidence)
    return f"{excerpt(' '.join(told), ALT_TEXT_LENGTH - len(said) - 1)} {said}"


def _all_values(evidence: Evidence) -> list[str]:
    before = [point for point in evidence.points if point.is_baseline]
    told = [f"Before the start: {values_said(before)}."] if before else []
    if evidence.observed:
        told.append(f"{_span(evidence)}: {values_said(evidence.observed)}.")
    days = [day_said(on) for place in evidence.pauses if (on := evidence.points[place].on)]
    return [*told, f"After a longer pause: {', '.join(days)}."] if days else told


def _measured(evidence: Evidence) -> str:
    unit = evidence.unit if evidence.measure == Measure.NUMBER else None
    what = f"{evidence.measure_name}, in {unit}" if unit else evidence.measure_name
    return f"{what} ({evidence.better} is better)"


def _span(evidence: Evidence) -> str:
    days = [point.on for point in evidence.observed if point.on]
    if days[0] == days[-1]:
        return day_said(days[0])
    return f"{day_said(days[0])} to {day_said(days[-1])}"


def _standing(evidence: Evidence) -> list[str]:
    """Say where the values lie, as far as that tells anything."""
    chart = evidence.chart
    if not chart.useful:
        many = len(chart.values)
        return [f"{_all_values_of(many)} are the same so far."] if many > 1 else []
    if not chart.is_frozen:
        # Half of all values lie above their own median whatever happens, so that says nothing.
        is_told = chart.new_shifts or not chart.is_too_early
        return [f"The line is the {median_said(evidence)}."] if is_told else []
    return (
        [_since(chart, f"the {median_said(evidence)}")]
        if chart.baseline < len(chart.values)
        else []
    )


def _since(chart: RunChart, line: str) -> str:
    """Say on which side of a frozen centre the values lie that came after it."""
    after = chart.sides[chart.baseline :]
    side = max((1, -1), key=after.count)
    there = after.count(side)
    where = f"{SIDES[side]} {line}" if there else f"on {line}"
    if len(after) == 1:
        return f"The first value since the start lies {where}."
    if there in (0, len(after)):
        return f"{_all_values_of(len(after))} since the start lie {where}."
    lie = "lies" if there == 1 else "lie"
    return f"{there} of {len(after)} values since the start {lie} {where}."


def _all_values_of(many: int) -> str:
    return "Both values" if many == 2 else f"All {number_said(many)} values"


def _signals(evidence: Evidence) -> list[str]:
    """Say what is more than chance usually does."""
    chart = evidence.chart
    sentences = []
    if chart.new_shifts:
        beside = groupby(chart.new_shifts, key=partial(_place_of, chart))
        parts = listed([_row(list(shifts), where) for where, shifts in beside])
        sentences.append(f"{first_upper(parts)}: that is more than chance usually does.")
        sentences += _way(chart)
    sentences += _begun_before(chart)
    for trend in chart.new_trends[-1:]:
        goes = GOES[trend.direction]
        sentences.append(
            f"{first_upper(number_said(trend.points))} values in a row go {goes}: a sign, but by "
            "itself a weak one."
        )
    return sentences + ([] if chart.is_too_early else _crossings(chart))


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


def _row(shifts: Sequence[Stretch], where: str) -> str:
    return f"{listed([number_said(shift.points) for shift in shifts])} in a row lie {where}"


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


def _too_early(chart: RunChart, *, has_signal: bool) -> str:
    before, after = chart.baseline, len(chart.values) - chart.baseline
    if has_signal:
        return f"For anything else it is {TOO_EARLY}."
    if before and after:
        return f"{_points(after)} since the start, {number_said(before)} before it: {TOO_EARLY}."
    many = _points(len(chart.values))
    if before:
        return f"{many} from before the start, none since: {TOO_EARLY}."
    on_the_line = len(chart.values) - chart.useful
    if len(chart.values) >= BASELINE_POINTS and chart.useful:
        return f"{many}, {number_said(on_the_line)} of them on the median: {TOO_EARLY}."
    return f"{many} so far: {TOO_EARLY}."


def _cautions(evidence: Evidence) -> list[str]:
    """Say what the picture cannot tell well, and which value may be worth a look."""
    chart, sentences = evidence.chart, []
    if 0 < chart.baseline < BASELINE_POINTS and not chart.is_too_early:
        sentences.append("There were too few values before the start for a median of their own.")
    if not chart.is_baseline_steady and len(chart.values) - chart.baseline >= SHIFT_POINTS:
        sentences.append(
            "The values from before the start were moving already, so their median is a rough "
            "guide."
        )
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


def _verdict(chart: RunChart) -> str:
    if chart.moved is not None:
        return "moved the hoped-for way" if chart.moved == "better" else "moved the other way"
    if chart.new_shifts or (chart.runs_signal and not chart.is_too_early):
        return "more than chance usually does"
    if chart.new_trends:
        last = chart.new_trends[-1]
        return f"{number_said(last.points)} in a row going {GOES[last.direction]}"
    return TOO_EARLY if chart.is_too_early else "usual ups and downs"


def _points(many: int) -> str:
    return f"{first_upper(number_said(many))} {'point' if many == 1 else 'points'}"
