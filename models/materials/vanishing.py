"""Vanishing: a file or a message behind a material is deleted in Slack, and its card says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.materials.likeness import file_key
from models.materials.material import Material
from models.materials.posted import CARD, GONE, gone_key
from models.posts import Post


async def file_is_gone(session: AsyncSession, file_id: str, now: datetime) -> int:
    """Note that a file is not in Slack any more; return of how many materials it was the file.

    Some know it by its link only.
    """
    is_the_file = or_(Material.file_id == file_id, Material.same_key == file_key(file_id))
    return await _note(session, is_the_file, now)


async def message_is_gone(session: AsyncSession, channel_id: str, ts: str, now: datetime) -> int:
    """Note that the message is gone from which materials were saved; return how many."""
    is_source = and_(Material.source_channel_id == channel_id, Material.source_ts == ts)
    return await _note(session, is_source, now)


async def _note(session: AsyncSession, which: ColumnElement[bool], now: datetime) -> int:
    query = (
        select(Material)
        .where(which, Material.deleted_at.is_(None), Material.gone_at.is_(None))
        .order_by(Material.id)
        .with_for_update()
    )
    materials: Sequence[Material] = (await session.scalars(query)).all()
    for material in materials:
        material.gone_at = now
        await Post.redraw(session, CARD, material.id, now)
        await Post.add(
            session,
            gone_key(material),
            material.owner_id,
            kind=GONE,
            due_at=now,
            about_id=material.id,
        )
    return len(materials)
