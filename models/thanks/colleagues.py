"""Colleagues: whom a member has worked with lately and has not thanked yet. For their eyes only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.communities import Community, Membership
from models.hangouts.attendance import was_there
from models.hangouts.hangout import Hangout
from models.materials.material import Material, Use
from models.materials.sight import is_seen_by as is_material_seen_by
from models.members import Member
from models.pilots.pilot import Pilot
from models.pilots.sight import is_seen_by as is_pilot_seen_by
from models.problems import Problem, Reply
from models.thanks.thanks import About, Receiver, Thanks

# The other person, what it was about, its community, and when.
Together = Select[Any, int, int, datetime]


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """Somebody worked with, and what they did together last.

    `why_id` is that of the member's own problem, of a hangout both were at, or of the colleague's
    pilot or material, as `why_kind` says. Both belong to the community, which may be another one
    than that of a pilot or a material of the whole network.
    """

    member_id: str
    why_kind: About
    why_id: int
    community_id: int
    at: datetime


async def worked_with(
    session: AsyncSession, member_id: str, since: datetime, now: datetime
) -> list[Colleague]:
    """Return each colleague not thanked yet who may have helped this person, the latest first.

    Thinking along with a colleague's problem is no reason to thank them for it. Only what this
    person may see counts, and of problems only those that have a name. It takes six questions at
    most, however many colleagues there are.
    """
    met = [
        Colleague(
            member_id=other_id,
            why_kind=kind,
            why_id=why_id,
            community_id=community_id,
            at=at,
        )
        for kind, query in _together(member_id, since, now)
        for other_id, why_id, community_id, at in (await session.execute(query)).all()
    ]
    people = {one.member_id for one in met}
    if people:
        people -= await _thanked(session, member_id)
    # Asked last and of few: most members of a large community have met nobody lately.
    near = await _near(session, member_id, people) if people else {}
    found: dict[str, Colleague] = {}
    for one in sorted(met, key=lambda one: one.at):
        if at_home := _at_home(one, near.get(one.member_id, ())):
            found[one.member_id] = at_home
    return sorted(found.values(), key=lambda one: (one.at, one.member_id), reverse=True)


def _at_home(met: Colleague, shared: Collection[int]) -> Colleague | None:
    """Return it in one of the communities that both are in; None where they share none of use."""
    if not shared:
        return None
    if met.community_id in shared:
        return met
    if met.why_kind in (About.PROBLEM, About.HANGOUT):
        # These are a community's own; who is not in it any more is not reminded of it.
        return None
    return replace(met, community_id=min(shared))


async def _near(
    session: AsyncSession, member_id: str, people: AbstractSet[str]
) -> Mapping[str, Collection[int]]:
    """Return who of them is in a living community with this person, and in which.

    Nobody who is gone is.
    """
    mine = select(Membership.community_id).where(
        Membership.member_id == member_id, Membership.left_at.is_(None)
    )
    query = (
        select(Membership.member_id, Membership.community_id)
        .join(Community, Community.id == Membership.community_id)
        .join(
            Member,
            and_(
                Member.workspace_id == Membership.workspace_id,
                Member.member_id == Membership.member_id,
            ),
        )
        .where(Membership.community_id.in_(mine), Membership.left_at.is_(None))
        .where(Community.archived_at.is_(None), Community.bot_left_at.is_(None))
        .where(Member.left_at.is_(None), Member.is_bot.is_(False), Member.name.is_not(None))
        .where(Membership.member_id.in_(people - {member_id}))
    )
    near: dict[str, set[int]] = {}
    for other_id, community_id in await session.execute(query):
        near.setdefault(other_id, set()).add(community_id)
    return near


async def _thanked(session: AsyncSession, member_id: str) -> set[str]:
    """Return whom this person has thanked, in public or in private."""
    query = (
        select(Receiver.member_id)
        .join(Thanks, Thanks.id == Receiver.thanks_id)
        .where(Thanks.giver_id == member_id, Thanks.deleted_at.is_(None))
        .distinct()
    )
    return set(await session.scalars(query))


def _together(me: str, since: datetime, now: datetime) -> list[tuple[About, Together]]:
    """Return the questions, each with what it is about."""
    return [
        (About.PROBLEM, _replies(me, since)),
        (About.HANGOUT, _hangouts(me, since, now)),
        (About.PILOT, _pilots(me, since)),
        (About.MATERIAL, _uses(me, since)),
    ]


def _replies(me: str, since: datetime) -> Together:
    """Return who replied to this person's problems; one without a name has no author here."""
    return (
        select(Reply.member_id, Problem.id, Problem.community_id, func.max(Reply.replied_at))
        .join(Problem, Problem.id == Reply.problem_id)
        .where(Problem.author_id == me, Reply.member_id != me)
        .where(Problem.deleted_at.is_(None), Reply.deleted_at.is_(None))
        .where(Reply.replied_at >= since)
        .group_by(Reply.member_id, Problem.id, Problem.community_id)
    )


def _hangouts(me: str, since: datetime, now: datetime) -> Together:
    lately = (Hangout.ends_at >= since, Hangout.ends_at <= now)
    mine, theirs = was_there(*lately).subquery(), was_there(*lately).subquery()
    return (
        select(theirs.c.member_id, Hangout.id, Hangout.community_id, Hangout.ends_at)
        .join(mine, mine.c.hangout_id == Hangout.id)
        .join(theirs, theirs.c.hangout_id == Hangout.id)
        .where(mine.c.member_id == me, theirs.c.member_id != me)
        .where(*lately)
        .distinct()
    )


def _pilots(me: str, since: datetime) -> Together:
    """Return whose pilots inspired this person's own."""
    mine = aliased(Pilot)
    return (
        select(Pilot.member_id, Pilot.id, Pilot.community_id, func.max(mine.started_at))
        .join(mine, mine.inspired_by_id == Pilot.id)
        .where(mine.member_id == me, mine.deleted_at.is_(None), mine.started_at >= since)
        .where(Pilot.member_id != me, is_pilot_seen_by(me))
        .group_by(Pilot.member_id, Pilot.id, Pilot.community_id)
    )


def _uses(me: str, since: datetime) -> Together:
    """Return whose materials this person used."""
    return (
        select(Material.owner_id, Material.id, Material.community_id, Use.used_at)
        .join(Material, Material.id == Use.material_id)
        .where(Use.member_id == me, Material.owner_id != me, is_material_seen_by(me))
        .where(Use.used_at >= since)
    )
