"""The ledger of runs: which tick ran when, how long it took and what it said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import (
    ScalarSelect,
    Select,
    String,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, aliased, mapped_column

from models.database import Base
from models.search.dialects import insert_into
from models.time import UtcDateTime

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
    async def last_of(
        cls, session: AsyncSession, jobs: Sequence[str], now: datetime
    ) -> dict[str, Run]:
        """Return the same for many jobs in one look, by name; those that never ran are left out."""
        runs = await session.scalars(_last_of(tuple(jobs)), {"now": now})
        return {run.job: run for run in runs}

    @classmethod
    async def begin(
        cls, session: AsyncSession, job: str, due_at: datetime, now: datetime
    ) -> Run | None:
        """Take the moment, or return None if another replica was quicker."""
        insert = insert_into(session, cls).on_conflict_do_nothing().returning(cls)
        values = {"job": job, "due_at": due_at, "started_at": now}
        run: Run | None = (await session.scalars(insert, values)).one_or_none()
        return run

    @classmethod
    async def end(
        cls, session: AsyncSession, run: Run, seconds: float, said: str | None, error: str | None
    ) -> None:
        """Note how the run went."""
        went = {"seconds": round(seconds, 3), "said": said, "error": error}
        await session.execute(
            update(cls).where(cls.id == run.id).values(**went),
            execution_options={"synchronize_session": False},
        )

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


@cache
def _last_of(jobs: tuple[str, ...]) -> Select[Run]:
    """Return the question for the last run of each job; each finds its own in the index.

    Putting it together costs more than asking it.
    """
    return select(Run).where(Run.id.in_([_last_id(job) for job in jobs]))


def _last_id(job: str) -> ScalarSelect[int]:
    run = aliased(Run)
    taken = select(run.id).where(
        run.job == job, run.due_at <= bindparam("now", type_=UtcDateTime())
    )
    return taken.order_by(run.due_at.desc()).limit(1).scalar_subquery()
