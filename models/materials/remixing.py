"""Remixing: what was built upon what, and how the one whose idea it was hears of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, SQLColumnExpression, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.materials.material import Circle, Material
from models.materials.posted import CARD, REMIXED, remixed_key
from models.materials.sight import is_seen_by
from models.posts import Post


@dataclass(frozen=True)
class Lineage:
    """What a material was built on, and what was built on it, the earliest first."""

    origin: Material | None
    remixes: tuple[Material, ...]


async def lineages_of(
    session: AsyncSession, materials: Sequence[Material], reader_id: str
) -> dict[int, Lineage]:
    """Return where those materials come from and went, by id, in two queries.

    Only what the reader may see is named. With "" as the reader it is what everybody sees who
    reads the card: the network's, and those of the card's own community.
    """
    ids = [material.id for material in materials]
    here, other = aliased(Material), Material
    origins: dict[int, Material] = {}
    remixes: dict[int, list[Material]] = defaultdict(list)
    query = (
        select(here.id, other)
        .join(other, other.id == here.remix_of_id)
        .where(here.id.in_(ids), _may_be_named(here.community_id, reader_id))
    )
    for one, origin in await session.execute(query):
        origins[one] = origin
    query = (
        select(here.id, other)
        .join(other, other.remix_of_id == here.id)
        .where(here.id.in_(ids), _may_be_named(here.community_id, reader_id))
        .order_by(other.id)
    )
    for one, remix in await session.execute(query):
        remixes[one].append(remix)
    return {one: Lineage(origins.get(one), tuple(remixes[one])) for one in ids}


def _may_be_named(community_id: SQLColumnExpression[int], reader_id: str) -> ColumnElement[bool]:
    """Return the condition on the materials that stand beside one of that community."""
    if reader_id:
        return is_seen_by(reader_id)
    is_theirs = or_(Material.circle == Circle.NETWORK, Material.community_id == community_id)
    return Material.deleted_at.is_(None) & is_theirs


async def tell_of_remix(session: AsyncSession, remix: Material, now: datetime) -> None:
    """Thank whoever made what this was built on, and name it on that card; doing so twice is once.

    Nobody is told of their own, nor of what they may not see.
    """
    origin = await session.get(Material, remix.remix_of_id) if remix.remix_of_id else None
    if origin is None or origin.deleted_at is not None:
        return
    if remix.circle == Circle.NETWORK or remix.community_id == origin.community_id:
        await Post.redraw(session, CARD, origin.id, now)
    seen = select(Material.id).where(Material.id == remix.id, is_seen_by(origin.owner_id))
    if origin.owner_id == remix.owner_id or await session.scalar(seen) is None:
        return
    await Post.add(
        session,
        remixed_key(remix),
        origin.owner_id,
        kind=REMIXED,
        due_at=now,
        about_id=remix.id,
    )


async def told_remix(session: AsyncSession, letter: Post) -> tuple[Material, Material] | None:
    """Return the remix and what it was built on, if the letter's reader may still see both."""
    reader = letter.place_id
    query = select(Material).where(Material.id == letter.about_id, is_seen_by(reader))
    remix = await session.scalar(query)
    if remix is None or remix.remix_of_id is None:
        return None
    query = select(Material).where(Material.id == remix.remix_of_id, is_seen_by(reader))
    origin = await session.scalar(query)
    return (remix, origin) if origin is not None and origin.owner_id == reader else None
