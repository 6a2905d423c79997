"""SQLite without detours: each statement takes one trip to the connection's thread and back.

The driver makes four trips, for a cursor, the statement, its rows and the cursor's end, and a trip
takes longer than most of our statements.
"""

import sqlite3
import time
from collections.abc import Callable, Iterable
from functools import partial
from types import TracebackType
from typing import Any, Self

import aiosqlite

# The driver fetches so many rows at a time when it is asked for them one by one, which we never do.
ROWS_AT_A_TIME = 64
# Pause in seconds before a locked file is asked once more to be in WAL mode.
PAUSE = 0.01


class Statement:
    """One statement as SQLAlchemy sees it, a cursor whose rows are all here once it was executed.

    Has no `fetchone` of its own, so `session.stream` is not to be had.
    """

    arraysize = 1

    def __init__(self, run: Callable[..., Any], connection: sqlite3.Connection) -> None:
        self._run = run
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def execute(self, words: str, values: Iterable[Any] = ()) -> Self:
        await self._run(self._executed, sqlite3.Cursor.execute, words, values)
        return self

    async def executemany(self, words: str, values: Iterable[Iterable[Any]]) -> Self:
        await self._run(self._executed, sqlite3.Cursor.executemany, words, values)
        return self

    def _executed(self, execute: Callable[..., Any], words: str, values: Iterable[Any]) -> None:
        """Do all of it at once; called in the connection's thread."""
        cursor = self._connection.cursor()
        try:
            execute(cursor, words, values)
            self.description = cursor.description
            self._rows = cursor.fetchall() if cursor.description else []
            # How many rows a change has met is known only after the last one that it returns.
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()

    async def fetchall(self) -> list[Any]:
        return self._rows

    async def close(self) -> None:
        """Do nothing: all that was open was closed with the last row."""


class Connection(aiosqlite.Connection):
    """The driver's connection, except for its statements."""

    def cursor(self) -> Statement:  # type: ignore[override]  # what SQLAlchemy needs of a cursor
        return Statement(self._execute, self._conn)


class SoleConnection(Connection):
    """A connection to a small file that nobody else has open: it works where it is called.

    A trip to a thread takes longer than a statement; but a statement that had to wait for another
    process would hold up everything.
    """

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return fn(*args, **kwargs)


def connection(path: str, *, is_sole: bool = False, **options: Any) -> Connection:
    """Return a connection to await, with the options of `sqlite3.connect`."""
    kind = SoleConnection if is_sole else Connection
    # It is opened in its thread, wherever it works afterwards.
    options["check_same_thread"] = False
    opened = kind(partial(_open, path, **options), ROWS_AT_A_TIME)
    # A program that ends in the middle of a statement does not wait for it.
    opened._thread.daemon = True
    return opened


def _open(path: str, *, timeout: float, **options: Any) -> sqlite3.Connection:
    """Open the file as we use it; called in the connection's thread, `timeout` in seconds."""
    # The driver's own BEGIN comes too late and too weak; `models.database` sends ours.
    opened: sqlite3.Connection = sqlite3.connect(
        path, timeout=timeout, isolation_level=None, **options
    )
    try:
        _write_ahead(opened, time.monotonic() + timeout)
        opened.execute("PRAGMA foreign_keys = ON")
        # In WAL mode NORMAL survives a killed process; only a power cut may take the last commit.
        opened.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        opened.close()
        raise
    return opened


def _write_ahead(opened: sqlite3.Connection, deadline: float) -> None:
    """Bring the file into WAL mode, waiting for others until `deadline`.

    Several programs that do so to a new file at the same moment may meet a lock for which SQLite
    does not wait, whatever its time-out (https://www.sqlite.org/c3ref/busy_handler.html).
    """
    while True:
        try:
            opened.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            # The first of an extended code's four bytes is the plain one.
            is_busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not is_busy or time.monotonic() > deadline:
                raise
            time.sleep(PAUSE)
        else:
            return
