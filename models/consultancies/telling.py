"""Telling: the card of a consultancy, the steps in its thread, and the word that time is up.

Each is added in the transaction of what it tells of and drawn from what is true when it is said.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.consultancies.consultancy import Consultancy
from models.hangouts.hangout import Hangout
from models.posts import Post

HEADLINE = "consultancies.headline"
STEP = "consultancies.step"
TIME_IS_UP = "consultancies.time_is_up"

# Later than this the group has found out for itself.
TIME_IS_UP_IS_USEFUL_FOR = timedelta(minutes=5)


def headline_key(consultancy_id: int) -> str:
    return f"{HEADLINE}:{consultancy_id}"


def step_key(consultancy_id: int, step: int) -> str:
    return f"{STEP}:{consultancy_id}:{step}"


def step_in(post: Post) -> int:
    """Return the step that a post of the thread is about."""
    return int(post.key.split(":")[2])


async def tell_of_opening(
    session: AsyncSession,
    consultancy: Consultancy,
    hangout: Hangout,
    community: Community,
    now: datetime,
) -> None:
    """Keep the card to be said now; after the hangout nobody needs it any more."""
    await Post.add(
        session,
        headline_key(consultancy.id),
        community.channel_id,
        kind=HEADLINE,
        due_at=now,
        about_id=consultancy.id,
        cause_id=hangout.facilitator_id,
        useful_until=hangout.ends_at,
    )


async def tell_of_step(
    session: AsyncSession, consultancy: Consultancy, community: Community, now: datetime
) -> None:
    """Keep the present step's prompt to be said in the thread, and take the one before's buttons.

    A consultancy that has not begun has nothing to tell.
    """
    if consultancy.step is None:
        return
    await Post.add(
        session,
        step_key(consultancy.id, consultancy.step),
        community.channel_id,
        kind=STEP,
        due_at=now,
        about_id=consultancy.id,
        thread_of=headline_key(consultancy.id),
    )
    await Post.redraw_keyed(session, step_key(consultancy.id, consultancy.step - 1), now)
    await tell_of_end(session, consultancy, community, now)


async def tell_of_end(
    session: AsyncSession, consultancy: Consultancy, community: Community, now: datetime
) -> None:
    """Show the present step's end on card and step, and say in the thread when it is reached."""
    await redraw(session, consultancy, now)
    if not consultancy.is_running or consultancy.step_ends_at is None:
        return
    await Post.add(
        session,
        f"{TIME_IS_UP}:{consultancy.id}:{consultancy.step}:{consultancy.step_end}",
        community.channel_id,
        kind=TIME_IS_UP,
        due_at=consultancy.step_ends_at,
        about_id=consultancy.id,
        thread_of=headline_key(consultancy.id),
        useful_until=consultancy.step_ends_at + TIME_IS_UP_IS_USEFUL_FOR,
    )


async def redraw_headlines(session: AsyncSession, problem_id: int, now: datetime) -> None:
    """Show a problem's new words wherever it is thought about at a hangout."""
    ids = await session.scalars(
        select(Consultancy.id).where(
            Consultancy.problem_id == problem_id, Consultancy.is_asynchronous.is_(False)
        )
    )
    for consultancy_id in ids.all():
        await Post.redraw(session, HEADLINE, consultancy_id, now)


async def redraw(session: AsyncSession, consultancy: Consultancy, now: datetime) -> None:
    """Show how it stands now, on the card and on the newest step."""
    await Post.redraw(session, HEADLINE, consultancy.id, now)
    if consultancy.step is not None:
        await Post.redraw_keyed(session, step_key(consultancy.id, consultancy.step), now)
