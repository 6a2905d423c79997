"""Materials go, with what was said about them; one that colleagues use stays without its note."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy import CompoundSelect, delete, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from models.materials import changing, telling, visibility
from models.materials.attaching import redraw_places, shown_on
from models.materials.material import Addition, Material, Place, Use
from models.materials.posted import CARD
from models.my_data.nobody import SOMEBODY, put_somebody
from models.posts import Post


async def forget_materials(session: AsyncSession, member_id: str, now: datetime) -> Counter[str]:
    """Delete what they saved, as far as nobody else made it theirs as well."""
    used = await _used_by_others(session, member_id)
    gone: Counter[str] = Counter()
    query = select(Material).where(Material.owner_id == member_id).order_by(Material.id)
    query = query.with_for_update().execution_options(populate_existing=True)
    mine = (await session.scalars(query)).all()
    stay = [one for one in mine if one.deleted_at is None and one.id in used]
    for material in stay:
        await _leave_to_others(session, material, now)
    await changing.delete_all(session, [one for one in mine if one not in stay], now)
    for material in mine:
        material.owner_id, material.request_key = SOMEBODY, f"gone:{material.id}"
        gone[Material.__tablename__] += 1
    await session.flush()
    await put_somebody(session, Material.edited_by, Place.attached_by, instead_of=member_id)
    return gone


async def forget_uses(session: AsyncSession, member_id: str, now: datetime) -> Counter[str]:
    """Forget which materials they used, how it went, and what they added to them."""
    gone: Counter[str] = Counter()
    used = delete(Use).where(Use.member_id == member_id).returning(Use.material_id)
    added = delete(Addition).where(Addition.member_id == member_id).returning(Addition.material_id)
    for table, mine in ((Use, used), (Addition, added)):
        for material_id in sorted((await session.scalars(mine)).all()):
            material = await session.get_one(Material, material_id)
            await visibility.keep_findable(session, material)
            await Post.redraw(session, CARD, material_id, now)
            gone[table.__tablename__] += 1
    return gone


async def _used_by_others(session: AsyncSession, member_id: str) -> set[int]:
    """Return which of their materials a colleague used, added to, built upon or set somewhere."""
    mine = select(Material.id).where(Material.owner_id == member_id)
    query: CompoundSelect[int | None] = union(
        select(Use.material_id).where(Use.material_id.in_(mine), Use.member_id != member_id),
        select(Addition.material_id).where(
            Addition.material_id.in_(mine), Addition.member_id != member_id
        ),
        select(Place.material_id).where(
            Place.material_id.in_(mine), Place.attached_by != member_id
        ),
        select(Material.remix_of_id).where(
            Material.remix_of_id.in_(mine),
            Material.owner_id != member_id,
            Material.deleted_at.is_(None),
        ),
    )
    return {one for one in await session.scalars(query) if one is not None}


async def _leave_to_others(session: AsyncSession, material: Material, now: datetime) -> None:
    """Keep what it is and where it is found, as saved by somebody who is gone."""
    shown = await shown_on(session, material)
    material.note = material.source_channel_id = material.source_ts = None
    material.owner_id = SOMEBODY
    await visibility.keep_findable(session, material)
    await telling.redraw(session, material, now)
    await redraw_places(session, shown, now)
