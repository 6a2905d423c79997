"""Reaching the database at the start, or saying in plain words why it cannot be used."""

import asyncio
import logging

import asyncpg
from alembic.util import CommandError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from models import migrations
from models.database import Database

logger = logging.getLogger(__name__)

# Seconds until a server that does not answer counts as unreachable.
ANSWERS_WITHIN = 5.0
UNUSABLE = (OSError, SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError, CommandError)
# What a driver says, and what it means.
MEANINGS = {
    "unable to open database file": "its folder does not exist or may not be written to",
    "file is not a database": "the file is something else, or damaged",
    "disk image is malformed": "the file is damaged; bring back the last backup",
    "readonly database": "the file may not be written to",
    "database is locked": "another program keeps it locked",
    "can't locate revision": "it belongs to a newer version of Staffroom; update the program",
    "password authentication failed": "the server refuses that user or password",
    "no password supplied": "the server wants a password",
    "does not exist": "the server has no such database or user; create it first",
    "permission denied": "the user may not create tables there",
}


class DatabaseUnusableError(Exception):
    """The database cannot be used; the text says why, without its password."""


async def reach(db: Database, within: float = ANSWERS_WITHIN) -> None:
    """Make sure that the database answers; raises DatabaseUnusableError."""
    try:
        async with asyncio.timeout(within), db.engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
    except UNUSABLE as error:
        raise DatabaseUnusableError(_explained(db, error)) from error


async def bring_up_to_date(db: Database, revision: str = "head") -> None:
    """Make the tables this version needs; raises DatabaseUnusableError.

    May take as long as the migrations of another replica take.
    """
    await reach(db)
    try:
        await migrations.upgrade(db, revision)
    except UNUSABLE as error:
        logger.debug("The migrations failed", exc_info=error)
        raise DatabaseUnusableError(_explained(db, error)) from error


async def go_back(db: Database, revision: str) -> None:
    """Undo migrations down to `revision`; raises DatabaseUnusableError."""
    await reach(db)
    try:
        await migrations.downgrade(db, revision)
    except UNUSABLE as error:
        raise DatabaseUnusableError(_explained(db, error)) from error


def _explained(db: Database, error: Exception) -> str:
    url = db.engine.url.set(query={}).render_as_string(hide_password=True)
    return f"The database {url} cannot be used: {_meaning(error)}. Correct DATABASE_URL or mend it."


def _meaning(error: Exception) -> str:
    said = str(getattr(error, "orig", None) or error)
    if isinstance(error, TimeoutError):
        return "it does not answer"
    for words, meaning in MEANINGS.items():
        if words in said.lower():
            return meaning
    if isinstance(error, OSError):
        return f"it cannot be reached ({said})"
    return said.splitlines()[0] if said else type(error).__name__
