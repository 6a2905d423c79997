"""Whether the database can be used, and is of this version."""

import asyncio
import os
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot import storage
from bot.config import Config
from bot.doctor.findings import BAD, GOOD, NOTE, Finding
from models import migrations
from models.database import Database, connect
from models.workspaces import Workspace

WITHIN = 5.0  # seconds


async def check_database(config: Config, wrong: dict[str, str]) -> list[Finding]:
    """Look at the database without creating or changing anything."""
    if "database_url" in wrong:
        return [Finding(NOTE, "Database", "not looked at, because DATABASE_URL is wrong.")]
    db = connect(config.database_url)
    try:
        if db.is_sqlite and (finding := await asyncio.to_thread(_missing_file, db)):
            return [finding]
        await storage.reach(db, WITHIN)
        return [Finding(GOOD, "Database", "reachable."), await _check_migrations(db)]
    except storage.DatabaseUnusableError as error:
        return [Finding(BAD, "Database", str(error))]
    finally:
        await db.close()


def _missing_file(db: Database) -> Finding | None:
    """Return what to say of a file that is not there: to connect would create it."""
    name = db.engine.url.database
    if not name or name == ":memory:" or Path(name).exists():
        return None
    folder = Path(name).absolute().parent
    if not folder.is_dir():
        words = f"there is no folder {folder}. Create it, or correct DATABASE_URL."
        return Finding(BAD, "Database", words)
    if not os.access(folder, os.W_OK):
        words = f"{folder} may not be written to. Allow it, or correct DATABASE_URL."
        return Finding(BAD, "Database", words)
    return Finding(NOTE, "Database", f"{name} does not exist yet; the first start creates it.")


async def _check_migrations(db: Database) -> Finding:
    try:
        async with asyncio.timeout(WITHIN):
            now, newest = await migrations.current(db), migrations.newest()
    except (OSError, SQLAlchemyError) as error:
        return Finding(BAD, "Migrations", f"cannot be looked up ({type(error).__name__}).")
    if now is None:
        return Finding(NOTE, "Migrations", "the database is empty; the first start fills it.")
    if now != newest:
        return Finding(
            BAD,
            "Migrations",
            f"the database is at {now}, this version needs {newest}. Run `python -m bot migrate`; "
            "if that does not know the revision, update the program.",
        )
    return Finding(GOOD, "Migrations", f"the database is at {now}, the newest.")


async def check_workspace(config: Config, team_id: str, team_name: str) -> Finding:
    """Say whether the bot has worked in that workspace before; the database has to be well."""
    db = connect(config.database_url)
    try:
        async with asyncio.timeout(WITHIN), db.of(team_id)() as session:
            workspace = await session.get(Workspace, team_id)
    except (OSError, SQLAlchemyError) as error:
        return Finding(BAD, "Workspace", f"cannot be looked up ({type(error).__name__}).")
    finally:
        await db.close()
    if workspace is None:
        return Finding(NOTE, "Workspace", f"{team_name} is new here; the first start notes it.")
    if workspace.gone_at is not None:
        words = f"the app was removed from {team_name}. Install it again at api.slack.com/apps."
        return Finding(NOTE, "Workspace", words)
    return Finding(GOOD, "Workspace", f"{team_name} is known.")
