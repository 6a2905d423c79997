"""A hangout: one meeting of a community, when it is, who leads it and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    Select,
    String,
    Text,
    UniqueConstraint,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.communities import Community
from models.database import Base, OfWorkspace
from models.errors import NotHereError, RuleError
from models.ids import id_from
from models.problems.sight import is_seen_by
from models.text import one_line

WHY_LENGTH = 200
# Nobody plans a single meeting further ahead; a year beyond is a slip of the finger.
MOVED_AT_MOST = timedelta(days=366)
# Longer than any hangout lasts: what is not over has begun since then (models/hangouts/rhythm.py).
A_HANGOUT_AT_MOST = timedelta(hours=8)
# In place of a facilitator where everyone left who could lead.
NOBODY = ""


class HangoutOverError(RuleError):
    """It has begun or is over, so nothing about it can change any more."""


class HangoutOffError(RuleError):
    """It is called off, or it is not, and the request only makes sense otherwise."""


class MovedWhereError(RuleError):
    """The new time is no time a hangout can have."""

    field = "starts_at"


class Hangout(OfWorkspace, Base):
    """One meeting. `occurs_on` is the date in the series that it stands for, also when moved.

    `uid` and `sequence` are those of its calendar entry: the sequence grows with each change that
    calendars have to hear of. `moved_from` is when it was before the last move; `is_moved` keeps a
    change of the series from moving it back, `is_swapped` from changing its facilitator.
    `facilitator_id` is NOBODY while somebody to lead it has to be found.
    `is_off_by_series` says that no person called it off: its day is a day off, or the rhythm has no
    hangout there any more. `last_change` names the attributes that the last change changed, such as
    "link", so that those who come can be told what is new; "called_off_at" also when given back.
    `opened_at` is when its consultancies were opened, `closed_at` when the bot saw that it was
    over.
    """

    __tablename__ = "hangouts"
    __table_args__ = (
        UniqueConstraint("series_id", "occurs_on"),
        Index("ix_hangouts_community", "community_id", "starts_at"),
        Index(
            "ix_hangouts_unopened",
            "starts_at",
            postgresql_where=text("opened_at IS NULL AND closed_at IS NULL"),
            sqlite_where=text("opened_at IS NULL AND closed_at IS NULL"),
        ),
        Index(
            "ix_hangouts_unclosed",
            "ends_at",
            postgresql_where=text("closed_at IS NULL"),
            sqlite_where=text("closed_at IS NULL"),
        ),
        # A button of a hangout that was removed must never come to mean a later one.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    series_id: Mapped[int] = mapped_column(ForeignKey("hangout_series.id", ondelete="CASCADE"))
    occurs_on: Mapped[date]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    tz: Mapped[str] = mapped_column(String(64))
    slots: Mapped[int]
    slot_minutes: Mapped[int]
    protocol: Mapped[str] = mapped_column(String(40))
    link: Mapped[str | None] = mapped_column(Text)
    facilitator_id: Mapped[str] = mapped_column(String(32))
    is_swapped: Mapped[bool] = mapped_column(default=False)
    skill: Mapped[str | None] = mapped_column(String(200))
    moved_from: Mapped[datetime | None]
    is_moved: Mapped[bool] = mapped_column(default=False)
    called_off_at: Mapped[datetime | None]
    called_off_why: Mapped[str | None] = mapped_column(String(WHY_LENGTH))
    is_off_by_series: Mapped[bool] = mapped_column(default=False)
    last_change: Mapped[list[str]] = mapped_column(JSON, default=list)
    uid: Mapped[str] = mapped_column(String(80))
    sequence: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    notes: Mapped[str | None] = mapped_column(Text)
    noted_by: Mapped[str | None] = mapped_column(String(32))
    noted_at: Mapped[datetime | None]

    @classmethod
    async def of(
        cls, session: AsyncSession, hangout_id: str | int, *, for_update: bool = False
    ) -> Hangout:
        """Return the hangout; `for_update` keeps others waiting who want to change it.

        `hangout_id` may be a button's value: what is no number there is just not found. Raises
        NotHereError.
        """
        query = select(cls).where(cls.id == (id_from(hangout_id) or 0))
        return await cls._one(session, query, for_update)

    @classmethod
    async def seen_by(
        cls,
        session: AsyncSession,
        hangout_id: str | int,
        member_id: str,
        *,
        for_update: bool = False,
    ) -> Hangout:
        """Return the hangout if this person may see it: a private community's, if they are in it.

        As `of` otherwise.
        """
        query = (
            select(cls)
            .join(Community, Community.id == cls.community_id)
            .where(cls.id == (id_from(hangout_id) or 0), is_seen_by(member_id))
        )
        return await cls._one(session, query, for_update)

    @classmethod
    async def coming(
        cls, session: AsyncSession, community_id: int, now: datetime, limit: int = 10
    ) -> Sequence[Hangout]:
        """Return what is not over, the next first, with those that were called off."""
        query = (
            select(cls)
            .where(
                cls.community_id == community_id,
                cls.starts_at > now - A_HANGOUT_AT_MOST,
                cls.ends_at > now,
            )
            .order_by(cls.starts_at, cls.id)
        )
        return (await session.scalars(query.limit(limit))).all()

    @classmethod
    async def past(
        cls, session: AsyncSession, community_id: int, now: datetime, limit: int = 10
    ) -> Sequence[Hangout]:
        """Return what is over, the latest first, with those that were called off."""
        query = (
            select(cls)
            .where(cls.community_id == community_id, cls.starts_at < now, cls.ends_at <= now)
            .order_by(cls.starts_at.desc(), cls.id.desc())
        )
        return (await session.scalars(query.limit(limit))).all()

    @classmethod
    async def _one(cls, session: AsyncSession, query: Select[Hangout], for_update: bool) -> Hangout:
        if for_update:
            query = query.with_for_update(of=cls).execution_options(populate_existing=True)
        hangout = await session.scalar(query)
        if hangout is None:
            raise NotHereError("I can't find that hangout. `/hangout` shows what is coming.")
        return hangout

    def move(self, to: datetime, now: datetime) -> None:
        """Take place at another time, as long as before; a change of the series leaves it there.

        Raises HangoutOverError, HangoutOffError or MovedWhereError.
        """
        self._require_ahead(now)
        if not self.is_on:
            raise HangoutOffError("This hangout is called off. Give it back first, then move it.")
        if to <= now:
            raise MovedWhereError("That time has passed already. Please choose a later one.")
        if to > now + MOVED_AT_MOST:
            raise MovedWhereError("That is more than a year away. Please choose an earlier time.")
        if to == self.starts_at:
            raise MovedWhereError("That is when it takes place anyway. Please choose another time.")
        self.takes_place(to, self.ends_at - self.starts_at)
        self.is_moved, self.last_change = True, ["starts_at"]

    def call_off(self, why: str | None, now: datetime) -> None:
        """Take place no more, but stay listed. `why` is shown beside it and may be empty.

        Raises HangoutOverError, or HangoutOffError when it is called off already.
        """
        self._require_ahead(now)
        if not self.is_on:
            raise HangoutOffError("This hangout is called off already. Everybody who came knows.")
        reason = one_line(why or "")
        if len(reason) > WHY_LENGTH:
            raise RuleError(
                f"Please keep the reason under {WHY_LENGTH} characters.", field="called_off_why"
            )
        self.called_off_at, self.called_off_why = now, reason or None
        self.is_off_by_series, self.last_change = False, ["called_off_at"]

    def restore(self, now: datetime) -> None:
        """Take place after all. Raises HangoutOverError, or HangoutOffError when it does anyway."""
        self._require_ahead(now)
        if self.is_on:
            raise HangoutOffError("This hangout takes place; it was never called off.")
        self.called_off_at = self.called_off_why = None
        self.is_off_by_series, self.last_change = False, ["called_off_at"]

    def takes_place(self, starts_at: datetime, lasts: timedelta) -> None:
        """Set when it is; `moved_from` remembers what it was."""
        if starts_at != self.starts_at:
            self.moved_from = self.starts_at
        self.starts_at, self.ends_at = starts_at, starts_at + lasts

    def _require_ahead(self, now: datetime) -> None:
        if self.is_over(now):
            raise HangoutOverError("This hangout is over, so it stays as it was.")
        if self.starts_at <= now:
            raise HangoutOverError("This hangout has begun, so it can't be changed any more.")

    @property
    def is_on(self) -> bool:
        return self.called_off_at is None

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at) / timedelta(minutes=1))

    def is_ahead(self, now: datetime) -> bool:
        """Say whether it is still to come and takes place."""
        return self.is_on and self.starts_at > now

    def is_over(self, now: datetime) -> bool:
        return self.ends_at <= now
