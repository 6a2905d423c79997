"""The ledger of runs: which tick ran when, how long it took and what it said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import String, Text, UniqueConstraint, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base

KEPT_FOR = timedelta(days=60)


class Run(Base):
    """One run of one tick. `due_at` is when the timetable wanted it; one run a moment."""

    __tablename__ = "runs"
    __table_args__ = (UniqueConstraint("job", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str] = mapped_column(String(80))
    due_at: Mapped[datetime]
    started_at: Mapped[datetime]
    seconds: Mapped[float | None]
    said: Mapped[str | None] = mapped_column(Text)
    error: Mapped[str | None] = mapped_column(Text)

    @classmethod
    async def last_due(cls, session: AsyncSession, job: str) -> datetime | None:
        """Return the last moment of the timetable that some replica has taken."""
        return await session.scalar(select(func.max(cls.due_at)).where(cls.job == job))

    @classmethod
    async def of(cls, session: AsyncSession, job: str, due_at: datetime) -> Run:
        """Return the run of that tick for that moment."""
        query = select(cls).where(cls.job == job, cls.due_at == due_at)
        return (await session.scalars(query)).one()

    @classmethod
    async def latest(cls, session: AsyncSession) -> Sequence[Run]:
        """Return the last run of each tick, by name."""
        newest = select(func.max(cls.id)).group_by(cls.job)
        return (
            await session.scalars(select(cls).where(cls.id.in_(newest)).order_by(cls.job))
        ).all()

    @classmethod
    async def forget_old(cls, session: AsyncSession, now: datetime) -> None:
        await session.execute(delete(cls).where(cls.started_at < now - KEPT_FOR))
