"""Leading: what a facilitator's press changes, and what the group sees of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.consultancies import telling
from models.consultancies.afterwards import ask_afterwards
from models.consultancies.consultancy import Consultancy, hosts
from models.hangouts.hangout import Hangout
from models.members import Member


async def leaders(session: AsyncSession, hangout: Hangout, community: Community) -> list[str]:
    """Return whom the group looks to: who leads the hangout, or who may once they have left."""
    there = hosts(hangout, community) or community.facilitators
    return there or [one.member_id for one in await Member.leads(session)]


async def running_beside(session: AsyncSession, consultancy: Consultancy) -> Consultancy | None:
    """Return another consultancy of the same hangout that the group is at just now."""
    query = select(Consultancy).where(
        Consultancy.hangout_id == consultancy.hangout_id,
        Consultancy.id != consultancy.id,
        Consultancy.step.is_not(None),
        Consultancy.finished_at.is_(None),
    )
    return (await session.scalars(query.order_by(Consultancy.id).limit(1))).first()


async def start(
    session: AsyncSession, consultancy: Consultancy, community: Community, now: datetime
) -> None:
    """Begin the first step; once it has begun this changes nothing."""
    if consultancy.start(now):
        await telling.tell_of_step(session, consultancy, community, now)


async def go_on(
    session: AsyncSession,
    consultancy: Consultancy,
    community: Community,
    expected: int,
    now: datetime,
) -> None:
    """Begin the step after `expected`, if that is the present one; after the last one finish."""
    if not consultancy.go_on(expected, now):
        return
    if consultancy.is_running:
        await telling.tell_of_step(session, consultancy, community, now)
    else:
        await _tell_of_finish(session, consultancy, now)


async def extend(
    session: AsyncSession,
    consultancy: Consultancy,
    community: Community,
    expected: tuple[int, int],
    now: datetime,
) -> None:
    """Give two minutes more to the `expected` step and end (in seconds), if they still hold."""
    if consultancy.extend(*expected, now):
        await telling.tell_of_end(session, consultancy, community, now)


async def finish(session: AsyncSession, consultancy: Consultancy, now: datetime) -> None:
    """End it, wherever it stands; once it is ended this changes nothing."""
    if consultancy.finish(now):
        await _tell_of_finish(session, consultancy, now)


async def _tell_of_finish(session: AsyncSession, consultancy: Consultancy, now: datetime) -> None:
    await telling.redraw(session, consultancy, now)
    await ask_afterwards(session, consultancy, now)
