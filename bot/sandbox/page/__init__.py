"""A page in the browser that acts as Slack: one looks and does things as any person one chooses."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from aiohttp import web

from bot.sandbox.page import acts, scene
from bot.sandbox.page.sharing import read_form, send_file

if TYPE_CHECKING:
    from bot.sandbox.places import Channel, Json, User
    from bot.sandbox.workspace import Workspace

STATIC = Path(__file__).parent / "static"
STILL_HERE_SECONDS = 15.0  # Proxies and browsers give up on a stream that is silent for long.
PRIVATE_CHANGES = frozenset({"ephemeral", "view", "home", "read"})
GUARDS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' https: http: data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class MovableClock(Protocol):
    """Tells the time, an aware datetime, and can be moved forward."""

    def __call__(self) -> datetime: ...

    def move(self, by: timedelta) -> object: ...


class Page:
    """Adds the page to a workspace that has not started yet.

    `when_next_due` tells when the bot has something to do next; `pass_time` moves the clock, with
    all that happens meanwhile. Without it the clock is just moved.
    """

    def __init__(
        self,
        workspace: Workspace,
        manifest: Json,
        clock: MovableClock,
        when_next_due: Callable[[], Awaitable[datetime | None]] | None = None,
        pass_time: Callable[[timedelta], Awaitable[None]] | None = None,
    ) -> None:
        self.workspace = workspace
        self.manifest = manifest
        self.clock = clock
        self.read = scene.ReadMarks()
        self._when_next_due = when_next_due
        self._pass_time = pass_time
        self._streams: set[asyncio.Queue[Json | None]] = set()
        self._add_routes(workspace.routes)

    def _add_routes(self, routes: web.Application) -> None:
        routes.router.add_get("/", self._send_page)
        routes.router.add_get("/archives/{channel}/{message:p\\d{16}}", self._go_to_message)
        routes.router.add_get("/page/state", self._send_state)
        routes.router.add_get("/page/changes", self._stream_changes)
        routes.router.add_get("/page/file/{file_id}", self._send_file)
        routes.router.add_post("/page/act", self._act)
        routes.router.add_post("/page/upload", self._upload)
        routes.router.add_static("/page/static", STATIC)
        routes.on_response_prepare.append(_guard)
        routes.on_shutdown.append(self._end_streams)

    async def _send_page(self, _: web.Request) -> web.StreamResponse:
        return web.FileResponse(STATIC / "index.html")

    async def _go_to_message(self, request: web.Request) -> web.StreamResponse:
        """Follow a permalink into the page; what comes after # is read there."""
        digits = request.match_info["message"][1:]
        place = f"at={request.match_info['channel']}&message={digits[:10]}.{digits[10:]}"
        thread = request.query.get("thread_ts", "")
        known = f"&thread={thread}" if thread.replace(".", "").isdigit() else ""
        raise web.HTTPFound(f"/#{place}&tab=messages{known}")

    async def _send_state(self, request: web.Request) -> web.Response:
        user = self._person(request.query.get("as", ""))
        if user is None:
            return web.json_response({"error": "nobody lives here"}, status=404)
        self.read.open(self.clock().timestamp())
        state = scene.features_of(self.workspace, self.manifest)
        state["bot"]["channel"] = self.workspace.direct_message(user.id).id
        state |= self._seen_by(user)
        state |= self._opened(request, user)
        state["clock"] = await self._time()
        return web.json_response(state)

    def _person(self, user_id: str) -> User | None:
        """Return who is meant, or else the first person of the workspace."""
        people = [
            user for user in self.workspace.users.values() if not (user.is_bot or user.deleted)
        ]
        return next((user for user in people if user.id == user_id), people[0] if people else None)

    def _seen_by(self, user: User) -> Json:
        slack = self.workspace
        return {
            "me": scene.as_person(user),
            "channels": scene.channels_of(slack, user.id, self.read),
            "people": [scene.as_person(one) for one in slack.users.values()],
            "home": scene.as_view(slack.homes.get(user.id)),
            "views": [scene.as_view(view) for view in slack.stacks.get(user.id, [])],
        }

    def _opened(self, request: web.Request, user: User) -> Json:
        """Return the messages of the channel and thread the person has open."""
        channel = self._channel(request.query.get("channel", ""), user)
        if channel is None:
            return {"place": {}, "messages": [], "replies": [], "has_earlier": False}
        limit = request.query.get("limit", "")
        most = int(limit) if limit.isdigit() else scene.MESSAGES_AT_ONCE
        thread_ts = request.query.get("thread", "")
        messages, has_earlier = scene.messages_of(channel, user.id, most)
        return {
            "place": {"channel": channel.id, "thread": thread_ts or None},
            "messages": messages,
            "replies": scene.replies_of(channel, user.id, thread_ts) if thread_ts else [],
            "has_earlier": has_earlier,
        }

    def _channel(self, channel_id: str, user: User) -> Channel | None:
        channel = self.workspace.channels.get(channel_id)
        return channel if channel and scene.is_visible(channel, user.id) else None

    async def _time(self) -> Json:
        due = await self.next_due()
        return {"now": self.clock().isoformat(), "next_due": due.isoformat() if due else None}

    async def next_due(self) -> datetime | None:
        return await self._when_next_due() if self._when_next_due else None

    async def move_clock(self, by: timedelta) -> None:
        """Let time pass, and tell every open page."""
        if self._pass_time:
            await self._pass_time(by)
        else:
            self.clock.move(by)
        self.workspace.tell("clock")

    async def _act(self, request: web.Request) -> web.Response:
        if request.content_type != "application/json":
            return web.json_response({"ok": False, "error": "send JSON"}, status=415)
        with suppress(ValueError):
            act = await request.json()
            if isinstance(act, dict):
                return web.json_response(await acts.perform(self, act))
        return web.json_response({"ok": False, "error": "send an object in JSON"}, status=400)

    async def _upload(self, request: web.Request) -> web.Response:
        # Another site's page can post a form, but cannot add a header without asking first.
        if "X-Page" not in request.headers:
            return web.json_response({"ok": False, "error": "only from this page"}, status=403)
        place, files = await read_form(request)
        return web.json_response(await acts.share_files(self, place, files))

    async def _send_file(self, request: web.Request) -> web.Response:
        return send_file(self.workspace.files.get(request.match_info["file_id"]))

    async def _stream_changes(self, request: web.Request) -> web.StreamResponse:
        """Send each change this person can see as a server-sent event, until they leave."""
        user_id = request.query.get("as", "")
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        changes: asyncio.Queue[Json | None] = asyncio.Queue()
        stop = self.workspace.subscribe(changes.put_nowait)
        self._streams.add(changes)
        try:
            await stream.prepare(request)
            await stream.write(b"retry: 500\n\n")
            await self._pass_on(changes, stream, user_id)
        except ConnectionError:
            pass  # The browser has gone; there is nobody left to tell.
        finally:
            stop()
            self._streams.discard(changes)
        return stream

    async def _pass_on(
        self, changes: asyncio.Queue[Json | None], stream: web.StreamResponse, user_id: str
    ) -> None:
        while True:
            try:
                change = await asyncio.wait_for(changes.get(), STILL_HERE_SECONDS)
            except TimeoutError:
                await stream.write(b": still here\n\n")
                continue
            if change is None:
                return
            if change["what"] not in PRIVATE_CHANGES or change.get("user") == user_id:
                await stream.write(f"data: {json.dumps(change)}\n\n".encode())

    async def _end_streams(self, _: web.Application) -> None:
        for changes in self._streams:
            changes.put_nowait(None)


async def _guard(request: web.Request, response: web.StreamResponse) -> None:
    """Let the page load only what this server sends, and never an old version of it."""
    if request.path == "/" or request.path.startswith("/page/"):
        for name, value in GUARDS.items():
            response.headers.setdefault(name, value)
