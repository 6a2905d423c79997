"""Erasing: everything about somebody is deleted, or made nobody's, in one transaction.

What they wrote goes. Where colleagues answered it, tried it or used it, the shortest form of it
that keeps theirs readable stays, as from someone who has left.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import LOCK, Community, Membership
from models.digests.telling import redrawn_together
from models.members import Member
from models.my_data.erasure import Erasure
from models.my_data.forgetting import (
    findable,
    hangouts,
    letters,
    materials,
    pilots,
    problems,
    thanks,
    traces,
)
from models.my_data.nobody import SOMEBODY, meet_somebody
from models.problems.answers import add_once
from models.search.dialects import leave_no_trace

# Letters first, while it is there what they tell of; then things, then what others made of them;
# at last the traces that all of this left.
STEPS = (
    letters.forget_letters,
    findable.forget_findable,
    hangouts.leave_communities,
    problems.forget_problems,
    hangouts.forget_consultancies,
    hangouts.forget_hangouts,
    problems.forget_answers,
    pilots.forget_pilots,
    pilots.forget_practices,
    materials.forget_uses,
    materials.forget_materials,
    thanks.forget_thanks,
)


@dataclass(frozen=True)
class Erased:
    """What was done: whether there was anything, and whether an App Home page shows it still."""

    is_news: bool
    had_home: bool


async def erase(
    session: AsyncSession, member_id: str, *, request_key: str, now: datetime
) -> Erased:
    """Delete everything about this person; a second time finds nothing and is harmless.

    Whoever does it at the same moment waits. Nothing here is written to the person themselves.
    """
    member = await _locked(session, member_id)
    if member_id == SOMEBODY or await _is_done(session, request_key):
        return Erased(is_news=False, had_home=False)
    await meet_somebody(session, now)
    gone: Counter[str] = Counter()
    async with redrawn_together(session, now):
        for step in STEPS:
            gone += await step(session, member_id, now)
            await session.flush()
    await leave_no_trace(session)
    gone += await traces.forget_traces(session, member_id, now)
    rows = delete(Member).where(Member.member_id == member_id).returning(Member.id)
    gone[Member.__tablename__] = len((await session.scalars(rows)).all())
    kept = {name: number for name, number in sorted(gone.items()) if number}
    if not kept:
        return Erased(is_news=False, had_home=False)
    await add_once(session, Erasure(request_key=request_key, rows=kept, erased_at=now))
    return Erased(is_news=True, had_home=member is not None and member.home_opened_at is not None)


async def _locked(session: AsyncSession, member_id: str) -> Member | None:
    """Keep others waiting, in the order of whoever greets them in a community at this moment."""
    theirs = select(Membership.community_id).where(Membership.member_id == member_id)
    communities = select(Community.id).where(Community.id.in_(theirs)).order_by(Community.id)
    await session.execute(communities.with_for_update(**LOCK))
    query = select(Member).where(Member.member_id == member_id).with_for_update()
    return await session.scalar(query.execution_options(populate_existing=True))


async def _is_done(session: AsyncSession, request_key: str) -> bool:
    query = select(Erasure.id).where(Erasure.request_key == request_key)
    return await session.scalar(query) is not None
