"""The ledger of runs: which tick ran when, how long it took and what it said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import String, Text, UniqueConstraint, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base

# Ticks of every minute make three thousand rows a day.
KEPT_FOR = timedelta(days=14)


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
    async def last(cls, session: AsyncSession, job: str, now: datetime) -> Run | None:
        """Return the run of the last moment of the timetable that some replica has taken.

        What a clock that went ahead has noted for the future does not count.
        """
        taken = select(cls).where(cls.job == job, cls.due_at <= now)
        return (await session.scalars(taken.order_by(cls.due_at.desc()).limit(1))).one_or_none()

    @classmethod
    async def begin(
        cls, session: AsyncSession, job: str, due_at: datetime, now: datetime
    ) -> Run | None:
        """Take the moment, or return None if another replica was quicker."""
        try:
            async with session.begin_nested():
                session.add(run := cls(job=job, due_at=due_at, started_at=now))
        except IntegrityError:
            return None
        return run

    @classmethod
    async def take_over(cls, session: AsyncSession, run: Run, now: datetime) -> Run | None:
        """Begin a run again that nobody ended, or return None if another replica was quicker."""
        mine = (
            update(cls)
            .where(cls.id == run.id, cls.started_at == run.started_at, cls.seconds.is_(None))
            .values(started_at=now)
            .returning(cls.id)
            .execution_options(synchronize_session=False)
        )
        taken = (await session.scalars(mine)).one_or_none()
        return None if taken is None else await session.get_one(cls, taken)

    def is_given_up(self, now: datetime, after: timedelta) -> bool:
        """Say whether the run was begun that long ago and never ended."""
        return self.seconds is None and self.started_at < now - after

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
