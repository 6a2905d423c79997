"""Collecting: everything that is public in a community, in a fixed number of questions.

What is private, deleted or another community's is not asked for, so that it cannot slip in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.archive.contents import (
    Archive,
    Hangouts,
    Materials,
    MenuShown,
    Noted,
    Pilots,
    Problems,
    PublicThanks,
)
from models.communities import Community
from models.consultancies.consultancy import Consultancy
from models.hangouts.hangout import Hangout
from models.materials.material import Addition, Circle, Material, Use
from models.members import Member
from models.pilots.measures import Value
from models.pilots.observation import Observation
from models.pilots.pilot import Circle as PilotCircle
from models.pilots.pilot import Pilot
from models.practices.finding import among
from models.practices.menus import menu_of
from models.problems import Problem
from models.thanks.sight import is_public
from models.thanks.thanks import Receiver, Second, Thanks

Row = TypeVar("Row")


async def collect(session: AsyncSession, community: Community, now: datetime) -> Archive:
    """Return what the whole community sees; about fifteen questions, however much there is."""
    archive = Archive(
        community=community,
        made_at=now,
        names={},
        problems=await _problems(session, community.id),
        hangouts=await _hangouts(session, community.id, now),
        pilots=await _pilots(session, community.id),
        menu=await _menu(session, community.id),
        materials=await _materials(session, community.id),
        thanks=await _thanks(session, community.id),
    )
    known = await Member.known(session, {one for one in _people(archive) if one})
    return replace(archive, names={one: row.name for one, row in known.items() if row.name})


def _people(archive: Archive) -> Iterator[str | None]:
    """Yield the ids of all who are named; who shared without a name is not."""
    yield from (one.author_id for one in archive.problems.problems)
    yield from (one.facilitator_id for one in archive.hangouts.hangouts)
    for shelf in (archive.problems.consultancies, archive.hangouts.consultancies):
        yield from (one.presenter_id for held in shelf.values() for one in held)
    yield from (one.member_id for one in archive.pilots.pilots)
    yield from (one.owner_id for one in archive.materials.materials)
    yield from (one.member_id for added in archive.materials.additions.values() for one in added)
    yield from (one.member_id for used in archive.materials.uses.values() for one in used)
    yield from (one.giver_id for one in archive.thanks.thanks)
    for people in (archive.thanks.receivers, archive.thanks.seconders):
        yield from (one for who in people.values() for one in who)


async def has_anything(session: AsyncSession, community_id: int, before: datetime) -> bool:
    """Say whether anything to keep was there before that moment and is public now."""
    kept = (
        select(Problem.id).where(_is_kept_problem(community_id), Problem.shared_at < before),
        select(Hangout.id).where(Hangout.community_id == community_id, Hangout.noted_at < before),
        select(Pilot.id).where(_is_shared(community_id), _shared_at() < before),
        select(Material.id).where(_is_kept_material(community_id), Material.saved_at < before),
        select(Thanks.id).where(_is_said(community_id), Thanks.thanked_at < before),
    )
    for query in kept:
        if await session.scalar(query.limit(1)) is not None:
            return True
    return False


def _is_kept_problem(community_id: int) -> ColumnElement[bool]:
    return and_(Problem.community_id == community_id, Problem.deleted_at.is_(None))


def _is_shared(community_id: int) -> ColumnElement[bool]:
    is_for_all = Pilot.circle.in_([PilotCircle.COMMUNITY, PilotCircle.NETWORK])
    return and_(Pilot.community_id == community_id, is_for_all, Pilot.deleted_at.is_(None))


def _shared_at() -> ColumnElement[datetime]:
    """Return when a pilot was shared; earlier cycles came along with one that was."""
    return func.coalesce(Pilot.shared_at, Pilot.started_at)


def _is_kept_material(community_id: int) -> ColumnElement[bool]:
    return and_(Material.community_id == community_id, Material.deleted_at.is_(None))


def _is_said(community_id: int) -> ColumnElement[bool]:
    return and_(is_public(), Thanks.community_id == community_id)


async def _problems(session: AsyncSession, community_id: int) -> Problems:
    query = select(Problem).where(_is_kept_problem(community_id))
    problems = await session.scalars(query.order_by(Problem.shared_at.desc(), Problem.id.desc()))
    about = (
        select(Consultancy)
        .join(Problem, Problem.id == Consultancy.problem_id)
        .where(_is_kept_problem(community_id), Consultancy.community_id == community_id)
        .where(or_(Consultancy.outcome.is_not(None), Consultancy.next_step.is_not(None)))
        .order_by(Consultancy.opened_at, Consultancy.id)
    )
    return Problems(
        problems=problems.all(),
        consultancies=_grouped((one.problem_id, one) for one in await session.scalars(about)),
    )


async def _hangouts(session: AsyncSession, community_id: int, now: datetime) -> Hangouts:
    begun = and_(Hangout.community_id == community_id, Hangout.starts_at <= now)
    query = select(Hangout).where(begun).order_by(Hangout.starts_at.desc(), Hangout.id.desc())
    hangouts = (await session.scalars(query)).all()
    # What was said of a problem that its author withdrew is nobody's to keep.
    is_there = or_(Consultancy.problem_id.is_(None), Problem.deleted_at.is_(None))
    held = (
        select(Consultancy)
        .join(Hangout, Hangout.id == Consultancy.hangout_id)
        .outerjoin(Problem, Problem.id == Consultancy.problem_id)
        .where(begun, is_there)
        .order_by(Consultancy.id)
    )
    return Hangouts(
        hangouts=hangouts,
        consultancies=_grouped((one.hangout_id, one) for one in await session.scalars(held)),
    )


async def _pilots(session: AsyncSession, community_id: int) -> Pilots:
    query = select(Pilot).where(_is_shared(community_id))
    pilots = await session.scalars(query.order_by(Pilot.started_at.desc(), Pilot.id.desc()))
    values = (
        select(Observation.pilot_id, Observation.on_date, Observation.value, Observation.total)
        .join(Pilot, Pilot.id == Observation.pilot_id)
        .where(_is_shared(community_id), Observation.deleted_at.is_(None))
        .order_by(Observation.on_date, Observation.id)
    )
    return Pilots(
        pilots=pilots.all(),
        values=_grouped(
            (pilot_id, Noted(on_date, Value(value, total)))
            for pilot_id, on_date, value, total in await session.execute(values)
        ),
    )


async def _menu(session: AsyncSession, community_id: int) -> MenuShown:
    menu = await menu_of(session, community_id)
    if menu is None:
        return MenuShown()
    return MenuShown(practices=await among(session, menu.practice_ids), note=menu.note)


async def _materials(session: AsyncSession, community_id: int) -> Materials:
    is_kept = _is_kept_material(community_id)
    query = select(Material).where(is_kept)
    materials = await session.scalars(query.order_by(Material.saved_at.desc(), Material.id.desc()))
    added = select(Addition).join(Material, Material.id == Addition.material_id).where(is_kept)
    used = select(Use).join(Material, Material.id == Use.material_id).where(is_kept)
    additions = await session.scalars(added.order_by(Addition.added_at, Addition.id))
    uses = await session.scalars(used.order_by(Use.used_at, Use.id))
    # That something was made from another community's own material is not this one's to know.
    seen = or_(Material.community_id == community_id, Material.circle == Circle.NETWORK)
    made_from = select(Material.remix_of_id).where(is_kept, Material.remix_of_id.is_not(None))
    origins = select(Material.id, Material.title).where(
        Material.id.in_(made_from), seen, Material.deleted_at.is_(None)
    )
    return Materials(
        materials=materials.all(),
        additions=_grouped((one.material_id, one) for one in additions),
        uses=_grouped((one.material_id, one) for one in uses),
        origins={one.id: one.title for one in await session.execute(origins)},
    )


async def _thanks(session: AsyncSession, community_id: int) -> PublicThanks:
    is_said = _is_said(community_id)
    query = select(Thanks).where(is_said)
    thanks = await session.scalars(query.order_by(Thanks.thanked_at.desc(), Thanks.id.desc()))
    receivers = (
        select(Receiver.thanks_id, Receiver.member_id)
        .join(Thanks, Thanks.id == Receiver.thanks_id)
        .where(is_said)
        .order_by(Receiver.id)
    )
    seconders = (
        select(Second.thanks_id, Second.member_id)
        .join(Thanks, Thanks.id == Second.thanks_id)
        .where(is_said)
        .order_by(Second.seconded_at, Second.id)
    )
    said = _grouped((one, who) for one, who in await session.execute(seconders))
    return PublicThanks(
        thanks=thanks.all(),
        receivers=_grouped((one, who) for one, who in await session.execute(receivers)),
        # By button and by emoji are two seconds of one person.
        seconders={one: list(dict.fromkeys(who)) for one, who in said.items()},
    )


def _grouped(pairs: Iterable[tuple[int | None, Row]]) -> dict[int, Sequence[Row]]:
    grouped: dict[int, list[Row]] = {}
    for ident, row in pairs:
        grouped.setdefault(ident or 0, []).append(row)
    return dict(grouped)
