"""The database: the parent of every table, and how to reach it one workspace at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from datetime import datetime
from functools import lru_cache, partial
from typing import Any, ClassVar

from sqlalchemy import MetaData, String, event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import (
    DeclarativeBase,
    LoaderCriteriaOption,
    Mapped,
    ORMExecuteState,
    Session,
    mapped_column,
    with_loader_criteria,
)

from models import sqlite
from models.time import UtcDateTime

EVERYWHERE = "*"
# Seconds a writer waits for another process that is writing to the same SQLite file.
BUSY_TIMEOUT = 15
DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}


class Base(DeclarativeBase):
    """Parent of every table."""

    # Constraints have names, so that a migration on either database can find them.
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime}


class OfWorkspace:
    """A row that belongs to one Slack workspace. A session sees only its own workspace's rows."""

    workspace_id: Mapped[str] = mapped_column(String(32), index=True)


class UnscopedError(Exception):
    """A query was made without saying for which workspace: a fault in the code, never shown."""


class ScopedSession(Session):
    """A session that reads and writes the rows of one workspace.

    `info["workspace_id"]` is the workspace, or EVERYWHERE for the postman and the ticks.
    """


@event.listens_for(ScopedSession, "do_orm_execute")
def _narrow(state: ORMExecuteState) -> None:
    workspace_id = state.session.info.get("workspace_id")
    if workspace_id == EVERYWHERE or state.is_insert:
        return
    if workspace_id is None:
        if any(issubclass(mapper.class_, OfWorkspace) for mapper in state.all_mappers):
            raise UnscopedError(f"which workspace? {state.statement}")
        return
    state.statement = state.statement.options(_of_workspace(workspace_id))


@lru_cache(maxsize=1000)
def _of_workspace(workspace_id: str) -> LoaderCriteriaOption:
    """Return what narrows a statement; made anew it costs as much as the statement itself."""
    return with_loader_criteria(
        OfWorkspace, lambda row: row.workspace_id == workspace_id, include_aliases=True
    )


@event.listens_for(ScopedSession, "before_flush")
def _stamp(session: Session, *_: object) -> None:
    workspace_id = session.info.get("workspace_id")
    for row in session.new:
        if not isinstance(row, OfWorkspace):
            continue
        if row.workspace_id is None and workspace_id not in (None, EVERYWHERE):
            row.workspace_id = workspace_id
        if workspace_id != EVERYWHERE and row.workspace_id != workspace_id:
            raise UnscopedError(f"{row!r} does not belong to {workspace_id}")


class Database:
    """A way into the database: `db.begin()` is one transaction, `db()` is for reading.

    `db.of(workspace_id)` sees one workspace; without it only tables of no workspace can be read.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self._sessions = async_sessionmaker(
            # Cards are drawn after the transaction is over, so rows must stay readable.
            engine,
            expire_on_commit=False,
            sync_session_class=ScopedSession,
        )
        self._info: dict[str, Any] = {}
        self._first: list[Callable[[AsyncSession], Any]] = []
        self._listeners: list[Callable[[], None]] = []
        # SQLite lets one writer in at a time and makes the others sleep and guess; a queue is fair.
        self._turn = asyncio.Lock() if self.is_sqlite else None

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def of(self, workspace_id: str) -> Database:
        """Return the same database, seen by one workspace."""
        view = Database.__new__(Database)
        view.__dict__ = self.__dict__ | {"_info": {"workspace_id": workspace_id}}
        return view

    def everywhere(self) -> Database:
        """Return the same database across workspaces: for the postman and the ticks only."""
        return self.of(EVERYWHERE)

    def first(self, step: Callable[[AsyncSession], Any]) -> Database:
        """Return the same database, with `step` awaited at the start of its first transaction.

        The first is the first one that was kept.
        """
        view = self.of(self._info.get("workspace_id", ""))
        view._info = self._info
        view._first = [*self._first, step]
        return view

    def when_committed(self, listener: Callable[[], None]) -> None:
        """Call `listener` after each commit that called `announce(session)`."""
        self._listeners.append(listener)

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[AsyncSession]:
        """Open a session for reading."""
        async with self._sessions(info=dict(self._info)) as session:
            yield session

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        """Open a session whose changes are kept together, or not at all."""
        async with (
            self._turn or nullcontext(),
            self._sessions(info=dict(self._info)) as session,
            session.begin(),
        ):
            await session.connection(execution_options={"writes": True})
            for step in self._first:
                await step(session)
            yield session
        # Kept: what follows is part of the same, and not told once more.
        self._first.clear()
        if session.info.get("announced"):
            for listener in self._listeners:
                listener()

    async def close(self) -> None:
        await self.engine.dispose()


def announce(session: AsyncSession) -> None:
    """Tell whoever waits for new posts, once this transaction is committed."""
    session.info["announced"] = True


def workspace_of(session: AsyncSession) -> str:
    """Return the one workspace this session sees; raises UnscopedError if it is not one."""
    workspace_id = session.info.get("workspace_id")
    if not workspace_id or workspace_id == EVERYWHERE:
        raise UnscopedError("this is always done in one workspace")
    return str(workspace_id)


def full_url(url: str) -> URL:
    """Return a database URL with the asynchronous driver we ship.

    Accepts sqlite:///file, postgres://…, postgresql://… and complete SQLAlchemy URLs; raises
    ValueError for any other kind of database.
    """
    try:
        parsed = make_url(url)
    except Exception as error:
        raise ValueError("it is not a database URL") from error
    kind = parsed.drivername.split("+")[0]
    if kind not in DRIVERS:
        raise ValueError("only sqlite:///… and postgresql://… are known")
    return parsed.set(drivername=DRIVERS[kind])


def connect(url: str, *, is_sole: bool = False) -> Database:
    """Return the database at `url`, in the forms that `full_url` accepts.

    `is_sole`: this is the only one who has the SQLite file open, so that none waits for another.
    """
    location = full_url(url)
    # An error would otherwise carry members' words, and who wrote them, into the log.
    if location.drivername.startswith("sqlite"):
        engine = create_async_engine(
            location,
            hide_parameters=True,
            connect_args={
                "timeout": BUSY_TIMEOUT,
                "async_creator_fn": partial(sqlite.connection, is_sole=is_sole),
            },
        )
        _begin_in_time(engine)
    else:
        engine = create_async_engine(
            location,
            hide_parameters=True,
            pool_pre_ping=True,
            # The connection that was used last still knows how our statements are prepared.
            pool_use_lifo=True,
            pool_size=10,
            max_overflow=10,
        )
    return Database(engine)


def _begin_in_time(engine: AsyncEngine) -> None:
    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that reads first and then writes would fail instead of waiting its turn.
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
