"""Arriving: the notes of a shower reach the one they are for, together; or it is called off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.members import Member
from models.posts import Post
from models.thanks import inviting
from models.thanks.posted import SHOWER, SHOWER_EMPTY, SHOWER_INVITATION, shower_key
from models.thanks.shower import Shower
from models.thanks.thanks import Thanks

# As many as one can thank back at once; a letter of them stays within Slack’s 50 blocks.
NOTES_A_LETTER = 10


async def due(session: AsyncSession, now: datetime) -> Sequence[Shower]:
    """Return the showers whose notes are to arrive by now, the earliest first."""
    query = select(Shower).where(_waits(), Shower.arrives_at <= now)
    return (await session.scalars(query.order_by(Shower.arrives_at, Shower.id))).all()


async def next_moment(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when notes arrive next; now when somebody is still to be invited."""
    if await inviting.to_fill(session, now):
        return now
    query = select(func.min(Shower.arrives_at)).where(_waits(), Shower.arrives_at > now)
    return await session.scalar(query)


async def held(session: AsyncSession, shower_id: int) -> Shower:
    """Return the shower; nobody writes for it or calls it off meanwhile."""
    query = select(Shower).where(Shower.id == shower_id).with_for_update()
    return (await session.scalars(query.execution_options(populate_existing=True))).one()


async def is_for_somebody(session: AsyncSession, shower: Shower) -> bool:
    """Say whether the one it is for is still in the workspace."""
    member = await Member.find(session, shower.member_id)
    return member is not None and member.left_at is None


async def arrive(session: AsyncSession, shower: Shower, now: datetime) -> bool:
    """Keep the letters with all notes, due at once; say whether that is news. The row is locked.

    Without any note only whoever opened it hears of it.
    """
    if shower.arrived_at is not None or shower.called_off_at is not None:
        return False
    shower.arrived_at = now
    notes = await notes_of(session, shower)
    for letter in range(-(-len(notes) // NOTES_A_LETTER)):
        await Post.add(
            session,
            letter_key(shower, letter),
            shower.member_id,
            kind=SHOWER,
            due_at=now,
            about_id=shower.id,
        )
    if not notes:
        await tell_opener(session, shower, now)
    await Post.redraw(session, SHOWER_INVITATION, shower.id, now)
    return True


async def tell_opener(session: AsyncSession, shower: Shower, now: datetime) -> None:
    """Keep a letter to whoever opened it: nothing has arrived, and why."""
    await Post.add(
        session,
        f"{SHOWER_EMPTY}:{shower.id}",
        shower.opened_by,
        kind=SHOWER_EMPTY,
        due_at=now,
        about_id=shower.id,
    )


async def call_off(session: AsyncSession, shower: Shower, now: datetime) -> Sequence[Thanks]:
    """End it, and return the notes that were written, which nobody will read. The row is locked.

    Who calls gives their words back to the writers and erases them.
    """
    if shower.arrived_at is not None or shower.called_off_at is not None:
        return ()
    shower.called_off_at = now
    await Post.redraw(session, SHOWER_INVITATION, shower.id, now)
    return await notes_of(session, shower)


async def notes_of(session: AsyncSession, shower: Shower) -> Sequence[Thanks]:
    """Return its notes, in the order in which they were written."""
    query = select(Thanks).where(Thanks.shower_id == shower.id, Thanks.deleted_at.is_(None))
    return (await session.scalars(query.order_by(Thanks.thanked_at, Thanks.id))).all()


def letter_key(shower: Shower, letter: int) -> str:
    """Return the key of one of the letters with its notes; they count from 0."""
    return f"{shower_key(shower)}:{letter}" if letter else shower_key(shower)


def letter_in(post: Post) -> int:
    """Return which of the letters it is."""
    _, _, *number = post.key.split(":")
    return int(number[0]) if number else 0


def _waits() -> ColumnElement[bool]:
    return and_(Shower.arrived_at.is_(None), Shower.called_off_at.is_(None))
