"""Paints a run chart that can be read on a phone, and without telling colours apart.

Lengths are inches, letters points. A phone shows the 3.4 inches about 340 pixels wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from textwrap import wrap
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator
from matplotlib.transforms import offset_copy

from handlers.blocks.pilots import chart_layout as layout
from handlers.blocks.pilots.lettering import BOLD, PLAIN, drawable
from handlers.blocks.text import first_upper
from models.pilots.evidence import Evidence
from models.pilots.measures import number_written
from models.pilots.pilot import Measure

DPI = 300
WIDTH, PLOT_HEIGHT = 3.4, 1.8
LEFT, RIGHT, EDGE = 0.53, 0.63, 0.06
LINE, LANE, BELOW = 0.185, 0.175, 0.3
HEADING, LETTERS, SMALL = 10.5, 8.5, 8.0
# How many letters of a heading and of the lines below it find room side by side.
WIDE_HEADING, WIDE_LINE = 34, 46
# Colours that those who see red and green alike tell apart (Okabe and Ito); each has a form too.
INK, GREY, SHADE = "#1b2a36", "#55626c", "#e9eef2"
BLUE, SIGNAL, GOAL = "#0072B2", "#C04A00", "#00735C"


def paint(evidence: Evidence) -> bytes:
    """Return the chart as a PNG."""
    notes = layout.notes(evidence, width=WIDTH - LEFT - RIGHT, room=RIGHT - EDGE)
    figure = Figure(dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    axes = _plot_on(figure, evidence, 1 + max((note.row for note in notes), default=-1))
    _paint_frame(axes, evidence)
    _paint_levels(axes, evidence)
    _paint_notes(axes, notes)
    _paint_points(axes, evidence)
    _paint_days(axes, evidence)
    if layout.has_totals(evidence):
        _paint_totals(axes, evidence)
    png = BytesIO()
    figure.savefig(png, format="png", dpi=DPI)
    return png.getvalue()


def _plot_on(figure: Figure, evidence: Evidence, rows: int) -> Axes:
    """Return the plot, below a heading and room for so many rows of notes."""
    heading = _heading(evidence)
    above = EDGE + LINE * len(heading) + 0.06 + LANE * rows
    below = BELOW + (0.3 if layout.has_totals(evidence) else 0)
    height = above + PLOT_HEIGHT + below
    figure.set_size_inches(WIDTH, height)
    for row, (words, style) in enumerate(heading):
        y = 1 - (EDGE + LINE * (row + 0.5)) / height
        figure.text(EDGE / WIDTH, y, words, va="center", parse_math=False, **style)
    plot = (LEFT / WIDTH, below / height, 1 - (LEFT + RIGHT) / WIDTH, PLOT_HEIGHT / height)
    return figure.add_axes(plot)


def _heading(evidence: Evidence) -> list[tuple[str, dict[str, Any]]]:
    """Return the lines above the plot, each with how it is written: what is measured, and a key."""
    name = drawable(first_upper(evidence.measure_name), 80, otherwise="What this pilot measures")
    unit = drawable(evidence.unit or "", 20, otherwise="")
    terms = [*filter(None, [layout.scale_words(evidence, unit)]), layout.better_words(evidence)]
    # What does not fit into one line breaks between the two.
    terms = [both] if len(both := " · ".join(terms)) <= WIDE_LINE else terms
    bold: dict[str, Any] = {"fontproperties": BOLD, "size": HEADING, "color": INK}
    plain: dict[str, Any] = {"fontproperties": PLAIN, "size": LETTERS, "color": GREY}
    signal = plain | {"color": SIGNAL}
    lines = [(line, bold) for line in wrap(name, WIDE_HEADING)[:2]]
    lines += [(line, plain) for line in terms]
    for sign in layout.signs(evidence):
        lines += [(line, signal) for line in wrap(f"{sign.letter} {sign.meaning}", WIDE_LINE)[:2]]
    if evidence.chart.far_point is not None:
        lines.append(("◯ far from the others", signal))
    if evidence.pauses:
        lines.append(("┄ a longer pause", plain))
    return lines


def _paint_frame(axes: Axes, evidence: Evidence) -> None:
    """Paint what the points stand on: the scale, and the shade behind what came before."""
    many, baseline = len(evidence.points), evidence.chart.baseline
    axes.set(xlim=(-0.5, many - 0.5), ylim=layout.limits(evidence))
    if baseline:
        axes.axvspan(-0.5, baseline - 0.5, color=SHADE, linewidth=0, zorder=0)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(GREY)
    axes.set_xticks([])
    axes.tick_params(axis="y", color=GREY, length=3)
    if evidence.measure in layout.PERCENTAGES:
        axes.yaxis.set_major_locator(FixedLocator([0, 25, 50, 75, 100]))
    elif evidence.measure == Measure.RATING:
        axes.yaxis.set_major_locator(FixedLocator([1, 2, 3, 4, 5]))
    else:
        axes.yaxis.set_major_locator(MaxNLocator(5))
    sign = " %" if evidence.measure in layout.PERCENTAGES else ""
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: number_written(y) + sign))
    for label in axes.get_yticklabels():
        label.set(fontproperties=PLAIN, size=SMALL, color=GREY, parse_math=False)


def _paint_levels(axes: Axes, evidence: Evidence) -> None:
    """Paint the median and the goal as lines, with their names at the right end."""
    chart, many = evidence.chart, len(evidence.points)
    names: list[tuple[float, str, str]] = []
    if chart.centre is not None:
        # Where a frozen median is carried on beyond the values it comes from, it is dashed.
        from_values = chart.baseline if chart.is_frozen else many
        axes.plot([-0.5, from_values - 0.5], [chart.centre] * 2, color=INK, lw=1.3, zorder=2)
        axes.plot([from_values - 0.5, many - 0.5], [chart.centre] * 2, **_dashes(INK, (5, 3)))
        name = "starting\nmedian" if chart.is_frozen else "median"
        names.append((chart.centre, f"{name}\n{layout.level_words(evidence, chart.centre)}", INK))
    if evidence.goal is not None:
        axes.plot([-0.5, many - 0.5], [evidence.goal] * 2, **_dashes(GOAL, (1, 1.5)))
        names.append((evidence.goal, f"goal\n{layout.level_words(evidence, evidence.goal)}", GOAL))
    for place, (_, words, colour) in zip(_apart(axes, names), sorted(names), strict=True):
        axes.text(
            1.02,
            place,
            words,
            transform=axes.transAxes,
            **_lettering(SMALL, colour),
            va="center",
            linespacing=1.1,
        )


def _dashes(colour: str, pattern: tuple[float, float]) -> dict[str, Any]:
    return {"color": colour, "lw": 1.3, "linestyle": (0, pattern), "zorder": 2}


def _lettering(size: float, colour: str) -> dict[str, Any]:
    # Members may write "$x$", which is no formula.
    return {"fontproperties": PLAIN, "size": size, "color": colour, "parse_math": False}


def _apart(axes: Axes, names: list[tuple[float, str, str]]) -> list[float]:
    """Return how high the names stand, from 0 to 1, the lowest first; none covers another."""
    low, high = axes.get_ylim()
    places = [min(max((level - low) / (high - low), 0), 1) for level, *_ in sorted(names)]
    halves = [0.065 * (words.count("\n") + 1) / PLOT_HEIGHT for _, words, _ in sorted(names)]
    if len(places) == 2 and (missing := sum(halves) - (places[1] - places[0])) > 0:
        places = [places[0] - missing / 2, places[1] + missing / 2]
    return places


def _paint_notes(axes: Axes, notes: Sequence[layout.Note]) -> None:
    """Paint what changed on the way: a line at its place, and the words above the plot."""
    across = axes.get_xaxis_transform()
    for note in notes:
        bottom = 1 + (0.04 + LANE * note.row) / PLOT_HEIGHT
        if note.has_line:
            dots: dict[str, Any] = {"lw": 0.9, "linestyle": (0, (2, 2))}
            dashes = dots if note.is_members else {"lw": 1.3}
            top = bottom + 0.13 / PLOT_HEIGHT
            _paint_upright(axes, note.x, 0, top, **dashes)
        side = "right" if note.is_left else "left"
        aside = 0.0 if not note.has_line else -0.04 if note.is_left else 0.04
        axes.text(
            note.x,
            bottom,
            note.words,
            transform=offset_copy(across, axes.get_figure(root=True), aside),
            ha=side,
            # Where a line of another note runs behind the words, it stops.
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4},
            zorder=6,
            **_lettering(SMALL, INK),
        )


def _paint_upright(axes: Axes, x: float, low: float, high: float, **style: Any) -> None:
    """Paint a line between two heights, 0 and 1 being the ends of the scale; it may go beyond."""
    across = axes.get_xaxis_transform()
    [line] = axes.plot([x, x], [low, high], color=GREY, transform=across, zorder=1, **style)
    line.set_clip_on(False)


def _paint_points(axes: Axes, evidence: Evidence) -> None:
    """Paint the values: hollow before the start, and of another form where they make a signal."""
    values, baseline = evidence.chart.values, evidence.chart.baseline
    pauses, size = set(evidence.pauses), 6.0 if len(values) <= 30 else 4.0
    for place, pair in enumerate(pairwise(values), 1):
        line = (0, (1, 2)) if place in pauses else "solid"
        axes.plot([place - 1, place], pair, color=BLUE, lw=1.3, linestyle=line, zorder=3)
    forms = dict.fromkeys(range(len(values)), "o")
    for sign in reversed(layout.signs(evidence)):
        forms |= dict.fromkeys(sign.places, sign.marker)
    for place, form in forms.items():
        colour = BLUE if form == "o" else SIGNAL
        inside = "white" if place < baseline else colour
        style: dict[str, Any] = {
            "marker": form,
            "markersize": size,
            "markerfacecolor": inside,
            "mew": 1.2,
        }
        axes.plot([place], [values[place]], color=colour, zorder=4, clip_on=False, **style)
    if (far := evidence.chart.far_point) is not None:
        ring: dict[str, Any] = {"marker": "o", "markersize": size * 2.2, "markerfacecolor": "none"}
        axes.plot([far], [values[far]], color=SIGNAL, zorder=5, clip_on=False, **ring)


def _paint_days(axes: Axes, evidence: Evidence) -> None:
    """Write below as many of the dates as there is room for, the last one first."""
    room, last = 0.62 * len(evidence.points) / (WIDTH - LEFT - RIGHT), float("inf")
    for place in reversed(range(len(evidence.points))):
        on = evidence.points[place].on
        if on is None or last - place < room:
            continue
        last = place
        _paint_upright(axes, place, 0, -0.02, lw=0.8)
        _write_below(axes, place, 0.15, f"{on.day} {on:%b}")


def _paint_totals(axes: Axes, evidence: Evidence) -> None:
    """Write below of how many each percentage is; on their side where there is little room."""
    spacing = (WIDTH - LEFT - RIGHT) / len(evidence.points)
    longest = max(len(str(point.total)) for point in evidence.points if point.total)
    turn = 0 if spacing > 0.075 * longest + 0.03 else 90
    _write_below(axes, -0.5, 0.4, "of  ", side="right")
    for place, point in enumerate(evidence.points):
        _write_below(axes, place, 0.4, str(point.total or ""), turn=turn)


def _write_below(
    axes: Axes, x: float, inches: float, words: str, *, side: str = "center", turn: float = 0
) -> None:
    axes.text(
        x,
        -inches / PLOT_HEIGHT,
        words,
        transform=axes.get_xaxis_transform(),
        ha=side,
        va="center",
        rotation=turn,
        **_lettering(SMALL, GREY),
    )
