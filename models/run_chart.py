"""A run chart: values in order, their median, and what is more than chance usually does.

The rules are those of Perla, Provost and Murray, "The run chart: a simple analytical tool for
learning from variation in healthcare processes", BMJ Quality & Safety 2011;20:46–51. Anhøj and
Olesen, "Run charts revisited", PLoS ONE 2014;9(11):e113825, found that the trend rule helps little.

A median is frozen when at least ten values come from before the change: then what happens later
does not drag the line along. Both rules about neighbours look at the whole series. What tells of a
change (`new_shifts`, `new_trends`) is made of points after such a baseline alone, for a stretch
that needs points from before began before the change. The number of runs is that of the whole
series: if nothing changed, each later point still lies on either side of the line by chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import isclose, isfinite
from statistics import median as _median
from typing import Literal

from models.run_limits import run_limits

# So many values from before the change make a median that may be frozen.
BASELINE_POINTS = 10
SHIFT_POINTS = 6
TREND_POINTS = 5
# With fewer points off the median the number of runs says nothing.
USEFUL_POINTS = 10

Better = Literal["higher", "lower"]


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


@dataclass(frozen=True)
class RunChart:
    """Values in order, of which the first `baseline` come from before the change."""

    values: tuple[float, ...]
    baseline: int = 0
    better: Better = "higher"

    @classmethod
    def of(
        cls, values: Sequence[float], *, baseline: int = 0, better: Better = "higher"
    ) -> RunChart:
        """Return the chart; ValueError when a value is no finite number."""
        if not all(isfinite(value) for value in values):
            raise ValueError("a run chart takes finite numbers only")
        return cls(tuple(map(float, values)), min(max(baseline, 0), len(values)), better)

    @property
    def is_frozen(self) -> bool:
        """Whether the centre is the median of the values from before the change alone."""
        return self.baseline >= BASELINE_POINTS

    @cached_property
    def centre(self) -> float | None:
        """The median, or None without values."""
        return median(self.values[: self.baseline] if self.is_frozen else self.values)

    @cached_property
    def sides(self) -> tuple[int, ...]:
        """1 above the centre, -1 below, 0 on it, for each value."""
        centre = self.centre
        return tuple(_compare(value, centre) for value in self.values) if centre is not None else ()

    @cached_property
    def useful(self) -> int:
        """How many values do not lie on the centre."""
        return sum(map(abs, self.sides))

    @cached_property
    def shifts(self) -> tuple[Stretch, ...]:
        """Six or more in a row on one side. Points on the centre neither add nor break."""
        off = [(index, side) for index, side in enumerate(self.sides) if side]
        return tuple(each for each in _stretches(off) if each.points >= SHIFT_POINTS)

    @cached_property
    def trends(self) -> tuple[Stretch, ...]:
        """Five or more in a row all going up or down. Of equal neighbours only the first counts."""
        steps, start, found = self._steps(), 0, []
        for stretch in _stretches(steps):
            # The point at which the first step begins belongs to the trend as well.
            if stretch.points + 1 >= TREND_POINTS:
                trend = Stretch(start, stretch.last, stretch.direction, stretch.points + 1)
                found.append(trend)
            start = stretch.last
        return tuple(found)

    @cached_property
    def runs(self) -> int:
        """How many times in a row the points stay on one side, each of whatever length."""
        return len(_stretches([(index, side) for index, side in enumerate(self.sides) if side]))

    @cached_property
    def run_limits(self) -> tuple[int, int] | None:
        """The fewest and the most runs that are still chance; None below ten useful points."""
        if self.useful < USEFUL_POINTS:
            return None
        return run_limits(self.useful)

    @cached_property
    def runs_signal(self) -> Literal["few", "many"] | None:
        """Whether the points cross the centre less or more often than by chance."""
        if self.run_limits is None:
            return None
        low, high = self.run_limits
        return "few" if self.runs < low else "many" if self.runs > high else None

    @property
    def is_too_early(self) -> bool:
        """Whether there are too few points off the centre, in all or after the baseline."""
        after = sum(map(abs, self.sides[self.baseline :]))
        return self.useful < USEFUL_POINTS or (self.baseline > 0 and after < SHIFT_POINTS)

    @property
    def new_shifts(self) -> tuple[Stretch, ...]:
        """The shifts, of those that a frozen centre shows the part after the baseline."""
        off = [index for index, side in enumerate(self.sides) if side]
        later = (self._later(each, off) for each in self.shifts)
        return tuple(each for each in later if each.points >= SHIFT_POINTS)

    @property
    def new_trends(self) -> tuple[Stretch, ...]:
        """The trends in the same way, once it is not too early."""
        if self.is_too_early:
            return ()
        counted = [0, *(index for index, _ in self._steps())]
        later = (self._later(each, counted) for each in self.trends)
        return tuple(each for each in later if each.points >= TREND_POINTS)

    @property
    def moved(self) -> Literal["better", "worse"] | None:
        """Which way the shifts went, by the direction that is better; None when none or both.

        With a frozen centre a shift lies where the values went. Otherwise the centre is that of
        all values, so a shift at the beginning tells that what came after lies on the other side,
        and one in the middle that the values went and came back.
        """
        ways = {self._way_of(shift) for shift in self.new_shifts}
        if len(ways) != 1 or ways == {0}:
            return None
        return "better" if ways == {1 if self.better == "higher" else -1} else "worse"

    @property
    def is_baseline_steady(self) -> bool:
        """Whether the values from before a frozen centre show nothing but chance themselves."""
        before = RunChart(self.values[: self.baseline])
        return not (self.is_frozen and (before.shifts or before.trends or before.runs_signal))

    @cached_property
    def far_point(self) -> int | None:
        """The index of one point that anybody would call obviously different, or None.

        That is a judgement, never a test (the paper calls such a point astronomical). Here it lies
        farther from the nearest other value than the ten or more others lie from each other.
        """
        order = sorted(range(len(self.values)), key=self.values.__getitem__)
        if len(order) <= USEFUL_POINTS:
            return None
        for index, nearest, farthest in ((order[0], 1, -1), (order[-1], -2, 0)):
            others = abs(self.values[order[nearest]] - self.values[order[farthest]])
            gap = abs(self.values[index] - self.values[order[nearest]])
            if others > 0 and gap > others:
                return index
        return None

    def _later(self, stretch: Stretch, counted: Sequence[int]) -> Stretch:
        # The part of a stretch after a baseline that froze the centre, by the points that count.
        start = max(stretch.first, self.baseline if self.is_frozen else 0)
        places = [index for index in counted if start <= index <= stretch.last]
        first = places[0] if places else start
        return Stretch(first, stretch.last, stretch.direction, len(places))

    def _steps(self) -> list[tuple[int, int]]:
        # Where each new value stands, and whether it is more or less than the one before.
        steps = [(at + 1, _compare(b, a)) for at, (a, b) in enumerate(pairwise(self.values))]
        return [(index, step) for index, step in steps if step]

    def _way_of(self, shift: Stretch) -> int:
        if self.is_frozen:
            return shift.direction
        is_at_start = not any(self.sides[: shift.first])
        is_at_end = not any(self.sides[shift.last + 1 :])
        return shift.direction * (is_at_end - is_at_start)


def median(values: Sequence[float]) -> float | None:
    """Return the middle value, or the mean of the two middle ones; None without values."""
    return _median(values) if values else None


def _stretches(marked: Sequence[tuple[int, int]]) -> list[Stretch]:
    """Return the neighbours of one direction, of points given as index and direction."""
    found: list[Stretch] = []
    for index, direction in marked:
        if found and found[-1].direction == direction:
            last = found[-1]
            found[-1] = Stretch(last.first, index, direction, last.points + 1)
        else:
            found.append(Stretch(index, index, direction, 1))
    return found


def _compare(value: float, other: float) -> int:
    # Percentages of counts and means of two values differ in the last digits where they are equal.
    if isclose(value, other, rel_tol=1e-9, abs_tol=1e-12):
        return 0
    return 1 if value > other else -1
