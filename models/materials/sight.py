"""Sight: which materials somebody sees: the network's, and those of their communities."""

from sqlalchemy import ColumnElement, and_, or_, select

from models.communities import Membership
from models.materials.material import Circle, Material


def is_seen_by(member_id: str) -> ColumnElement[bool]:
    """Return the condition on the materials of a query; what was deleted nobody sees."""
    theirs = select(Membership.community_id).where(
        Membership.member_id == member_id, Membership.left_at.is_(None)
    )
    mine = and_(Material.circle == Circle.COMMUNITY, Material.community_id.in_(theirs))
    return and_(Material.deleted_at.is_(None), or_(Material.circle == Circle.NETWORK, mine))
