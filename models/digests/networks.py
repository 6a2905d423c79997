"""Networks: a lead has several communities summed up once a week, in a channel of its own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import JSON, String, UniqueConstraint, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.communities import Community
from models.database import Base, OfWorkspace, workspace_of
from models.digests.ledger import IssuedNetworkDigest
from models.digests.weekly import DigestPlaceError, Weekly, require_time
from models.errors import NotHereError, RuleError
from models.ids import id_from
from models.members import Member
from models.text import one_line
from models.time import week_of, zone
from models.workspaces import Workspace

NAME_LENGTH = 80
# What stands for all communities among those that a form offers; ids are numbers.
ALL = "all"
GONE = "That network digest is not there any more. `/staffroom digest network` shows which are."


class NetworkNameError(RuleError):
    """A network digest has a name that people recognise."""

    field = "name"


class NoCommunitiesError(RuleError):
    """There is nothing to sum up."""

    field = "community_ids"


class NetworkDigest(Weekly, OfWorkspace, Base):
    """What a lead chose; one a channel. One that was ended is kept, for its messages stand.

    It keeps its channel until another takes it over.
    `community_ids` are the communities it sums up; None is all, also those to come. The clocks are
    those of `tz`, which were the lead's when it was set up.
    """

    __tablename__ = "network_digests"
    __table_args__ = (UniqueConstraint("workspace_id", "channel_id"),)

    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    community_ids: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    tz: Mapped[str] = mapped_column(String(64))
    set_up_by: Mapped[str] = mapped_column(String(32))
    ended_at: Mapped[datetime | None]

    @classmethod
    async def of(
        cls, session: AsyncSession, network_id: int | None, *, for_update: bool = False
    ) -> NetworkDigest | None:
        """Return it, ended or not; `for_update` keeps others waiting who want to change it."""
        query = select(cls).where(cls.id == (network_id or 0))
        if for_update:
            query = query.with_for_update().execution_options(populate_existing=True)
        return (await session.scalars(query)).first()

    @classmethod
    async def living(cls, session: AsyncSession) -> Sequence[NetworkDigest]:
        """Return those that were not ended, by name."""
        rows = (await session.scalars(select(cls).where(cls.ended_at.is_(None)))).all()
        return sorted(rows, key=lambda one: (one.name.casefold(), one.id))

    @classmethod
    async def telling_of(cls, session: AsyncSession, community_id: int) -> Sequence[NetworkDigest]:
        """Return those that sum up this community among others, ended or not."""
        rows = (await session.scalars(select(cls).order_by(cls.id))).all()
        return [one for one in rows if one.sums_up(community_id)]

    def sums_up(self, community_id: int) -> bool:
        return self.community_ids is None or community_id in self.community_ids


@dataclass(frozen=True, kw_only=True)
class NetworkPlan:
    """What a lead chose. `community_ids` is None for all communities, also those to come."""

    name: str
    channel_id: str
    community_ids: list[int] | None
    weekday: int
    at: time

    @classmethod
    def of(
        cls,
        offered: Sequence[Community],
        *,
        name: str | None,
        channel_id: str | None,
        chosen: Collection[str],
        weekday: int | None,
        at: time | None,
    ) -> NetworkPlan:
        """Return what a form says, where `chosen` are ids as text, or ALL.

        Raises a RuleError that names the field at fault. What was not offered may be forged, or
        is private since, and is left out.
        """
        called = one_line(name or "")
        if not called:
            raise NetworkNameError("Please give it a name, such as North schools.")
        if len(called) > NAME_LENGTH:
            raise NetworkNameError(f"Please keep the name under {NAME_LENGTH} characters.")
        if not channel_id:
            raise DigestPlaceError("Please choose a channel.")
        wanted = {id_from(one) for one in chosen}
        ids = None if ALL in chosen else [one.id for one in offered if one.id in wanted]
        if ids == []:
            raise NoCommunitiesError("Please choose whom it sums up: open communities.")
        require_time(weekday, at)
        if weekday is None or at is None:
            raise RuleError("Please choose a day of the list.", field="weekday")
        return cls(name=called, channel_id=channel_id, community_ids=ids, weekday=weekday, at=at)

    def is_kept_in(self, network: NetworkDigest) -> bool:
        """Say whether that is what was chosen there already."""
        kept = (network.name, network.community_ids, network.weekday, network.at)
        return kept == (self.name, self.community_ids, self.weekday, self.at)


async def open_communities(session: AsyncSession) -> list[Community]:
    """Return the communities that can be summed up, by name; a private one never is."""
    living = await Community.living(session)
    found = [one for one in living if not one.is_private and one.bot_left_at is None]
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


async def keep(
    session: AsyncSession, plan: NetworkPlan, network_id: int | None, member: Member, now: datetime
) -> NetworkDigest:
    """Keep what a lead chose, for a new network digest or that one, and plan its next week.

    Pressing twice makes one. Raises DigestPlaceError where another one comes in that channel, and
    NotHereError for one that never was.
    """
    # Two leads who keep at once: the second waits, and finds the first one's row.
    await session.get_one(Workspace, workspace_of(session), with_for_update=True)
    network = await _meant(session, plan, network_id, member)
    if network.ended_at is not None:
        network.tz, network.set_up_by, network.ended_at = _zone_of(member), member.member_id, None
    network.name, network.channel_id, network.community_ids = (
        plan.name,
        plan.channel_id,
        plan.community_ids,
    )
    network.weekday, network.at = plan.weekday, plan.at
    network.changed_by, network.changed_at = member.member_id, now
    session.add(network)
    await session.flush()
    week = week_of(now, network.tz)
    is_issued = await IssuedNetworkDigest.of(session, network.id, week) is not None
    network.next_at = network.planned(network.tz, now, is_issued=is_issued)
    await session.flush()
    return network


async def _meant(
    session: AsyncSession, plan: NetworkPlan, network_id: int | None, member: Member
) -> NetworkDigest:
    """Return the row to be changed: the one named, an ended one of that channel, or a new one."""
    named = await NetworkDigest.of(session, network_id, for_update=True)
    if network_id is not None and named is None:
        raise NotHereError(GONE)
    query = select(NetworkDigest).where(NetworkDigest.channel_id == plan.channel_id)
    query = query.with_for_update().execution_options(populate_existing=True)
    there = (await session.scalars(query)).first()
    if there is None or there is named:
        return named or _new(member)
    if there.ended_at is None:
        if named is None and there.set_up_by == member.member_id and plan.is_kept_in(there):
            return there
        raise DigestPlaceError(
            f"{there.name} comes in that channel already. Change that one, or choose another."
        )
    if named is None:
        return there
    # Its messages stand, but one that was ended needs its channel no more.
    there.channel_id = None
    await session.flush()
    return named


def _new(member: Member) -> NetworkDigest:
    return NetworkDigest(next_at=None, tz=_zone_of(member), set_up_by=member.member_id)


def _zone_of(member: Member) -> str:
    return zone(member.tz).key


async def end(session: AsyncSession, network_id: int | None, now: datetime) -> NetworkDigest:
    """End it; what stands stays. A second time is harmless. Raises NotHereError."""
    network = await NetworkDigest.of(session, network_id, for_update=True)
    if network is None:
        raise NotHereError(GONE)
    network.ended_at, network.next_at = network.ended_at or now, None
    return network
