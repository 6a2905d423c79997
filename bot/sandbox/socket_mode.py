"""The line over which Slack tells the bot what people do, and hears that it was understood."""

from __future__ import annotations

import asyncio
import contextlib
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSCloseCode, WSMessage, WSMsgType, web

from bot.sandbox.recording import Recording
from bot.sandbox.refusals import Refusal

ACK_SECONDS = 3.0
CONNECTIONS = 10  # docs.slack.dev: at most ten sockets an app, an envelope goes to one of them
NO_CONNECTION = "dispatch_failed"
NO_ANSWER = "operation_timeout"


@dataclass
class Ack:
    """What became of one envelope; `error` is what Slack shows the person when it failed."""

    acked: bool
    seconds: float
    payload: Any = None
    error: str | None = None


@dataclass
class Connection:
    socket: web.WebSocketResponse
    transport: asyncio.Transport | None
    frozen_until: float = 0.0

    @property
    def is_frozen(self) -> bool:
        return asyncio.get_running_loop().time() < self.frozen_until


@dataclass
class SocketMode:
    """All connections of the app. `in_flight` counts envelopes that are not acknowledged yet."""

    app_id: str
    recording: Recording
    ack_seconds: float = ACK_SECONDS
    repeats: int = 0
    in_flight: int = 0
    connections: list[Connection] = field(default_factory=list)
    connected: asyncio.Event = field(default_factory=asyncio.Event)
    _tickets: set[str] = field(default_factory=set)
    _waiting: dict[str, asyncio.Future[Any]] = field(default_factory=dict)
    _turn: int = 0
    _repeating: set[asyncio.Task[Ack]] = field(default_factory=set)

    def ticket(self) -> str:
        """Issue a right to connect once; part of the URL of apps.connections.open."""
        ticket = str(uuid.uuid4())
        self._tickets.add(ticket)
        return ticket

    async def link(self, request: web.Request) -> web.StreamResponse:
        """Serve one websocket until either side leaves."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=408, text="ticket unknown or used")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=False, timeout=1.0)
        await socket.prepare(request)
        if len(self.connections) >= CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        await self._serve(Connection(socket, request.transport))
        return socket

    async def _serve(self, connection: Connection) -> None:
        self.connections.append(connection)
        try:
            await connection.socket.send_json(self._hello())
            self.connected.set()
            async for message in connection.socket:
                if not connection.is_frozen:
                    await self._hear(connection, message)
        finally:
            self.connections.remove(connection)
            if not self.connections:
                self.connected.clear()

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self.connections),
            "connection_info": {"app_id": self.app_id},
            "debug_info": {
                "host": "applink-local",
                "build_number": 1,
                "approximate_connection_time": 18060,
            },
        }

    async def _hear(self, connection: Connection, message: WSMessage) -> None:
        if message.type == WSMsgType.PING:
            await connection.socket.pong(message.data)
        elif message.type == WSMsgType.TEXT:
            try:
                ack = json.loads(message.data)
            except ValueError:
                self.recording.complain("@ack", Refusal("invalid_json", "an ack is a JSON object"))
                return
            waiting = self._waiting.pop(ack.get("envelope_id", ""), None)
            if waiting and not waiting.done():
                waiting.set_result(ack.get("payload"))

    async def deliver(
        self,
        kind: str,
        payload: dict[str, Any],
        *,
        retry_attempt: int = 0,
        retry_reason: str = "",
    ) -> Ack:
        """Send one envelope to one connection and wait for its acknowledgement.

        `kind` is "events_api", "slash_commands" or "interactive".
        """
        self.recording.note_delivery(kind, payload)
        envelope: dict[str, Any] = {"type": kind, "payload": payload}
        envelope["accepts_response_payload"] = kind != "events_api"
        if kind == "events_api" or retry_attempt:
            envelope |= {"retry_attempt": retry_attempt, "retry_reason": retry_reason}
        ack = await self._counted(envelope)
        self._check_payload(kind, payload, ack)
        if self.repeats > 0:
            self.repeats -= 1
            self._repeat(envelope)
        return ack

    def _repeat(self, envelope: dict[str, Any]) -> None:
        again = {**envelope, "retry_attempt": 1, "retry_reason": "timeout"}
        task = asyncio.ensure_future(self._counted(again))
        self._repeating.add(task)
        task.add_done_callback(self._repeating.discard)

    async def _counted(self, envelope: dict[str, Any]) -> Ack:
        self.in_flight += 1
        try:
            return await self._send_and_wait(envelope)
        finally:
            self.in_flight -= 1

    async def _send_and_wait(self, envelope: dict[str, Any]) -> Ack:
        loop = asyncio.get_running_loop()
        began = loop.time()
        connection = self._pick()
        if connection is None:
            return Ack(False, 0.0, error=NO_CONNECTION)
        envelope_id = str(uuid.uuid4())
        answer = self._waiting[envelope_id] = loop.create_future()
        try:
            if not connection.is_frozen:
                text = json.dumps({"envelope_id": envelope_id, **envelope})
                with contextlib.suppress(ConnectionError):
                    await connection.socket.send_str(text)
            payload = await asyncio.wait_for(answer, self.ack_seconds)
        except TimeoutError:
            return Ack(False, loop.time() - began, error=NO_ANSWER)
        finally:
            self._waiting.pop(envelope_id, None)
        return Ack(True, loop.time() - began, payload)

    def _pick(self) -> Connection | None:
        open_ones = [one for one in self.connections if not one.socket.closed]
        if not open_ones:
            return None
        self._turn += 1
        return open_ones[self._turn % len(open_ones)]

    def _check_payload(self, kind: str, payload: dict[str, Any], ack: Ack) -> None:
        self.recording.note_ack(kind, payload, ack.payload)
        takes_none = kind == "events_api" or payload.get("type") in (
            "block_actions",
            "shortcut",
            "message_action",
            "view_closed",
        )
        if takes_none and ack.payload:
            refusal = Refusal("unexpected_payload", "this kind of envelope is acked empty")
            self.recording.complain(f"@ack.{payload.get('type', kind)}", refusal)

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to come back on a new one, as Slack does every few hours."""
        goodbye = {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-local"}}
        for connection in list(self.connections):
            await connection.socket.send_json(goodbye)

    def drop(self) -> None:
        for connection in self.connections:
            if connection.transport:
                connection.transport.abort()

    def freeze(self, seconds: float) -> None:
        until = asyncio.get_running_loop().time() + seconds
        for connection in self.connections:
            connection.frozen_until = until

    async def close(self) -> None:
        for task in list(self._repeating):
            task.cancel()
        for connection in list(self.connections):
            await connection.socket.close(code=WSCloseCode.GOING_AWAY)
        self._tickets.clear()
