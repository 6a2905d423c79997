"""A wording: a community's own words where the bot speaks to all of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, OfWorkspace


class Spot(StrEnum):
    """Where a community's own words can stand."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    DIGEST = "digest_opening"
    PROMPT = "thanks_prompt"


class OwnWords(OfWorkspace, Base):
    """A text with placeholders such as {day}, which is filled in when it is said."""

    __tablename__ = "own_words"
    __table_args__ = (UniqueConstraint("community_id", "spot"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    spot: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    changed_by: Mapped[str] = mapped_column(String(32))
    changed_at: Mapped[datetime]
