"""Removing: rows that are empty, and old, go for good, with what the bot remembers of saying them.

Between the two lies a day, in which cards in Slack are drawn anew from the empty rows.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.consultancies.consultancy import Consultancy
from models.database import Base
from models.digests.ledger import Fate, Issued, IssuedDigest, IssuedNetworkDigest
from models.exports import emptying
from models.hangouts.hangout import NOBODY, Hangout
from models.hangouts.posted import INVITATION, NOTES, SCHEDULE
from models.hangouts.series import Series
from models.hangouts.signup import Signup
from models.materials.material import About, Material, Place
from models.materials.posted import CARD as MATERIAL_CARD
from models.pilots.pilot import Pilot
from models.pilots.posted import CARD as PILOT_CARD
from models.pilots.posted import OF_PROBLEM
from models.posts import PEOPLE, SAID, Post
from models.problems import Answer, Problem
from models.problems.posted import ANSWER, RESOLUTION, RETURN
from models.problems.posted import CARD as PROBLEM_CARD
from models.thanks.nudge import Nudge
from models.thanks.posted import CARD as THANKS_CARD
from models.thanks.shower import Shower
from models.thanks.thanks import Thanks

SETTLED_AFTER = timedelta(days=1)
# Where each stands in a channel; letters to people go by their own age.
CARDS: Mapping[type[Base], Sequence[str]] = {
    Problem: (PROBLEM_CARD, RETURN, RESOLUTION),
    Pilot: (PILOT_CARD, OF_PROBLEM),
    Material: (MATERIAL_CARD,),
    Thanks: (THANKS_CARD,),
    Hangout: (INVITATION, NOTES),
    Series: (SCHEDULE,),
}
Row = Problem | Pilot | Material | Thanks | Hangout | Shower | Series
# One small step: of rows older than the second, at the third, at most so many; says how many.
Step = Callable[[AsyncSession, datetime, datetime, int], Awaitable[int]]


async def remove_rows(session: AsyncSession, cutoff: datetime, now: datetime, limit: int) -> int:
    """Remove empty rows of the first kind that has some; say how many."""
    settled = now - SETTLED_AFTER
    for table, condition in (
        (Problem, _is_empty(Problem, Problem.shared_at < cutoff, settled)),
        (Pilot, and_(_is_empty(Pilot, Pilot.started_at < cutoff, settled), ~_goes_on())),
        (Material, _is_empty(Material, Material.saved_at < cutoff, settled)),
        (Thanks, _is_empty(Thanks, Thanks.thanked_at < cutoff, settled)),
        (Hangout, _is_empty_hangout(cutoff, settled)),
        (Shower, _is_empty_shower(cutoff)),
        (Series, _is_empty_series(cutoff)),
    ):
        query = select(table.id).where(condition).order_by(table.id).limit(limit)
        ids = (await session.scalars(query)).all()
        if ids:
            await _remove(session, table, ids)
            return len(ids)
    return 0


async def remove_traces(session: AsyncSession, cutoff: datetime, now: datetime, limit: int) -> int:
    """Remove what the bot itself noted long ago: letters, nudges, weeks without digest."""
    letters = and_(
        Post.state == SAID,
        Post.said_at < cutoff - SETTLED_AFTER,
        Post.redraw_at.is_(None),
        or_(*(Post.place_id.startswith(letter) for letter in PEOPLE)),
    )
    removed = 0
    for table, condition in (
        (Post, letters),
        (Nudge, Nudge.nudged_at < cutoff),
        # The others' messages stand in channels, and are drawn from it when something is removed.
        (IssuedDigest, _is_silent_week(IssuedDigest, cutoff)),
        (IssuedNetworkDigest, _is_silent_week(IssuedNetworkDigest, cutoff)),
    ):
        ids = (await session.scalars(select(table.id).where(condition).limit(limit))).all()
        await _delete(session, table, table.id.in_(ids))
        removed += len(ids)
    return removed


def _is_silent_week(week: type[Issued], cutoff: datetime) -> ColumnElement[bool]:
    return and_(week.due_at < cutoff, week.fate != Fate.POSTED)


# In this order: what is emptied last is what the others lead to.
EMPTYING: Mapping[str, Step] = {
    "problems": emptying.empty_problems,
    "hangouts": emptying.empty_hangouts,
    "pilots": emptying.empty_pilots,
    "materials": emptying.empty_materials,
    "thanks": emptying.empty_thanks,
}
REMOVING: Sequence[Step] = (remove_rows, remove_traces)


async def _remove(session: AsyncSession, table: type[Row], ids: Sequence[int]) -> None:
    if table is Problem:
        answers = await session.scalars(select(Answer.id).where(Answer.problem_id.in_(ids)))
        await _delete(session, Post, _is_about([ANSWER], answers.all()))
        await _remove_consultancies(session, Consultancy.problem_id.in_(ids))
        await _delete(session, Place, _stands_at(About.PROBLEM, ids))
    if table is Hangout:
        await _remove_consultancies(session, Consultancy.hangout_id.in_(ids))
        await _delete(session, Place, _stands_at(About.HANGOUT, ids))
    await _delete(session, Post, _is_about(CARDS.get(table, ()), ids))
    await _delete(session, table, table.id.in_(ids))


async def _remove_consultancies(session: AsyncSession, which: ColumnElement[bool]) -> None:
    ids = (await session.scalars(select(Consultancy.id).where(which))).all()
    is_told = and_(Post.kind.startswith("consultancies."), Post.about_id.in_(ids))
    await _delete(session, Post, is_told)
    await _delete(session, Consultancy, Consultancy.id.in_(ids))


async def _delete(session: AsyncSession, table: type[Base], which: ColumnElement[bool]) -> None:
    query = delete(table).where(which)
    await session.execute(query, execution_options={"synchronize_session": False})


def _is_about(kinds: Sequence[str], ids: Sequence[int]) -> ColumnElement[bool]:
    return and_(Post.kind.in_(kinds), Post.about_id.in_(ids))


def _stands_at(kind: About, ids: Sequence[int]) -> ColumnElement[bool]:
    return and_(Place.about_kind == kind, Place.about_id.in_(ids))


def _is_empty(
    table: type[Problem | Pilot | Material | Thanks], is_old: ColumnElement[bool], settled: datetime
) -> ColumnElement[bool]:
    """Return the condition on what was deleted, by age or by its owner.

    The newest row stays, empty: its number would be given to the next one, and what still names the
    old one would lead there.
    """
    newest = select(func.max(table.id)).scalar_subquery()
    return and_(table.deleted_at < settled, is_old, table.id < newest)


def _goes_on() -> ColumnElement[bool]:
    """Return the condition on pilots that later cycles go back to."""
    later = aliased(Pilot)
    query = select(later.id).where(later.first_id == Pilot.id, later.deleted_at.is_(None))
    return query.exists()


def _is_empty_hangout(cutoff: datetime, settled: datetime) -> ColumnElement[bool]:
    signups = select(Signup.id).where(Signup.hangout_id == Hangout.id)
    return and_(
        Hangout.ends_at < cutoff,
        # Where emptying notes when it was done.
        Hangout.closed_at < settled,
        Hangout.facilitator_id == NOBODY,
        Hangout.notes.is_(None),
        ~signups.exists(),
    )


def _is_empty_shower(cutoff: datetime) -> ColumnElement[bool]:
    notes = select(Thanks.id).where(Thanks.shower_id == Shower.id)
    return and_(Shower.arrives_at < cutoff, ~notes.exists())


def _is_empty_series(cutoff: datetime) -> ColumnElement[bool]:
    hangouts = select(Hangout.id).where(Hangout.series_id == Series.id)
    return and_(Series.ended_at < cutoff, ~hangouts.exists())
