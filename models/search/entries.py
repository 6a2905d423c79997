"""Entries: for each thing that can be found, its words and who may see it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

from sqlalchemy import String, Text, UniqueConstraint, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, OfWorkspace, workspace_of
from models.search.dialects import insert_new, leave_no_trace
from models.search.sight import sight_of
from models.search.vocabulary import EVERY_ENTRY, Changes, tally
from models.search.words import stems_of, words_of

# Far more than a form holds. PostgreSQL refuses to index a text without end.
MOST_WORDS = 2_500
TITLE_MARK = "="
# Entries are written and read as rows, no session holds one as an object.
_AS_IT_IS = {"synchronize_session": False}

Facets = Mapping[str, str | Collection[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A thing to be found: `about_id` is its number among the things of its kind.

    One that `is_open` is seen by the whole workspace, another by members of its community only.
    `filters` are facets to narrow a search by, each with one value or several.
    """

    kind: str
    about_id: int
    title: str
    body: str = ""
    is_open: bool
    community_id: int | None = None
    filters: Facets = field(default_factory=dict)
    happened_at: datetime


class SearchEntry(OfWorkspace, Base):
    """What is remembered of an Entry.

    `terms` is what the full-text index holds, one term a space: who may see it ("@…"), its facets
    ("#…"), the stems of its title ("=talk") and all its stems ("talk"). Stems are letters and
    digits only, so no word that somebody types can pass for one of the others.
    """

    __tablename__ = "search_entries"
    __table_args__ = (UniqueConstraint("workspace_id", "kind", "about_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # The unique constraint's index begins with it.
    workspace_id: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(40))
    about_id: Mapped[int]
    is_open: Mapped[bool]
    community_id: Mapped[int | None]
    title: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    terms: Mapped[str] = mapped_column(Text)
    happened_at: Mapped[datetime]


async def keep(session: AsyncSession, entry: Entry) -> None:
    """Make this thing findable, in place of what was kept of it before."""
    values = _row(workspace_of(session), entry)
    changes = Changes()
    while not await insert_new(session, SearchEntry.__table__, values):
        # It is there, perhaps since a moment ago, and perhaps in the next moment no more.
        if before := await _locked(session, entry.kind, [entry.about_id]):
            changes.subtract(_counted(before[0]))
            change = update(SearchEntry).where(SearchEntry.id == before[0].id).values(**values)
            await session.execute(change, execution_options=_AS_IT_IS)
            break
    changes.update(_counted(SearchEntry(**values)))
    await tally(session, changes)


async def forget(session: AsyncSession, kind: str, *about_ids: int) -> None:
    """Make these things unfindable. Forgetting what was never kept is harmless."""
    before = await _locked(session, kind, about_ids)
    if before:
        removal = delete(SearchEntry).where(SearchEntry.id.in_([one.id for one in before]))
        await session.execute(removal, execution_options=_AS_IT_IS)
        changes = Changes()
        for one in before:
            changes.subtract(_counted(one))
        await tally(session, changes)
        await leave_no_trace(session)


def scope_mark(workspace_id: str, sight: str) -> str:
    """Return the term that stands in every entry of that sight and in no other."""
    return f"@{quote(workspace_id)}/{quote(sight)}"


def facet_marks(filters: Facets) -> list[list[str]]:
    """Return, for each facet, the terms of its values."""
    return [
        [
            f"#{quote(name, safe='')}:{quote(value.casefold()[:100], safe='')}"
            for value in ([values] if isinstance(values, str) else values)
        ]
        for name, values in filters.items()
    ]


async def _locked(session: AsyncSession, kind: str, about_ids: Collection[int]) -> Sequence[Any]:
    entry = SearchEntry
    query = (
        select(entry.id, entry.kind, entry.is_open, entry.community_id, entry.words)
        .where(entry.workspace_id == workspace_of(session))
        .where(entry.kind == kind, entry.about_id.in_(about_ids))
        .order_by(entry.id)
        .with_for_update()
    )
    return (await session.execute(query)).all()


def _counted(entry: Any) -> Changes:
    sight = sight_of(entry.kind, entry.is_open, entry.community_id)
    return Changes((sight, word) for word in (EVERY_ENTRY, *entry.words.split()))


def _row(workspace_id: str, entry: Entry) -> dict[str, Any]:
    words = words_of(f"{entry.title} {entry.body}")[:MOST_WORDS]
    in_title = [TITLE_MARK + stem for stem in stems_of(words_of(entry.title)[:MOST_WORDS])]
    scope = scope_mark(workspace_id, sight_of(entry.kind, entry.is_open, entry.community_id))
    facets = [mark for marks in facet_marks(entry.filters) for mark in marks]
    return {
        "workspace_id": workspace_id,
        "kind": entry.kind,
        "about_id": entry.about_id,
        "is_open": entry.is_open,
        "community_id": entry.community_id,
        "title": _storable(entry.title),
        "words": " ".join(words),
        "terms": " ".join([scope, *facets, *in_title, *stems_of(words)]),
        "happened_at": entry.happened_at,
    }


def _storable(text: str) -> str:
    # PostgreSQL keeps no NUL, and neither database half of a surrogate pair.
    return text.replace("\0", "").encode("utf-8", "ignore").decode()
