"""Finishing: what came of a pilot beside what was predicted, and what its teacher decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.errors import RuleError
from models.pilots import asking
from models.pilots.pilot import Decision, Matched, Pilot
from models.pilots.telling import keep_findable, redraw_cards, tell_spark
from models.text import clean

# Characters by field: a card with all of them is still read on a phone.
LENGTHS: Mapping[str, int] = MappingProxyType({"result": 500, "learned": 1000, "why": 500})

Choice = TypeVar("Choice", bound=StrEnum)

_MISSING = {
    "result": "What happened? One sentence is plenty, also without a number.",
    "learned": "What should the next person know? One sentence is plenty.",
}


class AsPlanned(StrEnum):
    """Whether the test was carried out as it was planned."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class OutcomeError(RuleError):
    """Something that makes the end of a pilot worth reading is missing, or is too long."""


class CannotReopenError(RuleError):
    """Only what is finished, and has not gone on in a next cycle, can be taken up again."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a teacher says at the end of a pilot, cleaned and within its limits."""

    result: str
    matched: Matched
    learned: str
    decision: Decision
    why: str | None = None
    as_planned: AsPlanned | None = None

    @classmethod
    def of(
        cls,
        *,
        result: str | None,
        matched: str | None,
        learned: str | None,
        decision: str | None,
        why: str | None = None,
        as_planned: str | None = None,
    ) -> Outcome:
        """Return what was typed, fit to keep; raises an OutcomeError that names the field."""
        return cls(
            result=_written("result", result),
            matched=_one_of(Matched, "matched", matched),
            learned=_written("learned", learned),
            decision=_one_of(Decision, "decision", decision),
            why=_written("why", why) or None,
            as_planned=_one_of(AsPlanned, "as_planned", as_planned) if as_planned else None,
        )

    @property
    def everything(self) -> str:
        """All of the text, for a look at what it may give away."""
        return "\n".join(text for text in (self.result, self.learned, self.why) if text)


async def finish(session: AsyncSession, pilot: Pilot, outcome: Outcome, now: datetime) -> bool:
    """Keep the outcome, also a changed one, and return whether it is new.

    Whoever inspired a pilot that they see hears of it once.
    """
    said = vars(outcome)
    if pilot.finished_at is not None and all(getattr(pilot, one) == said[one] for one in said):
        return False
    pilot.finished_at = pilot.finished_at or now
    pilot.paused_at = pilot.next_ask_at = None
    for name, answer in said.items():
        setattr(pilot, name, answer)
    await keep_findable(session, pilot)
    await redraw_cards(session, pilot, now)
    await tell_spark(session, pilot, now)
    return True


async def reopen(session: AsyncSession, pilot: Pilot, now: datetime) -> None:
    """Let the pilot run on. What was written is kept for its next end, except the decision.

    Raises CannotReopenError.
    """
    if pilot.finished_at is None:
        raise CannotReopenError("It is running already. You can log what you see.")
    if await _has_gone_on(session, pilot):
        raise CannotReopenError("It goes on in its next cycle already. You can log there.")
    pilot.finished_at = pilot.decision = None
    community = await session.get_one(Community, pilot.community_id)
    asking.plan_next(pilot, community.tz, now)
    await keep_findable(session, pilot)
    await redraw_cards(session, pilot, now)


async def _has_gone_on(session: AsyncSession, pilot: Pilot) -> bool:
    later = (
        select(Pilot.id)
        .where(Pilot.first_id == pilot.series_id, Pilot.cycle > pilot.cycle)
        .where(Pilot.deleted_at.is_(None))
        .limit(1)
    )
    return await session.scalar(later) is not None


def _written(field: str, text: str | None) -> str:
    kept, most = clean(text or ""), LENGTHS[field]
    if not kept and field in _MISSING:
        raise OutcomeError(_MISSING[field], field=field)
    if len(kept) > most:
        raise OutcomeError(
            f"This is {len(kept):,} characters long and {most:,} fit on the card. "
            "Which part matters most?",
            field=field,
        )
    return kept


def _one_of(choices: type[Choice], field: str, chosen: str | None) -> Choice:
    try:
        return choices(chosen or "")
    except ValueError:
        raise OutcomeError("Please choose one of these.", field=field) from None
