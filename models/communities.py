"""Communities: channels that have been set up, the people in them and who facilitates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.database import Base, OfWorkspace
from models.errors import NotAllowedError, RuleError
from models.members import Member
from models.time import is_zone

NAME_LENGTH = 80
# Each row that refers to a community needs it to stay, on PostgreSQL. Only a lock that allows that
# lets a question be asked while others change the community, and cannot end in a deadlock with it.
LOCK: dict[str, Any] = {"key_share": True}


class NamelessCommunityError(RuleError):
    """A community needs a name people recognise."""

    field = "name"


class UnknownZoneError(RuleError):
    """The time zone is not one of the IANA database."""

    field = "tz"


class NoFacilitatorError(RuleError):
    """Somebody has to look after the community."""

    field = "facilitators"


class NotInvitedError(RuleError):
    """The bot is not in the channel."""

    field = "channel_id"


class UnansweredError(RuleError):
    """Slack did not tell what has to be known; asking again may help."""

    field = "channel_id"


class Membership(OfWorkspace, Base):
    """One person in one community."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("community_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    member_id: Mapped[str] = mapped_column(String(32), index=True)
    is_facilitator: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class Community(OfWorkspace, Base):
    """One channel with its settings. `tz` is an IANA name and rules all its hours.

    `put_off` are the steps of its guide that can wait (models/guides.py).
    """

    __tablename__ = "communities"
    __table_args__ = (UniqueConstraint("workspace_id", "channel_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32))
    channel_name: Mapped[str] = mapped_column(String(255))
    is_private: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    tz: Mapped[str] = mapped_column(String(64))
    set_up_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]
    bot_left_at: Mapped[datetime | None]
    put_off: Mapped[list[str] | None] = mapped_column(JSON)
    memberships: Mapped[list[Membership]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by=Membership.id
    )

    @classmethod
    def found(
        cls, *, channel_id: str, channel_name: str, is_private: bool, now: datetime
    ) -> Community:
        """Return a community for that channel, still to be configured."""
        return cls(
            channel_id=channel_id,
            channel_name=channel_name,
            is_private=is_private,
            set_up_at=now,
            memberships=[],
        )

    @classmethod
    async def of_channel(
        cls, session: AsyncSession, channel_id: str, *, for_update: bool = False
    ) -> Community | None:
        """Return the community of that channel, if it has been set up."""
        query = select(cls).where(cls.channel_id == channel_id)
        if for_update:
            query = query.with_for_update(**LOCK)
        return (await session.scalars(query)).first()

    @classmethod
    async def locked(cls, session: AsyncSession, community_id: int) -> Community:
        """Return the community as it is now; whoever else wants to change it waits for us."""
        return await session.get_one(
            cls, community_id, with_for_update=LOCK, populate_existing=True
        )

    @classmethod
    async def of_member(cls, session: AsyncSession, member_id: str) -> Sequence[Community]:
        """Return the living communities this person is in, by name."""
        mine = select(Membership.community_id).where(
            Membership.member_id == member_id, Membership.left_at.is_(None)
        )
        query = select(cls).where(cls.id.in_(mine), cls.archived_at.is_(None)).order_by(cls.name)
        return (await session.scalars(query)).all()

    @classmethod
    async def living(cls, session: AsyncSession) -> Sequence[Community]:
        """Return every community of the workspace whose channel is not archived, by name."""
        query = select(cls).where(cls.archived_at.is_(None)).order_by(cls.name)
        return (await session.scalars(query)).all()

    @property
    def facilitators(self) -> list[str]:
        return [m.member_id for m in self.memberships if m.is_facilitator and m.left_at is None]

    def membership(self, member_id: str) -> Membership | None:
        return next((m for m in self.memberships if m.member_id == member_id), None)

    def has_member(self, member_id: str) -> bool:
        membership = self.membership(member_id)
        return membership is not None and membership.left_at is None

    def is_run_by(self, member: Member) -> bool:
        """Say whether this person may do what facilitators do here. Leads may, everywhere."""
        return member.is_lead or member.member_id in self.facilitators

    def require_facilitator(self, member: Member, to: str, names: dict[str, str]) -> None:
        """Raise NotAllowedError, naming whom to ask, when this is a facilitator's task.

        `to` completes "Only facilitators can …"; `names` are display names by member id.
        """
        if not self.is_run_by(member):
            known = [names[one] for one in self.facilitators if one in names]
            ask = f" Ask {' or '.join(known)}." if known else ""
            raise NotAllowedError(f"Only facilitators can {to}.{ask}")

    def configure(self, *, name: str, tz: str, facilitators: Iterable[str], now: datetime) -> None:
        """Set what facilitators choose; raises a RuleError that names the field at fault."""
        facilitators = list(dict.fromkeys(facilitators))
        if not name.strip():
            raise NamelessCommunityError("Please give the community a name.")
        if len(name.strip()) > NAME_LENGTH:
            raise NamelessCommunityError(f"Please keep the name under {NAME_LENGTH} characters.")
        if not is_zone(tz):
            raise UnknownZoneError("Please choose one of the time zones in the list.")
        if not facilitators:
            raise NoFacilitatorError("Please choose at least one facilitator.")
        self.name, self.tz = name.strip(), tz
        for member_id in facilitators:
            self.welcome(member_id, now)
        for membership in self.memberships:
            membership.is_facilitator = membership.member_id in facilitators

    def welcome(self, member_id: str, now: datetime) -> Membership:
        """Note that somebody is in the channel. Doing so twice is harmless."""
        membership = self.membership(member_id)
        if membership is None:
            membership = Membership(member_id=member_id, is_facilitator=False, joined_at=now)
            membership.workspace_id = self.workspace_id
            self.memberships.append(membership)
        membership.left_at = None
        return membership

    def farewell(self, member_id: str, now: datetime) -> None:
        """Note that somebody left the channel; a facilitator who left facilitates no more."""
        membership = self.membership(member_id)
        if membership is not None and membership.left_at is None:
            membership.left_at = now
            membership.is_facilitator = False
