"""Aging: which records are older than a network keeps them. What is still in use never is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlalchemy.orm.util import AliasedClass

from models.consultancies.consultancy import Consultancy
from models.consultancies.follow_ups import FollowUp
from models.hangouts.hangout import Hangout
from models.hangouts.signup import Signup
from models.materials.material import Addition, Material, Place, Use
from models.pilots.observation import Champion, Observation
from models.pilots.pilot import Pilot
from models.problems import Helper, Interest, Problem, Reply
from models.thanks.thanks import Second, Thanks

Moment = InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]


async def is_anything_older(session: AsyncSession, cutoff: datetime) -> bool:
    """Say whether any record is too old."""
    for query in (
        select(Problem.id).where(problem(cutoff)),
        select(Hangout.id).where(hangout(cutoff)),
        select(Pilot.id).where(pilot(cutoff)),
        select(Material.id).where(material(cutoff)),
        select(Thanks.id).where(thanks(cutoff)),
    ):
        if await session.scalar(query.limit(1)) is not None:
            return True
    return False


def problem(cutoff: datetime) -> ColumnElement[bool]:
    """Return the condition: nobody answered it, thought about it or brings it since then."""
    of_it = Consultancy.problem_id == Problem.id
    touched = [
        select(Reply.id).where(Reply.problem_id == Problem.id, Reply.replied_at >= cutoff),
        select(Interest.id).where(Interest.problem_id == Problem.id, Interest.since >= cutoff),
        select(Helper.id).where(Helper.problem_id == Problem.id, Helper.offered_at >= cutoff),
        select(Consultancy.id).where(
            of_it,
            _any_since(
                cutoff, Consultancy.opened_at, Consultancy.noted_at, Consultancy.next_step_at
            ),
        ),
        select(FollowUp.id)
        .join(Consultancy, Consultancy.id == FollowUp.consultancy_id)
        .where(of_it, FollowUp.answered_at >= cutoff),
    ]
    # Asked once for all problems: nothing leads from a problem to who brings it.
    brought = (
        select(Signup.problem_id)
        .join(Hangout, Hangout.id == Signup.hangout_id)
        .where(Signup.problem_id.is_not(None), Hangout.ends_at >= cutoff)
    )
    return and_(
        Problem.deleted_at.is_(None),
        _all_before(cutoff, Problem.shared_at, Problem.edited_at, Problem.resolved_at),
        *(~query.exists() for query in touched),
        Problem.id.not_in(brought),
    )


def hangout(cutoff: datetime) -> ColumnElement[bool]:
    """Return the condition: it was over by then, and nobody took notes since."""
    return _all_before(cutoff, Hangout.ends_at, Hangout.noted_at)


def pilot(cutoff: datetime) -> ColumnElement[bool]:
    """Return the condition: it was over by then, with all cycles of its series, and left alone."""
    other = aliased(Pilot)
    going_on = select(func.coalesce(other.first_id, other.id)).where(
        other.deleted_at.is_(None), ~_is_over(other, cutoff)
    )
    return and_(
        Pilot.deleted_at.is_(None),
        _is_over(Pilot, cutoff),
        func.coalesce(Pilot.first_id, Pilot.id).not_in(going_on),
    )


def material(cutoff: datetime) -> ColumnElement[bool]:
    """Return the condition: nobody used, checked, changed, attached or remixed it since then."""
    remix = aliased(Material)
    touched = [
        select(remix.id).where(remix.remix_of_id == Material.id, remix.saved_at >= cutoff),
        select(Use.id).where(Use.material_id == Material.id, Use.used_at >= cutoff),
        select(Addition.id).where(Addition.material_id == Material.id, Addition.added_at >= cutoff),
        select(Place.id).where(Place.material_id == Material.id, Place.attached_at >= cutoff),
    ]
    return and_(
        Material.deleted_at.is_(None),
        _all_before(cutoff, Material.saved_at, Material.edited_at, Material.checked_at),
        *(~query.exists() for query in touched),
    )


def thanks(cutoff: datetime) -> ColumnElement[bool]:
    """Return the condition: said and arrived before then, and nobody said the same since."""
    seconded = select(Second.id).where(Second.thanks_id == Thanks.id, Second.seconded_at >= cutoff)
    before = _all_before(cutoff, Thanks.thanked_at, Thanks.arrives_at)
    return and_(Thanks.deleted_at.is_(None), before, ~seconded.exists())


def _is_over(table: type[Pilot] | AliasedClass[Pilot], cutoff: datetime) -> ColumnElement[bool]:
    noted = select(Observation.id).where(
        Observation.pilot_id == table.id, Observation.logged_at >= cutoff
    )
    praised = select(Champion.id).where(Champion.pilot_id == table.id, Champion.said_at >= cutoff)
    return and_(
        _all_before(cutoff, table.started_at, table.edited_at, table.finished_at, table.shared_at),
        or_(table.finished_at.is_not(None), table.ends_on < cutoff.date()),
        ~noted.exists(),
        ~praised.exists(),
    )


def _all_before(cutoff: datetime, first: Moment, *others: Moment) -> ColumnElement[bool]:
    return and_(first < cutoff, *(or_(one.is_(None), one < cutoff) for one in others))


def _any_since(cutoff: datetime, *moments: Moment) -> ColumnElement[bool]:
    return or_(*(one >= cutoff for one in moments))
