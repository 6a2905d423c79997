"""Follow-ups: two and six weeks after a consultancy the bot asks what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, OfWorkspace
from models.errors import RuleError
from models.text import clean

# Two weeks is a first try; six weeks is when a habit shows.
ASKED_AFTER = (timedelta(weeks=2), timedelta(weeks=6))
# Characters: a sentence or two.
NOTE_LENGTH = 500


class Tried(StrEnum):
    """What the presenter says became of their next step."""

    TRIED = "tried"
    NOT_YET = "not_yet"
    CHANGED = "changed"


class FollowUp(OfWorkspace, Base):
    """One question afterwards, once it is answered; `number` counts from 0, as in ASKED_AFTER."""

    __tablename__ = "consultancy_follow_ups"
    __table_args__ = (UniqueConstraint("consultancy_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultancy_id: Mapped[int] = mapped_column(ForeignKey("consultancies.id", ondelete="CASCADE"))
    number: Mapped[int]
    answer: Mapped[str | None] = mapped_column(String(10))
    answered_at: Mapped[datetime | None]
    note: Mapped[str | None] = mapped_column(Text)

    @classmethod
    async def of(cls, session: AsyncSession, consultancy_id: int) -> Sequence[FollowUp]:
        """Return what was answered, in the order in which it was asked."""
        query = select(cls).where(cls.consultancy_id == consultancy_id).order_by(cls.number)
        return (await session.scalars(query)).all()

    @classmethod
    async def answered(
        cls, session: AsyncSession, consultancy_id: int, number: int, answer: Tried, now: datetime
    ) -> FollowUp:
        """Keep an answer in place of an earlier one; who calls holds the consultancy's row."""
        query = select(cls).where(cls.consultancy_id == consultancy_id, cls.number == number)
        row = await session.scalar(query)
        if row is None:
            session.add(row := cls(consultancy_id=consultancy_id, number=number))
        if row.answer != answer:
            row.answer, row.answered_at = answer, now
        return row

    def tell(self, note: str | None) -> None:
        """Keep what it was like, for colleagues to read; raises a RuleError for the field."""
        text = clean(note or "")
        if not text:
            raise RuleError("Please write a sentence, or close the form.", field="note")
        if len(text) > NOTE_LENGTH:
            raise RuleError(
                f"This is {len(text):,} characters long and {NOTE_LENGTH} fit here.", field="note"
            )
        self.note = text
