"""Moving on: an asynchronous consultancy goes to the step that fits the day.

What has to be said is found by the clock alone, so that after a time without the bot the thread
hears of the step that fits now, and of none that is over.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.consultancies.afterwards import ask_afterwards, presenter_of
from models.consultancies.consultancy import Consultancy
from models.consultancies.days import moments_of, step_at
from models.posts import Post
from models.problems import Problem
from models.problems.posted import CARD, card_key

# In the problem's own thread: each step, and a last word; the key ends with the step or with END.
ASYNC_STEP = "consultancies.day"
END = "end"
# A letter to the presenter; the key ends with the steps whose questions it holds.
QUESTIONS = "consultancies.questions"

# After so long without the bot the thread has gone on by itself.
LAST_WORDS_ARE_USEFUL_FOR = timedelta(days=3)


def step_key(consultancy: Consultancy, step: int | str) -> str:
    return f"{ASYNC_STEP}:{consultancy.id}:{step}"


async def due(session: AsyncSession, now: datetime, limit: int) -> Sequence[Consultancy]:
    """Return those whose next step has come, of all workspaces, the longest waiting first."""
    query = _unfinished().where(Consultancy.step_ends_at <= now)
    return (await session.scalars(query.order_by(Consultancy.step_ends_at).limit(limit))).all()


async def next_change(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when the next step comes."""
    query = _unfinished().where(Consultancy.step_ends_at > now)
    return await session.scalar(query.with_only_columns(func.min(Consultancy.step_ends_at)))


async def held(session: AsyncSession, consultancy_id: int) -> Consultancy | None:
    """Return the consultancy; nobody else changes it or its problem until the transaction ends."""
    found = await session.get(Consultancy, consultancy_id)
    if found is not None and found.problem_id is not None:
        # First the problem: whoever resolves it takes the two rows in this order.
        await session.get(Problem, found.problem_id, with_for_update=True, populate_existing=True)
    return await session.get(
        Consultancy, consultancy_id, with_for_update=True, populate_existing=True
    )


async def move_on(session: AsyncSession, consultancy: Consultancy, now: datetime) -> None:
    """Go to the step that fits now, if it is not there yet; who calls holds the two rows.

    A step that is over by now is not said any more, and none is said twice. Of a problem that is
    resolved or withdrawn nothing is said.
    """
    if consultancy.finished_at is not None:
        return
    problem = await session.get(Problem, consultancy.problem_id or 0)
    community = await session.get_one(Community, consultancy.community_id)
    if problem is None or not problem.is_open or community.archived_at is not None:
        consultancy.finished_at = now
        return
    step, before = step_at(moments_of(consultancy), now), consultancy.step
    if step is None or (before is not None and step <= before):
        return
    await _hand_over_questions(session, consultancy, step, now)
    if step < len(consultancy.steps):
        await _enter(session, consultancy, step, now)
    else:
        await _finish(session, consultancy, now)
    await Post.redraw(session, CARD, problem.id, now)


async def _hand_over_questions(
    session: AsyncSession, consultancy: Consultancy, until: int, now: datetime
) -> None:
    """Keep a letter to the presenter with what was asked in the steps that are over now."""
    passed = range(consultancy.step or 0, min(until, len(consultancy.steps)))
    steps = consultancy.all_steps
    asking = [step for step in passed if steps[step].gathers_questions]
    presenter_id = await presenter_of(session, consultancy)
    if asking and presenter_id is not None:
        await Post.add(
            session,
            f"{QUESTIONS}:{consultancy.id}:{asking[0]}-{asking[-1]}",
            presenter_id,
            kind=QUESTIONS,
            due_at=now,
            about_id=consultancy.id,
            useful_until=now + LAST_WORDS_ARE_USEFUL_FOR,
        )


async def _enter(session: AsyncSession, consultancy: Consultancy, step: int, now: datetime) -> None:
    moments = moments_of(consultancy)
    consultancy.step, consultancy.started_at = step, consultancy.started_at or now
    consultancy.step_began_at, consultancy.step_ends_at = moments[step], moments[step + 1]
    await _say(session, consultancy, str(step), now, useful_until=moments[step + 1])


async def _finish(session: AsyncSession, consultancy: Consultancy, now: datetime) -> None:
    consultancy.finished_at = now
    useful_until = moments_of(consultancy)[-1] + LAST_WORDS_ARE_USEFUL_FOR
    # Nobody has to be told of the end of something they never saw begin.
    if consultancy.step is not None and now < useful_until:
        await _say(session, consultancy, END, now, useful_until=useful_until)
        await ask_afterwards(session, consultancy, now)


async def _say(
    session: AsyncSession,
    consultancy: Consultancy,
    step: str,
    now: datetime,
    *,
    useful_until: datetime,
) -> None:
    problem = await session.get_one(Problem, consultancy.problem_id)
    community = await session.get_one(Community, consultancy.community_id)
    await Post.add(
        session,
        step_key(consultancy, step),
        community.channel_id,
        kind=ASYNC_STEP,
        due_at=now,
        about_id=consultancy.id,
        thread_of=card_key(problem.id),
        # Empty for a problem without a name, which no row beside it may give away.
        cause_id=problem.author_id,
        useful_until=useful_until,
    )


def _unfinished() -> Select[Consultancy]:
    return select(Consultancy).where(Consultancy.is_asynchronous, Consultancy.finished_at.is_(None))
