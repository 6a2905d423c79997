"""The connection over which Slack calls us: kept open, watched, and left without losing a word."""

import asyncio
import json
import logging
from collections.abc import Coroutine
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.envelopes import Envelope, Envelopes
from bot.slack import UnreachableError

logger = logging.getLogger(__name__)

TOO_MANY = "too_many_websockets"
# Slack lets an app have ten connections; replicas want some, too.
LINES_AT_MOST = 3
TROUBLE = (SlackApiError, aiohttp.ClientError, OSError, ValueError)


@dataclass(frozen=True)
class Rhythm:
    """Seconds between things. A silent connection counts as dead after one and a half pings."""

    ping: float = 5.0
    connects_within: float = 5.0
    # Before the first, second … attempt in a row; a connection that held for `steady` ends the row.
    pauses: tuple[float, ...] = (0.0, 0.5, 1.0, 2.0, 5.0, 10.0)
    steady: float = 10.0
    # How long a connection is still heard after Slack asked us to leave it: Slack announces its
    # end about ten seconds ahead and may send envelopes until then.
    lingers: float = 10.0
    # For the last answers over a connection, and for its goodbye.
    farewell: float = 3.0


@dataclass(eq=False)
class Line:
    """One websocket. `over` is set when it ended, or when Slack asked us to leave it."""

    websocket: aiohttp.ClientWebSocketResponse
    since: float = field(default_factory=monotonic)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    why_over: str = "it broke"
    listening: asyncio.Task[None] | None = None
    in_hand: set[asyncio.Task[None]] = field(default_factory=set)


class Socket:
    """Socket Mode, over a line of our own.

    slack_sdk's client leaves the old connection before it has a new one, tries a ticket again that
    was for single use, needs four missed pings, and never gives up or says so.
    """

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        session: aiohttp.ClientSession,
        rhythm: Rhythm | None = None,
    ) -> None:
        self._client = app.client
        self._envelopes = Envelopes(app)
        self._app_token = app_token
        self._session = session
        self._rhythm = rhythm or Rhythm()
        self._lines: list[Line] = []
        self._tasks: set[asyncio.Task[Any]] = set()
        self._in_hand: set[asyncio.Task[None]] = set()
        self._is_listening = True
        self._keeper: asyncio.Task[None] | None = None

    @property
    def is_alive(self) -> bool:
        return any(not line.websocket.closed for line in self._lines)

    async def answered(self, within: float) -> bool:
        """Wait until every envelope has its answer; say whether all had `within` seconds."""
        end = monotonic() + within
        while self._in_hand and monotonic() < end:
            await asyncio.wait(self._in_hand, timeout=end - monotonic())
        return not self._in_hand

    async def open(self, within: float) -> None:
        """Connect, and stay connected until `close`; raises UnreachableError."""
        end, reason = monotonic() + within, ""
        while monotonic() < end:
            try:
                line = await self._connect(min(end - monotonic(), self._rhythm.connects_within))
            except TROUBLE as error:
                reason = f" ({_said(error)})"
                await asyncio.sleep(self._rhythm.pauses[1])
            else:
                self._keeper = asyncio.create_task(self._keep(line))
                return
        raise UnreachableError(
            f"Slack's Socket Mode does not answer{reason}. "
            "Does a firewall or proxy of this network keep websockets from opening?"
        )

    def hear_no_more(self) -> None:
        """Leave what Slack sends from now on to other replicas, or to the next start."""
        self._is_listening = False

    async def close(self) -> None:
        self.hear_no_more()
        for task in (self._keeper, *self._tasks):
            if task is not None:
                task.cancel()
        await asyncio.gather(*(line.websocket.close() for line in self._lines))

    async def _keep(self, line: Line) -> None:
        failures = 0
        while True:
            await line.over.wait()
            logger.info("Leaving a connection to Slack: %s", line.why_over)
            if monotonic() - line.since > self._rhythm.steady:
                failures = 0
            new = None
            while new is None:
                pauses = self._rhythm.pauses
                await asyncio.sleep(pauses[min(failures, len(pauses) - 1)])
                failures += 1
                try:
                    new = await self._connect(self._rhythm.connects_within)
                except TROUBLE as error:
                    logger.warning("No connection to Slack: %s", _said(error))
            logger.info("Connected to Slack again")
            # The old line stays until the new one is there, so that nothing falls in between.
            self._spawn(self._retire(line))
            line = new

    async def _connect(self, within: float) -> Line:
        """Ask for a ticket, which is for single use, and connect with it."""
        client = self._client
        async with asyncio.timeout(within):
            answer = await client.apps_connections_open(app_token=self._app_token)
            websocket = await self._session.ws_connect(
                str(answer["url"]),
                heartbeat=self._rhythm.ping,
                timeout=aiohttp.ClientWSTimeout(ws_close=self._rhythm.farewell),
                proxy=client.proxy,
                ssl=client.ssl if client.ssl is not None else True,
            )
        line = Line(websocket)
        self._lines.append(line)
        line.listening = self._spawn(self._listen(line))
        return line

    async def _listen(self, line: Line) -> None:
        try:
            async for message in line.websocket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._hear(line, message.data)
        finally:
            line.over.set()

    def _hear(self, line: Line, text: str) -> None:
        try:
            envelope = json.loads(text)
            kind, envelope_id = envelope.get("type"), envelope.get("envelope_id")
        except (ValueError, AttributeError):
            logger.warning("Slack sent something that is no envelope")
            return
        if kind == "disconnect":
            line.why_over = f"Slack asks for it ({envelope.get('reason')})"
            line.over.set()
        elif envelope_id and self._is_listening:
            task = asyncio.create_task(self._take(line, envelope))
            for in_hand in (line.in_hand, self._in_hand):
                in_hand.add(task)
                task.add_done_callback(in_hand.discard)

    async def _take(self, line: Line, envelope: Envelope) -> None:
        answer = await self._envelopes.answer(envelope)
        if answer is None:
            return
        # Slack takes an answer over any connection of the app.
        lines = [line, *reversed(self._lines)]
        websocket = next((one.websocket for one in lines if not one.websocket.closed), None)
        try:
            if websocket is None:
                raise ConnectionError("no connection")
            await websocket.send_json(answer)
        except (aiohttp.ClientError, ConnectionError):
            logger.warning("An answer could not be given: the connection to Slack was lost")

    async def _retire(self, line: Line) -> None:
        """Close a line once Slack sends nothing more over it and all of it is answered."""
        if line.listening and TOO_MANY not in line.why_over and len(self._lines) < LINES_AT_MOST:
            await asyncio.wait({line.listening}, timeout=self._rhythm.lingers)
        if line.in_hand:
            await asyncio.wait(line.in_hand, timeout=self._rhythm.farewell)
        self._lines.remove(line)
        await line.websocket.close()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _said(error: Exception) -> str:
    return "it takes too long" if isinstance(error, TimeoutError) else str(error)
