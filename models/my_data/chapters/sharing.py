"""Sharing: the materials somebody saved, used and added to."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.materials.material import Addition, Material, Use
from models.materials.sight import is_seen_by
from models.members import Member
from models.my_data.chapters.plainly import headed, meaning
from models.my_data.chapters.sheet import Sheet, listed, moment

WORDS = (
    *("title", "kind", "url", "file_name", "subject", "grades", "minutes"),
    *("licence", "note", "circle"),
)


async def about_sharing(session: AsyncSession, member: Member) -> list[Sheet]:
    """Return their materials, uses and additions."""
    return [
        await _materials(session, member),
        await _uses(session, member),
        await _additions(session, member),
    ]


async def _materials(session: AsyncSession, member: Member) -> Sheet:
    query = select(Material).where(
        Material.owner_id == member.member_id, Material.deleted_at.is_(None)
    )
    rows = [
        (
            *(meaning(name, getattr(one, name)) for name in WORDS),
            *(listed(one.topics), moment(one.saved_at, member.tz)),
        )
        for one in await session.scalars(query.order_by(Material.id))
    ]
    columns = (*(headed(name) for name in WORDS), "topics", "saved")
    name, several = "material you saved", "materials you saved"
    return Sheet("materials", "Materials I saved", name, several, columns, rows)


async def _uses(session: AsyncSession, member: Member) -> Sheet:
    query = (
        select(Use, Material.title)
        .join(Material, Material.id == Use.material_id)
        .where(Use.member_id == member.member_id, is_seen_by(member.member_id))
        .order_by(Use.id)
    )
    rows = [
        (title, one.how, moment(one.used_at, member.tz))
        for one, title in await session.execute(query)
    ]
    columns = ("material", "how it went", "when")
    name, several = "material you used", "materials you used"
    return Sheet("used", "Materials I used", name, several, columns, rows)


async def _additions(session: AsyncSession, member: Member) -> Sheet:
    query = (
        select(Addition, Material.title)
        .join(Material, Material.id == Addition.material_id)
        .where(Addition.member_id == member.member_id, is_seen_by(member.member_id))
        .order_by(Addition.id)
    )
    rows = [
        (title, one.note, moment(one.added_at, member.tz))
        for one, title in await session.execute(query)
    ]
    columns = ("material", "my note", "when")
    heading, name = "What I added to colleagues’ materials", "note on a material"
    return Sheet("added", heading, name, "notes on materials", columns, rows)
