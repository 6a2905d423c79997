"""Equity of voice: who has not presented or joined for long. For facilitators' eyes only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Subquery, and_, case, func, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community, Membership
from models.hangouts.hangout import Hangout
from models.hangouts.signup import Presenting, Signup
from models.members import Member


@dataclass(frozen=True, kw_only=True)
class Voice:
    """When somebody last presented and last came, if they ever did; `member_since` is their start.

    Whoever led was there. Whoever said that they did not come after all neither came nor presented.
    """

    member_id: str
    presented_at: datetime | None
    joined_at: datetime | None
    member_since: datetime


async def voices(session: AsyncSession, community: Community, now: datetime) -> list[Voice]:
    """Return the members of a community, who has not presented for longest first.

    Among those it is who has not come for longest, then who has been a member for longest.
    """
    heard = _heard(community, now)
    found = heard.c
    query = (
        select(Membership.member_id, found.presented_at, found.joined_at, Membership.joined_at)
        .outerjoin(heard, found.member_id == Membership.member_id)
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


def _heard(community: Community, now: datetime) -> Subquery:
    """Return, by member, when they last had a seat and when they last were there."""
    is_past: tuple[ColumnElement[bool], ...] = (
        Hangout.community_id == community.id,
        Hangout.called_off_at.is_(None),
        Hangout.ends_at <= now,
    )
    seat = case((Signup.presenting == Presenting.SEAT, Hangout.starts_at))
    came = (
        select(
            Signup.member_id.label("member_id"),
            seat.label("seat_at"),
            Hangout.starts_at.label("there_at"),
        )
        .join(Hangout, Hangout.id == Signup.hangout_id)
        .where(*is_past, Signup.is_coming, Signup.came.is_not(False))
    )
    its_own = and_(Signup.hangout_id == Hangout.id, Signup.member_id == Hangout.facilitator_id)
    led = (
        select(Hangout.facilitator_id, seat, Hangout.starts_at)
        .outerjoin(Signup, its_own)
        .where(*is_past, Signup.came.is_not(False))
    )
    each = union_all(came, led).subquery().c
    presented_at, joined_at = func.max(each.seat_at), func.max(each.there_at)
    return (
        select(each.member_id, presented_at.label("presented_at"), joined_at.label("joined_at"))
        .group_by(each.member_id)
        .subquery()
    )
