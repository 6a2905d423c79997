"""Seats to present: whose turn it is on the waiting list, and how a freed seat goes on.

Everything here is done while the hangout's row is locked, so that no two give the same seat.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import Select, bindparam, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.communities import Membership
from models.hangouts import offers, telling
from models.hangouts.hangout import Hangout
from models.hangouts.signup import Presenting, Signup
from models.members import Member
from models.time import zone

# A seat is offered until a noon, so that nobody has to be quick, and nobody waits for days.
LEAST_TO_ANSWER = timedelta(hours=4)
# Whoever gets a seat then still has the time to prepare.
LEAST_TO_PREPARE = timedelta(hours=2)
SATURDAY = 5


def _in_fair_order() -> Select[Signup]:
    theirs, earlier = aliased(Signup), aliased(Hangout)
    presented_at = (
        select(func.max(earlier.starts_at))
        .join(theirs, theirs.hangout_id == earlier.id)
        .where(theirs.member_id == Signup.member_id, theirs.presenting == Presenting.SEAT)
        .where(earlier.community_id == Hangout.community_id, earlier.called_off_at.is_(None))
        .where(earlier.starts_at < Hangout.starts_at, theirs.came.is_not(False))
        .correlate(Signup, Hangout)
        .scalar_subquery()
    )
    is_member = exists().where(
        Membership.community_id == Hangout.community_id,
        Membership.member_id == Signup.member_id,
        Membership.left_at.is_(None),
    )
    is_gone = exists().where(
        Member.workspace_id == Signup.workspace_id,
        Member.member_id == Signup.member_id,
        Member.left_at.is_not(None),
    )
    return (
        select(Signup)
        .join(Hangout, Hangout.id == Signup.hangout_id)
        .where(Signup.hangout_id.in_(bindparam("hangout_ids", expanding=True)))
        .where(Signup.presenting == Presenting.WAITING, is_member, ~is_gone)
        .order_by(presented_at.nulls_first(), Signup.asked_at, Signup.id)
    )


# To write this query takes longer than to answer it, so it is written once. First comes who
# presented longest ago in this community, then who asked first. A seat at a hangout that begins
# earlier counts, even if that one is still to come, because by then they will have presented.
# Whoever left the community or the workspace is passed over.
IN_FAIR_ORDER = _in_fair_order()
IDS_IN_FAIR_ORDER = IN_FAIR_ORDER.with_only_columns(Signup.id)


async def waiting_for(session: AsyncSession, hangout_ids: Collection[int]) -> Sequence[Signup]:
    """Return who waits at those hangouts; at each of them the next one comes first."""
    return (await session.scalars(IN_FAIR_ORDER, {"hangout_ids": list(hangout_ids)})).all()


async def position(session: AsyncSession, signup: Signup) -> int:
    """Return where on the waiting list this one stands, counted from 1."""
    ids = await session.scalars(IDS_IN_FAIR_ORDER, {"hangout_ids": [signup.hangout_id]})
    waiting = list(ids)
    return waiting.index(signup.id) + 1 if signup.id in waiting else len(waiting) + 1


async def next_in_line(session: AsyncSession, hangout: Hangout, now: datetime) -> datetime:
    """Return the moment at which somebody asks now: later than all who asked before.

    The clocks of two processes differ, and whoever read the time first may come in second. Nobody
    is to be told a place on the list that somebody else was told a moment ago.
    """
    latest = await session.scalar(
        select(func.max(Signup.asked_at)).where(Signup.hangout_id == hangout.id)
    )
    return now if latest is None else max(now, latest + timedelta(microseconds=1))


async def promote(session: AsyncSession, hangout: Hangout, now: datetime) -> int:
    """Offer the free seats to who waits, and return how many nobody waits for.

    Also brings what was offered before in line with a hangout that was moved to an earlier time.
    Doing so twice is harmless. Nothing is offered once the hangout has begun or was called off.
    """
    if not hangout.is_ahead(now):
        return 0
    until, latest = offered_until(hangout, now), _latest(hangout, now)
    taken = await _seats(session, hangout)
    news = [one for one in taken if one.offered_until is not None and one.offered_until > latest]
    if news:
        await offers.redraw_offers(session, hangout, now)
    free = hangout.slots - len(taken)
    if free > 0:
        chosen = (await waiting_for(session, [hangout.id]))[:free]
        free -= len(chosen)
        news.extend(chosen)
    for signup in news:
        signup.presenting, signup.offered_until = Presenting.OFFERED, until
        await offers.tell_of_offer(session, hangout, signup, now)
    if news:
        await telling.redraw_cards(session, hangout, now)
    return max(0, free)


async def lapse(session: AsyncSession, hangout: Hangout, now: datetime) -> int:
    """Let the seats go on that nobody confirmed in time, and return how many those are.

    Whoever did not answer still comes, without a place on the list, and is told. Of a hangout that
    was called off nobody loses anything: they wait again, should it be given back. One that has
    begun keeps its presenters.
    """
    lapsed = [
        signup
        for signup in await _seats(session, hangout)
        if signup.offered_until is not None and signup.offered_until <= now
    ]
    for signup in lapsed:
        if hangout.is_ahead(now):
            await offers.tell_of_lapse(session, hangout, signup, now)
            signup.leave_seats()
        elif not hangout.is_on:
            signup.presenting = Presenting.WAITING
        signup.offered_until = None
    if lapsed:
        await telling.redraw_cards(session, hangout, now)
        await offers.redraw_offers(session, hangout, now)
        await promote(session, hangout, now)
    return len(lapsed)


async def lapsing(session: AsyncSession, now: datetime, limit: int) -> list[int]:
    """Return the ids of hangouts with an offer that has run out, the oldest offer first."""
    query = (
        select(Signup.hangout_id)
        .where(Signup.offered_until <= now)
        .group_by(Signup.hangout_id)
        .order_by(func.min(Signup.offered_until))
        .limit(limit)
    )
    return list(await session.scalars(query))


def offered_until(hangout: Hangout, now: datetime) -> datetime:
    """Return the time by which to confirm a seat that is offered now.

    That is the next noon of a weekday at the hangout's place with some hours to answer, and no
    later than what leaves the time to prepare. Shortly before the hangout it is half of the time
    that is left.
    """
    here = zone(hangout.tz)
    day = now.astimezone(here).date()
    noon = datetime.combine(day, time(12), here).astimezone(UTC)
    while noon - now < LEAST_TO_ANSWER or day.weekday() >= SATURDAY:
        day += timedelta(days=1)
        noon = datetime.combine(day, time(12), here).astimezone(UTC)
    return min(noon, _latest(hangout, now)).replace(microsecond=0)


def _latest(hangout: Hangout, now: datetime) -> datetime:
    half = now + (hangout.starts_at - now) / 2
    return max(hangout.starts_at - LEAST_TO_PREPARE, half)


async def _seats(session: AsyncSession, hangout: Hangout) -> Sequence[Signup]:
    """Return who has a seat, confirmed or offered, as it is in the database now."""
    query = (
        select(Signup)
        .where(Signup.hangout_id == hangout.id)
        .where(Signup.presenting.in_([Presenting.SEAT, Presenting.OFFERED]))
        .order_by(Signup.id)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(query)).all()
