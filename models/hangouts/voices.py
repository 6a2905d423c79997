"""Equity of voice: who has not presented or joined for long. For facilitators' eyes only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community, Membership
from models.hangouts.hangout import Hangout
from models.hangouts.signup import Presenting, Signup
from models.members import Member


@dataclass(frozen=True, kw_only=True)
class Voice:
    """When somebody last presented and last came, if they ever did; `member_since` is their start.

    Whoever said that they did not come after all neither came nor presented.
    """

    member_id: str
    presented_at: datetime | None
    joined_at: datetime | None
    member_since: datetime


async def voices(session: AsyncSession, community: Community, now: datetime) -> list[Voice]:
    """Return the members of a community, who has not presented for longest first.

    Among those it is who has not come for longest, then who has been a member for longest.
    """
    seat = case((Signup.presenting == Presenting.SEAT, Hangout.starts_at))
    presented_at, joined_at = func.max(seat), func.max(Hangout.starts_at)
    taken_place = (
        select(Signup.member_id, presented_at.label("presented_at"), joined_at.label("joined_at"))
        .join(Hangout, Hangout.id == Signup.hangout_id)
        .where(Hangout.community_id == community.id, Hangout.called_off_at.is_(None))
        .where(Hangout.ends_at <= now, Signup.is_coming, Signup.came.is_not(False))
        .group_by(Signup.member_id)
        .subquery()
    )
    found = taken_place.c
    query = (
        select(Membership.member_id, found.presented_at, found.joined_at, Membership.joined_at)
        .outerjoin(taken_place, found.member_id == Membership.member_id)
        .outerjoin(
            Member,
            (Member.workspace_id == Membership.workspace_id)
            & (Member.member_id == Membership.member_id),
        )
        .where(Membership.community_id == community.id, Membership.left_at.is_(None))
        .where(or_(Member.id.is_(None), Member.left_at.is_(None) & Member.is_bot.is_(False)))
        .order_by(
            found.presented_at.nulls_first(),
            found.joined_at.nulls_first(),
            Membership.joined_at,
            Membership.id,
        )
    )
    return [
        Voice(member_id=who, presented_at=presented, joined_at=joined, member_since=since)
        for who, presented, joined, since in await session.execute(query)
    ]
