"""Where hangouts stand: who comes, who presents, who waits and which seats are free."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.hangouts.hangout import A_HANGOUT_AT_MOST, Hangout
from models.hangouts.seats import waiting_for
from models.hangouts.signup import Signup


@dataclass(frozen=True, kw_only=True)
class HangoutStanding:
    """A hangout and who answered it.

    `seats` are those confirmed or offered, first come first; `waiting` is the list in fair order.
    `coming_ids` include whoever presents or waits.
    """

    hangout: Hangout
    seats: tuple[Signup, ...] = ()
    waiting: tuple[Signup, ...] = ()
    coming_ids: tuple[str, ...] = ()
    cannot_ids: tuple[str, ...] = ()

    @property
    def free_seats(self) -> int:
        return max(0, self.hangout.slots - len(self.seats))

    @classmethod
    async def of(cls, session: AsyncSession, hangout: Hangout) -> HangoutStanding:
        [standing] = await cls.of_all(session, [hangout])
        return standing

    @classmethod
    async def of_all(
        cls, session: AsyncSession, hangouts: Sequence[Hangout]
    ) -> list[HangoutStanding]:
        """Return how each stands, in the order given: two queries, however many they are."""
        ids = [hangout.id for hangout in hangouts]
        query = select(Signup).where(Signup.hangout_id.in_(ids))
        answers, waiting = (
            defaultdict[int, list[Signup]](list),
            defaultdict[int, list[Signup]](list),
        )
        for signup in await session.scalars(query.order_by(Signup.answered_at, Signup.id)):
            answers[signup.hangout_id].append(signup)
        for signup in await waiting_for(session, ids):
            waiting[signup.hangout_id].append(signup)
        return [cls._of(hangout, answers[hangout.id], waiting[hangout.id]) for hangout in hangouts]

    @classmethod
    def _of(cls, hangout: Hangout, answers: list[Signup], waiting: list[Signup]) -> HangoutStanding:
        seats = [signup for signup in answers if signup.has_seat]
        return cls(
            hangout=hangout,
            seats=tuple(sorted(seats, key=lambda one: (one.asked_at or one.answered_at, one.id))),
            waiting=tuple(waiting),
            coming_ids=tuple(one.member_id for one in answers if one.is_coming),
            cannot_ids=tuple(one.member_id for one in answers if not one.is_coming),
        )


@dataclass(frozen=True, kw_only=True)
class NextHangout:
    """The next hangout of one of somebody's communities; `mine` is their answer, if any."""

    community: Community
    standing: HangoutStanding
    mine: Signup | None


async def my_next(session: AsyncSession, member_id: str, now: datetime) -> list[NextHangout]:
    """Return the next hangout that takes place in each of my communities, the soonest first."""
    communities = {one.id: one for one in await Community.of_member(session, member_id)}
    query = (
        select(Hangout)
        .where(Hangout.community_id.in_(list(communities)))
        .where(Hangout.starts_at > now - A_HANGOUT_AT_MOST, Hangout.ends_at > now)
        .where(Hangout.called_off_at.is_(None))
        .order_by(Hangout.starts_at, Hangout.id)
    )
    soonest: dict[int, Hangout] = {}
    for hangout in await session.scalars(query):
        soonest.setdefault(hangout.community_id, hangout)
    hangouts = list(soonest.values())
    mine = select(Signup).where(Signup.hangout_id.in_([one.id for one in hangouts]))
    answers = {
        one.hangout_id: one
        for one in await session.scalars(mine.where(Signup.member_id == member_id))
    }
    return [
        NextHangout(
            community=communities[standing.hangout.community_id],
            standing=standing,
            mine=answers.get(standing.hangout.id),
        )
        for standing in await HangoutStanding.of_all(session, hangouts)
    ]
