"""Observing: values noted in a pilot, with what was seen; changed, taken back, and listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.errors import NotHereError, RuleError
from models.ids import id_from
from models.pilots import finding, telling
from models.pilots.entries import Entry
from models.pilots.observation import Observation
from models.pilots.pilot import Pilot
from models.problems.answers import add_once

# The same value with the same words so soon after is the same one, sent twice or in two ways, as
# long as no other value came in between.
SAME_WITHIN = timedelta(seconds=60)
PAGE_SIZE = 5
NOT_HERE = "I can't find that value any more. `/pilot` shows your pilots."
GONE = "This value was taken back in the meantime. You can note it anew with `/pilot log`."


async def log(
    session: AsyncSession,
    pilot: Pilot,
    entry: Entry,
    *,
    request_key: str,
    now: datetime,
    is_another: bool = False,
) -> Observation:
    """Keep the entry and return it, or what the same request or the same words made before.

    The pilot is locked and running. `is_another` says that it is no repetition, such as the same
    value in another lesson.
    """
    if known := await made_by(session, request_key):
        return known
    require_running(pilot)
    newest = await _newest(session, pilot, now)
    if newest is not None and not is_another and entry.is_kept_in(newest):
        return newest
    observation = Observation(pilot_id=pilot.id, request_key=request_key, logged_at=now)
    observation.workspace_id = pilot.workspace_id
    entry.set_on(observation)
    if not await add_once(session, observation):
        # The request was for another pilot, in another transaction at the same moment.
        made = select(Observation).where(Observation.request_key == request_key)
        return (await session.scalars(made)).one()
    await telling.redraw_cards(session, pilot, now)
    return observation


async def made_by(session: AsyncSession, request_key: str) -> Observation | None:
    """Return what that very request made before, also if it was taken back since."""
    query = select(Observation).where(Observation.request_key == request_key)
    return (await session.scalars(query)).first()


async def log_again(
    session: AsyncSession, pilot: Pilot, observation: Observation, now: datetime
) -> Observation:
    """Note the same value once more, as that of another lesson; asked for twice it is one."""
    if is_gone(observation):
        raise NotHereError(GONE)
    key = f"again:{observation.id}"
    entry = Entry.kept_in(observation)
    return await log(session, pilot, entry, request_key=key, now=now, is_another=True)


async def _newest(session: AsyncSession, pilot: Pilot, now: datetime) -> Observation | None:
    """Return what was noted last in the pilot, if that is only a moment ago."""
    recent = select(Observation).where(
        Observation.pilot_id == pilot.id,
        Observation.logged_at > now - SAME_WITHIN,
        Observation.deleted_at.is_(None),
    )
    latest = recent.order_by(Observation.logged_at.desc(), Observation.id.desc()).limit(1)
    return (await session.scalars(latest)).first()


def require_running(pilot: Pilot) -> None:
    """Raise a RuleError with the way out when nothing can be noted any more."""
    if not pilot.is_running:
        raise RuleError(
            f"“{pilot.own_name}” is finished. Its menu under `/pilot` has Reopen; "
            "then more values can be noted."
        )


async def own(session: AsyncSession, observation_id: object, member_id: str) -> Observation:
    """Return one of this person's values; the id may be forged. Raises NotHereError."""
    query = (
        select(Observation)
        .join(Pilot, Pilot.id == Observation.pilot_id)
        .where(Observation.id == (id_from(observation_id) or 0))
        .where(Pilot.member_id == member_id, Pilot.deleted_at.is_(None))
    )
    observation = await session.scalar(query)
    if observation is None:
        raise NotHereError(NOT_HERE)
    return observation


async def own_locked(
    session: AsyncSession, observation_id: object, member_id: str
) -> tuple[Pilot, Observation]:
    """Return a value to be changed and its pilot; nobody else changes either meanwhile.

    Raises NotHereError. A value that was taken back is returned as well: see `is_gone`.
    """
    found = await own(session, observation_id, member_id)
    pilot = await finding.owned_by(session, found.pilot_id, member_id, for_update=True)
    await session.refresh(found, with_for_update=True)
    return pilot, found


def is_gone(observation: Observation) -> bool:
    return observation.deleted_at is not None


async def edit(
    session: AsyncSession, pilot: Pilot, observation: Observation, entry: Entry, now: datetime
) -> None:
    """Keep the entry instead of what was noted; both rows are locked. Raises NotHereError."""
    if is_gone(observation):
        raise NotHereError(GONE)
    if entry.is_kept_in(observation):
        return
    entry.set_on(observation)
    observation.edited_at = now
    await telling.redraw_cards(session, pilot, now)


async def take_back(
    session: AsyncSession, pilot: Pilot, observation: Observation, now: datetime
) -> None:
    """Delete a value: nothing of it is kept but the request it came with, so it stays gone."""
    if is_gone(observation):
        return
    observation.value, observation.total = 0.0, None
    observation.saw = observation.surprised = None
    observation.evidence_url = observation.evidence_file_id = observation.evidence_name = None
    observation.deleted_at = now
    await telling.redraw_cards(session, pilot, now)


@dataclass(frozen=True)
class ObservationPage:
    """A few values, the latest first. `number` counts from 0; `total` is of all pages."""

    observations: Sequence[Observation]
    number: int
    total: int

    @property
    def has_earlier(self) -> bool:
        return (self.number + 1) * PAGE_SIZE < self.total


async def noted_in(session: AsyncSession, pilot: Pilot, page: int = 0) -> ObservationPage:
    """Return what was noted in one pilot; a page that does not exist is the nearest that does."""
    there = (Observation.pilot_id == pilot.id, Observation.deleted_at.is_(None))
    total = await session.scalar(select(func.count(Observation.id)).where(*there)) or 0
    number = finding.page_within(page, total)
    query = (
        select(Observation)
        .where(*there)
        .order_by(Observation.on_date.desc(), Observation.logged_at.desc(), Observation.id.desc())
        .limit(PAGE_SIZE)
        .offset(number * PAGE_SIZE)
    )
    return ObservationPage((await session.scalars(query)).all(), number, total)
