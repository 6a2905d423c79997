"""Finding practices: by their name as somebody remembers it, by words, or a page at a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process, utils
from sqlalchemy import Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import search
from models.errors import NotHereError
from models.ids import id_from
from models.pilots.pilot import Pilot
from models.practices.practice import Practice
from models.text import one_line

# What the search calls them.
KIND = "practice"
PAGE_SIZE = 6
CANDIDATES_AT_MOST = 5
# rapidfuzz gives 0 to 100: how near a misspelled name has to be to be offered, and to be meant.
NEAR_ENOUGH, SURELY_MEANT = 60, 85


@dataclass(frozen=True, kw_only=True)
class Page:
    """A few practices. `number` counts from 0; `total` is of all pages.

    `corrected` maps a word of a search, as it was typed, to the one looked for instead.
    """

    practices: tuple[Practice, ...]
    number: int = 0
    total: int = 0
    corrected: Mapping[str, str] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))

    @property
    def has_earlier(self) -> bool:
        return self.number > 0

    @property
    def has_later(self) -> bool:
        return (self.number + 1) * PAGE_SIZE < self.total


async def of(session: AsyncSession, practice_id: object, *, for_update: bool = False) -> Practice:
    """Return the practice; raises NotHereError for a forged id, and for one that was withdrawn."""
    ident = id_from(practice_id) or 0
    practice = await session.get(Practice, ident, with_for_update=for_update)
    if practice is None or practice.withdrawn_at is not None:
        raise NotHereError("That practice is not in the tool belt any more. /practice shows all.")
    return practice


async def among(session: AsyncSession, ids: Collection[int]) -> list[Practice]:
    """Return those of these practices that are still in the tool belt, in the order of `ids`."""
    if not ids:
        return []
    rows = await session.scalars(_live().where(Practice.id.in_(ids)))
    by_id = {practice.id: practice for practice in rows}
    return [by_id[one] for one in dict.fromkeys(ids) if one in by_id]


async def page_of(session: AsyncSession, number: int) -> Page:
    """Return one page of the whole tool belt by name; the number may be forged."""
    query = select(func.count(Practice.id)).where(Practice.withdrawn_at.is_(None))
    total = await session.scalar(query) or 0
    number = _within(number, total)
    rows = await session.scalars(_by_name().offset(number * PAGE_SIZE).limit(PAGE_SIZE))
    return Page(practices=tuple(rows), number=number, total=total)


async def mine(session: AsyncSession, member_id: str, number: int) -> Page:
    """Return one page by name of what this person added or tried; the number may be forged."""
    tried = select(Pilot.practice_id).where(
        Pilot.member_id == member_id, Pilot.deleted_at.is_(None), Pilot.practice_id.is_not(None)
    )
    theirs = or_(Practice.added_by == member_id, Practice.id.in_(tried))
    query = select(func.count(Practice.id)).where(Practice.withdrawn_at.is_(None), theirs)
    total = await session.scalar(query) or 0
    number = _within(number, total)
    chosen = _by_name().where(theirs)
    rows = await session.scalars(chosen.offset(number * PAGE_SIZE).limit(PAGE_SIZE))
    return Page(practices=tuple(rows), number=number, total=total)


async def found(session: AsyncSession, words: str, number: int) -> Page:
    """Return one page of what a search finds, the best first."""
    findings = await search.find(
        session, words, kinds=[KIND], communities=[], page=slice(search.MOST_FINDS)
    )
    number = _within(number, findings.total)
    hits = findings.hits[number * PAGE_SIZE : (number + 1) * PAGE_SIZE]
    practices = await among(session, [hit.about_id for hit in hits])
    return Page(
        practices=tuple(practices),
        number=number,
        total=findings.total,
        corrected=findings.corrected,
    )


async def by_name(session: AsyncSession, words: str) -> Practice | list[Practice]:
    """Return the practice that is called so, or else those it may be, the likeliest first."""
    names = await _names(session)
    ids = _exactly(names, words) or _holding(names, words)
    if len(ids) != 1:
        ids = ids or _nearly(names, words)
    practices = await among(session, ids[:CANDIDATES_AT_MOST])
    return practices[0] if len(ids) == 1 and practices else practices


async def like(session: AsyncSession, typed: str, limit: int) -> Sequence[Practice]:
    """Return what a list to choose from offers while somebody types; all by name at first."""
    if not one_line(typed):
        return (await session.scalars(_by_name().limit(limit))).all()
    names = await _names(session)
    ids = dict.fromkeys([*_holding(names, typed), *_nearly(names, typed)])
    return await among(session, list(ids)[:limit])


def _live() -> Select[Practice]:
    return select(Practice).where(Practice.withdrawn_at.is_(None))


def _by_name() -> Select[Practice]:
    return _live().order_by(func.lower(Practice.name), Practice.id)


def _within(number: int, total: int) -> int:
    return max(0, min(number, (total - 1) // PAGE_SIZE))


async def _names(session: AsyncSession) -> dict[int, str]:
    query = select(Practice.id, Practice.name).where(Practice.withdrawn_at.is_(None))
    rows = await session.execute(query.order_by(func.lower(Practice.name), Practice.id))
    return {ident: name.casefold() for ident, name in rows}


def _exactly(names: Mapping[int, str], words: str) -> list[int]:
    wanted = one_line(words).casefold()
    return [ident for ident, name in names.items() if name == wanted]


def _holding(names: Mapping[int, str], words: str) -> list[int]:
    """Return those whose names hold every word, the ones that begin so first."""
    wanted = one_line(words).casefold()
    parts = wanted.split()
    found = [ident for ident, name in names.items() if all(part in name for part in parts)]
    return sorted(found, key=lambda ident: not names[ident].startswith(wanted)) if parts else []


def _nearly(names: Mapping[int, str], words: str) -> list[int]:
    """Return those whose names are spelled nearly so; one alone if it was surely meant."""
    near = process.extract(
        words,
        names,
        scorer=fuzz.token_sort_ratio,
        processor=utils.default_process,
        score_cutoff=NEAR_ENOUGH,
        limit=CANDIDATES_AT_MOST,
    )
    sure = [ident for _, score, ident in near if score >= SURELY_MEANT]
    return sure if len(sure) == 1 else [ident for _, _, ident in near]
