"""Emptying: nothing that was written in an old record is kept, and its card says so.

Whatever stands in Slack is drawn anew from the empty row; the row itself goes a day later.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import search
from models.consultancies import asynchronous
from models.consultancies.afterwards import FOLLOW_UP, NEXT_STEP, OUTCOME, of_hangout
from models.consultancies.afterwards import THANKS as WORD_OF_THANKS
from models.consultancies.consultancy import Consultancy
from models.consultancies.follow_ups import FollowUp
from models.consultancies.forgetting import forget_words
from models.consultancies.questions import Question
from models.consultancies.telling import HEADLINE, redraw_headlines
from models.digests.posted import ATTENTION
from models.digests.telling import redraw_digests
from models.exports import aging
from models.findable import HANGOUT
from models.hangouts import telling
from models.hangouts.hangout import NOBODY, Hangout
from models.hangouts.posted import NOTES
from models.hangouts.signup import Signup
from models.hangouts.swaps import Swap
from models.materials import changing as materials
from models.materials.material import Material
from models.my_data.nobody import SOMEBODY
from models.pilots import starting as pilots
from models.pilots.pilot import Pilot
from models.pilots.telling import redraw_begun_with
from models.posts import Post
from models.problems import Answer, Problem, Reply, forget_letters
from models.problems.posted import ANSWER, CARD, RESOLUTION, RETURN
from models.problems.visibility import KIND as PROBLEM
from models.thanks import changing as thanks
from models.thanks.changing import Deletion, Part
from models.thanks.thanks import Thanks

# What members wrote, or who they were, in a consultancy.
_THEIRS = (
    Consultancy.presenter_id,
    Consultancy.question,
    Consultancy.outcome,
    Consultancy.next_step,
    Consultancy.thanks,
)


async def empty_problems(session: AsyncSession, cutoff: datetime, now: datetime, limit: int) -> int:
    """Withdraw old problems, as their authors would; say how many that were."""
    query = select(Problem).where(aging.problem(cutoff)).order_by(Problem.id).limit(limit)
    old = (await session.scalars(query.with_for_update(of=Problem))).all()
    for problem in old:
        await redraw_begun_with(session, problem, now)
        await problem.withdraw(session, now)
        await asynchronous.forget(session, problem, now)
        await forget_words(session, problem.id, now)
        await search.forget(session, PROBLEM, problem.id)
        await _redraw_problem(session, problem, now)
        await session.execute(delete(Reply).where(Reply.problem_id == problem.id))
        problem.request_key = _nobodys(problem)
    return len(old)


async def _redraw_problem(session: AsyncSession, problem: Problem, now: datetime) -> None:
    await redraw_headlines(session, problem.id, now)
    await redraw_digests(session, problem.community_id, problem.shared_at, now)
    await Post.redraw(session, ATTENTION, problem.community_id, now)
    for kind in (CARD, RETURN, RESOLUTION):
        await Post.redraw(session, kind, problem.id, now)
    for answer_id in await Answer.ids_of(session, problem.id):
        await Post.redraw(session, ANSWER, answer_id, now)


async def empty_pilots(session: AsyncSession, cutoff: datetime, now: datetime, limit: int) -> int:
    """Withdraw old pilots with all that was noted; say how many that were."""
    query = select(Pilot).where(aging.pilot(cutoff)).order_by(Pilot.id).limit(limit)
    old = (await session.scalars(query.with_for_update(of=Pilot))).all()
    for pilot in old:
        await pilots.withdraw(session, pilot, now)
        pilot.member_id, pilot.request_key = SOMEBODY, _nobodys(pilot)
    return len(old)


async def empty_materials(
    session: AsyncSession, cutoff: datetime, now: datetime, limit: int
) -> int:
    """Delete old materials, so that their links are free again; say how many that were."""
    query = select(Material).where(aging.material(cutoff)).order_by(Material.id).limit(limit)
    old = (await session.scalars(query.with_for_update(of=Material))).all()
    for material in old:
        await materials.delete(session, material, now)
        material.owner_id, material.request_key = SOMEBODY, _nobodys(material)
        material.edited_by = None
    return len(old)


async def empty_thanks(session: AsyncSession, cutoff: datetime, now: datetime, limit: int) -> int:
    """Delete old thanks, public and private ones; say how many that were."""
    query = select(Thanks).where(aging.thanks(cutoff)).order_by(Thanks.id).limit(limit)
    old = (await session.scalars(query.with_for_update(of=Thanks))).all()
    for one in old:
        await thanks.delete(session, Deletion(one, (), one.giver_id, Part.WHOLE), now)
        one.giver_id, one.request_key = SOMEBODY, _nobodys(one)
    return len(old)


async def empty_hangouts(session: AsyncSession, cutoff: datetime, now: datetime, limit: int) -> int:
    """Forget who was at old hangouts and what came of them; say how many that were."""
    query = select(Hangout).where(aging.hangout(cutoff), _holds_anything()).order_by(Hangout.id)
    old = (await session.scalars(query.limit(limit).with_for_update(of=Hangout))).all()
    for hangout in old:
        for table in (Signup, Swap):
            await session.execute(delete(table).where(table.hangout_id == hangout.id))
        await _empty(session, await of_hangout(session, hangout.id), now)
        hangout.facilitator_id = NOBODY
        hangout.notes = hangout.noted_by = hangout.noted_at = hangout.skill = hangout.link = None
        hangout.opened_at, hangout.closed_at = hangout.opened_at or now, now
        await search.forget(session, HANGOUT, hangout.id)
        await telling.redraw_cards(session, hangout, now)
        await Post.redraw(session, NOTES, hangout.id, now)
    return len(old)


def _nobodys(row: Problem | Pilot | Material | Thanks) -> str:
    """Return what stands for the request a row was made with, which may name whoever made it."""
    return f"gone:{row.id}"


def _holds_anything() -> ColumnElement[bool]:
    """Return the condition on hangouts that are not empty yet."""
    signups = select(Signup.id).where(Signup.hangout_id == Hangout.id)
    held = select(Consultancy.id).where(
        Consultancy.hangout_id == Hangout.id, or_(*(one.is_not(None) for one in _THEIRS))
    )
    return or_(
        Hangout.facilitator_id != NOBODY,
        Hangout.notes.is_not(None),
        signups.exists(),
        held.exists(),
    )


async def _empty(
    session: AsyncSession, consultancies: Sequence[Consultancy], now: datetime
) -> None:
    for one in consultancies:
        one.presenter_id = one.question = one.outcome = one.next_step = one.thanks = None
        one.finished_at = one.finished_at or now
        for table in (FollowUp, Question):
            await session.execute(delete(table).where(table.consultancy_id == one.id))
        for kind in (OUTCOME, WORD_OF_THANKS, HEADLINE):
            await Post.redraw(session, kind, one.id, now)
        await forget_letters(session, [NEXT_STEP, FOLLOW_UP], one.id)
