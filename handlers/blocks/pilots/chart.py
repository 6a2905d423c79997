"""The run chart of a pilot as a picture that goes into a message."""

from __future__ import annotations

import json
from functools import partial
from hashlib import sha256
from itertools import pairwise

from handlers.blocks.message import Picture
from handlers.blocks.pilots.chart_words import alt_text
from handlers.blocks.text import excerpt
from models.pilots.evidence import Evidence

FEWEST_POINTS = 2
# Counts up whenever the same values are painted otherwise, so that no older picture is shown.
DESIGN = 2
_TITLE_LENGTH = 100


def chart_picture(evidence: Evidence, *, at: int) -> Picture | None:
    """Return the picture for the place `at` among the blocks, or None under two points."""
    if len(evidence.points) < FEWEST_POINTS:
        return None
    return Picture(
        name="run-chart.png",
        title=excerpt(f"Run chart: {evidence.measure_name}", _TITLE_LENGTH),
        alt_text=alt_text(evidence),
        fingerprint=fingerprint(evidence),
        paint=partial(paint, evidence),
        at=at,
    )


def fingerprint(evidence: Evidence) -> str:
    """Return 64 hexadecimal digits, the same for all evidence that is painted the same."""
    shown = {
        "design": DESIGN,
        "measure": [evidence.measure, evidence.measure_name, evidence.unit],
        "aims": [evidence.better, evidence.goal],
        "points": [
            [str(point.on), point.value, point.total, point.is_baseline]
            for point in evidence.points
        ],
        "cycles": [
            place
            for place, (one, other) in enumerate(pairwise(evidence.points), 1)
            if one.cycle != other.cycle
        ],
        "marks": [[str(mark.on), mark.words] for mark in evidence.marks],
    }
    return sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()


def paint(evidence: Evidence) -> bytes:
    """Return the chart as a PNG, 1,020 pixels wide. It takes a good part of a second.

    matplotlib is loaded by whoever paints first: that takes longer than the rest of the bot.
    """
    from handlers.blocks.pilots import chart_painting

    return chart_painting.paint(evidence)
