"""An observation: one dated value of a pilot, with what its teacher saw."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, OfWorkspace


class Observation(OfWorkspace, Base):
    """One value; `total` is that of a count such as 18 of 26.

    `request_key` names the message, command or form it came with, so that one sent twice is one
    observation. Of a deleted one only that is kept.
    """

    __tablename__ = "observations"
    __table_args__ = (
        UniqueConstraint("workspace_id", "request_key"),
        Index("ix_observations_pilot", "pilot_id", "on_date"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilots.id", ondelete="CASCADE"))
    request_key: Mapped[str] = mapped_column(String(200))
    on_date: Mapped[date]
    value: Mapped[float]
    total: Mapped[int | None]
    saw: Mapped[str | None] = mapped_column(Text)
    surprised: Mapped[str | None] = mapped_column(Text)
    evidence_url: Mapped[str | None] = mapped_column(Text)
    evidence_file_id: Mapped[str | None] = mapped_column(String(32))
    evidence_name: Mapped[str | None] = mapped_column(String(255))
    logged_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]


class ChangeNote(OfWorkspace, Base):
    """Something that changed on the way, as a mark on the chart: "new seating plan"."""

    __tablename__ = "pilot_changes"
    __table_args__ = (UniqueConstraint("workspace_id", "request_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilots.id", ondelete="CASCADE"), index=True)
    request_key: Mapped[str] = mapped_column(String(200))
    on_date: Mapped[date]
    words: Mapped[str] = mapped_column(String(60))
    noted_at: Mapped[datetime]


class Champion(OfWorkspace, Base):
    """A lead's kind word for a shared pilot."""

    __tablename__ = "pilot_champions"
    __table_args__ = (UniqueConstraint("pilot_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilots.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[str] = mapped_column(String(32))
    words: Mapped[str] = mapped_column(Text)
    said_at: Mapped[datetime]
