"""A sign-up: one member's answer to one hangout, and what they have of the seats to present."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, OfWorkspace


class Presenting(StrEnum):
    """What a member has of the seats to present. SEAT and OFFERED each take one."""

    SEAT = "seat"
    OFFERED = "offered"
    WAITING = "waiting"


class Signup(OfWorkspace, Base):
    """One member's answer to one hangout.

    `asked_at` is when they asked to present; `offered_until` the time by which to confirm a seat
    that was freed. `question` is the focusing question, where it is not the problem's own. `came`
    is what they say afterwards. `entered_by` is the facilitator who signed them up.
    """

    __tablename__ = "hangout_signups"
    __table_args__ = (
        UniqueConstraint("hangout_id", "member_id"),
        Index("ix_hangout_signups_member_id", "member_id"),
        Index(
            "ix_hangout_signups_offered_until",
            "offered_until",
            postgresql_where=text("offered_until IS NOT NULL"),
            sqlite_where=text("offered_until IS NOT NULL"),
        ),
        Index(
            "ix_hangout_signups_problem_id",
            "problem_id",
            postgresql_where=text("problem_id IS NOT NULL"),
            sqlite_where=text("problem_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hangout_id: Mapped[int] = mapped_column(ForeignKey("hangouts.id", ondelete="CASCADE"))
    member_id: Mapped[str] = mapped_column(String(32))
    is_coming: Mapped[bool]
    presenting: Mapped[str | None] = mapped_column(String(10))
    asked_at: Mapped[datetime | None]
    offered_until: Mapped[datetime | None]
    problem_id: Mapped[int | None] = mapped_column(ForeignKey("problems.id", ondelete="SET NULL"))
    question: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime]
    entered_by: Mapped[str | None] = mapped_column(String(32))
    came: Mapped[bool | None]

    @classmethod
    async def of(cls, session: AsyncSession, hangout_id: int, member_id: str) -> Signup | None:
        """Return this person's answer, if they gave one."""
        query = select(cls).where(cls.hangout_id == hangout_id, cls.member_id == member_id)
        return (await session.scalars(query.execution_options(populate_existing=True))).first()

    @property
    def has_seat(self) -> bool:
        """Say whether a seat is kept for them, be it confirmed or only offered."""
        return self.presenting in (Presenting.SEAT, Presenting.OFFERED)

    def is_offered(self, now: datetime) -> bool:
        """Say whether a freed seat is theirs if they confirm it now."""
        is_offered = self.presenting == Presenting.OFFERED
        return is_offered and (self.offered_until is None or self.offered_until > now)

    def leave_seats(self) -> None:
        """Have nothing of the seats any more, nor a place on the list."""
        self.presenting = self.asked_at = self.offered_until = None
