"""A backup: a consistent copy of the database while the bot goes on."""

import asyncio
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.config import Config
from models.database import Database, full_url


class BackupError(Exception):
    """The copy cannot be made; the text says why."""


async def save(config: Config, db: Database, file: Path) -> str:
    """Copy an SQLite database to `file`; for PostgreSQL return the command that does it.

    Raises BackupError when the file exists already.
    """
    if not db.is_sqlite:
        url = full_url(config.database_url).set(drivername="postgresql")
        shown = shlex.quote(url.render_as_string(hide_password=True))
        return (
            "PostgreSQL brings its own tool for this. With the password in PGPASSWORD, run\n"
            f"  pg_dump --format=custom --file={shlex.quote(str(file))} {shown}"
        )
    source = Path(full_url(config.database_url).database or "")
    await asyncio.to_thread(_copy, source, file)
    return f"Copied {source} to {file}."


def _copy(source: Path, target: Path) -> None:
    # SQLite's online backup reads a consistent state and starts over when somebody writes.
    if target.exists():
        raise BackupError(f"{target} exists already; nothing was copied.")
    unfinished = target.with_name(target.name + ".unfinished")
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as here,
        closing(sqlite3.connect(unfinished)) as there,
    ):
        here.backup(there)
    unfinished.rename(target)
