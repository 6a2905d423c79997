"""Migrations: how the database of an older version becomes one of this version, and back."""

from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from models.database import Database

# Any number will do, as long as no other program locks the same one in our database.
LOCK = 7_428_133


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


@cache
def newest() -> str:
    """Return the revision this version of the program needs."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


async def current(db: Database) -> str | None:
    """Return the revision the database has, or None for an empty one."""
    async with db.engine.connect() as connection:
        return await connection.run_sync(
            lambda sync: MigrationContext.configure(sync).get_current_revision()
        )


async def upgrade(db: Database, revision: str = "head") -> None:
    """Bring the database up to `revision`. Replicas that start together do so one by one."""
    # Most starts find nothing to do, and then nobody has to wait for them.
    if revision != "head" or await current(db) != newest():
        await _run(db, command.upgrade, revision)


async def downgrade(db: Database, revision: str) -> None:
    """Bring the database back to `revision`, for instance "base" or "-1"."""
    await _run(db, command.downgrade, revision)


async def _run(db: Database, step: Any, revision: str) -> None:
    # All steps run in one transaction that begins with a lock: the write lock of SQLite, or an
    # advisory one. Whoever waited reads the revision only afterwards and finds nothing to do.
    async with db.engine.connect() as connection:
        connection = await connection.execution_options(writes=True)
        async with connection.begin():
            if not db.is_sqlite:
                await connection.execute(
                    text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK}
                )
            await connection.run_sync(lambda sync: step(_config(sync), revision))
