"""Cycles: which of a series somebody reads as one, and the chart that they make together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.pilots.measures import Value
from models.pilots.observation import Observation
from models.pilots.pilot import Better, Circle, Pilot
from models.pilots.sight import is_seen_by
from models.run_chart import RunChart

# The reader of what a whole circle sees, such as the card in a community's channel.
EVERYBODY = ""
_WIDTH = {Circle.ME: 0, Circle.COMMUNITY: 1, Circle.NETWORK: 2}


async def charts_of(
    session: AsyncSession, pilots: Iterable[Pilot], *, reader_id: str
) -> dict[int, RunChart]:
    """Return the chart of each pilot's evidence by its id, in two queries.

    Of hundreds of pilots the numbers alone are read: nothing that is only shown, no words.
    """
    asked = list(pilots)
    cycles = await cycles_seen(session, {pilot.series_id for pilot in asked}, reader_id)
    values = await _values_of(session, [one.id for series in cycles.values() for one in series])
    charts = {}
    for pilot in asked:
        there = cycles.get(pilot.series_id, [])
        shown = [each for each in there if belongs(each, pilot, reader_id)]
        before = [value.charted for value in values_before(shown)]
        since = sorted(pair for cycle in shown for pair in values.get(cycle.id, ()))
        charts[pilot.id] = RunChart.of(
            [*before, *(value for _, value in since)],
            baseline=len(before),
            better="lower" if pilot.better == Better.LOWER else "higher",
        )
    return charts


async def _values_of(
    session: AsyncSession, ids: Sequence[int]
) -> dict[int, list[tuple[int, float]]]:
    """Return the values of each pilot as charted, with their places among those of all."""
    query = (
        select(Observation.pilot_id, Observation.value, Observation.total)
        .where(Observation.pilot_id.in_(ids), Observation.deleted_at.is_(None))
        .order_by(Observation.on_date, Observation.logged_at, Observation.id)
    )
    found = defaultdict(list)
    for place, (pilot_id, value, total) in enumerate(await session.execute(query)):
        found[pilot_id].append((place, Value(value, total).charted))
    return found


def values_before(cycles: Sequence[Pilot]) -> list[Value]:
    """Return the values from before the first of the cycles, the earliest first."""
    if not cycles:
        return []
    return [
        Value(value, int(total) if total is not None else None)
        for value, total in cycles[0].baseline
        if value is not None
    ]


async def cycles_seen(
    session: AsyncSession, series: set[int], reader_id: str
) -> dict[int, list[Pilot]]:
    """Return all cycles of each series that the reader sees, the first one first."""
    is_seen = Pilot.deleted_at.is_(None) if reader_id == EVERYBODY else is_seen_by(reader_id)
    query = (
        select(Pilot)
        .where(or_(Pilot.id.in_(series), Pilot.first_id.in_(series)), is_seen)
        .order_by(Pilot.cycle, Pilot.started_at, Pilot.id)
    )
    found = defaultdict(list)
    for pilot in await session.scalars(query):
        found[pilot.series_id].append(pilot)
    return found


def is_part_of(cycle: Pilot, pilot: Pilot) -> bool:
    """Say whether values of that cycle are in what everybody reads who may see the pilot."""
    return belongs(cycle, pilot, EVERYBODY)


def belongs(cycle: Pilot, pilot: Pilot, reader_id: str) -> bool:
    """Say whether a cycle that the reader sees is part of that pilot's evidence."""
    if cycle.id == pilot.id:
        return True
    is_comparable = _terms(cycle) == _terms(pilot) and cycle.member_id == pilot.member_id
    if not is_comparable or cycle.cycle >= pilot.cycle:
        return False
    return reader_id != EVERYBODY or _is_as_wide(cycle, pilot)


def _terms(pilot: Pilot) -> tuple[str, str, str]:
    return pilot.measure, pilot.better, (pilot.unit or "").strip().casefold()


def _is_as_wide(cycle: Pilot, pilot: Pilot) -> bool:
    """Say whether all who may see the pilot may see that cycle as well."""
    wide, wanted = _WIDTH[Circle(cycle.circle)], _WIDTH[Circle(pilot.circle)]
    is_elsewhere = cycle.community_id != pilot.community_id and cycle.circle == Circle.COMMUNITY
    return wide >= wanted and not (is_elsewhere and pilot.circle == Circle.COMMUNITY)
