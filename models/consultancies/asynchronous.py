"""Consultancies over some days, in the thread of the problem itself: how they begin and end."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.consultancies.consultancy import Consultancy
from models.consultancies.days import Plan, moments_of, step_at
from models.consultancies.moving_on import ASYNC_STEP, QUESTIONS, move_on
from models.consultancies.questions import Question, asked_in
from models.errors import RuleError
from models.posts import Post
from models.problems import Problem, ResolvedError, WantedHelp, forget_letters
from models.problems.answers import add_once
from models.problems.posted import CARD, put_off_return

# A question nobody answered in its consultancy is brought back, but not on its heels.
REST = timedelta(days=2)


class UnderWayError(RuleError):
    """A problem has one consultancy over some days at a time."""


async def plan(
    session: AsyncSession, problem: Problem, community: Community, now: datetime
) -> Plan:
    """Return what would happen when; raises a RuleError for a problem that can have none now."""
    if await running_for(session, [problem.id]):
        raise UnderWayError("Colleagues think about this one already. Its thread has the steps.")
    _require_thinkers(problem, community)
    return await Plan.of(session, community, now)


async def begin(
    session: AsyncSession, problem: Problem, community: Community, now: datetime
) -> Consultancy:
    """Begin one, or return the one that is under way; who calls holds the problem's row.

    Raises a RuleError where there is nobody to think: a resolved problem, an archived channel.
    """
    if (running := (await running_for(session, [problem.id])).get(problem.id)) is not None:
        return running
    planned = await plan(session, problem, community, now)
    earlier = await session.scalar(select(func.count()).select_from(_of(problem).subquery()))
    consultancy = Consultancy(
        key=f"problem:{problem.id}:{earlier}",
        community_id=community.id,
        problem_id=problem.id,
        presenter_id=problem.author_id,
        question=problem.focus,
        protocol_name=planned.protocol.name,
        steps=[step.to_dict() for step in planned.protocol.steps],
        is_asynchronous=True,
        opened_at=now,
        step_moments=[moment.isoformat() for moment in planned.moments],
        step_ends_at=planned.moments[0],
    )
    if not await add_once(session, consultancy):
        return (await running_for(session, [problem.id]))[problem.id]
    problem.wanted_help = WantedHelp.ASYNCHRONOUS
    await put_off_return(session, problem, community, planned.moments[-1] + REST)
    await move_on(session, consultancy, now)
    await Post.redraw(session, CARD, problem.id, now)
    return consultancy


async def follow_wish(
    session: AsyncSession, problem: Problem, community: Community, before: str, now: datetime
) -> None:
    """Begin or end one when an edit changed what would help; `before` is what it was."""
    is_wanted = problem.wanted_help == WantedHelp.ASYNCHRONOUS
    if is_wanted == (before == WantedHelp.ASYNCHRONOUS):
        return
    if not is_wanted:
        await end(session, problem, now)
    elif problem.is_open and community.archived_at is None:
        await begin(session, problem, community, now)


def _require_thinkers(problem: Problem, community: Community) -> None:
    """Raise a RuleError for a problem that nobody would think about."""
    if not problem.is_open:
        raise ResolvedError(
            "This problem is resolved. Its card’s menu reopens it; then colleagues can think "
            "about it step by step."
        )
    if community.archived_at is not None:
        raise RuleError(f"{community.name} is archived, so nobody could answer there.")


async def running_for(
    session: AsyncSession, problem_ids: Collection[int]
) -> dict[int, Consultancy]:
    """Return the consultancy under way, or about to begin, of each problem that has one."""
    query = select(Consultancy).where(
        Consultancy.problem_id.in_(problem_ids),
        Consultancy.is_asynchronous,
        Consultancy.finished_at.is_(None),
    )
    rows = await session.scalars(query.order_by(Consultancy.id)) if problem_ids else ()
    return {row.problem_id: row for row in rows if row.problem_id is not None}


async def asked_during(
    session: AsyncSession, problem_id: int, moment: datetime
) -> tuple[Consultancy, int] | None:
    """Return the consultancy that gathered questions at that moment, and the step it was at."""
    query = select(Consultancy).where(
        Consultancy.problem_id == problem_id,
        Consultancy.is_asynchronous,
        Consultancy.opened_at <= moment,
    )
    for consultancy in await session.scalars(query.order_by(Consultancy.id.desc())):
        if consultancy.finished_at is not None and consultancy.finished_at <= moment:
            continue
        step, steps = step_at(moments_of(consultancy), moment), consultancy.all_steps
        if step is not None and step < len(steps) and steps[step].gathers_questions:
            return consultancy, step
    return None


async def is_gathered(session: AsyncSession, problem: Problem, text: str, moment: datetime) -> bool:
    """Say whether a message of that moment is one of the questions gathered for the presenter.

    `text` is as its writer sees it.
    """
    return bool(asked_in(text)) and await asked_during(session, problem.id, moment) is not None


async def end(session: AsyncSession, problem: Problem, now: datetime) -> bool:
    """End what is under way without a word in the thread; say whether there was anything."""
    running = (await running_for(session, [problem.id])).get(problem.id)
    if running is None:
        return False
    running.finished_at = now
    await Post.redraw(session, CARD, problem.id, now)
    return True


async def forget(session: AsyncSession, problem: Problem, now: datetime) -> None:
    """End it and keep nothing that was asked, nor who presented: the problem is withdrawn."""
    await end(session, problem, now)
    for consultancy in await session.scalars(_of(problem)):
        consultancy.presenter_id = consultancy.question = None
        await Question.forget(session, consultancy.id)
        await forget_letters(session, [QUESTIONS], consultancy.id)
        await Post.redraw(session, ASYNC_STEP, consultancy.id, now)


def _of(problem: Problem) -> Select[Consultancy]:
    return select(Consultancy).where(
        Consultancy.problem_id == problem.id, Consultancy.is_asynchronous
    )
