"""Holding: the tool belt made ready, and a practice in the hands of somebody who may change it."""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.text import unescape
from models.database import Database
from models.members import Member
from models.practices import editing, finding
from models.practices.practice import Practice
from models.practices.stocking import missing_from, stock
from models.text import clean
from models.time import Clock


async def stocked(db: Database, workspace_id: str, clock: Clock) -> None:
    """Put the starter practices into a tool belt that does not have them yet."""
    async with db() as session:
        if not await missing_from(session):
            return
    async with db.begin() as session:
        await stock(session, workspace_id, clock())


async def to_change(
    session: AsyncSession, practice_id: object, member: Member, *, for_update: bool = False
) -> Practice:
    """Return the practice if this member may change it; raises NotHereError, NotAllowedError."""
    practice = await finding.of(session, practice_id, for_update=for_update)
    await editing.require_changer(session, practice, member)
    return practice


def words_after(body: dict[str, Any], word: str = "") -> str:
    """Return what was typed after the command, and after that word of it if it begins so."""
    typed = clean(unescape(str(body.get("text") or "")))
    first, *rest = typed.split(maxsplit=1) or [""]
    return (rest[0] if rest else "") if word and first.casefold() == word else typed
