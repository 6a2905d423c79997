"""Stretches of a run chart: neighbouring points that go, or lie, in the same direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isclose


@dataclass(frozen=True)
class Stretch:
    """Neighbours that belong together: the indexes of the first and last, both inclusive.

    `direction` is 1 for above or up and -1 for below or down. `points` are those that count: of a
    shift those off the median, of a trend those that differ from the one before.
    """

    first: int
    last: int
    direction: int
    points: int


def stretches(marked: Sequence[tuple[int, int]]) -> list[Stretch]:
    """Return the neighbours of one direction, of points given as index and direction."""
    found: list[Stretch] = []
    for index, direction in marked:
        if found and found[-1].direction == direction:
            last = found[-1]
            found[-1] = Stretch(last.first, index, direction, last.points + 1)
        else:
            found.append(Stretch(index, index, direction, 1))
    return found


def compare(value: float, other: float) -> int:
    """Return 1 if the value is larger than the other, -1 if it is smaller, 0 if they are equal."""
    # Percentages of counts and means of two values differ in the last digits where they are equal.
    if isclose(value, other, rel_tol=1e-9, abs_tol=1e-12):
        return 0
    return 1 if value > other else -1
