"""Heard: what people know of a hangout already, which decides whether it may vanish."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.hangouts import posted
from models.hangouts.hangout import Hangout
from models.hangouts.signup import Presenting, Signup
from models.hangouts.swaps import Swap
from models.posts import DUE, Post

# Posts about one hangout; the schedule is about a series, letters about swaps are about those.
ABOUT_A_HANGOUT = (
    posted.INVITATION,
    posted.NOTES,
    posted.DAY_BEFORE,
    posted.SOON,
    posted.CHANGED,
    posted.BRIEF,
    posted.ATTENDANCE,
    posted.NOTES_WANTED,
    posted.OFFER,
    posted.LAPSED,
    posted.SIGNED_UP,
    posted.LEADER_WANTED,
    posted.CALENDAR,
)


async def heard_of(session: AsyncSession, hangout_ids: Collection[int]) -> set[int]:
    """Return which of these hangouts somebody answered to, was asked to lead or was told of."""
    told = (
        Post.about_id.in_(hangout_ids),
        Post.kind.in_(ABOUT_A_HANGOUT),
        Post.state != DUE,
    )
    found: set[int] = set()
    within = select(Hangout.series_id).where(Hangout.id.in_(hangout_ids))
    letters = select(Post.key).where(
        Post.kind == posted.REPLANNED, Post.about_id.in_(within), Post.state != DUE
    )
    for key in await session.scalars(letters):
        found.update(set(posted.replanned_in(key)) & set(hangout_ids))
    for query in (
        select(Signup.hangout_id).where(Signup.hangout_id.in_(hangout_ids)),
        select(Swap.hangout_id).where(Swap.hangout_id.in_(hangout_ids)),
        select(Post.about_id).where(*told),
    ):
        found.update(one for one in await session.scalars(query.distinct()) if one is not None)
    return found


async def forget(session: AsyncSession, hangout: Hangout) -> None:
    """Remove a hangout that nobody has heard of, with what was to be said of it."""
    about = (Post.about_id == hangout.id, Post.kind.in_(ABOUT_A_HANGOUT), Post.state == DUE)
    await session.execute(
        delete(Post).where(*about), execution_options={"synchronize_session": False}
    )
    await session.delete(hangout)


async def seats_taken(session: AsyncSession, hangout_ids: Collection[int]) -> dict[int, int]:
    """Return how many seats to present are taken or offered, by hangout."""
    query = (
        select(Signup.hangout_id, func.count().label("seats"))
        .where(
            Signup.hangout_id.in_(hangout_ids),
            Signup.presenting.in_([Presenting.SEAT, Presenting.OFFERED]),
        )
        .group_by(Signup.hangout_id)
    )
    return {row.hangout_id: row.seats for row in await session.execute(query)}
