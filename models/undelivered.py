"""Undelivered: what Slack has not taken yet, and what it did not take at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.database import announce
from models.posts import DUE, FAILED, PEOPLE, SAID, SENDING, Post


async def waiting(session: AsyncSession, now: datetime, channels: Collection[str] | None) -> int:
    """Return how many posts are due and not said yet in those channels, or in every one."""
    due = select(func.count()).where(Post.state.in_([DUE, SENDING]), Post.due_at <= now)
    return await session.scalar(due.where(_is_in(channels))) or 0


async def refused(session: AsyncSession, channels: Collection[str] | None) -> Sequence[Post]:
    """Return what Slack did not take in those channels, or in every one, the oldest first."""
    query = select(Post).where(Post.state == FAILED, _is_in(channels)).order_by(Post.id)
    return (await session.scalars(query)).all()


def _is_in(channels: Collection[str] | None) -> ColumnElement[bool]:
    """Leave letters out: that there is one may tell what is its reader's alone."""
    if channels is not None:
        return Post.place_id.in_(channels)
    return and_(*(Post.place_id.not_like(f"{letter}%") for letter in PEOPLE))


async def failed(session: AsyncSession, place_id: str | None) -> Sequence[Post]:
    """Return what could not be said there, or anywhere, the oldest first."""
    query = select(Post).where(Post.state == FAILED).order_by(Post.id)
    if place_id is not None:
        query = query.where(Post.place_id == place_id)
    return (await session.scalars(query)).all()


async def revive_in(session: AsyncSession, place_id: str | None, now: datetime) -> int:
    """Try again what failed there, or anywhere; say how many posts that is.

    Cards that Slack did not let us redraw there are drawn again as well.
    """
    posts = await failed(session, place_id)
    for post in posts:
        post.revive(now)
    held = (Post.state == SAID, Post.error.is_not(None))
    await session.execute(
        update(Post)
        .where(*held, *([Post.place_id == place_id] if place_id is not None else []))
        .values(error=None, redraw_at=now),
        execution_options={"synchronize_session": False},
    )
    announce(session)
    return len(posts)
