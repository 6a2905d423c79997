"""Finding: the materials somebody may see, one or a page at a time, and who may change one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.errors import NotAllowedError, NotHereError
from models.ids import id_from
from models.materials.material import Addition, Material
from models.materials.sight import is_seen_by
from models.members import Member

PAGE_SIZE = 5
# Nobody turns more pages; what is older is found by words.
LISTED_AT_MOST = 500
NOT_HERE = "I can't find that material. `/material list` shows all that you may see."


@dataclass(frozen=True, kw_only=True)
class MaterialPage:
    """A few materials, newest or best first. `number` counts from 0; `total` is of all pages.

    A list stops at LISTED_AT_MOST.
    """

    materials: tuple[Material, ...] = ()
    number: int = 0
    total: int = 0

    @property
    def has_earlier(self) -> bool:
        return (self.number + 1) * PAGE_SIZE < self.total

    @property
    def has_later(self) -> bool:
        return self.number > 0


async def seen_by(session: AsyncSession, material_id: object, member_id: str) -> Material:
    """Return the material if this person may see it; `material_id` may be forged.

    Raises NotHereError, with the same words whether it does not exist or is for others.
    """
    query = _seen(member_id).where(Material.id == (id_from(material_id) or 0))
    material = await session.scalar(query)
    if material is None:
        raise NotHereError(NOT_HERE)
    return material


async def lock(session: AsyncSession, material: Material) -> Material:
    """Return the material as it is now and stays until the end of this transaction.

    Raises NotHereError for one that was deleted since it was read.
    """
    await session.flush()
    now = await session.get_one(Material, material.id, with_for_update=True, populate_existing=True)
    if now.deleted_at is not None:
        raise NotHereError(NOT_HERE)
    return now


async def owned_by(
    session: AsyncSession, material_id: object, member_id: str, *, for_update: bool = False
) -> Material:
    """Return one's own material; `for_update` keeps others waiting. `material_id` may be forged.

    Raises NotAllowedError for a colleague's material that this person sees, else NotHereError.
    """
    material = await _locked(session, material_id, member_id, for_update=for_update)
    if material.owner_id != member_id:
        raise NotAllowedError(f"Only {await _owner_of(session, material)} can do that.")
    return material


async def changeable_by(
    session: AsyncSession, material_id: object, member: Member, *, for_update: bool = False
) -> Material:
    """Return a material that this person owns, or whose community they run.

    Raises NotAllowedError for one that they only see, else NotHereError.
    """
    material = await _locked(session, material_id, member.member_id, for_update=for_update)
    if material.owner_id != member.member_id:
        community = await session.get_one(Community, material.community_id)
        if not community.is_run_by(member):
            owner = await _owner_of(session, material)
            raise NotAllowedError(f"Only {owner} and facilitators can do that.")
    return material


async def mine(session: AsyncSession, member_id: str, page: int = 0) -> MaterialPage:
    """Return what this person saved."""
    return await _page(session, (Material.owner_id == member_id,), member_id, page)


async def listed(
    session: AsyncSession, community: Community, member_id: str, page: int = 0
) -> MaterialPage:
    """Return what was saved in that community, as far as this person may see it."""
    return await _page(session, (Material.community_id == community.id,), member_id, page)


async def everywhere(session: AsyncSession, member_id: str, page: int = 0) -> MaterialPage:
    """Return all that this person may see: of their communities, and what is for everybody."""
    return await _page(session, (), member_id, page)


async def nth(
    session: AsyncSession, community: Community | None, member_id: str, number: int
) -> Material | None:
    """Return the one of that number, from 1, in the list of a community or of all in sight."""
    chosen = [is_seen_by(member_id)]
    if community is not None:
        chosen.append(Material.community_id == community.id)
    ids = await _newest(session, *chosen)
    return await session.get(Material, ids[number - 1]) if 0 < number <= len(ids) else None


async def latest(session: AsyncSession, member_id: str, limit: int) -> Sequence[Material]:
    """Return the newest that this person may see of their own communities."""
    mine = [one.id for one in await Community.of_member(session, member_id)]
    ids = await _newest(session, Material.community_id.in_(mine), is_seen_by(member_id))
    return await among(session, ids[:limit], member_id)


async def among(
    session: AsyncSession, material_ids: Collection[int], member_id: str
) -> list[Material]:
    """Return those of the materials that exist for this person, in the order given."""
    if not material_ids:
        return []
    rows = await session.scalars(_seen(member_id).where(Material.id.in_(material_ids)))
    materials = {material.id: material for material in rows}
    return [materials[one] for one in dict.fromkeys(material_ids) if one in materials]


async def additions_to(session: AsyncSession, material_id: int) -> Sequence[Addition]:
    """Return what colleagues added, the latest first; whoever sees a material sees these."""
    query = select(Addition).where(Addition.material_id == material_id)
    return (await session.scalars(query.order_by(Addition.id.desc()))).all()


def page_within(number: int, total: int) -> int:
    """Return the number of a page that exists: it may be forged, or what it showed is gone."""
    return max(0, min(number, (total - 1) // PAGE_SIZE))


async def _locked(
    session: AsyncSession, material_id: object, member_id: str, *, for_update: bool
) -> Material:
    query = _seen(member_id).where(Material.id == (id_from(material_id) or 0))
    if for_update:
        query = query.with_for_update(of=Material).execution_options(populate_existing=True)
    material = await session.scalar(query)
    if material is None:
        raise NotHereError(NOT_HERE)
    return material


async def _owner_of(session: AsyncSession, material: Material) -> str:
    owner = (await Member.known(session, [material.owner_id])).get(material.owner_id)
    name = owner.name if owner is not None else None
    return f"{name or 'the colleague'}, who saved it,"


def _seen(member_id: str) -> Select[Material]:
    return select(Material).where(is_seen_by(member_id))


async def _page(
    session: AsyncSession, chosen: tuple[ColumnElement[bool], ...], member_id: str, page: int
) -> MaterialPage:
    ids = await _newest(session, *chosen, is_seen_by(member_id))
    number = page_within(page, len(ids))
    shown = await among(session, ids[number * PAGE_SIZE : (number + 1) * PAGE_SIZE], member_id)
    return MaterialPage(materials=tuple(shown), number=number, total=len(ids))


async def _newest(session: AsyncSession, *chosen: ColumnElement[bool]) -> list[int]:
    """Return the ids of those saved last, the newest first, at most LISTED_AT_MOST.

    Ids grow with time, so the table is read from its end and only as far as the list goes.
    """
    query = (
        select(Material.id, Material.saved_at)
        .where(*chosen)
        .order_by(Material.id.desc())
        .limit(LISTED_AT_MOST)
    )
    rows = (await session.execute(query)).all()
    return [one for one, _ in sorted(rows, key=lambda row: (row[1], row[0]), reverse=True)]
