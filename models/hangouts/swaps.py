"""Swaps: a facilitator asks somebody else to lead a hangout, who accepts or declines."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.communities import Community
from models.database import Base, OfWorkspace
from models.errors import NotAllowedError, NotHereError, RuleError
from models.hangouts import posted, telling
from models.hangouts.admission import is_member, require_ahead
from models.hangouts.hangout import NOBODY, Hangout
from models.ids import id_from
from models.members import Member
from models.posts import Post


class SwapState(StrEnum):
    """What became of a request. A newer request about the same hangout makes it OVER."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    OVER = "over"


class SubstituteError(RuleError):
    """That person cannot lead the hangout in somebody else's place."""

    field = "substitute_id"


class SwapOverError(RuleError):
    """The request was answered before, or another one has taken its place."""


class Swap(OfWorkspace, Base):
    """One request: `asker_id` asks `substitute_id` to lead that hangout."""

    __tablename__ = "hangout_swaps"
    __table_args__ = (Index("ix_hangout_swaps_hangout_id", "hangout_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hangout_id: Mapped[int] = mapped_column(ForeignKey("hangouts.id", ondelete="CASCADE"))
    asker_id: Mapped[str] = mapped_column(String(32))
    substitute_id: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(10), default=SwapState.ASKED)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    @classmethod
    async def of(cls, session: AsyncSession, swap_id: str | int) -> Swap:
        """Return the request; `swap_id` may be a button's value. Raises NotHereError."""
        swap = await session.get(cls, id_from(swap_id) or 0)
        if swap is None:
            raise NotHereError("I can't find that request. `/hangout` shows what is coming.")
        return swap

    @classmethod
    async def asked_about(cls, session: AsyncSession, hangout_id: int) -> Swap | None:
        """Return the request about that hangout that waits for an answer."""
        query = select(cls).where(cls.hangout_id == hangout_id, cls.state == SwapState.ASKED)
        return (await session.scalars(query.execution_options(populate_existing=True))).first()

    @classmethod
    async def ask(
        cls,
        session: AsyncSession,
        hangout: Hangout,
        community: Community,
        asker: Member,
        substitute_id: str,
        now: datetime,
    ) -> Swap:
        """Ask somebody to lead that hangout, which is locked; who takes it over simply does.

        A second request to the same person is the first one; one to somebody else takes its place.
        Raises NotAllowedError for who does not facilitate, SubstituteError, and what
        `require_ahead` raises.
        """
        require_ahead(hangout, now)
        if asker.member_id != hangout.facilitator_id:
            await _require_facilitator(session, community, asker)
        standing = await cls.asked_about(session, hangout.id)
        if standing is not None and standing.substitute_id == substitute_id:
            return standing
        await _require_substitute(session, hangout, substitute_id)
        if standing is not None:
            standing.state, standing.answered_at = SwapState.OVER, now
        swap = cls(
            hangout_id=hangout.id,
            asker_id=asker.member_id,
            substitute_id=substitute_id,
            state=SwapState.ASKED,
            asked_at=now,
        )
        session.add(swap)
        await session.flush()
        if substitute_id == asker.member_id:
            await swap.accept(session, hangout, substitute_id, now)
        else:
            await Post.add(
                session,
                f"{posted.SWAP_ASKED}:{swap.id}",
                substitute_id,
                kind=posted.SWAP_ASKED,
                due_at=now,
                about_id=swap.id,
                cause_id=asker.member_id,
                useful_until=hangout.starts_at,
            )
        return swap

    async def accept(self, session: AsyncSession, hangout: Hangout, by: str, now: datetime) -> None:
        """Lead that hangout, which is locked, in place of who was to do so; all hear of it.

        Raises NotAllowedError, SwapOverError, SubstituteError for somebody who has left meanwhile,
        and what `require_ahead` raises.
        """
        if not await self._is_to_be_answered(session, hangout, by, SwapState.ACCEPTED, now):
            return
        community = await session.get(Community, hangout.community_id)
        if community is None or not await is_member(session, community.id, by):
            raise SubstituteError("You are not in this community any more. Join its channel first.")
        self.state, self.answered_at = SwapState.ACCEPTED, now
        told = {self.asker_id, hangout.facilitator_id} - {by, NOBODY}
        hangout.facilitator_id, hangout.is_swapped = by, True
        hangout.last_change = ["facilitator_id"]
        await self._tell_answer(session, hangout, told, now)
        await telling.tell_of_change(session, hangout, community, by=by, now=now, told=told)

    async def decline(
        self, session: AsyncSession, hangout: Hangout, by: str, now: datetime
    ) -> None:
        """Leave it with who leads it so far; whoever asked hears of it. Raises as `accept` does."""
        if await self._is_to_be_answered(session, hangout, by, SwapState.DECLINED, now):
            self.state, self.answered_at = SwapState.DECLINED, now
            await self._tell_answer(session, hangout, {self.asker_id}, now)

    async def _is_to_be_answered(
        self,
        session: AsyncSession,
        hangout: Hangout,
        by: str,
        answer: SwapState,
        now: datetime,
    ) -> bool:
        """Say whether this answer is news; a second press is not. The hangout is locked."""
        if by != self.substitute_id or hangout.id != self.hangout_id:
            raise NotAllowedError("Only whoever was asked can answer this.")
        # It may have been answered while we waited for the lock.
        await session.refresh(self)
        if self.state == answer:
            return False
        if self.state != SwapState.ASKED:
            raise SwapOverError("This was settled in the meantime. `/hangout` shows who leads.")
        require_ahead(hangout, now)
        return True

    async def _tell_answer(
        self, session: AsyncSession, hangout: Hangout, whom: Collection[str], now: datetime
    ) -> None:
        """Tell who asked, and who was to lead if that is somebody else."""
        for member_id in sorted(whom):
            await Post.add(
                session,
                f"{posted.SWAP_ANSWERED}:{self.id}:{member_id}",
                member_id,
                kind=posted.SWAP_ANSWERED,
                due_at=now,
                about_id=self.id,
                useful_until=hangout.starts_at,
            )


async def _require_facilitator(session: AsyncSession, community: Community, asker: Member) -> None:
    known = await Member.known(session, community.facilitators)
    names = {who: member.name for who, member in known.items() if member.name}
    community.require_facilitator(asker, "ask somebody else to lead a hangout", names)


async def _require_substitute(session: AsyncSession, hangout: Hangout, substitute_id: str) -> None:
    if substitute_id == hangout.facilitator_id:
        raise SubstituteError("They lead this hangout already. Please choose somebody else.")
    if not await is_member(session, hangout.community_id, substitute_id):
        raise SubstituteError(
            "They are not in this community. Invite them to its channel, or choose somebody else."
        )
