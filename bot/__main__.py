"""The command line: python -m bot run, demo, doctor, migrate, backup, export."""

import argparse
import asyncio
import io
import logging
import sys
from collections.abc import Awaitable, Callable, Collection
from functools import partial
from pathlib import Path

from bot.config import Config, ConfigError, load
from bot.logs import set_up_logging
from models.database import Database, connect

# Exit codes, for whatever supervises the process. 1 is a fault of ours, or the doctor's "not well".
FAULT, CONFIGURATION, REFUSED, UNREACHABLE, NO_BACKUP, DATABASE, NO_EXPORT = 1, 2, 3, 4, 5, 6, 7
EXIT_CODES = (
    "exit codes: 0 done, 1 a fault (doctor: something is to be mended), 2 configuration, "
    "3 Slack refuses a token, 4 Slack is unreachable, 5 no backup was made, "
    "6 the database cannot be used, 7 no export was made"
)

# Each command imports what it needs itself: a backup waits for no web server to load.


async def serve(config: Config, db: Database, _: argparse.Namespace) -> int:
    from bot.serve import run
    from bot.slack import TokenRefusedError, UnreachableError

    try:
        await run(config, db)
    except TokenRefusedError as error:
        return _sorry(error, REFUSED)
    except UnreachableError as error:
        return _sorry(error, UNREACHABLE)
    return 0


async def migrate(_: Config, db: Database, arguments: argparse.Namespace) -> int:
    from bot import storage
    from models import migrations

    await storage.reach(db)
    before = await migrations.current(db)
    if arguments.down_to:
        await storage.go_back(db, arguments.down_to)
    else:
        await storage.bring_up_to_date(db)
    now = await migrations.current(db)
    print(f"The database was at {before or 'nothing'} and is at {now or 'nothing'}.")
    return 0


async def save(config: Config, db: Database, arguments: argparse.Namespace) -> int:
    from bot import backup

    try:
        print(await backup.save(config, db, arguments.file))
    except backup.BackupError as error:
        return _sorry(error, NO_BACKUP)
    return 0


async def export(_: Config, db: Database, arguments: argparse.Namespace) -> int:
    from bot import exporting, storage
    from models.time import utc_now

    await storage.reach(db)
    try:
        show = partial(print, file=sys.stderr)
        print(await exporting.save(db, arguments.file, arguments.workspace, utc_now(), show))
    except exporting.ExportError as error:
        return _sorry(error, NO_EXPORT)
    return 0


Command = Callable[[Config, Database, argparse.Namespace], Awaitable[int]]


def main() -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Not every terminal knows a tick mark; the words beside it are enough.
            stream.reconfigure(errors="replace")
    arguments = _parser().parse_args()
    if arguments.command == "demo":
        from bot import demo

        return demo.main(arguments)
    if arguments.command == "doctor":
        return _examine()
    try:
        config = load(needs=arguments.needs)
    except ConfigError as error:
        return _sorry(error, CONFIGURATION)
    set_up_logging(config)
    try:
        return asyncio.run(_with_database(arguments.does, config, arguments))
    except Exception:
        # The interpreter would print the traceback with whatever secrets are in it.
        logging.getLogger(__name__).critical("A fault in Staffroom", exc_info=True)
        return FAULT


def _examine() -> int:
    from bot import doctor

    logging.disable()
    findings = asyncio.run(doctor.examine())
    print(*findings, sep="\n")
    return 0 if doctor.is_well(findings) else FAULT


async def _with_database(does: Command, config: Config, arguments: argparse.Namespace) -> int:
    from bot.storage import DatabaseUnusableError

    db = connect(config.database_url)
    try:
        return await does(config, db, arguments)
    except DatabaseUnusableError as error:
        return _sorry(error, DATABASE)
    finally:
        await db.close()


def _sorry(error: Exception, code: int) -> int:
    print(error, file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__, epilog=EXIT_CODES)
    commands = parser.add_subparsers(dest="command", required=True)
    everything: Collection[str] = tuple(Config.model_fields)
    start = commands.add_parser("run", help="serve one workspace")
    start.set_defaults(does=serve, needs=everything)
    show = commands.add_parser("demo", help="try it with a Slack of our own, no account needed")
    show.add_argument("--port", type=int, default=None, help="of the page (PORT, else 3000)")
    show.add_argument("--record", type=Path, help="write all traffic to this file, as JSON lines")
    commands.add_parser("doctor", help="check everything and say how to mend it")
    move = commands.add_parser("migrate", help="bring the database up to date; `run` does it too")
    move.add_argument("--down-to", help="go back to this revision instead, or to base")
    move.set_defaults(does=migrate, needs=("database_url", "log_level"))
    copy = commands.add_parser("backup", help="copy the database while the bot runs")
    copy.add_argument("file", type=Path)
    copy.set_defaults(does=save, needs=("database_url", "log_level"))
    tables = commands.add_parser("export", help="write the network's records as tables, in a ZIP")
    tables.add_argument("file", type=Path)
    tables.add_argument("--workspace", help="its id, such as T0STAFF, where there are several")
    tables.set_defaults(does=export, needs=("database_url", "log_level"))
    return parser


if __name__ == "__main__":
    sys.exit(main())
