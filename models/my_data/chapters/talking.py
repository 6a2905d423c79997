"""Talking: the problems somebody shared, how they answered others', and the hangouts they were at.

Of what colleagues shared only the title is told, and only while this person may see it.
"""

from __future__ import annotations

from sqlalchemy import Select, and_, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.communities import Community
from models.consultancies.consultancy import Consultancy
from models.consultancies.follow_ups import FollowUp
from models.consultancies.questions import Question
from models.hangouts.hangout import Hangout
from models.hangouts.signup import Signup
from models.hangouts.swaps import Swap
from models.members import Member
from models.my_data.chapters.plainly import meaning
from models.my_data.chapters.sheet import Cell, Sheet, listed, moment, yes_or_no
from models.problems import Answer, Helper, HiddenAuthor, Interest, Problem, Reply
from models.problems.sight import is_seen_by


async def about_talking(session: AsyncSession, member: Member) -> list[Sheet]:
    """Return all they brought, answered, asked, led and came to."""
    return [
        await _problems(session, member),
        await _nameless_answers(session, member),
        await _colleagues_problems(session, member),
        await _questions(session, member),
        await _hangouts(session, member),
        await _swaps(session, member),
        await _consultancies(session, member),
    ]


def _mine(member: Member) -> Select[int]:
    hidden = HiddenAuthor.problems_of(member.member_id)
    return select(Problem.id).where(
        or_(Problem.author_id == member.member_id, Problem.id.in_(hidden)),
        Problem.deleted_at.is_(None),
    )


async def _problems(session: AsyncSession, member: Member) -> Sheet:
    query = select(Problem).where(Problem.id.in_(_mine(member))).order_by(Problem.shared_at)
    rows = [
        (
            *(moment(one.shared_at, member.tz), one.title, one.happening, one.tried, one.question),
            *(
                listed(one.topics),
                meaning("wanted_help", one.wanted_help),
                yes_or_no(not one.is_without_name),
            ),
            *(moment(one.resolved_at, member.tz), one.learned, one.source_permalink),
        )
        for one in await session.scalars(query)
    ]
    columns = (
        *("shared", "title", "what is happening", "tried so far", "question", "topics"),
        *("wanted help", "with my name", "resolved", "what was learned", "made from"),
    )
    name = "problem you shared"
    return Sheet("problems", "Problems I shared", name, "problems you shared", columns, rows)


async def _nameless_answers(session: AsyncSession, member: Member) -> Sheet:
    query = (
        select(Answer, Problem.title)
        .join(Problem, Problem.id == Answer.problem_id)
        .where(Problem.id.in_(_mine(member)))
        .order_by(Answer.id)
    )
    rows = [
        (title, one.text, moment(one.answered_at, member.tz))
        for one, title in await session.execute(query)
    ]
    columns = ("problem", "my answer", "when")
    heading, one = "What I answered without my name", "answer without your name"
    return Sheet("answers", heading, one, "answers without your name", columns, rows)


async def _colleagues_problems(session: AsyncSession, member: Member) -> Sheet:
    me = member.member_id
    parts = union_all(
        select(
            Reply.problem_id, literal("answered").label("how"), Reply.replied_at.label("at")
        ).where(Reply.member_id == me, Reply.deleted_at.is_(None)),
        select(Interest.problem_id, literal("me too"), Interest.since).where(
            Interest.member_id == me
        ),
        select(Helper.problem_id, literal("I can help"), Helper.offered_at).where(
            Helper.member_id == me
        ),
    ).subquery()
    query = (
        select(parts.c.how, parts.c.at, Problem.title)
        .join(Problem, Problem.id == parts.c.problem_id)
        .join(Community, Community.id == Problem.community_id)
        .where(is_seen_by(me), Problem.deleted_at.is_(None))
        .order_by(parts.c.at)
    )
    rows = [(one.title, one.how, moment(one.at, member.tz)) for one in await session.execute(query)]
    heading, one = "Problems I answered to", "answer to a problem"
    columns = ("problem", "how", "when")
    return Sheet("took-part", heading, one, "answers to problems", columns, rows)


