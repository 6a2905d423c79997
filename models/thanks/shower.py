"""A shower: a community thanks one of its members on one day, and the notes arrive together."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, OfWorkspace


class Shower(OfWorkspace, Base):
    """One shower for one member. `request_key` names the form it was opened with.

    `arrives_at` is the moment on that local day when all notes reach the member; `arrived_at` when
    the bot saw to it.
    """

    __tablename__ = "thanks_showers"
    __table_args__ = (UniqueConstraint("workspace_id", "request_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_key: Mapped[str] = mapped_column(String(200))
    community_id: Mapped[int] = mapped_column(
        ForeignKey("communities.id", ondelete="CASCADE"), index=True
    )
    member_id: Mapped[str] = mapped_column(String(32), index=True)
    opened_by: Mapped[str] = mapped_column(String(32))
    opened_at: Mapped[datetime]
    occasion: Mapped[str | None] = mapped_column(String(150))
    on_date: Mapped[date]
    arrives_at: Mapped[datetime] = mapped_column(index=True)
    arrived_at: Mapped[datetime | None]
    called_off_at: Mapped[datetime | None]
