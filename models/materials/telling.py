"""Telling: the card of a material in its community's channel, and what keeps it true."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.digests.telling import redraw_digests
from models.materials.material import Circle, Material
from models.materials.posted import CARD, card_key
from models.posts import Post


async def announce(
    session: AsyncSession, material: Material, community: Community, now: datetime
) -> None:
    """Keep the card for the channel, if its owner wants one there; doing so twice is harmless."""
    if not material.is_announced or material.deleted_at is not None:
        return
    await Post.add(
        session,
        card_key(material),
        community.channel_id,
        kind=CARD,
        due_at=now,
        about_id=material.id,
        cause_id=material.owner_id,
    )


async def redraw(
    session: AsyncSession, material: Material, now: datetime, *, was_seen_in: str | None = None
) -> None:
    """Show the material as it is now, on its card and on those that name it in their lineage.

    Also for one that was just deleted: its card then says so, and nobody names it any more.
    `was_seen_in` is its circle before this change, if that is another one now.
    """
    relatives = await _named_on(session, material, {material.circle, was_seen_in})
    # Two relatives that change at once mark the same cards; in one order neither waits for ever.
    for material_id in sorted({material.id, *relatives}):
        await Post.redraw(session, CARD, material_id, now)
    await redraw_digests(session, material.community_id, material.saved_at, now)


async def _named_on(
    session: AsyncSession, material: Material, circles: set[str | None]
) -> list[int]:
    """Return the materials on whose cards this one is or was named.

    A redrawn card has a mark on it that everybody sees. So one whose readers may not know of this
    material is left alone.
    """
    query = (
        select(Material.id)
        .where(or_(Material.remix_of_id == material.id, Material.id == material.remix_of_id))
        .where(Material.deleted_at.is_(None))
    )
    if Circle.NETWORK not in circles:
        query = query.where(Material.community_id == material.community_id)
    return list(await session.scalars(query))
