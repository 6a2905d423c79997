"""Sight: whose thanks somebody sees. Their own, and the public ones of their communities."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select

from models.communities import Membership
from models.thanks.shower import Shower
from models.thanks.thanks import Receiver, Thanks


def is_public() -> ColumnElement[bool]:
    """Return the condition on thanks that a whole community sees: the only ones it may count."""
    return and_(
        Thanks.is_private.is_(False), Thanks.shower_id.is_(None), Thanks.deleted_at.is_(None)
    )


def has_arrived(now: datetime) -> ColumnElement[bool]:
    """Return the condition on thanks that their receivers may know of.

    Notes of a shower arrive when the bot has seen to it: all of them with the letter, none before.
    """
    arrived = select(Shower.id).where(Shower.arrived_at.is_not(None))
    return or_(
        Thanks.arrives_at.is_(None), and_(Thanks.shower_id.in_(arrived), Thanks.arrives_at <= now)
    )


def is_seen_by(member_id: str, now: datetime) -> ColumnElement[bool]:
    """Return the condition on the thanks of a query; what was deleted nobody sees.

    A note of a shower is a surprise: its receiver sees it from the moment it arrives.
    """
    theirs = select(Membership.community_id).where(
        Membership.member_id == member_id, Membership.left_at.is_(None)
    )
    to_me = select(Receiver.thanks_id).where(Receiver.member_id == member_id)
    return and_(
        Thanks.deleted_at.is_(None),
        or_(
            Thanks.giver_id == member_id,
            and_(Thanks.id.in_(to_me), has_arrived(now)),
            and_(is_public(), Thanks.community_id.in_(theirs)),
        ),
    )
