"""Who shares a problem; without a name, only the database's owner can find out."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ForeignKey, Select, String, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, OfWorkspace


@dataclass(frozen=True)
class Author:
    """Who shares a problem, and whether colleagues may know it."""

    member_id: str
    is_named: bool = True


class HiddenAuthor(OfWorkspace, Base):
    """The author of one problem without a name.

    Only the author's own doings ask this table: what is mine, may I change it, whom to tell of an
    offer. No list, card, search or export joins it.
    """

    __tablename__ = "hidden_authors"

    problem_id: Mapped[int] = mapped_column(
        ForeignKey("problems.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    member_id: Mapped[str] = mapped_column(String(32), index=True)

    @classmethod
    def problems_of(cls, member_id: str) -> Select[int]:
        """Return a query for the ids of what this person shared without their name."""
        return select(cls.problem_id).where(cls.member_id == member_id)

    @classmethod
    async def of(cls, session: AsyncSession, problem_id: int) -> str | None:
        """Return the author's id, for a question or a message of that person's own only."""
        return await session.scalar(select(cls.member_id).where(cls.problem_id == problem_id))
