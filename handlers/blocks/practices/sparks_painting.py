"""The picture of how a practice spread: schools are rows, time runs to the right.

What a pilot came to is told by the form of its sign, for colours alone say nothing to one reader
in twenty. matplotlib takes most of a second to load, so it is loaded by whoever paints first.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from handlers.blocks.practices.spread_layout import DATES, WIDTH, Dot, Spread
from handlers.blocks.practices.summary import CHANGED, KEPT, LET_GO, RUNNING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DPI = 180
INK, GREY, BAND, RULE, BLUE = "#1b2a36", "#55626c", "#eef2f5", "#c9d3da", "#1d4e89"
# By what a pilot came to: the sign's form, and whether it is filled.
SIGNS = {
    RUNNING: ("o", False),
    KEPT: ("o", True),
    CHANGED: ("D", True),
    LET_GO: ("s", True),
}
SIGN, LETTERS, SMALL_LETTERS = 11.0, 12.0, 10.5
# Stands for a name of letters that the font does not have; the words beside it have them.
UNREADABLE = "a colleague"


def paint(spread: Spread) -> bytes:
    """Return the picture as a PNG, 1,080 pixels wide."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, spread.height), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(spread.height, 0))
    axes.set_axis_off()
    _paint_rows(axes, spread)
    _paint_arrows(axes, spread)
    for dot in spread.dots:
        _paint_dot(axes, dot)
    _paint_key(axes, spread)
    png = BytesIO()
    figure.savefig(png, format="png", dpi=DPI)
    return png.getvalue()


def _paint_rows(axes: Axes, spread: Spread) -> None:
    from matplotlib.patches import Rectangle

    _write(axes, 0.15, 0.28, spread.title, size=LETTERS + 2, is_bold=True)
    below = spread.rows[-1].top + spread.rows[-1].height
    for row in spread.rows:
        band = Rectangle((0.05, row.top), WIDTH - 0.1, row.height, color=BAND, zorder=0, lw=0)
        axes.add_patch(band)
        if row.title:
            _write(axes, 0.15, row.top + 0.19, row.title, size=LETTERS, colour=GREY, is_bold=True)
    for x, day in spread.dates:
        axes.plot([x, x], [spread.rows[0].top, below], color=RULE, lw=0.8, zorder=1)
        side = {0: "left", len(spread.dates) - 1: "right"} if len(spread.dates) > 1 else {}
        place = spread.dates.index((x, day))
        _write(axes, x, below + DATES / 2, day, side=side.get(place, "center"), colour=GREY)


def _paint_arrows(axes: Axes, spread: Spread) -> None:
    from matplotlib.patches import FancyArrowPatch

    for one, other, bend in spread.arrows:
        source, target = spread.dots[one], spread.dots[other]
        arrow = FancyArrowPatch(
            (source.x, source.y),
            (target.x, target.y),
            connectionstyle=f"arc3,rad={bend}",
            arrowstyle="-|>",
            mutation_scale=14,
            shrinkA=SIGN / 2 + 1,
            shrinkB=SIGN / 2 + 2,
            color=GREY,
            lw=1.6,
            zorder=2,
        )
        axes.add_patch(arrow)


def _paint_dot(axes: Axes, dot: Dot) -> None:
    _paint_sign(axes, dot.x, dot.y, dot.state)
    _write(axes, dot.label_x, dot.y + 0.24, dot.label, side="center")


def _paint_sign(axes: Axes, x: float, y: float, state: str) -> None:
    form, is_filled = SIGNS[state]
    axes.plot(
        [x],
        [y],
        marker=form,
        markersize=SIGN,
        markerfacecolor=BLUE if is_filled else "white",
        markeredgecolor=BLUE,
        markeredgewidth=2,
        linestyle="none",
        zorder=3,
    )


def _paint_key(axes: Axes, spread: Spread) -> None:
    """Say below what the signs mean."""
    from matplotlib.patches import FancyArrowPatch

    y = spread.height - 0.45
    for place, state in enumerate(SIGNS):
        x = 0.25 + place * 1.25
        _paint_sign(axes, x, y, state)
        _write(axes, x + 0.16, y, state, size=SMALL_LETTERS)
    if not spread.arrows:
        return
    y += 0.28
    arrow = FancyArrowPatch(
        (0.12, y), (0.5, y), arrowstyle="-|>", mutation_scale=14, color=GREY, lw=1.6
    )
    axes.add_patch(arrow)
    _write(axes, 0.6, y, "inspired", size=SMALL_LETTERS)


def _write(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    *,
    side: str = "left",
    size: float = SMALL_LETTERS,
    colour: str = INK,
    is_bold: bool = False,
) -> None:
    from matplotlib.patheffects import withStroke

    from handlers.blocks.pilots.lettering import BOLD, PLAIN, drawable

    # Members may be called "$x$", which is no formula; an arrow may run behind their name.
    axes.text(
        x,
        y,
        drawable(text, len(text) + 1, otherwise=UNREADABLE),
        ha=side,
        va="center",
        fontproperties=BOLD if is_bold else PLAIN,
        fontsize=size,
        color=colour,
        parse_math=False,
        path_effects=[withStroke(linewidth=2.5, foreground="white", alpha=0.8)],
        zorder=4,
    )
