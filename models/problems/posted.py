"""What the bot says of a problem: letters to its author, and when it is brought back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.posts import DUE, Post
from models.problems.problem import Problem
from models.time import next_daytime

# Two questions brought back at once are read like a list of duties.
BETWEEN_RETURNS = timedelta(hours=1)


async def newest_letter(session: AsyncSession, kind: str, problem_id: int) -> Post | None:
    """Return the letter of that kind which was kept last, said or not."""
    query = select(Post).where(Post.kind == kind, Post.about_id == problem_id)
    return (await session.scalars(query.order_by(Post.id.desc()).limit(1))).first()


async def forget_letters(session: AsyncSession, kinds: Collection[str], problem_id: int) -> None:
    """Remove the rows of letters about a problem: whom they went to tells who shared it."""
    await session.execute(delete(Post).where(Post.kind.in_(kinds), Post.about_id == problem_id))


async def return_moment(
    session: AsyncSession, kind: str, problem: Problem, *, channel_id: str, tz: str
) -> datetime:
    """Return when to bring the problem back: by day, well apart from others of that channel."""
    moment = problem.return_due_at(tz)
    planned = await session.scalars(
        select(Post.due_at)
        .where(Post.kind == kind, Post.place_id == channel_id, Post.state == DUE)
        .where(Post.due_at > moment - BETWEEN_RETURNS)
        .order_by(Post.due_at)
    )
    for other in planned:
        if abs(other - moment) < BETWEEN_RETURNS:
            moment = next_daytime(other + BETWEEN_RETURNS, tz)
    return moment
