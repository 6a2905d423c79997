"""Inviting: every member of a community gets a letter that asks for a note, but the one it is for.

Whoever joins while colleagues write is invited as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Membership
from models.members import Member
from models.posts import Post
from models.thanks.posted import SHOWER_INVITATION, invitation_key
from models.thanks.shower import Shower

# So many letters are kept in one transaction: writers and the postman wait for no more of them.
AT_ONCE = 100


async def to_fill(session: AsyncSession, now: datetime) -> Sequence[Shower]:
    """Return the showers to which somebody is still to be invited, the earliest first."""
    query = select(Shower).where(
        Shower.arrived_at.is_(None), Shower.called_off_at.is_(None), Shower.arrives_at > now
    )
    waiting = (await session.scalars(query.order_by(Shower.arrives_at, Shower.id))).all()
    return [one for one in waiting if await session.scalar(_uninvited(one).limit(1))]


async def invite_some(session: AsyncSession, shower_id: int, now: datetime) -> int:
    """Keep letters to some of those who have none yet, and return to how many.

    Who has left, is a bot or is showered gets none, nor does anybody once it is over. Nobody calls
    it off meanwhile.
    """
    query = select(Shower).where(Shower.id == shower_id).with_for_update()
    shower = (await session.scalars(query.execution_options(populate_existing=True))).one()
    is_over = shower.called_off_at is not None or shower.arrived_at is not None
    if is_over or shower.arrives_at <= now:
        return 0
    members = (await session.scalars(_uninvited(shower).limit(AT_ONCE))).all()
    for member_id in members:
        await invite_one(session, shower, member_id, now)
    return len(members)


async def invite_one(session: AsyncSession, shower: Shower, member_id: str, now: datetime) -> None:
    """Keep the letter to one member; twice is harmless."""
    await Post.add(
        session,
        invitation_key(shower, member_id),
        member_id,
        kind=SHOWER_INVITATION,
        due_at=now,
        about_id=shower.id,
        useful_until=shower.arrives_at,
    )


def _uninvited(shower: Shower) -> Select[str]:
    """Return a query for the members without a letter, those who joined first at its beginning.

    Of whom the bot knows nothing yet may be a person, and is invited.
    """
    invited = select(Post.place_id).where(
        Post.kind == SHOWER_INVITATION, Post.about_id == shower.id
    )
    known = and_(
        Member.workspace_id == Membership.workspace_id, Member.member_id == Membership.member_id
    )
    return (
        select(Membership.member_id)
        .outerjoin(Member, known)
        .where(Membership.community_id == shower.community_id, Membership.left_at.is_(None))
        .where(Membership.member_id != shower.member_id, Membership.member_id.not_in(invited))
        .where(Member.left_at.is_(None), or_(Member.id.is_(None), Member.is_bot.is_(False)))
        .order_by(Membership.id)
    )
