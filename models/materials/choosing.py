"""Choosing: the materials a list offers while somebody types, of all that they may see."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import search
from models.communities import Community
from models.materials.finding import among
from models.materials.material import Material
from models.materials.sight import is_seen_by
from models.materials.visibility import KIND
from models.text import one_line

# Slack takes a hundred; nobody reads through more than these.
OFFERED_AT_MOST = 30


async def offered_materials(
    session: AsyncSession, typed: str, member_id: str
) -> Sequence[Material]:
    """Return what fits the words, the best first; without words the newest."""
    if not one_line(typed):
        query = select(Material).where(is_seen_by(member_id))
        query = query.order_by(Material.saved_at.desc(), Material.id.desc())
        return (await session.scalars(query.limit(OFFERED_AT_MOST))).all()
    mine = [community.id for community in await Community.of_member(session, member_id)]
    findings = await search.find(
        session, typed, kinds=[KIND], communities=mine, page=slice(OFFERED_AT_MOST)
    )
    return await among(session, [hit.about_id for hit in findings.hits], member_id)
