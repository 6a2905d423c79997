"""Summing up: what came of a practice so far, in numbers that give nobody away.

Everything is counted from pilots that the reader may see. A pilot of several cycles counts once:
its latest cycle says what was decided, and all its cycles together in which way the numbers moved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from models.pilots.cycles import charts_of
from models.pilots.pilot import Decision
from models.practices.practice import Practice
from models.practices.trials import Trial, trials_of
from models.run_chart import RunChart

# One or two schools would say whose pilots they are, so their number is told from three on.
FEWEST_SCHOOLS = 3


class Moved(StrEnum):
    """In which way a series of values moved, seen from the teacher who hoped for it."""

    AS_HOPED = "as_hoped"
    OTHER_WAY = "other_way"
    NOT_CLEARLY = "not_clearly"
    TOO_EARLY = "too_early"


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What the reader sees of a practice's pilots.

    `trials` are all of them, newest first. `schools` is None below FEWEST_SCHOOLS. `decisions`
    counts those whose latest cycle is finished.
    """

    practice: Practice
    reader_id: str
    trials: tuple[Trial, ...]
    schools: int | None = None
    decisions: Counter[Decision] = field(default_factory=Counter)
    moves: Counter[Moved] = field(default_factory=Counter)

    @property
    def teachers(self) -> int:
        return len({one.member_id for one in self.trials})

    @property
    def running(self) -> int:
        """How many have not come to a decision yet."""
        return len(self.trials) - self.decisions.total()

    @classmethod
    async def of(cls, session: AsyncSession, practice: Practice, reader_id: str) -> Summary:
        """Sum up, in a number of queries that does not grow with the pilots."""
        trials = await trials_of(session, practice, reader_id)
        latest = [one.latest for one in trials]
        charts = await charts_of(session, latest, reader_id=reader_id)
        return cls(
            practice=practice,
            reader_id=reader_id,
            trials=tuple(trials),
            schools=number_of_schools(trials),
            decisions=Counter(
                Decision(one.decision) for one in latest if one.finished_at and one.decision
            ),
            moves=Counter(way_of(charts[one.id]) for one in latest),
        )


def number_of_schools(trials: Collection[Trial]) -> int | None:
    """Return in how many schools it was tried, or None where the number would tell too much."""
    schools = {one.school for one in trials if one.school}
    return len(schools) if len(schools) >= FEWEST_SCHOOLS else None


def way_of(chart: RunChart) -> Moved:
    """Return in which way the values moved.

    A shift alone does not count, for in a long series chance makes six in a row as often as not
    (docs/run-charts.md has the rates): most values since the start have to lie on its side as well.
    """
    match chart.moved:
        case "better":
            return Moved.AS_HOPED
        case "worse":
            return Moved.OTHER_WAY
        case None:
            return Moved.TOO_EARLY if chart.is_too_early else Moved.NOT_CLEARLY
