"""Editing: a community's own edition of a protocol, one step a line.

A line is the minutes (or days), the name, who speaks, and what to do:
    9 The group discusses (group): What did we hear? What might we try?
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.consultancies.protocols import COPY, NAME_LENGTH, Protocol, ProtocolCopy, all_of
from models.consultancies.steps import Speaks, Step
from models.errors import RuleError
from models.text import clean, one_line

STEPS_AT_MOST = 15
# Of one step: minutes at a hangout, days of one that takes days.
MINUTES_AT_MOST, DAYS_AT_MOST = 120, 14
STEP_NAME_LENGTH, PROMPT_LENGTH = 60, 400
# Slack takes no more than 3,000 characters in one input (slack-facts 1.3).
STEPS_LENGTH = 3000
# A message takes 50 blocks, and the list of protocols two for each (slack-facts 1.1).
COPIES_AT_MOST = 15

_AMOUNT = re.compile(
    r"(\d{1,4})\s*(?:(minutes?|mins?|min\.|days?)\b)?[\s.:,–-]*(.*)", re.IGNORECASE
)
_WHO = re.compile(r"\(([^()]*)\)$")


class StepsError(RuleError):
    """What was typed is not a list of steps."""

    field = "steps"


class ProtocolNameError(RuleError):
    """A protocol needs a name of its own."""

    field = "name"


@dataclass(frozen=True)
class Edition:
    """A name and steps as somebody typed them for a protocol like `base`."""

    base: Protocol
    name: str
    steps: tuple[Step, ...]

    @classmethod
    def of(cls, base: Protocol, *, name: str | None, steps: str | None) -> Edition:
        """Return what was typed; raises ProtocolNameError and StepsError, which say what to do."""
        title = one_line(name or "")
        if not title:
            raise ProtocolNameError("Please give it a name, for example “Our short consultancy”.")
        if len(title) > NAME_LENGTH:
            raise ProtocolNameError(f"Please keep the name under {NAME_LENGTH} characters.")
        return cls(base, title, steps_from(steps or "", base))


def as_typed(protocol: Protocol) -> str:
    """Return the steps as lines that `steps_from` reads."""
    return "\n".join(
        f"{step.days or step.minutes} {step.name} ({step.speaks})"
        + (f": {step.prompt}" if step.prompt else "")
        for step in protocol.steps
    )


def steps_from(text: str, base: Protocol) -> tuple[Step, ...]:
    """Return the steps that were typed, in minutes or days as those of `base`; raises StepsError.

    An error names the first line it is about, counted from 1 without the empty ones.
    """
    lines = [line for line in map(one_line, clean(text).splitlines()) if line]
    if not lines:
        raise StepsError("Please write at least one step, for example “5 Present (presenter)”.")
    if len(lines) > STEPS_AT_MOST:
        raise StepsError(
            f"These are {len(lines)} steps; {STEPS_AT_MOST} fit. Some may be one step together."
        )
    return tuple(_step(line, number, base) for number, line in enumerate(lines, start=1))


def _step(line: str, number: int, base: Protocol) -> Step:
    unit = "days" if base.is_asynchronous else "minutes"
    found = _AMOUNT.fullmatch(line)
    if found is None or not found[3]:
        raise StepsError(
            f"Line {number} needs its {unit} first, then a name, for example “5 Present”."
        )
    if found[2] and found[2][0].casefold() != unit[0]:
        raise StepsError(f"Line {number}: this protocol counts in {unit}.")
    amount = int(found[1])
    most = DAYS_AT_MOST if base.is_asynchronous else MINUTES_AT_MOST
    if not 1 <= amount <= most:
        raise StepsError(f"Line {number}: a step takes 1 to {most} {unit}.")
    name, speaks, prompt = _said_in(found[3], number)
    takes_turns = any(step.takes_turns for step in base.steps)
    if base.is_asynchronous:
        return Step(name, prompt, speaks, days=amount, takes_turns=takes_turns)
    return Step(name, prompt, speaks, amount, takes_turns=takes_turns)


def _said_in(words: str, number: int) -> tuple[str, str, str]:
    """Return a step's name, who speaks, and the prompt."""
    head, _, prompt = (part.strip() for part in words.partition(":"))
    who = _WHO.search(head)
    name = head[: who.start()].strip() if who else head
    speaks = (who[1] if who else Speaks.EVERYBODY).strip().casefold()
    if speaks not in list(Speaks):
        known = ", ".join(Speaks)
        raise StepsError(f"Line {number}: who is “{speaks[:40]}”? I know these words: {known}.")
    if not name:
        raise StepsError(f"Line {number} needs a name, for example “5 Present”.")
    for part, most in ((name, STEP_NAME_LENGTH), (prompt, PROMPT_LENGTH)):
        if len(part) > most:
            raise StepsError(f"Line {number}: “{part[:30]}…” is longer than {most} characters.")
    return name, Speaks(speaks), prompt


async def copy(
    session: AsyncSession, community: Community, edition: Edition, *, by: str, now: datetime
) -> ProtocolCopy:
    """Return the community's new protocol, or the one this very form made before.

    Who calls holds the community's row. Raises RuleErrors for a name that is taken and for too
    many protocols.
    """
    own = await ProtocolCopy.of_community(session, community.id)
    steps = [step.to_dict() for step in edition.steps]
    same = [one for one in own if one.name == edition.name and one.steps == steps]
    if same:
        return same[0]
    if len(own) >= COPIES_AT_MOST:
        raise RuleError(
            f"{community.name} has {len(own)} protocols of its own. Please delete one first."
        )
    await _require_free_name(session, community.id, edition.name, but_for="")
    made = ProtocolCopy(community_id=community.id, based_on=await _root_of(session, edition.base))
    made.workspace_id = community.workspace_id
    _write(made, edition, by, now)
    session.add(made)
    await session.flush()
    return made


async def edit(
    session: AsyncSession, kept: ProtocolCopy, edition: Edition, *, by: str, now: datetime
) -> None:
    """Take over the new words; a consultancy that runs keeps the steps it was opened with."""
    await _require_free_name(session, kept.community_id, edition.name, but_for=kept.protocol.key)
    _write(kept, edition, by, now)


def delete(kept: ProtocolCopy, *, by: str, now: datetime) -> None:
    """Offer it no more; hangouts planned with it take what it was made from."""
    kept.deleted_at, kept.changed_by, kept.changed_at = kept.deleted_at or now, by, now


def _write(kept: ProtocolCopy, edition: Edition, by: str, now: datetime) -> None:
    kept.name, kept.steps = edition.name, [step.to_dict() for step in edition.steps]
    kept.is_asynchronous = edition.base.is_asynchronous
    kept.changed_by, kept.changed_at = by, now


async def _root_of(session: AsyncSession, base: Protocol) -> str:
    """Return the key of the built-in protocol that a copy, or a copy of a copy, comes from."""
    if not base.key.startswith(COPY):
        return base.key
    copy_id = int(base.key.removeprefix(COPY))
    return (await session.get_one(ProtocolCopy, copy_id)).based_on


async def _require_free_name(
    session: AsyncSession, community_id: int, name: str, *, but_for: str
) -> None:
    for one in await all_of(session, community_id):
        if one.key != but_for and one.name.casefold() == name.casefold():
            raise ProtocolNameError(f"There is a protocol called {one.name}. Another name, please.")
