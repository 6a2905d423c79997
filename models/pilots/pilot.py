"""A pilot: one teacher's small test of one practice with one class."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, OfWorkspace

# A practice or a class is named in a line; aim, prediction and the rest take a sentence or two.
NAME_LENGTH = 80


class Circle(StrEnum):
    """Who may see a pilot: its teacher alone, their community, or the whole network."""

    ME = "me"
    COMMUNITY = "community"
    NETWORK = "network"


class Measure(StrEnum):
    """What is noted: a count of a total such as 18 of 26, a percentage, a number, or 1 to 5."""

    COUNT = "count"
    PERCENT = "percent"
    NUMBER = "number"
    RATING = "rating"


class Better(StrEnum):
    """Which direction of the measure is the better one."""

    HIGHER = "higher"
    LOWER = "lower"


class Rhythm(StrEnum):
    """How often the bot asks for a value; days are school days, Monday to Friday."""

    DAILY = "daily"
    TWICE = "twice"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    NEVER = "never"


class Matched(StrEnum):
    """Whether the result was as predicted."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Decision(StrEnum):
    """What the teacher decided at the end. Each of them is a result."""

    ADOPT = "adopt"
    ADAPT = "adapt"
    ABANDON = "abandon"


class Pilot(OfWorkspace, Base):
    """One pilot, which is one cycle of a series when the practice was adapted.

    `practice_id` is empty for a practice of one's own, which `practice_name` names all the same.
    `first_id` is the first cycle's id in every later one, `cycle` counts from 1. `goal` and the
    values of `baseline` ([value, total or None] each, before the start, the earliest first) are in
    the measure's own terms; a count's goal is a percentage. `ask_at` is local wall time in the
    community's zone. `stopped_rhythm` is the rhythm its teacher wanted no more questions in: one
    changed to another rhythm is asked about again. Days are local dates. `circle` says who may see
    it; a card stands in the community's channel from `shared_at` on.
    """

    __tablename__ = "pilots"
    __table_args__ = (
        UniqueConstraint("workspace_id", "request_key"),
        Index("ix_pilots_mine", "member_id", "started_at"),
        Index("ix_pilots_list", "community_id", "circle", "started_at"),
        Index("ix_pilots_practice", "practice_id", "circle"),
        Index("ix_pilots_shared", "community_id", "shared_at"),
        Index("ix_pilots_finished", "community_id", "finished_at"),
        Index("ix_pilots_next_ask_at", "next_ask_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_key: Mapped[str] = mapped_column(String(200))
    member_id: Mapped[str] = mapped_column(String(32))
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    practice_id: Mapped[int | None] = mapped_column(ForeignKey("practices.id", ondelete="SET NULL"))
    practice_name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    inspired_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("pilots.id", ondelete="SET NULL"), index=True
    )
    first_id: Mapped[int | None] = mapped_column(
        ForeignKey("pilots.id", ondelete="SET NULL"), index=True
    )
    cycle: Mapped[int] = mapped_column(default=1)
    problem_id: Mapped[int | None] = mapped_column(
        ForeignKey("problems.id", ondelete="SET NULL"), index=True
    )
    aim: Mapped[str] = mapped_column(Text)
    prediction: Mapped[str] = mapped_column(Text)
    with_class: Mapped[str | None] = mapped_column(String(NAME_LENGTH))
    measure: Mapped[str] = mapped_column(String(10))
    measure_name: Mapped[str] = mapped_column(String(150))
    unit: Mapped[str | None] = mapped_column(String(30))
    better: Mapped[str] = mapped_column(String(6))
    goal: Mapped[float | None]
    baseline: Mapped[list[list[float | None]]] = mapped_column(JSON)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    rhythm: Mapped[str] = mapped_column(String(12))
    ask_at: Mapped[time]
    circle: Mapped[str] = mapped_column(String(10), default=Circle.ME)
    started_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    stopped_rhythm: Mapped[str | None] = mapped_column(String(12))
    next_ask_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    as_planned: Mapped[str | None] = mapped_column(String(10))
    result: Mapped[str | None] = mapped_column(Text)
    matched: Mapped[str | None] = mapped_column(String(10))
    learned: Mapped[str | None] = mapped_column(Text)
    decision: Mapped[str | None] = mapped_column(String(10))
    why: Mapped[str | None] = mapped_column(Text)
    shared_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]

    @property
    def name(self) -> str:
        """What it is called in lists: the practice, and with which class."""
        return f"{self.practice_name}, {self.with_class}" if self.with_class else self.practice_name

    @property
    def own_name(self) -> str:
        """What its teacher calls it, which tells the cycles of a series apart."""
        return f"{self.name} · cycle {self.cycle}" if self.cycle > 1 else self.name

    @property
    def series_id(self) -> int:
        """The id that all cycles of a series have in common: that of the first."""
        return self.first_id or self.id

    @property
    def is_stopped(self) -> bool:
        """Whether its teacher wants to be asked for nothing, neither values nor a decision."""
        return self.stopped_rhythm is not None and self.stopped_rhythm == self.rhythm

    @property
    def is_running(self) -> bool:
        """Whether values can still be logged and a decision is still to be made."""
        return self.finished_at is None and self.deleted_at is None
