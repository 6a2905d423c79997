"""Gathering: what a lead may see of the network, one community after the other.

What is private, deleted, without a name or another circle's is not asked for, as in an archive.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.archive.collecting import collect
from models.archive.contents import Archive
from models.communities import Community, Membership
from models.hangouts.attendance import attended
from models.hangouts.hangout import Hangout
from models.materials.material import Circle as MaterialCircle
from models.members import Member
from models.pilots.pilot import Circle, Pilot


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """Somebody was at a hangout; whoever led it `has_led`."""

    hangout: Hangout
    member_id: str
    has_led: bool


@dataclass(frozen=True, kw_only=True)
class Records:
    """What a lead sees of one community.

    `people` are its present members. `pilots` counts all pilots, private ones as well, of which
    nothing but their number is here; `finished` those of them with a decision.
    """

    archive: Archive
    attendance: Sequence[Attendance]
    people: int
    pilots: int
    finished: int


async def communities_for(session: AsyncSession, reader_id: str | None) -> Sequence[Community]:
    """Return the open communities and those private ones this person is in, by name.

    `reader_id` is None for whoever asks beside Slack, and is in none of them.
    """
    theirs = select(Membership.community_id).where(
        Membership.member_id == (reader_id or ""), Membership.left_at.is_(None)
    )
    seen = or_(Community.is_private.is_(False), Community.id.in_(theirs))
    query = select(Community).where(seen).order_by(Community.name, Community.id)
    return (await session.scalars(query)).all()


async def private_ones(session: AsyncSession, seen: Collection[int]) -> int:
    """Return how many communities are not among those `seen`."""
    return await session.scalar(select(func.count()).where(Community.id.not_in(seen))) or 0


async def gather_all(
    session: AsyncSession, reader_id: str | None, now: datetime
) -> AsyncIterator[tuple[Records, int]]:
    """Yield the records of each community, beside how many communities there are."""
    communities = await communities_for(session, reader_id)
    for community in communities:
        yield await gather(session, community, reader_id, now), len(communities)


async def gather(
    session: AsyncSession, community: Community, reader_id: str | None, now: datetime
) -> Records:
    """Return what this lead sees of the community, in a fixed number of questions."""
    archive = await collect(session, community, now)
    if reader_id is None or not community.has_member(reader_id):
        archive = _for_the_network(archive)
    attendance = await _attendance(session, archive, now)
    pilots, finished = await _pilots(session, community.id)
    bots = await _bots(session, community)
    return Records(
        archive=await _with_names(session, archive, attendance),
        attendance=attendance,
        people=sum(
            one.left_at is None and one.member_id not in bots for one in community.memberships
        ),
        pilots=pilots,
        finished=finished,
    )


def _for_the_network(archive: Archive) -> Archive:
    """Leave out what was shared with the community's own members only."""
    pilots = [one for one in archive.pilots.pilots if one.circle == Circle.NETWORK]
    values = {one.id: archive.pilots.values.get(one.id, ()) for one in pilots}
    shelf = archive.materials
    materials = [one for one in shelf.materials if one.circle == MaterialCircle.NETWORK]
    own = {one.id for one in shelf.materials if one.circle != MaterialCircle.NETWORK}
    origins = {one: title for one, title in shelf.origins.items() if one not in own}
    return replace(
        archive,
        pilots=replace(archive.pilots, pilots=pilots, values=values),
        materials=replace(shelf, materials=materials, origins=origins),
    )


async def _attendance(
    session: AsyncSession, archive: Archive, now: datetime
) -> Sequence[Attendance]:
    """Return who was at which hangout, each once, as far as anybody said; newest first."""
    over = {one.id: one for one in archive.hangouts.hangouts if one.is_over(now)}
    which = (Hangout.community_id == archive.community.id, Hangout.ends_at <= now)
    there = {(one, who) for one, who in await session.execute(attended(*which)) if one in over}
    places = {hangout_id: place for place, hangout_id in enumerate(over)}
    return [
        Attendance(hangout=over[one], member_id=who, has_led=who == over[one].facilitator_id)
        for one, who in sorted(there, key=lambda pair: (places[pair[0]], pair[1]))
    ]


async def _pilots(session: AsyncSession, community_id: int) -> tuple[int, int]:
    finished = func.count(case((Pilot.finished_at.is_not(None), 1)))
    query = select(func.count(), finished).where(
        Pilot.community_id == community_id, Pilot.deleted_at.is_(None)
    )
    begun, done = (await session.execute(query)).one()
    return begun, done


async def _bots(session: AsyncSession, community: Community) -> set[str]:
    theirs = [one.member_id for one in community.memberships]
    query = select(Member.member_id).where(Member.is_bot, Member.member_id.in_(theirs))
    return set(await session.scalars(query))


async def _with_names(
    session: AsyncSession, archive: Archive, attendance: Sequence[Attendance]
) -> Archive:
    people = {one.member_id for one in attendance} | set(archive.community.facilitators)
    known = await Member.known(session, people - set(archive.names))
    more = {one: row.name for one, row in known.items() if row.name}
    return replace(archive, names={**archive.names, **more})
