"""A material: a link or a Slack file, with what a colleague needs to know to find and use it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, OfWorkspace

TITLE_LENGTH = 150
# What common browsers and servers take; a longer link is hardly one.
URL_LENGTH = 2000
# What `same_key` begins with where a file of Slack is behind it.
FILE = "file:"


class Kind(StrEnum):
    """What a material is."""

    LESSON = "lesson"
    PROTOCOL = "protocol"
    RUBRIC = "rubric"
    VIDEO = "video"
    SLIDES = "slide deck"
    OTHER = "other"


class Circle(StrEnum):
    """Who may see a material: the members of its community, or the whole network."""

    COMMUNITY = "community"
    NETWORK = "network"


class About(StrEnum):
    """What a material may be attached to. At a hangout it stands beside its notes."""

    PRACTICE = "practice"
    PROBLEM = "problem"
    HANGOUT = "hangout"


class Material(OfWorkspace, Base):
    """One material: a link (`url`) or a file in Slack (`file_id`), never both.

    `same_key` is the link in its plainest form, or the file; a community has each once, and what
    is deleted gives its own up. `source_channel_id` and `source_ts` are the message it was saved
    from. `minutes` is what it takes in a lesson. `remix_of_id` is what it was made from.
    `checked_at` is when somebody last said that it still holds, `asked_at` when its owner was to
    be asked and has not answered since, `stale_at` since when nobody has answered or since it was
    said not to hold, `gone_at` since when the file or message behind it has been missing in Slack.
    `is_announced`: a card stands in the community's channel.
    """

    __tablename__ = "materials"
    __table_args__ = (
        UniqueConstraint("workspace_id", "request_key"),
        UniqueConstraint("community_id", "same_key"),
        Index("ix_materials_list", "community_id", "circle", "saved_at"),
        Index("ix_materials_mine", "owner_id", "saved_at"),
        Index("ix_materials_source", "source_channel_id", "source_ts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_key: Mapped[str] = mapped_column(String(200))
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    owner_id: Mapped[str] = mapped_column(String(32))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    kind: Mapped[str] = mapped_column(String(12))
    url: Mapped[str | None] = mapped_column(String(URL_LENGTH))
    file_id: Mapped[str | None] = mapped_column(String(32), index=True)
    file_name: Mapped[str | None] = mapped_column(String(255))
    same_key: Mapped[str | None] = mapped_column(String(64), index=True)
    topics: Mapped[list[str]] = mapped_column(JSON)
    subject: Mapped[str | None] = mapped_column(String(60))
    grades: Mapped[str | None] = mapped_column(String(60))
    minutes: Mapped[int | None]
    licence: Mapped[str | None] = mapped_column(String(60))
    note: Mapped[str | None] = mapped_column(Text)
    circle: Mapped[str] = mapped_column(String(10), default=Circle.COMMUNITY)
    is_announced: Mapped[bool] = mapped_column(default=True)
    source_channel_id: Mapped[str | None] = mapped_column(String(32))
    source_ts: Mapped[str | None] = mapped_column(String(32))
    remix_of_id: Mapped[int | None] = mapped_column(
        ForeignKey("materials.id", ondelete="SET NULL"), index=True
    )
    saved_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    edited_by: Mapped[str | None] = mapped_column(String(32))
    checked_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    next_check_at: Mapped[datetime | None] = mapped_column(index=True)
    stale_at: Mapped[datetime | None]
    gone_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]

    @property
    def holds_no_more(self) -> bool:
        """Whether somebody who looks after it said so; else nobody has looked at it for long."""
        return self.stale_at is not None and self.asked_at is None

    @property
    def slack_file_id(self) -> str | None:
        """The file of Slack that it is, or that its link leads to."""
        key = self.same_key or ""
        return self.file_id or (key.removeprefix(FILE) if key.startswith(FILE) else None)


class Addition(OfWorkspace, Base):
    """What a colleague added to a material that was there already."""

    __tablename__ = "material_additions"
    __table_args__ = (UniqueConstraint("workspace_id", "request_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_key: Mapped[str] = mapped_column(String(200))
    material_id: Mapped[int] = mapped_column(
        ForeignKey("materials.id", ondelete="CASCADE"), index=True
    )
    member_id: Mapped[str] = mapped_column(String(32), index=True)
    note: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime]


class Use(OfWorkspace, Base):
    """One member used a material, once however often they say so; `how` is how it went.

    `pilot_id` is the pilot in which they did.
    """

    __tablename__ = "material_uses"
    __table_args__ = (UniqueConstraint("material_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    material_id: Mapped[int] = mapped_column(ForeignKey("materials.id", ondelete="CASCADE"))
    member_id: Mapped[str] = mapped_column(String(32), index=True)
    how: Mapped[str | None] = mapped_column(Text)
    pilot_id: Mapped[int | None] = mapped_column(ForeignKey("pilots.id", ondelete="SET NULL"))
    used_at: Mapped[datetime]


class Place(OfWorkspace, Base):
    """A place a material is attached to: a practice, a problem or a hangout's notes."""

    __tablename__ = "material_places"
    __table_args__ = (
        UniqueConstraint("material_id", "about_kind", "about_id"),
        Index("ix_material_places_about", "about_kind", "about_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    material_id: Mapped[int] = mapped_column(ForeignKey("materials.id", ondelete="CASCADE"))
    about_kind: Mapped[str] = mapped_column(String(10))
    about_id: Mapped[int]
    attached_by: Mapped[str] = mapped_column(String(32))
    attached_at: Mapped[datetime]
