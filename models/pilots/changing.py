"""Changing: what became different on the way, as a mark on the chart such as "new seating plan"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.errors import NotHereError
from models.ids import id_from
from models.pilots import finding, telling
from models.pilots.entries import EntryError
from models.pilots.observation import ChangeNote
from models.pilots.pilot import Pilot
from models.problems.answers import add_once
from models.text import one_line

WORDS_LENGTH = 60
# More marks than this hide the line they stand beside.
CHANGES_AT_MOST = 12


def change_words(typed: str | None) -> str:
    """Return the few words on the mark; raises an EntryError at the field "words"."""
    words = one_line(typed or "")
    if not words:
        raise EntryError("Please say in a few words what changed.", field="words")
    if len(words) > WORDS_LENGTH:
        raise EntryError(
            f"On the chart {WORDS_LENGTH} characters fit, these are {len(words)}.", field="words"
        )
    return words


async def note_change(
    session: AsyncSession,
    pilot: Pilot,
    words: str,
    on: date,
    *,
    request_key: str,
    now: datetime,
) -> ChangeNote:
    """Keep the mark and return it, or the one this request made before. The pilot is locked."""
    made = select(ChangeNote).where(ChangeNote.request_key == request_key)
    if known := await session.scalar(made):
        return known
    there = select(func.count(ChangeNote.id)).where(ChangeNote.pilot_id == pilot.id)
    if (await session.scalar(there) or 0) >= CHANGES_AT_MOST:
        raise EntryError(
            f"A chart stays readable with {CHANGES_AT_MOST} marks. Take one away first.",
            field="words",
        )
    change = ChangeNote(
        pilot_id=pilot.id, request_key=request_key, on_date=on, words=words, noted_at=now
    )
    change.workspace_id = pilot.workspace_id
    if not await add_once(session, change):
        return (await session.scalars(made)).one()
    await telling.redraw_cards(session, pilot, now)
    return change


async def changes_in(session: AsyncSession, pilot: Pilot) -> Sequence[ChangeNote]:
    """Return the marks of one pilot in order of time."""
    query = select(ChangeNote).where(ChangeNote.pilot_id == pilot.id)
    return (await session.scalars(query.order_by(ChangeNote.on_date, ChangeNote.id))).all()


async def remove_change(
    session: AsyncSession, change_id: object, member_id: str, now: datetime
) -> Pilot:
    """Take a mark away and return its pilot; the id may be forged. Raises NotHereError."""
    query = (
        select(ChangeNote)
        .join(Pilot, Pilot.id == ChangeNote.pilot_id)
        .where(ChangeNote.id == (id_from(change_id) or 0), Pilot.member_id == member_id)
    )
    change = await session.scalar(query)
    if change is None:
        raise NotHereError("That mark is not on the chart any more.")
    pilot = await finding.owned_by(session, change.pilot_id, member_id, for_update=True)
    await session.delete(change)
    await telling.redraw_cards(session, pilot, now)
    return pilot
