"""The command line: python -m bot run, demo, doctor, migrate, backup."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot import backup, demo, doctor
from bot.config import Config, ConfigError, load
from bot.logs import set_up_logging
from bot.serve import run
from bot.slack import TokenRefusedError, UnreachableError
from models import migrations
from models.database import Database, connect

# Exit codes, for whatever supervises the process.
CONFIGURATION, REFUSED, UNREACHABLE, NO_BACKUP = 2, 3, 4, 5


async def serve(config: Config, db: Database, _: argparse.Namespace) -> int:
    await run(config, db)
    return 0


async def migrate(_: Config, db: Database, arguments: argparse.Namespace) -> int:
    before = await migrations.current(db)
    if arguments.down_to:
        await migrations.downgrade(db, arguments.down_to)
    else:
        await migrations.upgrade(db)
    print(f"The database was at {before or 'nothing'} and is at {await migrations.current(db)}.")
    return 0


async def save(config: Config, db: Database, arguments: argparse.Namespace) -> int:
    print(await backup.save(config, db, arguments.file))
    return 0


Command = Callable[[Config, Database, argparse.Namespace], Awaitable[int]]


def main() -> int:
    """Run one command and return its exit code."""
    arguments = _parser().parse_args()
    if arguments.command == "demo":
        return demo.main(arguments)
    if arguments.command == "doctor":
        return asyncio.run(doctor.main())
    try:
        config = load()
    except ConfigError as error:
        print(error, file=sys.stderr)
        return CONFIGURATION
    set_up_logging(config)
    return asyncio.run(_with_database(arguments.does, config, arguments))


async def _with_database(does: Command, config: Config, arguments: argparse.Namespace) -> int:
    db = connect(config.database_url)
    try:
        return await does(config, db, arguments)
    except TokenRefusedError as error:
        print(error, file=sys.stderr)
        return REFUSED
    except UnreachableError as error:
        print(error, file=sys.stderr)
        return UNREACHABLE
    except backup.BackupError as error:
        print(error, file=sys.stderr)
        return NO_BACKUP
    finally:
        await db.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="serve one workspace").set_defaults(does=serve)
    show = commands.add_parser("demo", help="try it with a Slack of our own, no account needed")
    show.add_argument("--port", type=int, default=None, help="of the page (PORT, else 3000)")
    show.add_argument("--record", type=Path, help="write all traffic to this file, as JSON lines")
    commands.add_parser("doctor", help="check everything and say how to mend it")
    move = commands.add_parser("migrate", help="bring the database up to date; `run` does it too")
    move.add_argument("--down-to", help="go back to this revision instead, or to base")
    move.set_defaults(does=migrate)
    copy = commands.add_parser("backup", help="copy the database while the bot runs")
    copy.add_argument("file", type=Path)
    copy.set_defaults(does=save)
    return parser


if __name__ == "__main__":
    sys.exit(main())
