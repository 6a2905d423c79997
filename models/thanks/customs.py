"""Customs: how a community thanks. Its reasons, the emoji that seconds, the weekly prompt."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, OfWorkspace


class Customs(OfWorkspace, Base):
    """What facilitators chose; a community without a row has the usual customs.

    `emoji` is a name without colons, such as "clap", or empty for none. `prompt_weekday` counts
    from Monday as 0 and is empty without a prompt; `prompt_at` is wall time in the community's
    zone. `prompted_on` is the local day of the last prompt, and `unanswered` how many in a row
    until then nobody followed with public thanks. `paused_at` is when the bot stopped asking for
    that reason.
    """

    __tablename__ = "thanks_customs"
    __table_args__ = (UniqueConstraint("community_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    reasons: Mapped[list[str]] = mapped_column(JSON)
    emoji: Mapped[str | None] = mapped_column(String(80))
    prompt_weekday: Mapped[int | None]
    prompt_at: Mapped[time | None]
    next_prompt_at: Mapped[datetime | None]
    prompted_on: Mapped[date | None]
    unanswered: Mapped[int] = mapped_column(default=0)
    paused_at: Mapped[datetime | None]
    changed_by: Mapped[str] = mapped_column(String(32))
    changed_at: Mapped[datetime]
