"""Checking: once a year whoever looks after a material is asked whether it still holds.

What nobody answers for a month is marked, and not asked about again until somebody says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.materials.finding import changeable_by
from models.materials.material import Circle, Material
from models.materials.posted import CARD, CHECK, check_key
from models.materials.saving import YEAR
from models.members import Member
from models.posts import DUE, SENDING, Post
from models.time import next_daytime, zone

# So long an answer is waited for, once the letter is there; it waits itself for its reader, for
# whom summer holidays are longer.
PATIENCE = timedelta(days=30)
# Somebody who saved a lot in one afternoon is not asked about all of it at once a year later.
BETWEEN_LETTERS = timedelta(days=1)


def plan_check(material: Material, now: datetime) -> None:
    """Let it be asked about a year from now; it was saved, or somebody says that it holds."""
    material.asked_at = material.stale_at = None
    material.next_check_at = now + YEAR


async def still_holds(session: AsyncSession, material: Material, now: datetime) -> None:
    """Note that it holds, and take the mark off its card."""
    was_stale = material.stale_at is not None
    plan_check(material, now)
    material.checked_at = now
    await _settle(session, material, now, is_news=was_stale)


async def holds_no_more(session: AsyncSession, material: Material, now: datetime) -> None:
    """Mark it, and ask no more about it until somebody says that it holds again."""
    was_stale = material.stale_at is not None
    material.stale_at = material.stale_at or now
    material.asked_at = material.next_check_at = None
    await _settle(session, material, now, is_news=not was_stale)


async def to_check(session: AsyncSession, material_id: object, member: Member) -> Material:
    """Return the material if this member may say whether it holds; nobody else changes it.

    Raises NotHereError or NotAllowedError.
    """
    return await changeable_by(session, material_id, member, for_update=True)


async def due(session: AsyncSession, now: datetime, limit: int) -> Sequence[Material]:
    """Return what is to be asked about or marked by now, what waits longest first."""
    query = select(Material).where(_waits(), Material.next_check_at <= now)
    query = query.order_by(Material.next_check_at, Material.id).limit(limit)
    return (await session.scalars(query)).all()


async def next_moment(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when somebody is asked, or something is marked, next."""
    query = select(func.min(Material.next_check_at)).where(_waits(), Material.next_check_at > now)
    return await session.scalar(query)


async def ask(session: AsyncSession, material: Material, now: datetime) -> bool:
    """Keep the letters that are due, or mark what nobody answered; say whether one was kept.

    The material is locked.
    """
    if material.next_check_at is None or material.next_check_at > now:
        return False
    if material.asked_at is not None:
        arrived_at = await _last_arrival(session, material.id, now) or material.asked_at
        patience_ends = max(arrived_at, material.asked_at) + PATIENCE
        if patience_ends > now:
            material.next_check_at = patience_ends
            return False
    community = await session.get_one(Community, material.community_id)
    people = [] if material.asked_at else await whom_to_ask(session, material, community)
    if not people:
        material.next_check_at, material.stale_at = None, material.stale_at or now
        material.asked_at = material.asked_at or now
        await Post.redraw(session, CARD, material.id, now)
        return False
    moments = [await _ask_one(session, material, one, community, now) for one in people]
    material.asked_at = max(moments)
    material.next_check_at = material.asked_at + PATIENCE
    return True


async def whom_to_ask(
    session: AsyncSession, material: Material, community: Community
) -> list[Member]:
    """Return its owner, or the facilitators of its community when the owner cannot see to it."""
    who = [material.owner_id, *community.facilitators]
    known = await Member.known(session, who)
    there = [
        known[one]
        for one in dict.fromkeys(who)
        if one in known and known[one].left_at is None and not known[one].is_bot
    ]
    sees = material.circle == Circle.NETWORK or community.has_member(material.owner_id)
    owner = [one for one in there if one.member_id == material.owner_id]
    return owner if owner and sees else [one for one in there if one not in owner]


async def _last_arrival(session: AsyncSession, material_id: int, now: datetime) -> datetime | None:
    """Return when the last letter that asks about it came, or comes: what waits is not there yet.

    None for one that never comes, because nobody wants it or Slack refuses it.
    """
    waits = case((Post.due_at > now, Post.due_at), else_=now)
    arrives = case((Post.state.in_([DUE, SENDING]), waits), else_=Post.said_at)
    query = select(func.max(arrives)).where(Post.kind == CHECK, Post.about_id == material_id)
    last: datetime | None = await session.scalar(query)
    return last


async def _ask_one(
    session: AsyncSession, material: Material, member: Member, community: Community, now: datetime
) -> datetime:
    """Keep one letter, a day after the last such letter; return when it is due.

    That is by day, and when its reader wants to hear of something.
    """
    query = select(func.max(Post.due_at))
    query = query.where(Post.kind == CHECK, Post.place_id == member.member_id)
    last = await session.scalar(query)
    earliest = now if last is None else max(now, last + BETWEEN_LETTERS)
    due_at = member.next_loud_moment(next_daytime(earliest, community.tz))
    await Post.add(
        session,
        f"{check_key(material, now.astimezone(zone(community.tz)).date())}:{member.member_id}",
        member.member_id,
        kind=CHECK,
        due_at=due_at,
        about_id=material.id,
    )
    return due_at


async def _settle(
    session: AsyncSession, material: Material, now: datetime, *, is_news: bool
) -> None:
    """Show the answer in the letters that asked, and on the card if anything changed there."""
    await Post.redraw(session, CHECK, material.id, now)
    if is_news:
        await Post.redraw(session, CARD, material.id, now)


def _waits() -> ColumnElement[bool]:
    return and_(Material.deleted_at.is_(None), Material.next_check_at.is_not(None))
