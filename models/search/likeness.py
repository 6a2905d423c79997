"""Likeness: what others have met before that is like the thing somebody just wrote down."""

from collections.abc import Collection
from math import log, sqrt

from sqlalchemy.ext.asyncio import AsyncSession

from models.search.finding import Hit, View, with_rarest
from models.search.vocabulary import EVERY_ENTRY, how_many, settle
from models.search.words import COMMON, stems_of, words_of

# A word in more than this share of the entries, and in more than a few, is common here.
COMMON_SHARE, A_FEW = 0.1, 20
# Two things are alike when they share at least so many telling words, and the words they share
# make up this much of both (the cosine of the angle between them).
SHARED_WORDS, LIKE_ENOUGH = 2, 0.12
# What every teacher writes of, also where too little is written yet to tell which words are common.
SCHOOL_WORDS = words_of(
    "class classes classroom day days grade grades hour kids learn lesson minutes month period "
    "pupils school student students teach teacher teaching time week work year start try tried"
)
_COMMON_STEMS = frozenset(stems_of([*COMMON, *SCHOOL_WORDS]))


async def similar(
    session: AsyncSession,
    text: str,
    *,
    kinds: Collection[str],
    communities: Collection[int],
    except_id: int | None = None,
    limit: int = 3,
) -> list[Hit]:
    """Return what resembles a whole text, the most alike first; nothing rather than unlike things.

    `communities` are those the viewer belongs to; `except_id` is the thing the text belongs to.
    """
    await settle(session)
    view = View(session, kinds, communities)
    stems = [stem for stem in stems_of(words_of(text)) if _is_telling(stem)]
    known = await how_many(session, view.sights, stems)
    weights = _weights(stems, known)
    rows = await with_rarest(view, {stem: known.get(stem, 0) for stem in weights})
    hits = [
        Hit(row.kind, row.about_id, row.title, _likeness(weights, row.terms.split()))
        for row in rows
        if row.about_id != except_id
    ]
    alike = [hit for hit in hits if hit.score >= LIKE_ENOUGH]
    return sorted(alike, key=lambda hit: (hit.score, hit.about_id), reverse=True)[:limit]


def _is_telling(stem: str) -> bool:
    return len(stem) > 2 and stem not in _COMMON_STEMS


def _weights(stems: list[str], known: dict[str, int]) -> dict[str, float]:
    """Return how telling each stem is, leaving out those that are common here."""
    all_entries = known.get(EVERY_ENTRY, 0)
    often = max(A_FEW, COMMON_SHARE * all_entries)
    return {
        stem: log(1 + all_entries / (known.get(stem, 0) + 1))
        for stem in stems
        if known.get(stem, 0) <= often
    }


def _likeness(weights: dict[str, float], terms: list[str]) -> float:
    others = [term for term in terms if term.isalnum() and _is_telling(term)]
    shared = [weights[term] ** 2 for term in others if term in weights]
    if len(shared) < SHARED_WORDS:
        return 0.0
    mine = sum(weight**2 for weight in weights.values())
    # How telling the other's words are is not looked up: as much as mine, on average.
    theirs = mine / len(weights) * len(others)
    return round(sum(shared) / sqrt(mine * theirs), 4)
