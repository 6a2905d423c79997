"""Places that are not as they should be: servers that keep silent or are something else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.sandbox.workspace import Workspace


@asynccontextmanager
async def a_silent_server() -> AsyncIterator[str]:
    """Accepts every connection and never says a word; the value is host:port."""
    writers = []

    async def keep_silent(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)

    server = await asyncio.start_server(keep_silent, "127.0.0.1", 0)
    try:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for writer in writers:
            writer.close()


@asynccontextmanager
async def a_server_that_says(text: str, content_type: str) -> AsyncIterator[str]:
    """Gives the same answer to everything; the value is its URL."""

    async def say(_: web.Request) -> web.Response:
        return web.Response(text=text, content_type=content_type)

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", say)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


def sends_bots_to(slack: Workspace, address: str, times: int = 1000) -> None:
    """Let Slack give out connections that lead to `address`, host:port."""
    body = {"ok": True, "url": f"ws://{address}/link?ticket=T1"}
    slack.faults.next("apps.connections.open", status=200, body=body, times=times)
