"""Sight: whose pilots somebody sees. Their own, and what others chose to let them see."""

from sqlalchemy import ColumnElement, and_, or_, select

from models.communities import Membership
from models.pilots.pilot import Circle, Pilot


def is_seen_by(member_id: str) -> ColumnElement[bool]:
    """Return the condition on the pilots of a query; what was deleted nobody sees."""
    theirs = select(Membership.community_id).where(
        Membership.member_id == member_id, Membership.left_at.is_(None)
    )
    in_my_community = and_(Pilot.circle == Circle.COMMUNITY, Pilot.community_id.in_(theirs))
    shared = or_(Pilot.circle == Circle.NETWORK, in_my_community)
    return and_(Pilot.deleted_at.is_(None), or_(Pilot.member_id == member_id, shared))
