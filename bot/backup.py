"""A backup: a consistent copy of the database while the bot goes on."""

import asyncio
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import URL

from bot.config import Config
from models.database import Database, full_url

# What asyncpg's URLs may say and pg_dump's may not, and what pg_dump calls it.
RENAMED = {"ssl": "sslmode"}
KNOWN_TO_PG_DUMP = {
    "application_name",
    "connect_timeout",
    "dbname",
    "host",
    "options",
    "passfile",
    "port",
    "service",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "target_session_attrs",
    "user",
}


class BackupError(Exception):
    """The copy cannot be made; the text says why."""


async def save(config: Config, db: Database, file: Path) -> str:
    """Copy an SQLite database to `file`; for PostgreSQL return the command that does it.

    Raises BackupError when there is nothing to copy, or no place for it.
    """
    url = full_url(config.database_url)
    await asyncio.to_thread(_check_place, file)
    if not db.is_sqlite:
        return (
            "PostgreSQL brings its own tool for this. With the password in PGPASSWORD, run\n"
            f"  {pg_dump_command(url, file)}"
        )
    if url.database in (None, "", ":memory:") or url.query:
        raise BackupError("DATABASE_URL names no file, so there is nothing to copy.")
    source = Path(url.database)
    try:
        await asyncio.to_thread(_copy, source, file)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"{source} could not be copied to {file}: {error}.") from error
    return f"Copied {source} to {file}."


def pg_dump_command(url: URL, file: Path) -> str:
    """Return the command as one types it in a shell; the password is left to PGPASSWORD."""
    asked = {"host": url.host, "port": url.port, "user": url.username, "dbname": url.database}
    for name, value in url.query.items():
        name = RENAMED.get(name, name)
        if name in KNOWN_TO_PG_DUMP:
            # A URL may name a thing more than once; libpq takes several hosts with commas.
            asked[name] = value if isinstance(value, str) else ",".join(value)
    place = " ".join(f"{name}={_quoted(str(value))}" for name, value in asked.items() if value)
    return shlex.join(["pg_dump", "--format=custom", f"--file={file}", f"--dbname={place}"])


def _quoted(value: str) -> str:
    """Return a value as libpq's connection strings want it."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _check_place(file: Path) -> None:
    if file.exists():
        raise BackupError(f"{file} exists already; nothing was copied. Choose another name.")
    if not file.absolute().parent.is_dir():
        raise BackupError(f"There is no folder {file.absolute().parent}; create it first.")


def _copy(source: Path, target: Path) -> None:
    if not source.is_file():
        raise BackupError(
            f"There is no database at {source.absolute()} yet; nothing was copied. "
            "Is DATABASE_URL right, and is this the folder the bot runs in?"
        )
    unfinished = target.with_name(target.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as here,
            closing(sqlite3.connect(unfinished)) as there,
        ):
            # SQLite's online backup: one consistent moment, whoever is writing.
            here.backup(there)
            # The copy is one file that can be read from anywhere, without a log beside it.
            there.execute("PRAGMA journal_mode = DELETE")
            [verdict] = there.execute("PRAGMA quick_check").fetchone()
        if verdict != "ok":
            raise BackupError(f"{source} is damaged ({verdict}); the copy was not kept.")
        _check_place(target)
        unfinished.rename(target)
    finally:
        unfinished.unlink(missing_ok=True)
