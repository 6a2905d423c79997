"""Stocking: the practices that come with the bot are put into a workspace's tool belt once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import search
from models.practices.editing import entry_of
from models.practices.practice import Practice
from models.practices.starters import STARTERS
from models.search.dialects import insert_into


async def stock(session: AsyncSession, workspace_id: str, now: datetime) -> None:
    """Put the starter practices that were never there into the tool belt.

    Doing so again, or in two places at once, is harmless; one that was withdrawn stays withdrawn.
    """
    missing = await missing_from(session)
    if not missing:
        return
    insert = insert_into(session, Practice.__table__).on_conflict_do_nothing()
    rows = [_row(key, workspace_id, now) for key in missing]
    # Of two transactions that do so, only one has each row returned, and only it keeps the entry.
    added = await session.execute(insert.values(rows).returning(Practice.__table__.c.id))
    new = select(Practice).where(Practice.id.in_(added.scalars().all())).order_by(Practice.id)
    for practice in await session.scalars(new):
        await search.keep(session, entry_of(practice))


async def missing_from(session: AsyncSession) -> list[str]:
    """Return the keys of the starter practices that this workspace never had, in one look."""
    query = select(Practice.starter_key).where(Practice.starter_key.is_not(None))
    there = set(await session.scalars(query))
    return [key for key in STARTERS if key not in there]


def _row(key: str, workspace_id: str, now: datetime) -> dict[str, Any]:
    wording = STARTERS[key]
    return {
        "workspace_id": workspace_id,
        "starter_key": key,
        "name": wording.name,
        "what": wording.what,
        "steps": list(wording.steps),
        "minutes": wording.minutes,
        "fits": wording.fits,
        "materials": wording.materials,
        "topics": list(wording.topics),
        "subject": wording.subject,
        "grades": wording.grades,
        "added_at": now,
    }
