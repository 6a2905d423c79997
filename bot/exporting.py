"""An export from the command line: what every lead may have, as tables in a ZIP file."""

import asyncio
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from handlers.exports.tables import Export
from models import migrations
from models.database import Database
from models.exports.gathering import gather_all, private_ones
from models.workspaces import Workspace

# With fewer communities the file is there sooner than anybody could read how far it is.
MANY = 4
# Names and what colleagues wrote for each other: for the eyes of whoever asked for it.
ONLY_OWNER = 0o600


class ExportError(Exception):
    """The export cannot be made; the text says why."""


async def save(
    db: Database,
    file: Path,
    workspace_id: str | None,
    now: datetime,
    show: Callable[[str], None],
) -> str:
    """Write the records of one workspace to a new file, and say what is in it.

    `show` is told how far it is, when there are many communities.
    Private communities are left out: whoever asks here is a member of none. Raises ExportError.
    """
    await asyncio.to_thread(_check_place, file)
    if await migrations.current(db) != migrations.newest():
        raise ExportError("The database is not up to date. Run `python -m bot migrate` first.")
    own = db.of(await _workspace(db, workspace_id))
    export, seen = Export(), set[int]()
    async with own() as session:
        async for records, total in gather_all(session, None, now):
            export.add(records)
            seen.add(records.archive.community.id)
            if total >= MANY:
                show(f"{export.communities} of {total} communities")
        private = await private_ones(session, seen)
    if not seen:
        raise ExportError("There is no community yet that could be exported.")
    content = await asyncio.to_thread(export.packed, now)
    try:
        await asyncio.to_thread(_write, file, content)
    except OSError as error:
        raise ExportError(f"{file} could not be written: {error.strerror}.") from error
    left_out = f" Left out because they are private: {private}." if private else ""
    return f"Wrote {file}. Communities in it: {len(seen)}.{left_out}"


async def _workspace(db: Database, asked: str | None) -> str:
    async with db() as session:
        known = (await session.scalars(select(Workspace.id).order_by(Workspace.id))).all()
    if asked in known:
        return str(asked)
    if not known:
        raise ExportError("There is no workspace here yet. It is there once the bot has run.")
    there = ", ".join(known)
    if asked is not None:
        raise ExportError(f"There is no workspace {asked} here. There are: {there}.")
    if len(known) != 1:
        raise ExportError(f"Say which with --workspace. There are: {there}.")
    return known[0]


def _check_place(file: Path) -> None:
    if file.exists():
        raise ExportError(f"{file} exists already; nothing was written. Choose another name.")
    if not file.absolute().parent.is_dir():
        raise ExportError(f"There is no folder {file.absolute().parent}; create it first.")


def _write(file: Path, content: bytes) -> None:
    """Write all of it or nothing, for its owner only."""
    unfinished = file.with_name(file.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_OWNER)
        with os.fdopen(handle, "wb") as writing:
            writing.write(content)
        _check_place(file)
        unfinished.rename(file)
    finally:
        unfinished.unlink(missing_ok=True)
