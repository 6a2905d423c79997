"""Evidence: the values of a pilot and of its earlier cycles in one series, as a reader sees them.

Nobody's evidence holds anything of a cycle that this reader may not see, not even a gap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from statistics import median

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.pilots.cycles import belongs, cycles_seen, values_before
from models.pilots.measures import Value, written
from models.pilots.observation import ChangeNote, Observation
from models.pilots.pilot import Better, Pilot
from models.run_chart import RunChart

# So many days without a value are a pause, if values come more often otherwise.
PAUSE_DAYS = 14


@dataclass(frozen=True)
class Point:
    """One value as it is charted: a count is the percentage of its `total`, `label` its words.

    A value from before the start has no date (`on`) and no observation.
    """

    on: date | None
    value: float
    label: str
    total: int | None
    cycle: int
    is_baseline: bool
    observation_id: int | None


@dataclass(frozen=True)
class Mark:
    """Something that changed on the way, in its teacher's own words."""

    on: date
    words: str
    cycle: int


@dataclass(frozen=True)
class Evidence:
    """What was seen, in order of time; `cycles` are the numbers of those it comes from.

    The values from before the start are those of the first of these cycles. A later cycle belongs
    to the series if its measure, unit and better direction are the same, for otherwise one line
    would join what cannot be compared. `goal` is the pilot's; a count's is a percentage.
    """

    pilot: Pilot
    measure: str
    measure_name: str
    unit: str | None
    better: str
    goal: float | None
    points: tuple[Point, ...]
    marks: tuple[Mark, ...]
    cycles: tuple[int, ...]

    @classmethod
    async def of(cls, session: AsyncSession, pilot: Pilot, *, reader_id: str) -> Evidence:
        """Return the evidence as that member sees it, or as all of its circle do (EVERYBODY)."""
        return (await cls.of_all(session, [pilot], reader_id=reader_id))[pilot.id]

    @classmethod
    async def of_all(
        cls, session: AsyncSession, pilots: Iterable[Pilot], *, reader_id: str
    ) -> dict[int, Evidence]:
        """Return the evidence of each pilot by its id, in three queries however many they are."""
        asked = list(pilots)
        cycles = await cycles_seen(session, {pilot.series_id for pilot in asked}, reader_id)
        ids = [cycle.id for series in cycles.values() for cycle in series]
        observed, changes = await _observed(session, ids), await _changes(session, ids)
        found = {}
        for pilot in asked:
            there = cycles.get(pilot.series_id, [])
            shown = [each for each in there if belongs(each, pilot, reader_id)]
            found[pilot.id] = cls(
                pilot=pilot,
                measure=pilot.measure,
                measure_name=pilot.measure_name,
                unit=pilot.unit,
                better=pilot.better,
                goal=pilot.goal,
                points=(*_baseline(shown), *_points(shown, observed)),
                marks=_marks(shown, changes),
                cycles=tuple(dict.fromkeys(each.cycle for each in shown)),
            )
        return found

    @property
    def observed(self) -> tuple[Point, ...]:
        """The points from the start on."""
        return tuple(point for point in self.points if not point.is_baseline)

    @cached_property
    def pauses(self) -> tuple[int, ...]:
        """The places of the points before which values were missing for weeks."""
        dated = [(place, point.on) for place, point in enumerate(self.points) if point.on]
        days = {place: (on - before).days for (_, before), (place, on) in pairwise(dated)}
        usual = median(days.values()) if days else 0
        return tuple(
            place for place, many in days.items() if many >= PAUSE_DAYS and many > 2 * usual
        )

    @cached_property
    def chart(self) -> RunChart:
        return RunChart.of(
            [point.value for point in self.points],
            baseline=len(self.points) - len(self.observed),
            better="lower" if self.better == Better.LOWER else "higher",
        )


async def _observed(session: AsyncSession, ids: Sequence[int]) -> dict[int, list[Observation]]:
    query = (
        select(Observation)
        .where(Observation.pilot_id.in_(ids), Observation.deleted_at.is_(None))
        .order_by(Observation.on_date, Observation.logged_at, Observation.id)
    )
    found = defaultdict(list)
    for observation in await session.scalars(query):
        found[observation.pilot_id].append(observation)
    return found


async def _changes(session: AsyncSession, ids: Sequence[int]) -> dict[int, list[ChangeNote]]:
    query = (
        select(ChangeNote)
        .where(ChangeNote.pilot_id.in_(ids))
        .order_by(ChangeNote.on_date, ChangeNote.noted_at, ChangeNote.id)
    )
    found = defaultdict(list)
    for change in await session.scalars(query):
        found[change.pilot_id].append(change)
    return found


def _baseline(cycles: Sequence[Pilot]) -> list[Point]:
    return [_point(value, cycles[0], None) for value in values_before(cycles)]


def _points(cycles: Sequence[Pilot], observed: dict[int, list[Observation]]) -> list[Point]:
    both = [(cycle, each) for cycle in cycles for each in observed.get(cycle.id, [])]
    both.sort(key=lambda pair: (pair[1].on_date, pair[1].logged_at, pair[1].id))
    return [_point(Value(each.value, each.total), cycle, each) for cycle, each in both]


def _point(value: Value, cycle: Pilot, observation: Observation | None) -> Point:
    return Point(
        on=observation.on_date if observation else None,
        value=value.charted,
        label=written(value, cycle.measure),
        total=value.total,
        cycle=cycle.cycle,
        is_baseline=observation is None,
        observation_id=observation.id if observation else None,
    )


def _marks(cycles: Sequence[Pilot], changes: dict[int, list[ChangeNote]]) -> tuple[Mark, ...]:
    marks = [
        Mark(on=change.on_date, words=change.words, cycle=cycle.cycle)
        for cycle in cycles
        for change in changes.get(cycle.id, [])
    ]
    return tuple(sorted(marks, key=lambda mark: mark.on))
