"""What a run chart shows, in words that a tired teacher understands at once. Never why.

All of it is plain text without markup. Only `alt_text` holds words that members wrote.
"""

from __future__ import annotations

from handlers.blocks.pilots.chart_cautions import cautions_said, too_early_said
from handlers.blocks.pilots.chart_phrases import (
    SIDES,
    amount_said,
    day_said,
    median_said,
    number_said,
    values_said,
)
from handlers.blocks.pilots.chart_signals import signals_said, verdict
from handlers.blocks.text import excerpt, first_upper
from models.pilots.evidence import Evidence
from models.pilots.pilot import Measure
from models.run_chart import BASELINE_POINTS, RunChart

ALT_TEXT_LENGTH = 2000
LAST_SHOWN = 4


def chart_words(evidence: Evidence) -> list[str]:
    """Return the sentences to stand below a chart, or instead of it."""
    chart = evidence.chart
    if not chart.values:
        is_over = evidence.pilot.finished_at is not None
        return [
            "No values were noted." if is_over else "No values yet. The first one begins the chart."
        ]
    signals = signals_said(evidence)
    sentences = [*_standing(evidence), *signals]
    if chart.is_too_early:
        sentences.append(too_early_said(chart, has_signal=bool(signals)))
    elif not signals:
        sentences.append(
            "So far nothing more than the usual ups and downs; a small change could still hide "
            "in them."
        )
    sentences += cautions_said(evidence)
    return [*sentences, "It does not say why."] if signals else sentences


def short_words(evidence: Evidence) -> str:
    """Return one line for lists: the last values, and what they say so far."""
    observed = evidence.observed
    if not observed:
        return "no values yet"
    return f"{last_values(evidence)} · {verdict(evidence.chart)}"


def last_values(evidence: Evidence) -> str:
    """Return the last few values since the start, of which there is one or more."""
    observed = evidence.observed
    values = values_said(observed[-LAST_SHOWN:])
    return f"{'… ' if len(observed) > LAST_SHOWN else ''}{values}"


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
        is_few = 1 < many < BASELINE_POINTS
        return [f"{_all_values_of(many)} are the same so far."] if is_few else []
    if not chart.is_frozen:
        # Half of all values lie above their own median whatever happens, so that says nothing.
        is_told = bool(chart.new_shifts) or not chart.is_too_early
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
