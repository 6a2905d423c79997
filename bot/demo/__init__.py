"""The demo: a lively example community to try, with no Slack account and nothing to set up."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

from bot.config import Config, ConfigError, load_what_is_there
from bot.demo.ports import NoPortError, free_port
from bot.demo.telling import open_example
from bot.logs import set_up_logging

NO_DOTENV = Path(os.devnull)
CANNOT_START = 2
INVITATION = """
Open {address}

Six things to try:
  1. You are Ana, a teacher. Write in #math-circle:
     /problem How do I get quiet students to speak?
     and share it. Then look what others learned about it before.
  2. Press your name at the top and be Ben. Press “Me too” on a problem, answer
     in its thread, and be Ana again.
  3. Type /hangout and take the free seat at the next hangout. Then press the time at
     the top and move the clock a day at a time: reminders come, the hangout opens its
     threads, and Ben leads through the steps.
  4. Type /pilot log 10/26 two new voices, then /pilot show: a small test with one
     class, and what its chart says. /practice is the tool belt of things to try.
  5. Type /thanks @Chris because your slips saved my Friday, then /thanks journal.
     /material find slips finds what colleagues keep.
  6. Type /staffroom digest to see what Monday brings, and /staffroom me to see
     all that the bot keeps about you. Staffroom's Home tab has everything in one place.

All of it lives in this computer's memory. Ctrl-C ends it and forgets everything.
"""


def main(arguments: argparse.Namespace) -> int:
    """Show the demo until Ctrl-C and return the exit code.

    `arguments.port` None leaves the port to PORT, `arguments.record` is where traffic is written.
    """
    config = _environment()
    set_up_logging(config)
    wanted = config.port if arguments.port is None else arguments.port
    try:
        port = free_port(wanted)
        if arguments.record:
            arguments.record.open("a").close()
    except (NoPortError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return CANNOT_START
    if port != wanted:
        _say(f"Port {wanted} is taken, so the page is at port {port} this time.")
    # Pressed again while the bot finishes what it had begun: there is nothing to lose.
    with suppress(KeyboardInterrupt):
        asyncio.run(_show(port, arguments.record))
    return 0


def _environment() -> Config:
    """Return what the environment says; of it only the port counts, and LOG_LEVEL when it is set.

    Whoever has a `.env` for a real workspace sees the same demo as whoever has none.
    """
    try:
        config, wrong = load_what_is_there()
    except ConfigError:
        config, wrong = load_what_is_there(NO_DOTENV)
    if "port" in wrong:
        _say(f"{wrong['port']}. Taking {config.port}.")
    level = config.log_level if "LOG_LEVEL" in os.environ else "WARNING"
    return config.model_copy(update={"log_level": level})


async def _show(port: int, record: Path | None) -> None:
    visit = asyncio.current_task()
    loop = asyncio.get_running_loop()

    def leave(number: int) -> None:
        # Only once: should the end take too long, the next Ctrl-C is the system's own.
        loop.remove_signal_handler(number)
        if visit:
            visit.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, leave, number)
    try:
        _say("Five weeks of a community are being played …")
        async with open_example(port=port, record=record) as stage:
            _say(INVITATION.format(address=stage.slack.base_url))
            await asyncio.Event().wait()
    except asyncio.CancelledError:
        _say("The demo has ended.")


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    # Whoever reads through a pipe sees it at once as well.
    sys.stdout.flush()
