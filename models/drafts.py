"""Drafts: what somebody typed before a form could be opened, so that nothing typed is lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, String, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, OfWorkspace

KEPT_FOR = timedelta(days=14)


class Draft(OfWorkspace, Base):
    """The fields of a form that is not sent yet, for its writer only."""

    __tablename__ = "drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[str] = mapped_column(String(32), index=True)
    form: Mapped[str] = mapped_column(String(80))
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    kept_at: Mapped[datetime]

    @classmethod
    async def of(cls, session: AsyncSession, draft_id: int, member_id: str) -> Draft | None:
        """Return the draft if this person wrote it."""
        query = select(cls).where(cls.id == draft_id, cls.member_id == member_id)
        return (await session.scalars(query)).first()

    @classmethod
    async def done(cls, session: AsyncSession, draft_id: object, member_id: str) -> None:
        """Forget a draft whose form was sent. Its id may be forged; only one's own goes."""
        if isinstance(draft_id, int):
            await session.execute(delete(cls).where(cls.id == draft_id, cls.member_id == member_id))

    @classmethod
    async def forget_old(cls, session: AsyncSession, now: datetime) -> None:
        await session.execute(delete(cls).where(cls.kept_at < now - KEPT_FOR))
