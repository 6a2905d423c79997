"""Places: the practices, problems and hangouts a material may stand beside, for those who see them.

A place that was withdrawn is no place any more. Who shared a problem without a name is told
nowhere, and so nothing here tells of it either.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.errors import RuleError
from models.hangouts.hangout import Hangout
from models.ids import id_from
from models.materials.material import About, Circle, Material, Place
from models.practices import finding as practices
from models.practices.practice import Practice
from models.problems import Problem
from models.problems.sight import is_seen_by as community_is_seen_by
from models.text import one_line
from models.time import zone

# So many of each are offered while somebody types, and so many of the latest are looked through.
OFFERED_AT_MOST, LOOKED_THROUGH = 20, 200


class UnknownPlaceError(RuleError):
    """What was chosen is no place this person can see."""

    field = "about"


@dataclass(frozen=True, kw_only=True)
class Target:
    """Something a material may stand beside; `community_id` is None for a practice."""

    kind: About
    id: int
    title: str
    community_id: int | None = None

    @property
    def value(self) -> str:
        """What stands for it in a list to choose from, as `target_of` reads it."""
        return f"{self.kind}:{self.id}"


async def target_of(session: AsyncSession, value: object, member_id: str) -> Target:
    """Return what "problem:7" stands for, if this person sees it; the value may be forged.

    Raises an UnknownPlaceError.
    """
    kind, _, ident = str(value).partition(":")
    number = id_from(ident)
    if kind in list(About) and number is not None:
        found = await _targets(session, About(kind), member_id, [number])
        if found:
            return found[0]
    raise UnknownPlaceError("I can't find that place any more. Please choose another one.")


async def offered(
    session: AsyncSession, typed: str, member_id: str, now: datetime
) -> dict[About, list[Target]]:
    """Return what a list to choose from offers, by kind: what fits the words, the newest first."""
    fits = [_of_practice(one) for one in await practices.like(session, typed, OFFERED_AT_MOST)]
    problems = (
        _seen_problems(member_id).order_by(Problem.shared_at.desc(), Problem.id.desc())
    ).limit(LOOKED_THROUGH)
    hangouts = (
        _seen_hangouts(member_id)
        .where(Hangout.called_off_at.is_(None), Hangout.starts_at < now + timedelta(days=1))
        .order_by(Hangout.starts_at.desc(), Hangout.id.desc())
    ).limit(LOOKED_THROUGH)
    found = {
        About.PRACTICE: fits,
        About.PROBLEM: [_of_problem(one) for one in await session.scalars(problems)],
        About.HANGOUT: [_of_hangout(one) for one in await session.scalars(hangouts)],
    }
    wanted = one_line(typed).casefold().split()
    for kind in (About.PROBLEM, About.HANGOUT):
        found[kind] = [
            one for one in found[kind] if all(word in one.title.casefold() for word in wanted)
        ][:OFFERED_AT_MOST]
    return found


async def places_of(
    session: AsyncSession, material_ids: Collection[int], reader_id: str
) -> Mapping[int, Sequence[Target]]:
    """Return where those materials stand as far as the reader sees it, by material id."""
    query = select(Place).where(Place.material_id.in_(material_ids)).order_by(Place.id)
    rows = (await session.scalars(query)).all()
    seen: dict[tuple[str, int], Target] = {}
    for kind in About:
        if ids := [row.about_id for row in rows if row.about_kind == kind]:
            for target in await _targets(session, kind, reader_id, ids):
                seen[kind, target.id] = target
    found: dict[int, list[Target]] = {one: [] for one in material_ids}
    for row in rows:
        if there := seen.get((row.about_kind, row.about_id)):
            found[row.material_id].append(there)
    return found


def stands_there(kind: About) -> tuple[Select[int, Material], ColumnElement[bool]]:
    """Return the materials beside all places of that kind, and which everybody there may see.

    Beside a problem or a hangout these are the network's and its own community's.
    """
    query = select(Place.about_id, Material).join(Material, Material.id == Place.material_id)
    query = query.where(Place.about_kind == kind).order_by(Place.id)
    is_open = Material.circle == Circle.NETWORK
    match kind:
        case About.PROBLEM:
            query = query.join(Problem, Problem.id == Place.about_id)
            return query, or_(is_open, Material.community_id == Problem.community_id)
        case About.HANGOUT:
            query = query.join(Hangout, Hangout.id == Place.about_id)
            return query, or_(is_open, Material.community_id == Hangout.community_id)
        case About.PRACTICE:
            return query, is_open


async def _targets(
    session: AsyncSession, kind: About, member_id: str, ids: Collection[int]
) -> list[Target]:
    match kind:
        case About.PRACTICE:
            return [_of_practice(one) for one in await practices.among(session, ids)]
        case About.PROBLEM:
            query = _seen_problems(member_id).where(Problem.id.in_(ids))
            return [_of_problem(one) for one in await session.scalars(query)]
        case About.HANGOUT:
            seen = _seen_hangouts(member_id).where(Hangout.id.in_(ids))
            return [_of_hangout(one) for one in await session.scalars(seen)]


def _seen_problems(member_id: str) -> Select[Problem]:
    return (
        select(Problem)
        .join(Community, Community.id == Problem.community_id)
        .where(Problem.deleted_at.is_(None), community_is_seen_by(member_id))
    )


def _seen_hangouts(member_id: str) -> Select[Hangout]:
    return (
        select(Hangout)
        .join(Community, Community.id == Hangout.community_id)
        .where(community_is_seen_by(member_id))
    )


def _of_practice(practice: Practice) -> Target:
    return Target(kind=About.PRACTICE, id=practice.id, title=practice.name)


def _of_problem(problem: Problem) -> Target:
    return Target(
        kind=About.PROBLEM,
        id=problem.id,
        title=problem.title,
        community_id=problem.community_id,
    )


def _of_hangout(hangout: Hangout) -> Target:
    """Return the hangout, called by its day in its own zone and by what it was about."""
    local = hangout.starts_at.astimezone(zone(hangout.tz))
    skill = f": {hangout.skill}" if hangout.skill else ""
    return Target(
        kind=About.HANGOUT,
        id=hangout.id,
        title=f"Hangout of {local.day} {local:%B %Y}{skill}",
        community_id=hangout.community_id,
    )
