"""The bot as a process of its own, as it runs in production."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.sandbox.workspace import Workspace

ROOT = Path(__file__).parents[2]
# Nothing listens on this port, which belongs to no service.
NOBODY = "127.0.0.1:1"


def environment(slack: Workspace | None = None, **settings: str) -> dict[str, str]:
    """Return what a process finds around it: `settings`, and the way to `slack`."""
    own = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "default"}
    if slack is not None:
        own |= {
            "SLACK_API_URL": slack.api_url,
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
        }
    return own | settings


class BotProcess:
    """`python -m bot` with what it has printed so far.

    Times are in seconds, and generous: the machine may be busy with other tests.
    """

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.printed = ""
        self._news = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    async def says(self, words: str, within: float = 60) -> None:
        """Wait until `words` were printed; raises TimeoutError, or EOFError if the process ends."""
        async with asyncio.timeout(within):
            while words not in self.printed:
                if self._reading.done():
                    raise EOFError(self.printed)
                await self._news.wait()
                self._news.clear()

    async def ends(self, within: float = 60) -> int:
        """Wait for the end and return the exit code; raises TimeoutError."""
        async with asyncio.timeout(within):
            await self._reading
            return await self.process.wait()

    async def _read(self) -> None:
        assert self.process.stdout
        while chunk := await self.process.stdout.read(65536):
            self.printed += chunk.decode()
            self._news.set()
        self._news.set()


@asynccontextmanager
async def bot_process(*arguments: str, cwd: Path, env: dict[str, str]) -> AsyncIterator[BotProcess]:
    """Start `python -m bot` where no .env is read; it does not outlive the block."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        cwd=cwd,
        env=env,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    bot = BotProcess(process)
    try:
        yield bot
    finally:
        if process.returncode is None:
            process.kill()
        await bot.ends()


async def outcome_of(*arguments: str, cwd: Path, env: dict[str, str]) -> tuple[int, str]:
    """Run a command to its end and return its exit code and what it printed."""
    async with bot_process(*arguments, cwd=cwd, env=env) as bot:
        return await bot.ends(), bot.printed
