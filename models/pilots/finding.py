"""Finding: one's own pilots, and those that others let one see. Lists come in pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import search
from models.communities import Community
from models.errors import NotAllowedError, NotHereError
from models.ids import id_from
from models.members import Member
from models.pilots.pilot import Circle, Pilot
from models.pilots.sight import is_seen_by
from models.pilots.visibility import KIND
from models.search.words import telling_words_of, words_of

PAGE_SIZE = 5
NOT_HERE = "I can't find that pilot. `/pilot` shows yours, `/pilot list` those of colleagues."


@dataclass(frozen=True, kw_only=True)
class PilotPage:
    """A few pilots, newest first. `number` counts from 0; `total` is of all pages."""

    pilots: tuple[Pilot, ...]
    number: int
    total: int

    @property
    def has_earlier(self) -> bool:
        return (self.number + 1) * PAGE_SIZE < self.total

    @property
    def has_later(self) -> bool:
        return self.number > 0


@dataclass(frozen=True, kw_only=True)
class Found:
    """A page of what a search found, the best first; `corrected` are its misspelled words."""

    page: PilotPage
    corrected: dict[str, str]


async def seen_by(session: AsyncSession, pilot_id: object, member_id: str) -> Pilot:
    """Return the pilot if this person may see it; `pilot_id` may be forged.

    Raises NotHereError, with the same words whether it does not exist or is somebody's own.
    """
    query = select(Pilot).where(Pilot.id == (id_from(pilot_id) or 0), is_seen_by(member_id))
    pilot = await session.scalar(query)
    if pilot is None:
        raise NotHereError(NOT_HERE)
    return pilot


async def owned_by(
    session: AsyncSession, pilot_id: object, member_id: str, *, for_update: bool = False
) -> Pilot:
    """Return one's own pilot; `for_update` keeps others waiting. `pilot_id` may be forged.

    Raises NotAllowedError for a colleague's pilot that this person sees, else NotHereError.
    """
    query = select(Pilot).where(Pilot.id == (id_from(pilot_id) or 0), is_seen_by(member_id))
    if for_update:
        query = query.with_for_update(of=Pilot).execution_options(populate_existing=True)
    pilot = await session.scalar(query)
    if pilot is None:
        raise NotHereError(NOT_HERE)
    if pilot.member_id != member_id:
        teacher = (await Member.known(session, [pilot.member_id])).get(pilot.member_id)
        name = teacher.name if teacher is not None else None
        raise NotAllowedError(f"Only {name or 'the teacher'}, whose pilot it is, can do that.")
    return pilot


async def running(session: AsyncSession, member_id: str) -> Sequence[Pilot]:
    """Return one's own pilots that are not finished, the newest first."""
    query = (
        select(Pilot)
        .where(Pilot.member_id == member_id, Pilot.deleted_at.is_(None))
        .where(Pilot.finished_at.is_(None))
        .order_by(Pilot.started_at.desc(), Pilot.id.desc())
    )
    return (await session.scalars(query)).all()


async def mine(session: AsyncSession, member_id: str, page: int = 0) -> PilotPage:
    """Return one's own pilots, those still running first."""
    chosen = (Pilot.member_id == member_id, Pilot.deleted_at.is_(None))
    return await _page(session, chosen, page, Pilot.finished_at.is_not(None))


async def listed(
    session: AsyncSession, community: Community, member_id: str, page: int = 0
) -> PilotPage:
    """Return what this person may see of what is shared there, and of their own in it."""
    shared = (Pilot.community_id == community.id, Pilot.circle != Circle.ME)
    return await _page(session, (*shared, is_seen_by(member_id)), page)


async def in_network(session: AsyncSession, member_id: str, page: int = 0) -> PilotPage:
    """Return all that others share and this person may see, and what they share themselves."""
    return await _page(session, (Pilot.circle != Circle.ME, is_seen_by(member_id)), page)


async def among(session: AsyncSession, pilot_ids: Collection[int], member_id: str) -> list[Pilot]:
    """Return those of the pilots that exist for this person, in the order given."""
    query = select(Pilot).where(Pilot.id.in_(pilot_ids), is_seen_by(member_id))
    pilots = {pilot.id: pilot for pilot in await session.scalars(query)}
    return [pilots[one] for one in pilot_ids if one in pilots]


async def search_for(session: AsyncSession, words: str, member_id: str, page: int = 0) -> Found:
    """Return what the words find among what is shared with this person and among their own.

    A private pilot is in no index, where its words would be counted: one's own are read through.
    """
    own = await _own_with(session, words, member_id)
    mine = [community.id for community in await Community.of_member(session, member_id)]
    findings = await search.find(
        session, words, kinds=[KIND], communities=mine, page=slice(search.MOST_FINDS)
    )
    ids = list(dict.fromkeys([*own, *(hit.about_id for hit in findings.hits)]))
    there = await among(session, ids, member_id)
    number = page_within(page, len(there))
    shown = there[number * PAGE_SIZE : (number + 1) * PAGE_SIZE]
    return Found(
        page=PilotPage(pilots=tuple(shown), number=number, total=len(there)),
        corrected={} if own else findings.corrected,
    )


def page_within(number: int, total: int) -> int:
    """Return the number of a page that exists: it may be forged, or what it showed is gone."""
    return max(0, min(number, (total - 1) // PAGE_SIZE))


async def _own_with(session: AsyncSession, words: str, member_id: str) -> list[int]:
    """Return the ids of one's own pilots that hold every word, or its beginning.

    One shared with a community that its teacher has left since is in no index they search.
    """
    wanted = telling_words_of(words)
    if not wanted:
        return []
    query = (
        select(Pilot)
        .where(Pilot.member_id == member_id, Pilot.deleted_at.is_(None))
        .order_by(Pilot.started_at.desc(), Pilot.id.desc())
    )
    return [
        pilot.id
        for pilot in await session.scalars(query)
        if all(any(word.startswith(one) for word in _words_in(pilot)) for one in wanted)
    ]


def _words_in(pilot: Pilot) -> list[str]:
    parts = (pilot.name, pilot.aim, pilot.prediction, pilot.result, pilot.learned, pilot.why)
    return words_of(" ".join(part for part in parts if part))


async def _page(
    session: AsyncSession,
    chosen: tuple[ColumnElement[bool], ...],
    page: int,
    *first: ColumnElement[bool],
) -> PilotPage:
    total = await session.scalar(select(func.count(Pilot.id)).where(*chosen)) or 0
    number = page_within(page, total)
    query = (
        select(Pilot)
        .where(*chosen)
        .order_by(*first, Pilot.started_at.desc(), Pilot.id.desc())
        .limit(PAGE_SIZE)
        .offset(number * PAGE_SIZE)
    )
    pilots = (await session.scalars(query)).all()
    return PilotPage(pilots=tuple(pilots), number=number, total=total)
