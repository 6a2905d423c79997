"""Customs: when and where a community has its digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.communities import Community
from models.database import Base, OfWorkspace
from models.digests.ledger import IssuedDigest
from models.digests.weekly import USUAL_AT, DigestPlaceError, Weekly, require_time
from models.time import week_of


class DigestCustoms(Weekly, OfWorkspace, Base):
    """What facilitators chose; a community without a row has no digest.

    The clocks are those of the community. `channel_id` is another channel than its own.
    """

    __tablename__ = "digest_customs"
    __table_args__ = (UniqueConstraint("community_id"),)

    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))

    @classmethod
    async def of(
        cls, session: AsyncSession, community_id: int, *, for_update: bool = False
    ) -> DigestCustoms | None:
        """Return what was chosen; `for_update` keeps others waiting who want to change it."""
        query = select(cls).where(cls.community_id == community_id)
        if for_update:
            query = query.with_for_update().execution_options(populate_existing=True)
        return (await session.scalars(query)).first()

    def place_in(self, community: Community) -> str:
        """Return the channel it is posted in. What is said in a private channel stays there."""
        is_free = self.channel_id is not None and not community.is_private
        return str(self.channel_id) if is_free else community.channel_id


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a facilitator chose. `channel_id` is None for the community's own channel."""

    weekday: int | None
    at: time | None
    channel_id: str | None = None

    @classmethod
    def of(
        cls,
        community: Community,
        *,
        weekday: int | None,
        at: time | None,
        channel_id: str | None = None,
    ) -> Choice:
        """Return what a form says; raises a RuleError that names the field at fault."""
        require_time(weekday, at)
        elsewhere = channel_id if channel_id != community.channel_id else None
        if elsewhere is not None and community.is_private:
            raise DigestPlaceError("This channel is private, so its digest stays in it.")
        return cls(weekday=weekday, at=at, channel_id=elsewhere)


async def change(
    session: AsyncSession, community: Community, choice: Choice, *, by: str, now: datetime
) -> DigestCustoms:
    """Keep what a facilitator chose, and plan the next digest.

    Lock the community's row before, so that two who choose at once make one row.
    """
    customs = await DigestCustoms.of(session, community.id, for_update=True)
    if customs is None:
        customs = DigestCustoms(community_id=community.id, at=USUAL_AT, next_at=None)
        customs.workspace_id = community.workspace_id
        session.add(customs)
    customs.weekday, customs.channel_id = choice.weekday, choice.channel_id
    customs.at = choice.at or customs.at
    customs.changed_by, customs.changed_at = by, now
    customs.next_at = await _planned(session, customs, community, now)
    await session.flush()
    return customs


async def replan(session: AsyncSession, community: Community, now: datetime) -> None:
    """Plan the next digest anew after the community moved to another time zone."""
    customs = await DigestCustoms.of(session, community.id, for_update=True)
    if customs is not None:
        customs.next_at = await _planned(session, customs, community, now)


async def _planned(
    session: AsyncSession, customs: DigestCustoms, community: Community, now: datetime
) -> datetime | None:
    this = week_of(now, community.tz)
    is_issued = await IssuedDigest.of(session, community.id, this) is not None
    return customs.planned(community.tz, now, is_issued=is_issued)
