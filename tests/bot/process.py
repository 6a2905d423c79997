"""The bot as a process of its own, as it runs in production."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn, Protocol

from bot.__main__ import main
from bot.sandbox.workspace import Workspace
from tests.forking import forking

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


class Program(Protocol):
    """What a test does to a running program, however it was started."""

    def send_signal(self, number: int) -> None: ...

    def terminate(self) -> None: ...

    def kill(self) -> None: ...

    async def wait(self) -> int: ...


class Forked:
    """`python -m bot` from the moment at which all is imported."""

    def __init__(self, arguments: tuple[str, ...], cwd: Path, env: dict[str, str]) -> None:
        reading, self._writing = forking.Pipe(duplex=False)
        with reading:
            self.output = os.fdopen(os.dup(reading.fileno()), "rb", buffering=0)
        given = (arguments, cwd, env, self._writing)
        self._process = forking.Process(target=_be_the_bot, args=given, daemon=True)
        self.terminate, self.kill = self._process.terminate, self._process.kill

    def start(self) -> None:
        with self._writing:
            self._process.start()

    def send_signal(self, number: int) -> None:
        assert self._process.pid
        os.kill(self._process.pid, number)

    async def wait(self) -> int:
        await asyncio.to_thread(self._process.join)
        assert self._process.exitcode is not None
        return self._process.exitcode


def _be_the_bot(
    arguments: tuple[str, ...], cwd: Path, env: dict[str, str], output: Connection
) -> NoReturn:
    """Do as an interpreter does that begins now, with what `environment` returned."""
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    for stream in (1, 2):
        os.dup2(output.fileno(), stream)
    output.close()
    # What the server that forked us has open, and has looked up, is not ours.
    sys.stdout, sys.stderr = open(1, "w"), open(2, "w", buffering=1)  # noqa: SIM115 - to the end
    tempfile.tempdir = None
    warnings.simplefilter(env["PYTHONWARNINGS"])
    sys.argv = ["bot", *arguments]
    sys.exit(main())


class BotProcess:
    """The bot as another program, with what it has printed so far.

    Times are in seconds, and generous: the machine may be busy with other tests.
    """

    def __init__(self, process: Program, output: asyncio.StreamReader) -> None:
        self.process = process
        self.printed = ""
        self.has_ended = False
        self._output = output
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
            code = await self.process.wait()
        self.has_ended = True
        return code

    async def _read(self) -> None:
        while chunk := await self._output.read(65536):
            self.printed += chunk.decode()
            self._news.set()
        self._news.set()


@asynccontextmanager
async def bot_process(*arguments: str, cwd: Path, env: dict[str, str]) -> AsyncIterator[BotProcess]:
    """Run `python -m bot` where no .env is read; it does not outlive the block."""
    program = Forked(arguments, cwd, env)
    await asyncio.to_thread(program.start)
    output = asyncio.StreamReader()
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(output), program.output
    )
    with closing(transport):
        async with _for_so_long(BotProcess(program, output)) as bot:
            yield bot


@asynccontextmanager
async def typed_bot(*arguments: str, cwd: Path, env: dict[str, str]) -> AsyncIterator[BotProcess]:
    """Run `python -m bot` in an interpreter of its own, which takes longer to begin."""
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        cwd=cwd,
        env=env,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert program.stdout
    async with _for_so_long(BotProcess(program, program.stdout)) as bot:
        yield bot


@asynccontextmanager
async def _for_so_long(bot: BotProcess) -> AsyncIterator[BotProcess]:
    try:
        yield bot
    finally:
        if not bot.has_ended:
            with suppress(ProcessLookupError):
                bot.process.kill()
        await bot.ends()


async def outcome_of(
    *arguments: str, cwd: Path, env: dict[str, str], is_typed: bool = False
) -> tuple[int, str]:
    """Run a command to its end and return its exit code and what it printed."""
    run = typed_bot if is_typed else bot_process
    async with run(*arguments, cwd=cwd, env=env) as bot:
        return await bot.ends(), bot.printed
