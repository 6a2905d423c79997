"""Showering: a facilitator opens a shower, and colleagues write notes that arrive together.

Whoever is showered learns nothing before: they get no letter, and no list or answer names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.errors import NotAllowedError, NotHereError, RuleError
from models.ids import id_from
from models.members import Member
from models.problems.answers import add_once
from models.text import one_line
from models.thanks.inviting import invite_one
from models.thanks.shower import Shower
from models.time import zone

# When the notes arrive, on the clocks of the community: when lessons are over.
ARRIVES_AT = time(15)
OCCASION_LENGTH = 150
# So long colleagues have at least to write, and a day further away is a slip of the finger.
TIME_TO_WRITE, AHEAD_AT_MOST = timedelta(hours=1), timedelta(days=180)


class ShowerDayError(RuleError):
    """The day is over, too near or too far away."""

    field = "on_date"


class ShoweredError(RuleError):
    """There can be no shower for that person."""

    field = "member_id"


class ShowerOverError(RuleError):
    """The notes have arrived, or the shower was called off."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What the form asks for: for whom, when, and perhaps why."""

    member_id: str
    on_date: date
    occasion: str | None

    @classmethod
    def of(cls, *, member_id: str | None, on_date: date | None, occasion: str | None) -> Plan:
        """Return it cleaned; raises a RuleError that names the field at fault."""
        if not member_id:
            raise ShoweredError("Please choose whom the notes are for.")
        if on_date is None:
            raise ShowerDayError("Please choose the day on which the notes arrive.")
        why = one_line(occasion or "")
        if len(why) > OCCASION_LENGTH:
            raise RuleError(
                f"Please keep the occasion under {OCCASION_LENGTH} characters.", field="occasion"
            )
        return cls(member_id=member_id, on_date=on_date, occasion=why or None)

    def arrives_at(self, tz: str) -> datetime:
        return datetime.combine(self.on_date, ARRIVES_AT, zone(tz)).astimezone(UTC)


async def open_shower(
    session: AsyncSession,
    plan: Plan,
    *,
    community: Community,
    by: Member,
    request_key: str,
    now: datetime,
) -> Shower:
    """Return the new shower, or the one this request made before.

    Whoever opens it has their letter at once; the others are invited by a tick, for there may be
    thousands. Raises a RuleError that names the field at fault. `by` may do what facilitators do.
    """
    made = select(Shower).where(Shower.request_key == request_key)
    if known := await session.scalar(made):
        return known
    await _require_fit(session, plan, community, by, now)
    shower = _shower(plan, community, by, request_key, now)
    if not await add_once(session, shower):
        return (await session.scalars(made)).one()
    await invite_one(session, shower, by.member_id, now)
    return shower


def _shower(
    plan: Plan, community: Community, by: Member, request_key: str, now: datetime
) -> Shower:
    return Shower(
        workspace_id=community.workspace_id,
        request_key=request_key,
        community_id=community.id,
        member_id=plan.member_id,
        opened_by=by.member_id,
        opened_at=now,
        occasion=plan.occasion,
        on_date=plan.on_date,
        arrives_at=plan.arrives_at(community.tz),
    )


async def _require_fit(
    session: AsyncSession, plan: Plan, community: Community, by: Member, now: datetime
) -> None:
    if plan.member_id == by.member_id:
        raise ShoweredError("A shower is for somebody else. Whom would you like to surprise?")
    known = (await Member.known(session, [plan.member_id])).get(plan.member_id)
    is_here = known is not None and not known.is_bot and known.left_at is None
    if not is_here or not community.has_member(plan.member_id):
        raise ShoweredError(f"Please choose somebody who is in {community.name}.")
    arrives_at = plan.arrives_at(community.tz)
    if arrives_at < now + TIME_TO_WRITE:
        raise ShowerDayError(
            "The notes arrive at 15:00 on that day, and colleagues need a little time to write. "
            "Please choose a later one."
        )
    if arrives_at > now + AHEAD_AT_MOST:
        raise ShowerDayError("That is more than half a year away. Please choose a nearer day.")
    if await _is_prepared(session, plan.member_id, community.id):
        raise ShoweredError("Notes for them are being written already. One shower is plenty.")


async def _is_prepared(session: AsyncSession, member_id: str, community_id: int) -> bool:
    query = select(Shower.id).where(
        Shower.member_id == member_id,
        Shower.community_id == community_id,
        Shower.arrived_at.is_(None),
        Shower.called_off_at.is_(None),
    )
    return await session.scalar(query.limit(1)) is not None


async def to_write_for(
    session: AsyncSession, shower_id: object, member_id: str, now: datetime
) -> Shower:
    """Return the shower that this person may write a note for; its id may be forged.

    Raises NotHereError for whoever is not invited, the one it is for among them, and
    ShowerOverError.
    """
    shower = await _seen_by(session, shower_id, member_id)
    if shower.called_off_at is not None:
        raise ShowerOverError(
            "That shower was called off. `/thanks` says a kind word all the same."
        )
    if shower.arrived_at is not None or shower.arrives_at <= now:
        raise ShowerOverError(
            "The notes have arrived already. A word of your own is welcome at any time: `/thanks`."
        )
    return shower


async def _seen_by(
    session: AsyncSession, shower_id: object, member_id: str, *, to_change: bool = False
) -> Shower:
    """Return the shower for a member of its community; for whom it is there is none.

    Its row is locked: many may write at once, but nobody while somebody calls it off.
    """
    query = select(Shower).where(Shower.id == (id_from(shower_id) or 0))
    query = query.with_for_update(read=not to_change).execution_options(populate_existing=True)
    shower = await session.scalar(query)
    community = await session.get(Community, shower.community_id) if shower else None
    is_invited = community is not None and community.has_member(member_id)
    if shower is None or shower.member_id == member_id or not is_invited:
        raise NotHereError("I can't find that any more. `/thanks` says a kind word at any time.")
    return shower


async def to_call_off(
    session: AsyncSession, shower_id: object, member_id: str, now: datetime
) -> Shower:
    """Return the shower for whoever opened it, locked, while nothing has arrived.

    Raises NotHereError, NotAllowedError, ShowerOverError.
    """
    shower = await _seen_by(session, shower_id, member_id, to_change=True)
    if shower.opened_by != member_id:
        raise NotAllowedError("Only whoever opened this shower can call it off.")
    if shower.arrived_at is not None or shower.arrives_at <= now:
        raise ShowerOverError("The notes have arrived already, so it can't be called off any more.")
    return shower
