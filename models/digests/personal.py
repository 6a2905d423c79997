"""Personal: who wants a letter once a week, and when the next one is due to each of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.digests.lateness import made_up_for_at
from models.digests.posted import PERSONAL, personal_key
from models.members import Member
from models.posts import SAID, Post
from models.time import A_WEEK, BEFORE_SCHOOL, at_wall, week_of

# The letter tells what came since the last one; longer ago than this it is no news any more.
LOOKS_BACK = timedelta(weeks=4)
# One that the postman could not bring by then is left out; the next one tells what was in it.
IS_USEFUL_FOR = timedelta(days=2)
# Nobody waits longer for their next letter, unless the clock was ahead when it was planned.
PLANNED_AHEAD = timedelta(days=8)


def choose(session: AsyncSession, member: Member, now: datetime) -> None:
    """Write to this person once a week, from the next Monday on; choosing twice changes nothing."""
    if member.has_digest and member.next_digest_at is not None:
        return
    member.has_digest, member.digest_chosen_at = True, now
    member.next_digest_at = next_personal(member, now)
    session.add(member)


def unchoose(session: AsyncSession, member: Member, _: datetime) -> None:
    """Write to this person no more; what is under way to them is not said either."""
    member.has_digest = False
    member.digest_chosen_at = member.next_digest_at = None
    session.add(member)


def next_personal(member: Member, after: datetime) -> datetime:
    """Return the first Monday, 7:30 where this person is, that comes after `after`."""
    this_week, next_week = _mondays(member, after)
    return this_week if this_week > after else next_week


async def due(session: AsyncSession, now: datetime, limit: int) -> Sequence[Member]:
    """Return whose letter is due by now, those who wait longest first."""
    at = Member.next_digest_at
    is_due = or_(at.is_(None), at <= now, at > now + PLANNED_AHEAD)
    query = select(Member).where(_is_chosen(), is_due).order_by(at, Member.id)
    return (await session.scalars(query.limit(limit))).all()


async def issue(session: AsyncSession, row_id: int, now: datetime) -> bool:
    """Keep this week's letter to the member of that row, and say whether there was one.

    The row is locked, so that two replicas at once keep one letter. In quiet hours, on days off and
    while they are away it waits, as it does for the day when the bot was down at its hour; a week
    that passes so has none.
    """
    query = select(Member).where(Member.id == row_id).with_for_update()
    member = (await session.scalars(query.execution_options(populate_existing=True))).one()
    if not _is_due(member, now) or _is_put_off(member, now):
        return False
    await Post.add(
        session,
        personal_key(member.member_id, week_of(now, member.tz)),
        member.member_id,
        kind=PERSONAL,
        due_at=now,
        useful_until=now + IS_USEFUL_FOR,
    )
    return True


def _is_put_off(member: Member, now: datetime) -> bool:
    """Plan the next moment, and say whether nothing is to be written before that."""
    due_at = member.next_digest_at
    if due_at is None or due_at > now:
        member.next_digest_at = next_personal(member, now)
        return True
    this_week, next_week = _mondays(member, now)
    by_day = made_up_for_at(max(due_at, this_week), now, member.tz)
    # Whoever travelled west has not had that hour yet.
    begins = this_week if this_week > now else member.next_loud_moment(by_day)
    member.next_digest_at = min(begins, next_week) if begins > now else next_week
    return begins > now


async def told_until(session: AsyncSession, post: Post, now: datetime) -> datetime:
    """Return the moment from which on this letter tells what is new: that of the one before it.

    The first one begins a week before it was chosen, however long it was held up.
    """
    last = await last_said(session, post)
    if last is None:
        member = await Member.find(session, post.place_id)
        chosen_at = (member and member.digest_chosen_at) or post.due_at
        last = min(chosen_at, post.due_at) - A_WEEK
    return max(last, now - LOOKS_BACK)


async def last_said(session: AsyncSession, post: Post) -> datetime | None:
    """Return when its reader had the letter before this one, if they had any."""
    query = select(func.max(Post.said_at)).where(
        Post.place_id == post.place_id,
        Post.kind == PERSONAL,
        Post.state == SAID,
        Post.due_at < post.due_at,
    )
    return await session.scalar(query)


async def next_moment(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when the next letter is due to anybody."""
    query = select(func.min(Member.next_digest_at))
    return await session.scalar(query.where(_is_chosen(), Member.next_digest_at > now))


def wants_it(member: Member) -> bool:
    """Say whether this person still wants the letter, and is there to read it."""
    return member.has_digest and member.left_at is None


def _is_chosen() -> ColumnElement[bool]:
    return and_(Member.has_digest, Member.left_at.is_(None))


def _is_due(member: Member, now: datetime) -> bool:
    if not wants_it(member):
        return False
    at = member.next_digest_at
    return at is None or at <= now or at > now + PLANNED_AHEAD


def _mondays(member: Member, now: datetime) -> tuple[datetime, datetime]:
    """Return Monday, 7:30 where this person is, of this week and of the next."""
    week = week_of(now, member.tz)
    return (
        at_wall(week, BEFORE_SCHOOL, member.tz),
        at_wall(week + A_WEEK, BEFORE_SCHOOL, member.tz),
    )
