"""Signing up: who comes, who presents, who waits for a seat, and who changes their mind.

Each rule takes a hangout whose row is locked (`Hangout.of(session, id, for_update=True)`): whoever
presses at the same moment waits for their turn, so that no seat is given twice. To press twice is
harmless.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.errors import RuleError
from models.hangouts import offers, seats, telling
from models.hangouts.admission import (
    NotAMemberError,
    require_ahead,
    require_member,
    require_on,
    require_own,
)
from models.hangouts.hangout import A_HANGOUT_AT_MOST, Hangout
from models.hangouts.seats import lapse, lapsing, promote
from models.hangouts.series import Series
from models.hangouts.signup import Presenting, Signup
from models.problems import written

__all__ = [
    "NotAMemberError",
    "OfferOverError",
    "Place",
    "Presenting",
    "Signup",
    "ask_to_present",
    "bring",
    "cannot_come",
    "confirm",
    "give_back",
    "join",
    "lapse",
    "lapsing",
    "leave_all",
    "promote",
]


class OfferOverError(RuleError):
    """A seat was confirmed that has gone on to somebody else, or was never offered."""


@dataclass(frozen=True)
class Place:
    """What somebody has who asked to present: a seat, or a position on the list, from 1."""

    signup: Signup
    seat: bool
    position: int | None


async def join(
    session: AsyncSession,
    hangout: Hangout,
    member_id: str,
    now: datetime,
    *,
    by: str | None = None,
) -> Signup:
    """Note that somebody comes; `by` is the facilitator who signs them up.

    Raises HangoutOverError, HangoutOffError or NotAMemberError.
    """
    require_on(hangout, now)
    await require_member(session, hangout, member_id, by)
    signup, is_news = await _come(session, hangout, member_id, now, by)
    if is_news:
        await telling.redraw_cards(session, hangout, now)
    return signup


async def ask_to_present(
    session: AsyncSession,
    hangout: Hangout,
    member_id: str,
    now: datetime,
    *,
    by: str | None = None,
) -> Place:
    """Give somebody a free seat, or a place on the waiting list; they come as well.

    While somebody waits nobody is served before them. Whoever was offered a seat confirms it.
    Raises HangoutOverError once it has begun, HangoutOffError or NotAMemberError.
    """
    require_ahead(hangout, now)
    await require_member(session, hangout, member_id, by)
    signup, _ = await _come(session, hangout, member_id, now, by)
    if signup.is_offered(now):
        await confirm(session, hangout, member_id, now)
    elif signup.presenting == Presenting.OFFERED:
        await lapse(session, hangout, now)
    if signup.presenting is None:
        is_free = await promote(session, hangout, now) > 0
        signup.asked_at = await seats.next_in_line(session, hangout, now)
        signup.presenting = Presenting.SEAT if is_free else Presenting.WAITING
        await session.flush()
        await telling.redraw_cards(session, hangout, now)
    if signup.presenting == Presenting.WAITING:
        return Place(signup, seat=False, position=await seats.position(session, signup))
    return Place(signup, seat=True, position=None)


async def confirm(session: AsyncSession, hangout: Hangout, member_id: str, now: datetime) -> Signup:
    """Take the seat that was offered. Raises OfferOverError when it has gone on."""
    require_ahead(hangout, now)
    signup = await Signup.of(session, hangout.id, member_id)
    if signup is None or not (signup.presenting == Presenting.SEAT or signup.is_offered(now)):
        raise OfferOverError(
            "That seat has gone on to the next colleague. With *Present a problem* you are on the "
            "list again."
        )
    if signup.presenting == Presenting.OFFERED:
        signup.presenting, signup.offered_until = Presenting.SEAT, None
        signup.answered_at = now
        await telling.redraw_cards(session, hangout, now)
        await offers.redraw_offers(session, hangout, now)
    return signup


async def bring(
    session: AsyncSession,
    hangout: Hangout,
    member_id: str,
    *,
    problem_id: int | None,
    question: str | None,
    now: datetime,
) -> Signup:
    """Note what somebody presents: a problem they shared, a focusing question, or both.

    Raises RuleError when they did not ask to present, or the question is too long, and what
    `require_own` raises for a problem that cannot be brought.
    """
    require_ahead(hangout, now)
    signup = await Signup.of(session, hangout.id, member_id)
    if signup is None or signup.presenting is None:
        raise RuleError("First ask for a seat with *Present a problem*.")
    if problem_id is not None and problem_id != signup.problem_id:
        await require_own(session, hangout, problem_id, member_id)
    signup.problem_id, signup.question = problem_id, written("question", question) or None
    await telling.redraw_cards(session, hangout, now)
    return signup


async def give_back(session: AsyncSession, hangout: Hangout, member_id: str, now: datetime) -> None:
    """Give the seat back, or the place on the list; whoever does so still comes."""
    require_ahead(hangout, now)
    signup = await Signup.of(session, hangout.id, member_id)
    if signup is not None and signup.presenting is not None:
        signup.answered_at = now
        await _let_go(session, hangout, signup, now)


async def cannot_come(
    session: AsyncSession, hangout: Hangout, member_id: str, now: datetime
) -> None:
    """Note that somebody does not come; their seat goes on to who waits.

    What they wanted to present is kept, should they change their mind.
    """
    require_on(hangout, now)
    signup = await Signup.of(session, hangout.id, member_id)
    if signup is None:
        await require_member(session, hangout, member_id, None)
        signup = Signup(hangout_id=hangout.id, member_id=member_id, is_coming=True)
        session.add(signup)
    if signup.is_coming:
        signup.is_coming, signup.answered_at, signup.entered_by = False, now, None
        await _let_go(session, hangout, signup, now)


async def leave_all(
    session: AsyncSession, community_id: int, member_id: str, now: datetime
) -> None:
    """Free everything that somebody has ahead in a community they left.

    Locks the rhythm and then all that is ahead, before anything changes: of two transactions that
    took them in another order each would wait for the other.
    """
    await Series.of_community(session, community_id, for_update=True)
    query = (
        select(Hangout)
        .where(Hangout.community_id == community_id, Hangout.starts_at > now - A_HANGOUT_AT_MOST)
        .where(Hangout.ends_at > now)
        .order_by(Hangout.starts_at, Hangout.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    for hangout in (await session.scalars(query)).all():
        signup = await Signup.of(session, hangout.id, member_id)
        if signup is not None and signup.is_coming:
            signup.is_coming = False
            await _let_go(session, hangout, signup, now)


async def _come(
    session: AsyncSession, hangout: Hangout, member_id: str, now: datetime, by: str | None
) -> tuple[Signup, bool]:
    """Return their answer, which is that they come, and whether that is news."""
    signup = await Signup.of(session, hangout.id, member_id)
    if signup is None:
        signup = Signup(hangout_id=hangout.id, member_id=member_id, is_coming=False)
        session.add(signup)
    if signup.is_coming:
        return signup, False
    signup.is_coming, signup.answered_at = True, now
    signup.entered_by = by if by != member_id else None
    await telling.remind(session, hangout, member_id, now)
    return signup, True


async def _let_go(session: AsyncSession, hangout: Hangout, signup: Signup, now: datetime) -> None:
    """Let the seat they may have had go on, and show what changed."""
    was_offered = signup.presenting == Presenting.OFFERED
    signup.leave_seats()
    await session.flush()
    await telling.redraw_cards(session, hangout, now)
    if was_offered:
        await offers.redraw_offers(session, hangout, now)
    await promote(session, hangout, now)
