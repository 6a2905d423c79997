"""Somebody who has left: who stands where a name stood that was deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from models.database import workspace_of
from models.members import Member
from models.search.dialects import insert_into

# Stands for everybody who is gone; Slack's own ids are longer. It begins as those of people do, so
# that what is written to it reaches nobody and is nobody's trouble.
SOMEBODY = "UGONE"
# So are they called wherever a name would stand, and so is everybody who left without a name.
NAME = "someone who has left"


async def meet_somebody(session: AsyncSession, now: datetime) -> None:
    """Let the workspace know who stands for those who are gone; twice is harmless."""
    values = {
        "workspace_id": workspace_of(session),
        "member_id": SOMEBODY,
        "name": NAME,
        "is_lead": False,
        "is_bot": False,
        "left_at": now,
        "profile_at": now,
        "is_thanked_quietly": True,
        "is_silent": True,
        "muted": [],
        "has_digest": False,
    }
    await session.execute(insert_into(session, Member).on_conflict_do_nothing(), values)


async def put_somebody(
    session: AsyncSession, *columns: InstrumentedAttribute[Any], instead_of: str
) -> None:
    """Let `SOMEBODY` stand in those columns where this person did, and nobody where that may be."""
    for column in columns:
        is_nullable = column.property.columns[0].nullable
        await session.execute(
            update(column.class_)
            .where(column == instead_of)
            .values({column: None if is_nullable else SOMEBODY}),
            execution_options={"synchronize_session": False},
        )
