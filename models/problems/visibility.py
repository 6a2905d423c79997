"""Visibility: what the search keeps of a problem, and who finds it there."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import search
from models.communities import Community
from models.problems.problem import Problem

KIND = "problem"


def entry_of(problem: Problem, community: Community) -> search.Entry:
    """Return what the search keeps of a problem: its words, never its author."""
    title, body = problem.findable
    return search.Entry(
        kind=KIND,
        about_id=problem.id,
        title=title,
        body=body,
        is_open=not community.is_private,
        community_id=community.id,
        filters={"topic": problem.topics},
        happened_at=problem.shared_at,
    )


async def open_or_close(session: AsyncSession, community: Community, *, is_private: bool) -> bool:
    """Take over whether the channel is private, for all its problems; say whether that is news."""
    if community.is_private == is_private:
        return False
    community.is_private = is_private
    theirs = select(Problem).where(
        Problem.community_id == community.id, Problem.deleted_at.is_(None)
    )
    for problem in await session.scalars(theirs.order_by(Problem.id)):
        await search.keep(session, entry_of(problem, community))
    return True