async def _questions(session: AsyncSession, member: Member) -> Sheet:
    query = select(Question).where(Question.member_id == member.member_id, Question.text != "")
    rows = [
        (one.text, moment(one.asked_at, member.tz))
        for one in await session.scalars(query.order_by(Question.id))
    ]
    heading, name = "What I asked in consultancies", "question in a consultancy"
    columns = ("question", "when")
    return Sheet("questions", heading, name, "questions in consultancies", columns, rows)


async def _hangouts(session: AsyncSession, member: Member) -> Sheet:
    me, mine = member.member_id, aliased(Signup)
    query = (
        select(Hangout, mine, Community.name)
        .outerjoin(mine, and_(mine.hangout_id == Hangout.id, mine.member_id == me))
        .join(Community, Community.id == Hangout.community_id)
        .where(or_(mine.id.is_not(None), Hangout.facilitator_id == me, Hangout.noted_by == me))
        .order_by(Hangout.starts_at)
    )
    rows = [
        (
            *(moment(hangout.starts_at, hangout.tz), name, hangout.skill),
            *(yes_or_no(hangout.facilitator_id == me), yes_or_no(hangout.noted_by == me)),
            *_answer(signup),
        )
        for hangout, signup, name in await session.execute(query)
    ]
    columns = (
        *("when", "community", "skill", "I led it", "I wrote the notes"),
        *("I said I come", "to present", "what I brought", "I was there"),
    )
    return Sheet("hangouts", "Hangouts", "hangout", "hangouts", columns, rows)


def _answer(signup: Signup | None) -> tuple[Cell, ...]:
    if signup is None:
        return (None, None, None, None)
    return (
        *(yes_or_no(signup.is_coming), meaning("presenting", signup.presenting)),
        *(signup.question, yes_or_no(signup.came)),
    )


async def _swaps(session: AsyncSession, member: Member) -> Sheet:
    me = member.member_id
    query = select(Swap).where(or_(Swap.asker_id == me, Swap.substitute_id == me))
    rows = [
        (
            "I asked" if one.asker_id == me else "I was asked",
            *(meaning("swap", one.state), moment(one.asked_at, None)),
        )
        for one in await session.scalars(query.order_by(Swap.id))
    ]
    heading, name = "Who leads instead", "request to lead instead"
    columns = ("who", "what became of it", "when")
    return Sheet("swaps", heading, name, "requests to lead instead", columns, rows)


async def _consultancies(session: AsyncSession, member: Member) -> Sheet:
    presented = or_(
        Consultancy.presenter_id == member.member_id, Consultancy.problem_id.in_(_mine(member))
    )
    query = select(Consultancy).where(presented).order_by(Consultancy.opened_at)
    consultancies = (await session.scalars(query)).all()
    ids = [one.id for one in consultancies]
    tried = select(FollowUp).where(FollowUp.consultancy_id.in_(ids)).order_by(FollowUp.number)
    notes: dict[int, list[str]] = {}
    for follow_up in await session.scalars(tried):
        said = [part for part in (meaning("answer", follow_up.answer), follow_up.note) if part]
        notes.setdefault(follow_up.consultancy_id, []).append(": ".join(map(str, said)))
    rows = [
        (
            *(moment(one.opened_at, member.tz), one.question, one.outcome, one.next_step),
            *(one.thanks, "\n".join(note for note in notes.get(one.id, ()) if note) or None),
        )
        for one in consultancies
    ]
    columns = (
        *("opened", "question", "what came of it", "my next step"),
        *("my thanks", "what happened then"),
    )
    name, several = "consultancy of yours", "consultancies of yours"
    return Sheet("consultancies", "My consultancies", name, several, columns, rows)
