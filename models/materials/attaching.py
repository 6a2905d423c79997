"""Attaching: a material stands beside a practice, a problem or a hangout's notes, and comes off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.errors import RuleError
from models.hangouts.posted import NOTES
from models.ids import id_from
from models.materials.finding import lock
from models.materials.material import About, Material, Place
from models.materials.places import Target, places_of, stands_there
from models.materials.sight import is_seen_by
from models.members import Member
from models.posts import Post
from models.practices.practice import Practice
from models.problems import Problem
from models.problems.answers import add_once
from models.problems.posted import CARD as PROBLEM_CARD

# More than these nobody reads on a card.
HERE_AT_MOST = 20
# What shows materials in a channel; a practice's card is drawn for one reader at a time.
_CARDS = {About.PROBLEM: PROBLEM_CARD, About.HANGOUT: NOTES}


class FullError(RuleError):
    """There is no room left beside that place."""

    field = "about"


@dataclass(frozen=True)
class Standing:
    """A material beside a place: the row, and what is there."""

    place: Place
    material: Material
    target: Target


async def attach(
    session: AsyncSession, material: Material, target: Target, by: str, now: datetime
) -> bool:
    """Let the material stand there, and say whether it did not yet.

    Raises a FullError, and NotHereError for a material that was deleted since it was read.
    """
    await lock(session, material)
    here = (Place.about_kind == target.kind, Place.about_id == target.id)
    mine = select(Place.id).where(*here, Place.material_id == material.id)
    if await session.scalar(mine) is not None:
        return False
    # What somebody does not see takes no room from them, or the answer would give it away.
    seen = select(func.count(Place.id)).join(Material, Material.id == Place.material_id)
    if (await session.scalar(seen.where(*here, is_seen_by(by))) or 0) >= HERE_AT_MOST:
        raise FullError(f"{HERE_AT_MOST} materials are there already, which is all that fits.")
    row = Place(
        material_id=material.id,
        about_kind=target.kind,
        about_id=target.id,
        attached_by=by,
        attached_at=now,
    )
    is_new = await add_once(session, row)
    if is_new:
        await redraw_places(session, await shown_on(session, material), now, only=target)
    return is_new


async def detach(
    session: AsyncSession, member: Member, place_ids: Collection[object], now: datetime
) -> list[Standing]:
    """Take materials off places as far as this member may, and return what came off.

    The ids may be forged; what this member may not take off stays.
    """
    ids = [number for one in place_ids if (number := id_from(one)) is not None]
    query = (
        select(Place, Material)
        .join(Material, Material.id == Place.material_id)
        .where(Place.id.in_(ids), is_seen_by(member.member_id))
        # Always in one order, so that two who do this at once never wait for each other.
        .order_by(Place.material_id, Place.id)
        .with_for_update(of=(Material, Place))
    )
    gone = await _in_hands(session, member, (await session.execute(query)).all())
    shown: set[tuple[About, int]] = set()
    for one in gone:
        before = await shown_on(session, one.material)
        shown |= before & {(one.target.kind, one.target.id)}
        await session.delete(one.place)
        await session.flush()
    await redraw_places(session, shown, now)
    return gone


async def to_detach(
    session: AsyncSession,
    member: Member,
    *,
    material: Material | None = None,
    target: Target | None = None,
) -> list[Standing]:
    """Return where the material stands, or what stands there, as far as this member may end it."""
    query = (
        select(Place, Material)
        .join(Material, Material.id == Place.material_id)
        .where(is_seen_by(member.member_id))
        .order_by(Place.id)
    )
    if material is not None:
        query = query.where(Place.material_id == material.id)
    if target is not None:
        query = query.where(Place.about_kind == target.kind, Place.about_id == target.id)
    return await _in_hands(session, member, (await session.execute(query)).all())


async def attached_to(
    session: AsyncSession, kind: str, ids: Collection[int], reader_id: str
) -> Mapping[int, Sequence[Material]]:
    """Return the materials that stand beside those practices, problems or hangouts, by their id.

    Only what the reader may see. With "" as the reader it is what everybody in the channel of that
    problem or hangout sees, and beside a practice what the whole network sees. One query.
    """
    query, is_everybodys = stands_there(About(kind))
    is_seen = is_seen_by(reader_id) if reader_id else is_everybodys
    query = query.where(Place.about_id.in_(ids), Material.deleted_at.is_(None), is_seen)
    found: dict[int, list[Material]] = defaultdict(list)
    for about_id, material in await session.execute(query):
        found[about_id].append(material)
    return found


async def shown_on(session: AsyncSession, *materials: Material) -> set[tuple[About, int]]:
    """Return the problems and hangouts in whose channels one of these materials is read of.

    Ask before and after a change to what it says or who sees it, and `redraw_places` both.
    """
    await session.flush()
    ids = [one.id for one in materials]
    shown = set()
    for kind in _CARDS:
        query, is_everybodys = stands_there(kind)
        query = query.where(Material.id.in_(ids), is_everybodys)
        query = query.where(Material.deleted_at.is_(None))
        shown |= {(kind, about_id) for about_id, _ in await session.execute(query)}
    return shown


async def redraw_places(
    session: AsyncSession,
    shown: Collection[tuple[About, int]],
    now: datetime,
    *,
    only: Target | None = None,
) -> None:
    """Show on those cards what stands there now; with `only` just on that one."""
    for kind, about_id in sorted(shown):
        if only is None or (kind, about_id) == (only.kind, only.id):
            await Post.redraw(session, _CARDS[kind], about_id, now)


async def _in_hands(
    session: AsyncSession, member: Member, rows: Sequence[Row[Place, Material]]
) -> list[Standing]:
    """Return those that this member put there, keeps, or looks after at either end."""
    ids = {material.id for _, material in rows}
    seen = await places_of(session, ids, member.member_id)
    targets = {(one.kind, one.id): one for found in seen.values() for one in found}
    communities = {material.community_id for _, material in rows}
    communities |= {one.community_id for one in targets.values() if one.community_id}
    run = {
        one.id
        for one in await session.scalars(select(Community).where(Community.id.in_(communities)))
        if one.is_run_by(member)
    }
    own = await _own_places(session, member.member_id, targets.values())
    return [
        Standing(place, material, target)
        for place, material in rows
        if (target := targets.get((About(place.about_kind), place.about_id)))
        and (
            member.member_id in (place.attached_by, material.owner_id)
            or not run.isdisjoint({material.community_id, target.community_id})
            or target.value in own
        )
    ]


async def _own_places(
    session: AsyncSession, member_id: str, targets: Collection[Target]
) -> set[str]:
    """Return the values of those that are this person's own practice, or problem with a name."""
    practices = select(Practice.id).where(
        Practice.added_by == member_id,
        Practice.id.in_([one.id for one in targets if one.kind == About.PRACTICE]),
    )
    problems = select(Problem.id).where(
        Problem.author_id == member_id,
        Problem.id.in_([one.id for one in targets if one.kind == About.PROBLEM]),
    )
    own = {f"{About.PRACTICE}:{one}" for one in await session.scalars(practices)}
    return own | {f"{About.PROBLEM}:{one}" for one in await session.scalars(problems)}
