"""Dialects: the little that SQLite and PostgreSQL do not say in the same way when searching."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Insert,
    Select,
    String,
    Text,
    bindparam,
    cast,
    column,
    literal,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

# Both databases then compare by code point, so "begins with" is a range of the index.
BY_CODE_POINT = String(40).with_variant(String(40, collation="C"), "postgresql")

# PostgreSQL fetches so many matches from its index and sorts them in about 25 ms. Where there are
# more in 200,000 entries, reading those from the end comes upon enough of them as fast.
SORTABLE = 10_000

Terms = Sequence[Collection[str]]
Rows = Select[*tuple[Any, ...]]


def is_sqlite(session: AsyncSession | Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def insert_into(session: AsyncSession | Session, target: Any) -> Any:
    """Return an insert that also knows what to do when the row is there already."""
    return sqlite.insert(target) if is_sqlite(session) else postgresql.insert(target)


async def insert_new(session: AsyncSession, target: Any, values: dict[str, Any]) -> bool:
    """Insert a row and say whether it is new; one that breaks no rule but uniqueness stays out."""
    statement: Insert = insert_into(session, target).on_conflict_do_nothing()
    added = await session.execute(statement.values(**values).returning(target.c.id))
    return added.first() is not None


async def leave_no_trace(session: AsyncSession) -> None:
    """Write the index anew where it would go on holding the words of what is gone.

    SQLite's only marks them as deleted, until enough else has changed (fts5, "optimize").
    """
    if is_sqlite(session):
        index = table("search_fts", column("search_fts"))
        await session.execute(sqlite.insert(index).values(search_fts="optimize"))


async def plan_anew(session: AsyncSession) -> None:
    """Let this transaction's searches be planned for the words they ask for.

    After five runs PostgreSQL may take one plan for all, which knows nothing of the words and
    sorts what is read faster from the end ("plan_cache_mode").
    """
    if not is_sqlite(session):
        await session.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))


def newest_with(
    session: AsyncSession, query: Rows, terms: Terms, limit: int, expected: int
) -> Rows:
    """Narrow a query of search_entries to the newest that hold one term of each collection.

    `expected` is how many entries do, or a few more. A term has neither quotes nor spaces nor
    backslashes. The index is migration 0002's: the table `search_fts` of SQLite, the column
    `search_fts` of PostgreSQL.
    """
    entry_id: ColumnElement[int] = literal_column("search_entries.id")
    if is_sqlite(session):
        index = table("search_fts", column("rowid"), column("search_fts"))
        matching = _expression(terms, '"', " AND ", " OR ")
        newest = (
            select(index.c.rowid)
            .where(index.c.search_fts.op("MATCH")(bindparam(None, matching, Text)))
            .order_by(index.c.rowid.desc())
            .limit(limit)
        )
        return query.where(entry_id.in_(newest)).order_by(entry_id.desc())
    matching = _expression(terms, "'", " & ", " | ")
    wanted = cast(cast(literal(matching), Text), postgresql.TSQUERY)
    holds = literal_column("search_entries.search_fts").op("@@")(wanted)
    # Its planner takes a few rare terms together for a common one and would then read the table
    # from its end until it has found enough, which may be all of it. A sum is not in that index.
    order = entry_id + 0 if expected <= SORTABLE else entry_id
    return query.where(holds).order_by(order.desc()).limit(limit)


def _expression(terms: Terms, quote: str, all_of: str, any_of: str) -> str:
    groups = (any_of.join(f"{quote}{term}{quote}" for term in sorted(group)) for group in terms)
    return all_of.join(f"({group})" for group in groups)
