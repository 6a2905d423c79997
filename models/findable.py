"""Findable: what the search knows of problems and hangouts, and who may find it."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import search
from models.communities import Community
from models.consultancies.afterwards import of_hangout, of_problem
from models.consultancies.follow_ups import FollowUp
from models.hangouts.hangout import Hangout
from models.problems import Problem
from models.problems.visibility import entry_of
from models.time import zone

HANGOUT = "hangout"


async def keep_problem_findable(
    session: AsyncSession, problem: Problem, community: Community
) -> None:
    """Make the problem findable, also by outcomes, next steps and what was tried."""
    entry = entry_of(problem, community)
    words = [entry.body]
    for consultancy in await of_problem(session, problem.id):
        words += [consultancy.outcome or "", consultancy.next_step or ""]
        words += [row.note or "" for row in await FollowUp.of(session, consultancy.id)]
    await search.keep(session, replace(entry, body="\n".join(word for word in words if word)))


async def keep_hangout_findable(
    session: AsyncSession, hangout: Hangout, community: Community
) -> None:
    """Make a hangout findable by its notes and by what came of its consultancies, if any."""
    started = hangout.starts_at.astimezone(zone(hangout.tz))
    outcomes = [one.outcome for one in await of_hangout(session, hangout.id) if one.outcome]
    if not hangout.notes and not outcomes:
        await search.forget(session, HANGOUT, hangout.id)
        return
    await search.keep(
        session,
        search.Entry(
            kind=HANGOUT,
            about_id=hangout.id,
            title=hangout.skill or f"Hangout {started:%d %B %Y}",
            body="\n".join([hangout.notes or "", *outcomes]),
            is_open=not community.is_private,
            community_id=community.id,
            happened_at=hangout.starts_at,
        ),
    )


async def open_or_close(session: AsyncSession, community: Community, *, is_private: bool) -> bool:
    """Take over whether the channel is private, for all it shared; say whether that is news."""
    if community.is_private == is_private:
        return False
    community.is_private = is_private
    problems = select(Problem).where(
        Problem.community_id == community.id, Problem.deleted_at.is_(None)
    )
    for problem in await session.scalars(problems.order_by(Problem.id)):
        await keep_problem_findable(session, problem, community)
    noted = select(Hangout).where(
        Hangout.community_id == community.id, Hangout.noted_at.is_not(None)
    )
    for hangout in await session.scalars(noted.order_by(Hangout.id)):
        await keep_hangout_findable(session, hangout, community)
    return True
