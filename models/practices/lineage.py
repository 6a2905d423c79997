"""Lineage: how a practice travelled from one teacher to the next, as far as this reader may see.

Whoever pressed *Try this* on a colleague's pilot was inspired by it. A pilot that the reader does
not see leaves no trace, also not as a gap in a chain: what it inspired has begun by itself here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from models.practices.practice import Practice
from models.practices.trials import Trial, trials_of


@dataclass(frozen=True, kw_only=True)
class Lineage:
    """The trials that the reader sees, by their first day, and which of them inspired which.

    `sparks` are pairs of places in `trials`: who inspired, who was inspired.
    """

    practice: Practice
    reader_id: str
    trials: tuple[Trial, ...]
    sparks: tuple[tuple[int, int], ...] = ()

    @classmethod
    async def of(cls, session: AsyncSession, practice: Practice, reader_id: str) -> Lineage:
        """Trace it, in two queries."""
        return cls.among(await trials_of(session, practice, reader_id), practice, reader_id)

    @classmethod
    def among(cls, found: Iterable[Trial], practice: Practice, reader_id: str) -> Lineage:
        """Trace it among trials that were read already; all that the reader sees are needed."""
        trials = tuple(sorted(found, key=lambda one: (one.first.starts_on, one.first.id)))
        return cls(
            practice=practice, reader_id=reader_id, trials=trials, sparks=_sparks_between(trials)
        )

    @property
    def schools(self) -> tuple[str | None, ...]:
        """Return the schools in the order in which it came to them; None stands for not known."""
        return tuple(dict.fromkeys(one.school for one in self.trials))

    def newest(self, most: int) -> Lineage:
        """Return the part of it that began last, with at most so many trials."""
        left_out = max(0, len(self.trials) - most)
        kept = tuple((one - left_out, other - left_out) for one, other in self.sparks)
        return replace(
            self,
            trials=self.trials[left_out:],
            sparks=tuple(spark for spark in kept if min(spark) >= 0),
        )

    def inspirers_of(self, place: int) -> tuple[int, ...]:
        """Return the places of those that inspired this trial."""
        return tuple(one for one, inspired in self.sparks if inspired == place)


def _sparks_between(trials: tuple[Trial, ...]) -> tuple[tuple[int, int], ...]:
    place_of = {cycle.id: place for place, one in enumerate(trials) for cycle in one.cycles}
    sparks = {
        (place_of[cycle.inspired_by_id], place)
        for place, one in enumerate(trials)
        for cycle in one.cycles
        if cycle.inspired_by_id in place_of
    }
    return tuple(sorted(spark for spark in sparks if spark[0] != spark[1]))
