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
from math import isfinite, log2
from statistics import median as _median
from typing import Literal

from models.run_limits import run_limits
from models.run_stretches import Stretch, compare, stretches

# So many values from before the change make a median that may be frozen.
BASELINE_POINTS = 10
SHIFT_POINTS = 6
TREND_POINTS = 5
# With fewer points off the median the number of runs says nothing.
USEFUL_POINTS = 10
# A median frozen from few values is a rough one, so values moved only if so large a part of those
# since the start lie on one side of it, and no more than so many of the last ones are back.
MOVED_PART = 0.75
BACK_AT_MOST = 2
# In so long a series chance makes six in a row in one of ten cases, and soon in one of two.
LONG_SERIES = 20

Better = Literal["higher", "lower"]


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
        return tuple(compare(value, centre) for value in self.values) if centre is not None else ()

    @cached_property
    def useful(self) -> int:
        """How many values do not lie on the centre."""
        return sum(map(abs, self.sides))

    @property
    def useful_after(self) -> int:
        """How many values since the start do not lie on the centre."""
        return sum(map(abs, self.sides[self.baseline :]))

    @cached_property
    def shifts(self) -> tuple[Stretch, ...]:
        """Six or more in a row on one side. Points on the centre neither add nor break."""
        off = [(index, side) for index, side in enumerate(self.sides) if side]
        return tuple(each for each in stretches(off) if each.points >= SHIFT_POINTS)

    @cached_property
    def trends(self) -> tuple[Stretch, ...]:
        """Five or more in a row all going up or down. Of equal neighbours only the first counts."""
        steps, start, found = self._steps(), 0, []
        for stretch in stretches(steps):
            # The point at which the first step begins belongs to the trend as well.
            if stretch.points + 1 >= TREND_POINTS:
                trend = Stretch(start, stretch.last, stretch.direction, stretch.points + 1)
                found.append(trend)
            start = stretch.last
        return tuple(found)

    @cached_property
    def runs(self) -> int:
        """How many times in a row the points stay on one side, each of whatever length."""
        return len(stretches([(index, side) for index, side in enumerate(self.sides) if side]))

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
        is_short_after = self.baseline > 0 and self.useful_after < SHIFT_POINTS
        return self.useful < USEFUL_POINTS or is_short_after

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
        """Which way the values moved, by the direction that is better; None when none or both.

        It asks for more than a shift. With a frozen centre a shift lies where the values went, but
        most values since the start have to lie there (MOVED_PART) and the last ones must not be
        back. Otherwise the centre is that of all values, so a shift at the beginning tells that
        what came after lies on the other side, and one in the middle that the values went and came
        back. How often chance alone does all this: docs/run-charts.md.
        """
        way = self._way
        if way is None or (self.is_frozen and not self._is_held(way)):
            return None
        return "better" if (way == 1) == (self.better == "higher") else "worse"

    @property
    def came_back(self) -> bool:
        """Whether the values left a frozen centre for one side and lie mostly on the other now."""
        if not self.is_frozen or self._way is None or self.moved:
            return False
        later = [side for side in self.sides[self.new_shifts[-1].last + 1 :] if side]
        return len(later) > BACK_AT_MOST and 2 * later.count(-self._way) > len(later)

    @property
    def may_be_chance(self) -> bool:
        """Whether the series is so long that chance makes its longest shift quite often as well.

        Runs above log2(n) + 3 are longer than chance makes them (Anhøj and Olesen).
        """
        many = sum(map(abs, self._judged))
        longest = max((shift.points for shift in self.new_shifts), default=0)
        return many >= LONG_SERIES and longest <= round(log2(many) + 3)

    @cached_property
    def baseline_sign(self) -> Literal["moving", "turns"] | None:
        """What the values from before a frozen centre show themselves beyond chance.

        "moving" if they shifted or crossed their median too seldom, "turns" if too often. A trend
        is too weak a sign.
        """
        before = RunChart(self.values[: self.baseline])
        if not self.is_frozen:
            return None
        if before.shifts or before.runs_signal == "few":
            return "moving"
        return "turns" if before.runs_signal == "many" else None

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
        steps = [(at + 1, compare(b, a)) for at, (a, b) in enumerate(pairwise(self.values))]
        return [(index, step) for index, step in steps if step]

    @property
    def _judged(self) -> tuple[int, ...]:
        # The sides of those values in which a shift tells of a change.
        return self.sides[self.baseline if self.is_frozen else 0 :]

    @property
    def _way(self) -> int | None:
        # 1 or -1 if all shifts tell that the values went up, or down.
        ways = {self._way_of(shift) for shift in self.new_shifts}
        return ways.pop() or None if len(ways) == 1 else None

    def _is_held(self, way: int) -> bool:
        # Whether most values since the start lie on that side, and some of the last ones as well.
        off = [side for side in self._judged if side]
        is_back = way not in off[-BACK_AT_MOST - 1 :]
        return off.count(way) >= MOVED_PART * len(off) and not is_back

    def _way_of(self, shift: Stretch) -> int:
        if self.is_frozen:
            return shift.direction
        is_at_start = not any(self.sides[: shift.first])
        is_at_end = not any(self.sides[shift.last + 1 :])
        return shift.direction * (is_at_end - is_at_start)


def median(values: Sequence[float]) -> float | None:
    """Return the middle value, or the mean of the two middle ones; None without values."""
    return _median(values) if values else None
