"""Origin: what a pilot comes from, a practice, a colleague's pilot, a problem or its last cycle."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from models.errors import NotAllowedError, NotHereError
from models.ids import id_from
from models.pilots import finding
from models.pilots.pilot import Pilot
from models.practices.practice import Practice
from models.problems import Problem


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a pilot comes from, as far as that is there for its teacher.

    `adapts` is their own pilot, of which the new one is the next cycle.
    """

    practice: Practice | None = None
    inspired_by: Pilot | None = None
    problem: Problem | None = None
    adapts: Pilot | None = None

    @classmethod
    async def of(
        cls,
        session: AsyncSession,
        facts: Mapping[str, object],
        member_id: str,
        *,
        for_update: bool = False,
    ) -> Origin:
        """Look up the ids of a START button or a form, each of which may be forged or gone.

        `facts` are as `start_value` has them. `for_update` keeps others waiting who start the next
        cycle of the same pilot.
        """
        return cls(
            practice=await _practice(session, facts.get("practice_id")),
            inspired_by=await _inspiration(session, facts.get("inspired_by_id"), member_id),
            problem=await _problem(session, facts.get("problem_id"), member_id),
            adapts=await _own(session, facts.get("adapts_id"), member_id, for_update),
        )

    def lacks(self, facts: Mapping[str, object], name: str) -> bool:
        """Say whether `facts` name something that is not there any more, such as "practice"."""
        return bool(facts.get(f"{name}_id")) and getattr(self, name) is None


NOWHERE = Origin()


async def _practice(session: AsyncSession, practice_id: object) -> Practice | None:
    practice = await session.get(Practice, id_from(practice_id) or 0)
    return practice if practice and practice.withdrawn_at is None else None


async def _inspiration(session: AsyncSession, pilot_id: object, member_id: str) -> Pilot | None:
    with suppress(NotHereError):
        return await finding.seen_by(session, pilot_id, member_id)
    return None


async def _problem(session: AsyncSession, problem_id: object, member_id: str) -> Problem | None:
    if problem_id:
        with suppress(NotHereError):
            return await Problem.visible_to(session, str(problem_id), member_id)
    return None


async def _own(
    session: AsyncSession, pilot_id: object, member_id: str, for_update: bool
) -> Pilot | None:
    with suppress(NotHereError, NotAllowedError):
        return await finding.owned_by(session, pilot_id, member_id, for_update=for_update)
    return None
