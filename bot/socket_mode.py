"""The connection over which Slack calls us, and the watch that it is alive."""

import asyncio
import logging
from collections.abc import Sequence
from time import monotonic

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

logger = logging.getLogger(__name__)

# Seconds between pings; the SDK takes four missed ones for a dead connection.
PING_INTERVAL = 5
LOOKS_EVERY = 2
# Seconds without a connection after which the SDK's own attempts are helped along.
HELPS_AFTER = 10
# Slack repeats an event that is not acknowledged within three seconds.
EVENT_PATIENCE = 2.5


class Socket(AsyncSocketModeHandler):
    """Socket Mode that acknowledges an event only when its work is done.

    Bolt acknowledges events before it handles them, so one that a killed process was handling would
    be lost. Here Slack sends it again. Everything else is acknowledged by its handler.
    """

    def __init__(self, app: AsyncApp, app_token: str) -> None:
        super().__init__(app, app_token, ping_interval=PING_INTERVAL)
        self.last_alive = monotonic()
        self.reconnects = 0
        self._watch: asyncio.Task[None] | None = None
        self._helping: asyncio.Task[None] | None = None

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]  # Bolt's own handlers narrow it the same way
        start = asyncio.get_running_loop().time()
        request = AsyncBoltRequest(mode="socket_mode", body=req.payload, headers=_retries(req))
        response = await self.app.async_dispatch(request)
        done = request.context.get("done")
        if done is not None and response.status == 200:
            try:
                await asyncio.wait_for(done.wait(), EVENT_PATIENCE)
            except TimeoutError:
                logger.info("An event takes long; acknowledged before it is done")
        await send_async_response(client, req, response, start)

    async def open(self, within: float) -> None:
        """Connect; raises TimeoutError. The SDK itself would try for ever and say nothing."""
        await asyncio.wait_for(self.connect_async(), within)  # type: ignore[no-untyped-call]
        self.last_alive = monotonic()
        self._watch = asyncio.create_task(self._keep_watch())

    async def close(self) -> None:
        for task in (self._watch, self._helping):
            if task is not None:
                task.cancel()
        await self.close_async()  # type: ignore[no-untyped-call]

    async def is_alive(self) -> bool:
        return await self.client.is_connected()

    async def _keep_watch(self) -> None:
        was_alive = True
        while True:
            await asyncio.sleep(LOOKS_EVERY)
            alive = await self.is_alive()
            if alive:
                self.last_alive = monotonic()
            if alive != was_alive:
                self.reconnects += alive
                logger.warning("The connection to Slack is %s", "back" if alive else "lost")
            was_alive = alive
            if monotonic() - self.last_alive > HELPS_AFTER:
                self._help()

    def _help(self) -> None:
        # The SDK tries the same address again and again, but Slack's tickets are for single use.
        self.client.wss_uri = None
        if self._helping is None or self._helping.done():
            logger.warning("No connection for %d s; asking for a new one", HELPS_AFTER)
            self._helping = asyncio.create_task(self._connect_anew())

    async def _connect_anew(self) -> None:
        try:
            await asyncio.wait_for(self.client.connect_to_new_endpoint(), HELPS_AFTER)
        except Exception as error:
            logger.warning("Still no connection: %s", str(error) or type(error).__name__)


def _retries(req: SocketModeRequest) -> dict[str, str | Sequence[str]]:
    """Return what Slack says of a repeated delivery, as the headers Bolt knows."""
    headers: dict[str, str | Sequence[str]] = {}
    if req.retry_attempt is not None:
        headers["x-slack-retry-num"] = str(req.retry_attempt)
    if req.retry_reason is not None:
        headers["x-slack-retry-reason"] = str(req.retry_reason)
    return headers
