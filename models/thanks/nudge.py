"""A nudge: a private word about one colleague whom somebody worked with and has not thanked yet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, OfWorkspace


class Nudge(OfWorkspace, Base):
    """One nudge to `member_id` about `colleague_id`; nobody else ever sees it.

    `why_kind` and `why_id` name what the two worked on: a problem, a hangout, a pilot, a material.
    """

    __tablename__ = "thanks_nudges"
    __table_args__ = (Index("ix_thanks_nudges_member_id", "member_id", "nudged_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[str] = mapped_column(String(32))
    colleague_id: Mapped[str] = mapped_column(String(32))
    why_kind: Mapped[str] = mapped_column(String(10))
    why_id: Mapped[int]
    nudged_at: Mapped[datetime]


class NudgeLook(OfWorkspace, Base):
    """When it was last asked whether `member_id` has worked with somebody not thanked yet."""

    __tablename__ = "thanks_nudge_looks"
    __table_args__ = (UniqueConstraint("workspace_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[str] = mapped_column(String(32))
    looked_at: Mapped[datetime]
