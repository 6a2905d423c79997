"""Thanks: one kind word from one member to one or several others."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, OfWorkspace

# People in one message are thanked by name; more of them are a group, not persons.
RECEIVERS_AT_MOST = 10
REASON_LENGTH = 40
EMOJI_LENGTH = 80
# As long as its giver can take it back without a trace, or put it otherwise.
CHANGES_FOR = timedelta(minutes=10)


class About(StrEnum):
    """What a word of thanks may be linked to."""

    PROBLEM = "problem"
    HANGOUT = "hangout"
    PILOT = "pilot"
    MATERIAL = "material"


class By(StrEnum):
    """How somebody seconds: with the button on the card, or with the community's emoji."""

    BUTTON = "button"
    EMOJI = "emoji"


class Thanks(OfWorkspace, Base):
    """Thank you (receivers) `text` because `effect`; a "for" or "because" typed first is in `text`.

    `reason` is a word of the community's list, kept as it was then. `about_kind` and `about_id`
    name what it is linked to; `source_channel_id` and `source_ts` the message that gave rise to it,
    whose words are never copied. One that `is_private` is seen by giver and receivers alone.
    `arrives_at` is when a note of a shower reaches its receiver; until then only its giver sees
    it. `back_of_id` is the thanks that this one answers.
    """

    __tablename__ = "thanks"
    __table_args__ = (
        UniqueConstraint("workspace_id", "request_key"),
        Index("ix_thanks_given", "giver_id", "thanked_at"),
        Index("ix_thanks_public", "community_id", "is_private", "thanked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_key: Mapped[str] = mapped_column(String(200))
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    giver_id: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
    effect: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(String(REASON_LENGTH))
    is_private: Mapped[bool] = mapped_column(default=False)
    about_kind: Mapped[str | None] = mapped_column(String(10))
    about_id: Mapped[int | None]
    source_channel_id: Mapped[str | None] = mapped_column(String(32))
    source_ts: Mapped[str | None] = mapped_column(String(32))
    back_of_id: Mapped[int | None] = mapped_column(ForeignKey("thanks.id", ondelete="SET NULL"))
    shower_id: Mapped[int | None] = mapped_column(
        ForeignKey("thanks_showers.id", ondelete="SET NULL"), index=True
    )
    thanked_at: Mapped[datetime]
    arrives_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]

    def may_change(self, now: datetime) -> bool:
        """Say whether its giver can still undo or edit it."""
        return self.deleted_at is None and now - self.thanked_at < CHANGES_FOR


class Receiver(OfWorkspace, Base):
    """One of those who are thanked."""

    __tablename__ = "thanks_receivers"
    __table_args__ = (
        UniqueConstraint("thanks_id", "member_id"),
        Index("ix_thanks_receivers_mine", "member_id", "thanks_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    thanks_id: Mapped[int] = mapped_column(ForeignKey("thanks.id", ondelete="CASCADE"))
    member_id: Mapped[str] = mapped_column(String(32))


class Second(OfWorkspace, Base):
    """Somebody who says the same, of a public one; by button and by emoji are two that may be.

    `emoji` is the name of that which was put on the card, "" for the button: taking just that off
    undoes it, whichever the community uses by then.
    """

    __tablename__ = "thanks_seconds"
    __table_args__ = (UniqueConstraint("thanks_id", "member_id", "by", "emoji"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    thanks_id: Mapped[int] = mapped_column(ForeignKey("thanks.id", ondelete="CASCADE"))
    member_id: Mapped[str] = mapped_column(String(32), index=True)
    by: Mapped[str] = mapped_column(String(10))
    emoji: Mapped[str] = mapped_column(String(EMOJI_LENGTH), default="")
    seconded_at: Mapped[datetime]
