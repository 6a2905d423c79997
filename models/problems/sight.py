"""Sight: whose problems somebody sees. Those of open communities, and of their own private ones."""

from sqlalchemy import ColumnElement, select

from models.communities import Community, Membership


def is_seen_by(member_id: str) -> ColumnElement[bool]:
    """Return the condition on the communities of a query."""
    theirs = select(Membership.community_id).where(
        Membership.member_id == member_id, Membership.left_at.is_(None)
    )
    return Community.is_private.is_(False) | Community.id.in_(theirs)
