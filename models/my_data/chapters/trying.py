"""Trying: somebody's pilots with every value, and the practices they added to the tool belt."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.members import Member
from models.my_data.chapters.plainly import headed, meaning
from models.my_data.chapters.sheet import Sheet, listed, moment
from models.pilots.observation import Champion, ChangeNote, Observation
from models.pilots.pilot import Pilot
from models.pilots.sight import is_seen_by
from models.practices.practice import Practice

PLAN = (
    *("practice_name", "cycle", "with_class", "aim", "prediction", "measure", "measure_name"),
    *("unit", "better", "goal", "rhythm", "circle"),
)
OUTCOME = ("as_planned", "result", "matched", "learned", "decision", "why")
NOTED = (
    *("value", "total", "saw", "surprised"),
    *("evidence_url", "evidence_name", "evidence_file_id"),
)
PRACTICE = ("name", "what", "minutes", "fits", "materials", "subject", "grades")


async def about_trying(session: AsyncSession, member: Member) -> list[Sheet]:
    """Return their pilots, values, marks, kind words for others' pilots, and practices."""
    return [
        await _pilots(session, member),
        await _observations(session, member),
        await _changes(session, member),
        await _kind_words(session, member),
        await _practices(session, member),
    ]


async def _pilots(session: AsyncSession, member: Member) -> Sheet:
    query = select(Pilot).where(Pilot.member_id == member.member_id, Pilot.deleted_at.is_(None))
    rows = [
        (
            *(one.id, one.starts_on.isoformat(), one.ends_on.isoformat()),
            *(meaning(name, getattr(one, name)) for name in PLAN),
            listed([_value(value, total) for value, total in one.baseline]),
            moment(one.finished_at, member.tz),
            *(meaning(name, getattr(one, name)) for name in OUTCOME),
        )
        for one in await session.scalars(query.order_by(Pilot.started_at, Pilot.id))
    ]
    columns = ("number", "starts", "ends", *_said(PLAN), "before", "finished", *_said(OUTCOME))
    return Sheet("pilots", "My pilots", "pilot", "pilots", columns, rows)


async def _observations(session: AsyncSession, member: Member) -> Sheet:
    query = (
        select(Observation, Pilot.practice_name)
        .join(Pilot, Pilot.id == Observation.pilot_id)
        .where(Pilot.member_id == member.member_id, Pilot.deleted_at.is_(None))
        .where(Observation.deleted_at.is_(None))
        .order_by(Pilot.id, Observation.on_date, Observation.id)
    )
    rows = [
        (one.pilot_id, name, one.on_date.isoformat(), *(getattr(one, what) for what in NOTED))
        for one, name in await session.execute(query)
    ]
    columns = ("pilot", "practice", "day", *_said(NOTED))
    name, several = "value in a pilot", "values in pilots"
    return Sheet("values", "What I logged", name, several, columns, rows)


async def _changes(session: AsyncSession, member: Member) -> Sheet:
    query = (
        select(ChangeNote)
        .join(Pilot, Pilot.id == ChangeNote.pilot_id)
        .where(Pilot.member_id == member.member_id)
        .order_by(ChangeNote.id)
    )
    rows = [
        (one.pilot_id, one.on_date.isoformat(), one.words) for one in await session.scalars(query)
    ]
    columns = ("pilot", "day", "what changed")
    return Sheet("changes", "Marks on my charts", "mark", "marks on charts", columns, rows)


async def _kind_words(session: AsyncSession, member: Member) -> Sheet:
    query = (
        select(Champion, Pilot.practice_name)
        .join(Pilot, Pilot.id == Champion.pilot_id)
        .where(Champion.member_id == member.member_id, is_seen_by(member.member_id))
        .order_by(Champion.id)
    )
    rows = [
        (name, one.words, moment(one.said_at, member.tz))
        for one, name in await session.execute(query)
    ]
    heading, name = "Kind words for colleagues’ pilots", "kind word for a pilot"
    columns = ("practice", "my words", "when")
    return Sheet("championed", heading, name, "kind words for pilots", columns, rows)


async def _practices(session: AsyncSession, member: Member) -> Sheet:
    query = select(Practice).where(
        Practice.added_by == member.member_id, Practice.withdrawn_at.is_(None)
    )
    rows = [
        (
            *(getattr(one, name) for name in PRACTICE),
            *("\n".join(one.steps), listed(one.topics), moment(one.added_at, member.tz)),
        )
        for one in await session.scalars(query.order_by(Practice.id))
    ]
    columns = (*_said(PRACTICE), "steps", "topics", "added")
    name, several = "practice you added", "practices you added"
    return Sheet("practices", "Practices I added", name, several, columns, rows)


def _value(value: float | None, total: float | None) -> str:
    return f"{value:g} of {total:g}" if value is not None and total else f"{value or 0:g}"


def _said(names: tuple[str, ...]) -> list[str]:
    """Return the attributes as headings of columns."""
    return [headed(name) for name in names]
