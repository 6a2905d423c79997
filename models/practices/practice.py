"""A practice: an entry of the tool belt, that everybody in the workspace can read and try."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, OfWorkspace


class Practice(OfWorkspace, Base):
    """One small practice.

    `starter_key` names one of the set that comes with the bot; `request_key` the form it was made
    with, so that one sent twice makes one practice. `minutes` is what it takes in a lesson;
    `steps` are single lines; `added_by` is empty for the starter set.
    """

    __tablename__ = "practices"
    __table_args__ = (
        UniqueConstraint("workspace_id", "starter_key"),
        UniqueConstraint("workspace_id", "request_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    starter_key: Mapped[str | None] = mapped_column(String(40))
    request_key: Mapped[str | None] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(80))
    what: Mapped[str] = mapped_column(Text)
    steps: Mapped[list[str]] = mapped_column(JSON)
    minutes: Mapped[int | None]
    fits: Mapped[str | None] = mapped_column(Text)
    materials: Mapped[str | None] = mapped_column(Text)
    topics: Mapped[list[str]] = mapped_column(JSON)
    subject: Mapped[str | None] = mapped_column(String(60))
    grades: Mapped[str | None] = mapped_column(String(60))
    added_by: Mapped[str | None] = mapped_column(String(32), index=True)
    added_at: Mapped[datetime]
    edited_by: Mapped[str | None] = mapped_column(String(32))
    edited_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class Menu(OfWorkspace, Base):
    """What a community suggests to try, in its order; members may still take any practice."""

    __tablename__ = "practice_menus"
    __table_args__ = (UniqueConstraint("community_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    practice_ids: Mapped[list[int]] = mapped_column(JSON)
    note: Mapped[str | None] = mapped_column(Text)
    changed_by: Mapped[str] = mapped_column(String(32))
    changed_at: Mapped[datetime]
    is_posted: Mapped[bool] = mapped_column(default=False)
