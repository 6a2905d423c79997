"""Trials: who tried a practice, as far as this reader may see it, the cycles of one together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.members import Member
from models.pilots.pilot import Pilot
from models.pilots.sight import is_seen_by
from models.practices.practice import Practice


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One teacher's pilot of a practice in one class, over as many cycles as the reader sees.

    `cycles` are these, the earliest first, at least one; the others leave no trace here. `school`
    and `name` are what its teacher is known by, if anything.
    """

    cycles: tuple[Pilot, ...]
    school: str | None = None
    name: str | None = None

    @property
    def first(self) -> Pilot:
        return self.cycles[0]

    @property
    def latest(self) -> Pilot:
        return self.cycles[-1]

    @property
    def member_id(self) -> str:
        return self.first.member_id


async def trials_of(session: AsyncSession, practice: Practice, reader_id: str) -> list[Trial]:
    """Return the trials that the reader sees, the one that began last first, in two queries.

    `reader_id` is "" for what is shown to a whole channel: then only the network's are seen.
    """
    seen = select(Pilot).where(Pilot.practice_id == practice.id, is_seen_by(reader_id))
    series: defaultdict[int, list[Pilot]] = defaultdict(list)
    for pilot in await session.scalars(seen.order_by(Pilot.cycle, Pilot.id)):
        series[pilot.series_id].append(pilot)
    oldest_first = sorted(series.values(), key=lambda one: (one[0].started_at, one[0].id))
    teachers = [cycles[0].member_id for cycles in oldest_first]
    people = await Member.known(session, teachers)
    schools = _schools_of(people, teachers)
    trials = [
        Trial(
            cycles=tuple(cycles),
            school=schools.get(teacher),
            name=people[teacher].name if teacher in people else None,
        )
        for teacher, cycles in zip(teachers, oldest_first, strict=True)
    ]
    return trials[::-1]


def _schools_of(people: Mapping[str, Member], member_ids: Sequence[str]) -> dict[str, str]:
    """Return the schools of those who gave one; of two spellings the earlier one counts."""
    spelling: dict[str, str] = {}
    schools = {}
    for one in member_ids:
        if one in people and (school := people[one].school):
            schools[one] = spelling.setdefault(" ".join(school.casefold().split()), school)
    return schools
