"""What stands where on a run chart: its words and lines, before anything is painted.

Points stand at equal distances, as in the paper: a baseline has no dates, and what matters is the
order. The dates stand below; the line is dotted across a pause, so no missing week is hidden.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from handlers.blocks.pilots.chart_phrases import GOES, SIDES, told_trends
from handlers.blocks.pilots.lettering import drawable
from handlers.blocks.text import listed
from models.pilots.evidence import Evidence
from models.pilots.measures import goal_written
from models.pilots.pilot import Measure
from models.run_stretches import Stretch

MOST_NOTES, NOTE_LENGTH = 3, 28
# Of more points the totals find no room below; the heading tells from how many to how many.
MOST_TOTALS = 15
# Inches that a letter of a note takes on average, rather too many.
LETTER = 0.066
PERCENTAGES = (Measure.COUNT, Measure.PERCENT)


@dataclass(frozen=True)
class Note:
    """Words above the plot at the place `x` among the points; a line leads down from them.

    `row` counts from the plot upwards. Words near the right edge stand to the left of their line.
    """

    x: float
    words: str
    is_members: bool = False
    has_line: bool = True
    is_left: bool = False
    row: int = 0


@dataclass(frozen=True)
class Sign:
    """The form of the points that belong to a signal, and what it means."""

    marker: str
    letter: str
    meaning: str
    places: tuple[int, ...]


def signs(evidence: Evidence) -> list[Sign]:
    """Return the signals to be seen in the points; a point belongs to the first that names it."""
    chart = evidence.chart
    found: list[Sign] = []
    if chart.new_shifts:
        beside = groupby(chart.new_shifts, key=lambda each: SIDES[each.direction])
        rows = [(listed([str(each.points) for each in shifts]), side) for side, shifts in beside]
        sides = [f"{many} in a row {side}" for many, side in rows]
        places = [
            place for each in chart.new_shifts for place in _within(each) if chart.sides[place]
        ]
        found.append(Sign("D", "◆", f"{', then '.join(sides)} the median", tuple(places)))
    taken = {place for sign in found for place in sign.places}
    for trend in told_trends(chart):
        left = tuple(place for place in _within(trend) if place not in taken)
        goes = f"{trend.points} in a row going {GOES[trend.direction]}"
        # Nothing is named in the key that is not to be seen.
        found += [Sign("s", "■", goes, left)] if left else []
    return found


def _within(stretch: Stretch) -> range:
    return range(stretch.first, stretch.last + 1)


def notes(evidence: Evidence, *, width: float, room: float) -> list[Note]:
    """Return where a cycle begins and what changed on the way, with rows in which none collide.

    `width` are the inches of the plot, `room` those to the right of it. Of many the last are told.
    """
    to_inches = width / len(evidence.points)
    placed: list[tuple[float, float, Note]] = []
    for note in sorted(_told(evidence), key=lambda note: -note.x):
        line = (note.x + 0.5) * to_inches
        long = LETTER * len(note.words) + 0.1
        is_left = line + long > width + room
        start, end = (line - long, line) if is_left else (line, line + long)
        # Neither its words nor a line that comes down from higher rows may cross other words.
        row = 1 + max((it.row for a, b, it in placed if a < end and b > start), default=-1)
        placed.append((start, end, replace(note, is_left=is_left, row=row)))
    return [note for *_, note in reversed(placed)]


def _told(evidence: Evidence) -> list[Note]:
    points = evidence.points
    found = [
        Note(place - 0.5, "next cycle")
        for place, (one, other) in enumerate(pairwise(points), 1)
        if one.cycle < other.cycle
    ]
    for mark in evidence.marks:
        later = (place for place, point in enumerate(points) if point.on and point.on >= mark.on)
        words = drawable(mark.words, NOTE_LENGTH, otherwise="a change")
        found.append(Note(next(later, len(points)) - 0.5, words, is_members=True))
    before = [Note(-0.5, "before", has_line=False)] if evidence.chart.baseline else []
    return before + sorted(found, key=lambda note: note.x)[-MOST_NOTES:]


def scale_words(evidence: Evidence, unit: str) -> str:
    """Return what the height of a point means; `unit` is its unit as far as it can be drawn."""
    totals = sorted({point.total for point in evidence.points if point.total})
    if evidence.measure == Measure.COUNT and totals:
        between = {1: "", 2: f" or {totals[-1]}"}.get(len(totals), f" to {totals[-1]}")
        return f"percent, of {totals[0]}{between} {unit}".rstrip()
    return {Measure.RATING: "1 to 5", Measure.NUMBER: unit}.get(
        Measure(evidence.measure), "percent"
    )


def better_words(evidence: Evidence) -> str:
    return "higher is better ↑" if evidence.chart.better == "higher" else "lower is better ↓"


def level_words(evidence: Evidence, level: float) -> str:
    """Return a height as it is written beside a line; a percentage without decimals."""
    is_percentage = evidence.measure in PERCENTAGES
    return goal_written(round(level) if is_percentage else level, evidence.measure)


def has_totals(evidence: Evidence) -> bool:
    """Say whether the totals differ and find room, so that each stands below its point."""
    totals = {point.total for point in evidence.points if point.total}
    return len(totals) > 1 and len(evidence.points) <= MOST_TOTALS


def limits(evidence: Evidence) -> tuple[float, float]:
    """Return the lowest and the highest height shown.

    Percentages and ratings are shown in full, for a part of them makes small steps look large.
    """
    if evidence.measure in PERCENTAGES:
        return -4, 104
    if evidence.measure == Measure.RATING:
        return 0.8, 5.2
    shown = [*evidence.chart.values, *([evidence.goal] if evidence.goal is not None else [])]
    low, high = min(shown), max(shown)
    if low >= 0 and low < high / 2:
        low = 0.0
    margin = (high - low) * 0.08 or max(abs(high) * 0.5, 1)
    return low - margin, high + margin
