"""Vocabulary: which words a viewer's colleagues use, so that a misspelled one is understood.

Words are counted apart for each circle of viewers: nobody is offered, or corrected to, a word that
only others may read. Nothing is held in memory, so any number of replicas agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from rapidfuzz.distance import OSA
from sqlalchemy import Index, String, bindparam, delete, event, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, Session, SessionTransaction, mapped_column

from models.database import Base, OfWorkspace, ScopedSession, workspace_of
from models.search.dialects import BY_CODE_POINT, Rows, insert_into
from models.search.stems import stem_of

# It stands in every entry, so that its count is the number of entries.
EVERY_ENTRY = ""
EXPANSIONS = 20
MOST_CANDIDATES = 4_000
# The shortest word that is corrected, and the shortest in which two letters may be wrong.
CORRECTED_FROM, TWICE_FROM = 4, 8
_LAST = "\U0010ffff"
_PENDING = "search_words"

# By circle and word: in how many entries more (or less, if negative) it stands.
Changes = Counter[tuple[str, str]]


class SearchWord(OfWorkspace, Base):
    """One word, and how many entries of one circle have it. `backwards` finds it by its end."""

    __tablename__ = "search_words"

    workspace_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    sight: Mapped[str] = mapped_column(String(60), primary_key=True)
    word: Mapped[str] = mapped_column(BY_CODE_POINT, primary_key=True)
    backwards: Mapped[str] = mapped_column(BY_CODE_POINT)
    stem: Mapped[str] = mapped_column(BY_CODE_POINT)
    entries: Mapped[int]

    __table_args__ = (
        Index("ix_search_words_backwards", "workspace_id", "sight", "backwards"),
        Index("ix_search_words_stem", "workspace_id", "sight", "stem"),
    )


async def tally(session: AsyncSession, changes: Changes) -> None:
    """Note in how many entries more or less each word of a circle stands from now on."""
    workspace_id = workspace_of(session)
    counter = Counter({(workspace_id, *key): by for key, by in changes.items()})
    if session.in_nested_transaction():
        # It may yet be rolled back to its savepoint, and these changes with it.
        await session.run_sync(_write, counter)
    else:
        session.info.setdefault(_PENDING, Counter()).update(counter)


async def settle(session: AsyncSession) -> None:
    """Write down what was tallied, so that a search in the same transaction knows it."""
    await session.run_sync(_settle)


@event.listens_for(ScopedSession, "before_commit")
def _settle(session: Session) -> None:
    # The words are counted last and in their order. A word like "the" is in everybody's way: this
    # holds it for the shortest time, and two transactions never wait for each other in a circle.
    if _PENDING in session.info and not session.in_nested_transaction():
        session.flush()
        _write(session, session.info.pop(_PENDING))


@event.listens_for(ScopedSession, "after_soft_rollback")
def _unsettle(session: Session, rolled_back: SessionTransaction) -> None:
    if not rolled_back.nested:
        session.info.pop(_PENDING, None)


def _write(session: Session, counter: Counter[tuple[str, str, str]]) -> None:
    changed = sorted((key, by) for key, by in counter.items() if by)
    if not changed:
        return
    insert = insert_into(session, SearchWord.__table__)
    count = insert.on_conflict_do_update(
        index_elements=["workspace_id", "sight", "word"],
        set_={"entries": SearchWord.entries + insert.excluded.entries},
    )
    session.connection().execute(count, [_counted(*key, by) for key, by in changed])
    lost = [_counted(*key, by) for key, by in changed if by < 0]
    if lost:
        session.connection().execute(_unused(), lost)


def _counted(workspace_id: str, sight: str, word: str, by: int) -> dict[str, Any]:
    return {
        "workspace_id": workspace_id,
        "sight": sight,
        "word": word,
        "backwards": word[::-1],
        "stem": stem_of(word),
        "entries": by,
    }


def _unused() -> Any:
    return delete(SearchWord).where(
        SearchWord.workspace_id == bindparam("workspace_id"),
        SearchWord.sight == bindparam("sight"),
        SearchWord.word == bindparam("word"),
        SearchWord.entries <= 0,
    )


async def how_many(
    session: AsyncSession, sights: Collection[str], stems: Collection[str]
) -> dict[str, int]:
    """Return in how many entries of these circles each stem occurs, leaving out those in none.

    The stem EVERY_ENTRY tells how many entries there are.
    """
    query = (
        _seen(session, sights, SearchWord.stem, func.sum(SearchWord.entries))
        .where(SearchWord.stem.in_({*stems, EVERY_ENTRY}))
        .group_by(SearchWord.stem)
    )
    return {stem: int(entries) for stem, entries in await session.execute(query)}


async def beginning_with(
    session: AsyncSession, sights: Collection[str], prefix: str
) -> dict[str, int]:
    """Return the stems of the most used words that begin so, and in how many entries they are."""
    entries = func.sum(SearchWord.entries)
    query = (
        _seen(session, sights, SearchWord.stem, entries)
        .where(SearchWord.word >= prefix, SearchWord.word < prefix + _LAST)
        .group_by(SearchWord.stem)
        .order_by(entries.desc(), SearchWord.stem)
        .limit(EXPANSIONS)
    )
    return {stem: int(entries) for stem, entries in await session.execute(query)}


async def nearest(session: AsyncSession, sights: Collection[str], word: str) -> str | None:
    """Return the word these circles use that was most likely meant, if one is near enough."""
    if len(word) < CORRECTED_FROM or not word.isalpha():
        return None
    reach = 2 if len(word) >= TWICE_FROM else 1
    words = await session.execute(_alike(session, sights, word, reach))
    by_distance = (
        (OSA.distance(word, other, score_cutoff=reach), other[0] != word[0], -entries, other)
        for other, entries in words
    )
    best = min((one for one in by_distance if one[0] <= reach), default=None)
    return best and best[-1]


def _alike(session: AsyncSession, sights: Collection[str], word: str, reach: int) -> Rows:
    # One wrong letter, or two swapped ones, leave either the beginning or the end as it was.
    intact = min(3, (len(word) - 1) // 2)
    beginning, end = word[:intact], word[::-1][:intact]
    entries = func.sum(SearchWord.entries)
    return (
        _seen(session, sights, SearchWord.word, entries)
        .where(
            or_(
                SearchWord.word.between(beginning, beginning + _LAST),
                SearchWord.backwards.between(end, end + _LAST),
            ),
            func.length(SearchWord.word).between(len(word) - reach, len(word) + reach),
        )
        .group_by(SearchWord.word)
        .order_by(entries.desc(), SearchWord.word)
        .limit(MOST_CANDIDATES)
    )


def _seen(session: AsyncSession, sights: Collection[str], *columns: Any) -> Rows:
    return select(*columns).where(
        SearchWord.workspace_id == workspace_of(session), SearchWord.sight.in_(sights)
    )
