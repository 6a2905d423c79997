"""A Slack of our own: its people, channels and forms, on this computer only."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.sandbox import web_api
from bot.sandbox.app_manifest import AppManifest
from bot.sandbox.directory import Directory
from bot.sandbox.events import announce
from bot.sandbox.faults import Faults
from bot.sandbox.people import Person
from bot.sandbox.places import Json
from bot.sandbox.recording import Call, Complaint, Recording
from bot.sandbox.socket_mode import SocketMode
from bot.sandbox.tickets import Tickets
from bot.sandbox.uploads import Upload

QUIET_SECONDS = 0.03
QUIET_TURNS = 6
# Seconds between two looks at what is under way, which would be slower if we looked all the time.
BUSY_TURN = 0.001
UPLOAD_LIMIT = 50 * 2**20  # bytes


class Workspace(Directory):
    """The local Slack. Add routes of your own to `routes` before `start`, as the page does.

    `views` holds the open forms by id, `stacks` the same by person with the topmost last, `homes`
    the App Homes by person. `retry_delays` are the seconds before each repeat of an event that was
    not acknowledged. `looks_through_files_for` is how long no message can show a new file.
    `stirred` counts what people did and what the bot called. Unless `strict`, blocks are not
    checked and channels take any pace.
    """

    bot_token = "xoxb-local"
    app_token = "xapp-1-local"
    verification_token = "local"
    team_domain = "staffroom"

    def __init__(
        self,
        manifest: Json,
        *,
        clock: Callable[[], datetime],
        team_id: str = "T0STAFF",
        team_name: str = "Staffroom Schools",
        scopes: set[str] | None = None,
        strict: bool = True,
    ) -> None:
        self.manifest = AppManifest(manifest)
        super().__init__(clock, team_id, self.manifest.bot_name)
        self.team_name = team_name
        self.scopes = self.manifest.scopes if scopes is None else set(scopes)
        self.is_strict = strict
        self.is_uninstalled = False
        self.retry_delays: tuple[float, ...] = (0.0, 60.0, 300.0)
        self.looks_through_files_for = timedelta()
        self._clear_screens()
        self.tickets = Tickets(clock)
        self.recording = Recording()
        self.socket = SocketMode(self.app_id, self.recording)
        self.faults = Faults(self.socket)
        self.routes = web.Application(client_max_size=UPLOAD_LIMIT)
        self.base_url = ""
        self.api_calls_in_flight = 0
        self._tasks: set[asyncio.Task[Any]] = set()
        self._background: set[asyncio.Task[Any]] = set()
        self.stirred = 0
        self._runner: web.AppRunner | None = None

    def _clear_screens(self) -> None:
        self.views: dict[str, Json] = {}
        self.stacks: dict[str, list[Json]] = {}
        self.homes: dict[str, Json] = {}
        self.files: dict[str, Upload] = {}
        self.external_ids: dict[str, str] = {}
        self.suggested: dict[str, list[Json]] = {}
        self.choices: dict[tuple[str, str, str], Json] = {}

    # Start and stop.

    @property
    def api_url(self) -> str:
        """What the bot's SLACK_API_URL has to be."""
        return f"{self.base_url}api/"

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> Workspace:
        """Listen, on any free port when it is 0, and set `base_url`."""
        web_api.add_routes(self)
        self._runner = web.AppRunner(self.routes, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port, backlog=4096).start()
        self.base_url = f"http://{host}:{self._runner.addresses[0][1]}/"
        return self

    async def stop(self) -> None:
        tasks = [*self._tasks, *self._background]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.socket.close()
        if self._runner:
            await self._runner.cleanup()
        self.recording.close()

    async def __aenter__(self) -> Workspace:
        return await self.start()

    async def __aexit__(self, *failure: object) -> None:
        await self.stop()

    # What goes on.

    @property
    def calls(self) -> list[Call]:
        """Every Web API call since the start."""
        return self.recording.calls

    @property
    def complaints(self) -> list[Complaint]:
        """Every mistake of the bot since the start; a test fails when there is one."""
        return self.recording.complaints

    def record(self, path: str | Path) -> None:
        """Append all traffic to `path` as JSON lines, until `stop`."""
        self.recording.write_to(path)

    def person(self, user_id: str) -> Person:
        """Return the hands of someone in the workspace."""
        return Person(self, user_id)

    async def bot_connected(self, timeout: float = 10.0) -> None:
        """Wait until a bot has opened its socket; raises TimeoutError."""
        await asyncio.wait_for(self.socket.connected.wait(), timeout)

    async def settled(self, timeout: float = 5.0, quiet: float = QUIET_SECONDS) -> None:
        """Wait until nothing is under way and nothing has happened for `quiet` seconds.

        The time is counted in turns of the loop, because a loop that comes round late is busy.
        Work of which the bot says nothing to Slack cannot be seen from here. Raises TimeoutError.
        """
        calm_turns = 0
        async with asyncio.timeout(timeout):
            while self._is_busy or calm_turns < QUIET_TURNS:
                stirred = self.stirred
                await asyncio.sleep(BUSY_TURN if self._is_busy else quiet / QUIET_TURNS)
                is_calm = stirred == self.stirred and not self._is_busy
                calm_turns = calm_turns + 1 if is_calm else 0

    @property
    def _is_busy(self) -> bool:
        return bool(self.socket.in_flight or self.api_calls_in_flight or self._tasks)

    def stir(self) -> None:
        """Note that something happened just now."""
        self.stirred += 1

    def spawn(
        self, work: Coroutine[Any, Any, Any], *, is_background: bool = False
    ) -> asyncio.Task[Any]:
        """Run `work` by itself; `settled` waits for it unless it is in the background."""
        tasks = self._background if is_background else self._tasks
        task = asyncio.get_running_loop().create_task(work)
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        self.stir()
        return task

    def uninstall(self) -> None:
        """Remove the app: the bot is told, and its tokens are worth nothing from now on."""
        bot_tokens = {"oauth": [], "bot": [self.bot_user_id]}
        announce(self, "tokens_revoked", {"type": "tokens_revoked", "tokens": bot_tokens})
        announce(self, "app_uninstalled", {"type": "app_uninstalled"})
        self.is_uninstalled = True
