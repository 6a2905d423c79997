"""Finding: from a few words, as they were typed, to the things meant, the best first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.database import workspace_of
from models.search.dialects import Terms, newest_with, plan_anew
from models.search.entries import TITLE_MARK, Facets, SearchEntry, facet_marks, scope_mark
from models.search.sight import sights_of
from models.search.stems import stem_of
from models.search.vocabulary import EVERY_ENTRY, beginning_with, how_many, nearest, settle
from models.search.words import COMMON, telling_words_of

# Of a word that stands in thousands of entries, the newest are weighed; nobody pages further.
MOST_FINDS = 500
MOST_WORDS = 24
MOST_CORRECTIONS = 4
TITLE_WEIGHT = 3.0
# What a word counts that only begins like the last one typed.
BEGINNING_WEIGHT = 0.5
# Letters: below this length, shorter entries gain little over longer ones.
USUAL_LENGTH = 400


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found. A higher `score` is better; scores of two searches do not compare."""

    kind: str
    about_id: int
    title: str
    score: float


@dataclass(frozen=True, slots=True)
class Findings:
    """What a search found; `corrected` maps a word as typed to the one looked for instead.

    `total` stops at MOST_FINDS.
    """

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    corrected: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class View:
    """Where a search looks: the entries one viewer may see, narrowed by kinds and facets."""

    session: AsyncSession
    kinds: Collection[str]
    communities: Collection[int]
    filters: Facets = field(default_factory=dict)

    @property
    def sights(self) -> list[str]:
        return sights_of(self.kinds, self.communities)

    async def newest(self, terms: Terms, expected: int) -> Sequence[Any]:
        """Return the newest entries in view, at most MOST_FINDS, with a term of each collection.

        `expected` is how many there are, or a few more.
        """
        if not self.kinds:
            return []
        workspace_id = workspace_of(self.session)
        scope = [scope_mark(workspace_id, sight) for sight in self.sights]
        entry = SearchEntry
        query = select(entry.kind, entry.about_id, entry.title, entry.terms, entry.happened_at)
        # The marks in the index say the same; what must never fail is said twice.
        query = query.where(
            entry.workspace_id == workspace_id,
            entry.kind.in_(self.kinds),
            or_(entry.is_open, entry.community_id.in_(self.communities)),
        )
        groups = [scope, *facet_marks(self.filters), *terms]
        query = newest_with(self.session, query, groups, MOST_FINDS, expected)
        await plan_anew(self.session)
        return (await self.session.execute(query)).all()


@dataclass(slots=True)
class Wanted:
    """One word of a search: the stems it may stand for, each with what it counts."""

    word: str
    stems: dict[str, float]
    entries: int = 0

    def weight(self, all_entries: int) -> float:
        """Return how telling the word is: the rarer, the more."""
        return log(1 + all_entries / (self.entries + 1))

    def found_in(self, terms: str) -> float:
        return max(
            (
                counts * (TITLE_WEIGHT if f" {TITLE_MARK}{stem} " in terms else 1)
                for stem, counts in self.stems.items()
                if f" {stem} " in terms
            ),
            default=0,
        )


async def find(
    session: AsyncSession,
    words: str,
    *,
    kinds: Collection[str],
    communities: Collection[int],
    filters: Facets | None = None,
    page: slice = slice(0, 10),
) -> Findings:
    """Return what holds all the words or, if nothing does, any of them.

    `communities` are those the viewer belongs to. The last word may be only a beginning; a word
    nobody uses counts as the nearest one in use. Filters without words find the newest.
    """
    view = View(session, kinds, communities, filters or {})
    typed = telling_words_of(words)[:MOST_WORDS]
    if not typed and (words.strip() or not filters):
        return Findings()
    await settle(session)
    wanted, all_entries = await _understood(view, typed)
    corrected = await _corrected(view, wanted)
    rows = await _with_all(view, wanted, all_entries) or await _with_any(view, wanted)
    ranked = _ranked(rows, wanted, all_entries)[:MOST_FINDS]
    hits = [Hit(row.kind, row.about_id, row.title, round(score, 4)) for score, row in ranked[page]]
    return Findings(hits, len(ranked), corrected)


async def _understood(view: View, typed: list[str]) -> tuple[list[Wanted], int]:
    wanted = [Wanted(word, {stem_of(word): 1.0}) for word in typed]
    known = await how_many(
        view.session, view.sights, [stem for one in wanted for stem in one.stems]
    )
    for one in wanted:
        one.entries = known.get(stem_of(one.word), 0)
    if wanted and len(typed[-1]) > 1 and typed[-1] not in COMMON:
        longer = await beginning_with(view.session, view.sights, typed[-1])
        wanted[-1].stems = dict.fromkeys(longer, BEGINNING_WEIGHT) | wanted[-1].stems
        wanted[-1].entries = max(wanted[-1].entries, sum(longer.values()))
    return wanted, known.get(EVERY_ENTRY, 0)


async def _corrected(view: View, wanted: list[Wanted]) -> dict[str, str]:
    corrected = {}
    for one in [one for one in wanted if not one.entries][:MOST_CORRECTIONS]:
        used = await nearest(view.session, view.sights, one.word)
        if used:
            stem = stem_of(used)
            one.stems = {stem: 1.0}
            one.entries = (await how_many(view.session, view.sights, [stem]))[stem]
            corrected[one.word] = used
    return corrected


async def _with_all(view: View, wanted: list[Wanted], all_entries: int) -> Sequence[Any]:
    expected = min((one.entries for one in wanted), default=all_entries)
    if not expected:
        return []
    rows = await view.newest([one.stems for one in wanted], expected)
    if len(rows) < MOST_FINDS:
        return rows
    titles = [[TITLE_MARK + stem for stem in one.stems] for one in wanted]
    # How many titles hold them all is counted nowhere; among the newest it can be seen.
    entitled = sum(_has_one_of_each(f"{row.terms} ", titles) for row in rows)
    in_titles = await view.newest(titles, expected * (entitled + 1) // len(rows))
    # The same entry is the same row, in both.
    return list(dict.fromkeys([*in_titles, *rows]))


def _has_one_of_each(terms: str, groups: Terms) -> bool:
    return all(any(f" {term} " in terms for term in group) for group in groups)


async def _with_any(view: View, wanted: list[Wanted]) -> Sequence[Any]:
    return await with_rarest(view, {stem: one.entries for one in wanted for stem in one.stems})


async def with_rarest(view: View, entries_of: dict[str, int]) -> Sequence[Any]:
    """Return entries with any of the rarest stems: so many stems that all such entries fit in."""
    rarest: dict[str, int] = {}
    for stem, entries in sorted(entries_of.items(), key=lambda one: one[1]):
        if entries and (not rarest or sum(rarest.values()) + entries <= MOST_FINDS):
            rarest[stem] = entries
    return await view.newest([rarest], sum(rarest.values())) if rarest else []


def _ranked(rows: Sequence[Any], wanted: list[Wanted], all_entries: int) -> list[tuple[float, Any]]:
    """Return the rows with their scores, the best first."""
    weights = [(one, one.weight(all_entries)) for one in wanted]

    def score(row: Any) -> float:
        terms = f"{row.terms} "
        found = [weight * one.found_in(terms) for one, weight in weights]
        has = sum(1 for one in found if one)
        return sum(found) * has / log(USUAL_LENGTH + len(terms))

    scored = [(score(row), row.happened_at, row.about_id, row) for row in rows]
    scored.sort(key=lambda one: one[:3], reverse=True)
    return [(points, row) for points, *_, row in scored]
