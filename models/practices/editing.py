"""Editing the tool belt: everybody adds to it; who added a practice and who leads may change it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from models import search
from models.communities import Membership
from models.errors import NotAllowedError, RuleError
from models.members import Member
from models.pilots.pilot import Pilot
from models.practices.finding import KIND
from models.practices.practice import Practice
from models.practices.wording import PracticeWording


class NameTakenError(RuleError):
    """Two practices of one name could not be told apart."""

    field = "name"


async def add(
    session: AsyncSession,
    wording: PracticeWording,
    *,
    member_id: str,
    request_key: str,
    now: datetime,
) -> Practice:
    """Return the new practice, or the one that this request made already.

    Raises NameTakenError.
    """
    if existing := await _requested(session, request_key):
        return existing
    await _require_own_name(session, wording.name, but=request_key)
    practice = Practice(request_key=request_key, added_by=member_id, added_at=now)
    _take(practice, wording)
    try:
        async with session.begin_nested():
            session.add(practice)
    except IntegrityError:
        # The same form came in twice at the same moment.
        if twin := await _requested(session, request_key):
            return twin
        raise
    await search.keep(session, entry_of(practice))
    return practice


async def join_pilots(session: AsyncSession, practice: Practice) -> None:
    """Let the pilots of whoever added it that tried it by that very name belong to it.

    A private one stays as private as it was.
    """
    query = select(Pilot).where(
        Pilot.member_id == practice.added_by,
        Pilot.practice_id.is_(None),
        Pilot.deleted_at.is_(None),
    )
    for pilot in await session.scalars(query.with_for_update()):
        if pilot.practice_name.casefold() == practice.name.casefold():
            pilot.practice_id = practice.id


async def edit(
    session: AsyncSession, practice: Practice, wording: PracticeWording, *, by: str, now: datetime
) -> None:
    """Take over the new words; raises NameTakenError."""
    await _require_own_name(session, wording.name, but=practice.id)
    _take(practice, wording)
    practice.edited_by, practice.edited_at = by, now
    await search.keep(session, entry_of(practice))


async def withdraw(session: AsyncSession, practice: Practice, *, by: str, now: datetime) -> None:
    """Take it out of the tool belt with its words. Pilots of it keep what they call it."""
    practice.name = practice.what = ""
    practice.steps, practice.topics, practice.minutes = [], [], None
    practice.fits = practice.materials = practice.subject = practice.grades = None
    practice.edited_by, practice.withdrawn_at = by, practice.withdrawn_at or now
    await search.forget(session, KIND, practice.id)


async def may_be_changed_by(session: AsyncSession, practice: Practice, member: Member) -> bool:
    """Say whether this is their practice, or they facilitate any community, or they lead."""
    if member.is_lead or practice.added_by == member.member_id:
        return True
    query = select(Membership.id).where(
        Membership.member_id == member.member_id,
        Membership.is_facilitator,
        Membership.left_at.is_(None),
    )
    return await session.scalar(query.limit(1)) is not None


async def require_changer(session: AsyncSession, practice: Practice, member: Member) -> None:
    """Raise NotAllowedError for somebody who may not change it."""
    if not await may_be_changed_by(session, practice, member):
        whoever = "whoever added this practice, " if practice.added_by else ""
        raise NotAllowedError(
            f"Only {whoever}facilitators and leads can change it. "
            "You can add your own way of doing it: /practice add"
        )


def wording_of(practice: Practice) -> PracticeWording:
    """Return the words of a practice that is kept."""
    return PracticeWording(
        name=practice.name,
        what=practice.what,
        steps=tuple(practice.steps),
        minutes=practice.minutes,
        fits=practice.fits,
        materials=practice.materials,
        topics=tuple(practice.topics),
        subject=practice.subject,
        grades=practice.grades,
    )


def entry_of(practice: Practice) -> search.Entry:
    """Return what the search keeps of it; everybody in the workspace may find it."""
    facets = {"topic": practice.topics}
    if practice.subject:
        facets["subject"] = [practice.subject]
    return search.Entry(
        kind=KIND,
        about_id=practice.id,
        title=practice.name,
        body=wording_of(practice).everything,
        is_open=True,
        filters=facets,
        happened_at=practice.added_at,
    )


def _take(practice: Practice, wording: PracticeWording) -> None:
    practice.name, practice.what = wording.name, wording.what
    practice.steps, practice.topics = list(wording.steps), list(wording.topics)
    practice.minutes, practice.fits = wording.minutes, wording.fits
    practice.materials = wording.materials
    practice.subject, practice.grades = wording.subject, wording.grades


async def _requested(session: AsyncSession, request_key: str) -> Practice | None:
    query = select(Practice).where(Practice.request_key == request_key)
    return (await session.scalars(query)).first()


async def _require_own_name(session: AsyncSession, name: str, but: str | int | None) -> None:
    """Raise NameTakenError if another practice is called so; `but` is one's own id or request."""
    query = select(Practice.name, Practice.id, Practice.request_key).where(
        # SQLite knows the small letters of English only; what is left is compared below.
        func.length(Practice.name) == len(name),
        Practice.withdrawn_at.is_(None),
    )
    # The same form may have come in a moment ago: its practice is no other.
    others = [
        row.name for row in await session.execute(query) if but not in (row.id, row.request_key)
    ]
    if name.casefold() in {one.casefold() for one in others}:
        raise NameTakenError(
            f"There is a practice called “{name}” already: /practice show {name}. "
            "What would tell yours from it?"
        )
