"""What Slack has told us already: each event counts once, however often it is delivered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from sqlalchemy import String, delete
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, OfWorkspace

# Slack repeats an event for up to a day ("Delayed Events"), so two days are plenty.
REMEMBERED_FOR = timedelta(days=2)


class SeenBeforeError(Exception):
    """The event was already taken in; there is nothing left to do."""


class SeenEvent(OfWorkspace, Base):
    """One delivered event, kept in the same transaction as what it caused."""

    __tablename__ = "seen_events"

    workspace_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    event_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(index=True)

    @classmethod
    def once(
        cls, workspace_id: str, event_id: str, now: datetime
    ) -> Callable[[AsyncSession], Awaitable[None]]:
        """Return a step for `Database.first`: it raises SeenBeforeError when told once more."""

        async def note(session: AsyncSession) -> None:
            is_sqlite = session.get_bind().dialect.name == "sqlite"
            insert = sqlite_insert if is_sqlite else postgresql_insert
            row = {"workspace_id": workspace_id, "event_id": event_id, "seen_at": now}
            done = await session.execute(insert(cls).values(row).on_conflict_do_nothing())
            if not done.rowcount:  # type: ignore[attr-defined]  # an INSERT's result counts rows
                raise SeenBeforeError(event_id)

        return note

    @classmethod
    async def forget_old(cls, session: AsyncSession, now: datetime) -> None:
        await session.execute(delete(cls).where(cls.seen_at < now - REMEMBERED_FOR))
