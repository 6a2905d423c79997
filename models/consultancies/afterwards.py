"""Afterwards: what a presenter is asked once colleagues have thought about their problem."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.consultancies.consultancy import Consultancy
from models.consultancies.follow_ups import ASKED_AFTER
from models.errors import NotAllowedError, NotHereError, RuleError
from models.hangouts.hangout import Hangout
from models.ids import id_from
from models.posts import SAID, Post
from models.problems import HiddenAuthor, Problem
from models.text import clean
from models.thanks.wording import TEXT_LENGTH
from models.time import next_daytime

# Letters to the presenter.
NEXT_STEP = "consultancies.next_step"
FOLLOW_UP = "consultancies.follow_up"
# In the problem's own thread, and in the thread of the consultancy.
OUTCOME = "consultancies.outcome"
THANKS = "consultancies.thanks"

ASKED_AFTERWARDS = timedelta(minutes=10)
NEXT_STEP_IS_USEFUL_FOR = timedelta(days=7)
FOLLOW_UP_IS_USEFUL_FOR = timedelta(days=14)
# Characters by field.
LENGTHS = {"outcome": 3000, "next_step": 500, "thanks": TEXT_LENGTH}


async def ask_afterwards(session: AsyncSession, consultancy: Consultancy, now: datetime) -> None:
    """Keep the letters that ask the presenter for a next step, and later what became of it.

    A consultancy that nobody started has nothing to follow up.
    """
    presenter_id = await presenter_of(session, consultancy)
    if presenter_id is None or consultancy.step is None:
        return
    community = await session.get_one(Community, consultancy.community_id)
    due_at = await _next_step_due_at(session, consultancy, community.tz, now)
    await Post.add(
        session,
        f"{NEXT_STEP}:{consultancy.id}",
        presenter_id,
        kind=NEXT_STEP,
        due_at=due_at,
        about_id=consultancy.id,
        useful_until=due_at + NEXT_STEP_IS_USEFUL_FOR,
    )
    for number, after in enumerate(ASKED_AFTER):
        due_at = next_daytime(now + after, community.tz)
        await Post.add(
            session,
            f"{FOLLOW_UP}:{consultancy.id}:{number}",
            presenter_id,
            kind=FOLLOW_UP,
            due_at=due_at,
            about_id=consultancy.id,
            useful_until=due_at + FOLLOW_UP_IS_USEFUL_FOR,
        )


async def _next_step_due_at(
    session: AsyncSession, consultancy: Consultancy, tz: str, now: datetime
) -> datetime:
    """Return when to ask: not while the hangout goes on; of an asynchronous one, by day."""
    if consultancy.hangout_id is None:
        return next_daytime(now, tz)
    hangout = await session.get_one(Hangout, consultancy.hangout_id)
    return max(now, hangout.ends_at + ASKED_AFTERWARDS)


async def asked_lately(
    session: AsyncSession, member_id: str, now: datetime, limit: int
) -> Sequence[Post]:
    """Return the letters that asked this person what became of a next step, the newest first."""
    query = (
        select(Post)
        .where(Post.place_id == member_id, Post.kind == FOLLOW_UP, Post.state == SAID)
        .where(Post.said_at > now - FOLLOW_UP_IS_USEFUL_FOR)
        .order_by(Post.said_at.desc(), Post.id.desc())
    )
    return (await session.scalars(query.limit(limit))).all()


async def presenter_of(session: AsyncSession, consultancy: Consultancy) -> str | None:
    """Return whom to ask in private; without a name it must reach nobody else's eyes."""
    if consultancy.presenter_id or consultancy.problem_id is None:
        return consultancy.presenter_id
    return await HiddenAuthor.of(session, consultancy.problem_id)


async def presented_by(
    session: AsyncSession, consultancy_id: object, member_id: str
) -> Consultancy:
    """Return the consultancy for its presenter alone; nobody else changes it meanwhile.

    The id may be forged. Raises NotHereError, NotAllowedError.
    """
    query = select(Consultancy).where(Consultancy.id == (id_from(consultancy_id) or 0))
    query = query.with_for_update().execution_options(populate_existing=True)
    consultancy = await session.scalar(query)
    if consultancy is None:
        raise NotHereError("I can't find that consultancy any more.")
    if await presenter_of(session, consultancy) != member_id:
        raise NotAllowedError("Only whoever presented can answer this.")
    problem = await problem_of(session, consultancy)
    if problem is not None and problem.deleted_at is not None:
        raise NotHereError("This problem was withdrawn in the meantime.")
    return consultancy


async def problem_of(session: AsyncSession, consultancy: Consultancy) -> Problem | None:
    if consultancy.problem_id is None:
        return None
    return await session.get(Problem, consultancy.problem_id)


async def of_problem(session: AsyncSession, problem_id: int) -> Sequence[Consultancy]:
    """Return the consultancies of a problem, the earliest first."""
    query = select(Consultancy).where(Consultancy.problem_id == problem_id)
    return (await session.scalars(query.order_by(Consultancy.opened_at, Consultancy.id))).all()


async def of_hangout(session: AsyncSession, hangout_id: int) -> Sequence[Consultancy]:
    query = select(Consultancy).where(Consultancy.hangout_id == hangout_id)
    return (await session.scalars(query.order_by(Consultancy.id))).all()


def written(field: str, text: str | None, *, is_needed: bool = False) -> str | None:
    """Return what was typed, cleaned, or None; raises a RuleError that names the field.

    `field` is a key of LENGTHS.
    """
    kept, most = clean(text or ""), LENGTHS[field]
    if is_needed and not kept:
        raise RuleError("One sentence is plenty. What will you try?", field=field)
    if len(kept) > most:
        raise RuleError(
            f"This is {len(kept):,} characters long and {most:,} fit here. Please shorten it.",
            field=field,
        )
    return kept or None


async def post_outcome(session: AsyncSession, consultancy: Consultancy, now: datetime) -> None:
    """Say in the problem's own thread what came of it, or draw anew what stands there."""
    problem = await problem_of(session, consultancy)
    if problem is None or problem.deleted_at is not None:
        return
    community = await session.get_one(Community, consultancy.community_id)
    await Post.add(
        session,
        f"{OUTCOME}:{consultancy.id}",
        community.channel_id,
        kind=OUTCOME,
        due_at=now,
        about_id=consultancy.id,
        thread_of=f"problems.card:{problem.id}",
    )
    await Post.redraw(session, OUTCOME, consultancy.id, now)


async def standing_thread(session: AsyncSession, *keys: str) -> str | None:
    """Return the first of these posts that stands in Slack, to speak in its thread."""
    for key in keys:
        post = await Post.keyed(session, key)
        if post is not None and post.state == SAID:
            return key
    return None
