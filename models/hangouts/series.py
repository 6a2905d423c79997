"""A series: the rhythm in which a community meets, planned once by a facilitator."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, OfWorkspace


class Series(OfWorkspace, Base):
    """The rhythm of one community; it has one at a time.

    `first_on` and `at` are local to `tz`. `slots` is how many may present, `slot_minutes` how long
    each has. `link` is empty for the channel's Slack huddle. `facilitators` and `skills` take
    turns.
    `skipped_on` holds dates as ISO texts, `school_days` [first, last, name] of a school calendar,
    `holidays` a country or region such as "US-CO" of the library `holidays`. `next_plan_at` is when
    the next hangout has to be planned.
    """

    __tablename__ = "hangout_series"
    __table_args__ = (
        UniqueConstraint("community_id"),
        Index("ix_hangout_series_next_plan_at", "next_plan_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    first_on: Mapped[date]
    every_weeks: Mapped[int]
    at: Mapped[time]
    tz: Mapped[str] = mapped_column(String(64))
    minutes: Mapped[int]
    slots: Mapped[int]
    slot_minutes: Mapped[int]
    protocol: Mapped[str] = mapped_column(String(40))
    link: Mapped[str | None] = mapped_column(Text)
    facilitators: Mapped[list[str]] = mapped_column(JSON)
    skills: Mapped[list[str]] = mapped_column(JSON)
    skipped_on: Mapped[list[str]] = mapped_column(JSON)
    school_days: Mapped[list[list[str]]] = mapped_column(JSON)
    school_calendar: Mapped[str | None] = mapped_column(String(255))
    holidays: Mapped[str | None] = mapped_column(String(20))
    planned_by: Mapped[str] = mapped_column(String(32))
    changed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    next_plan_at: Mapped[datetime | None]
    # How often the schedule had to be posted anew, and the message that was pinned last.
    schedule_number: Mapped[int] = mapped_column(default=0)
    pinned_ts: Mapped[str | None] = mapped_column(String(32))

    @classmethod
    async def of_community(
        cls, session: AsyncSession, community_id: int, *, for_update: bool = False
    ) -> Series | None:
        query = select(cls).where(cls.community_id == community_id)
        if for_update:
            query = query.with_for_update().execution_options(populate_existing=True)
        return (await session.scalars(query)).first()
