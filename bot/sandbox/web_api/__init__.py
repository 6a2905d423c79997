"""Slack's Web API: how a call comes in, is judged and answered."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
from datetime import UTC
from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from aiohttp import web

from bot.sandbox.faults import Fault
from bot.sandbox.places import Json
from bot.sandbox.recording import Call
from bot.sandbox.refusals import Refusal
from bot.sandbox.web_api import (  # noqa: F401 - importing an area registers its methods
    bookmarks,
    chat,
    conversations,
    files,
    history,
    pins,
    reactions,
    responses,
    team,
    usergroups,
    users,
    views,
)
from bot.sandbox.web_api.methods import METHODS, run

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

# Arguments that arrive as JSON inside a form field or a query string.
JSON_ARGUMENTS = ("attachments", "blocks", "files", "metadata", "view")
NUMBERS = ("length",)
APP_METHODS = frozenset({"apps.connections.open"})


def add_routes(slack: Workspace) -> None:
    """Put the Web API, Socket Mode, response URLs and files onto the workspace's application."""

    async def api(request: web.Request) -> web.StreamResponse:
        return await _befallen(slack, request, request.match_info["method"])

    async def respond(request: web.Request) -> web.StreamResponse:
        return await _befallen(slack, request, responses.METHOD)

    router = slack.routes.router
    router.add_route("*", "/api/{method}", api)
    router.add_post("/response/{ticket:.+}", respond)
    router.add_get("/link", slack.socket.link)
    files.add_routes(slack)


async def _befallen(slack: Workspace, request: web.Request, method: str) -> web.StreamResponse:
    """Answer a request, or let the fault planned for it happen."""
    slack.api_calls_in_flight += 1
    try:
        args = await _arguments(request)
        fault = slack.faults.meet(method, args)
        if fault and fault.when == "before":
            if fault.seconds:
                await asyncio.sleep(fault.seconds)
                return _answer(slack, request, method, args)
            return _disturbed(slack, request, method, args, fault)
        response = _answer(slack, request, method, args)
        if fault and fault.seconds:
            await asyncio.sleep(fault.seconds)
        return _cut(request) if fault and fault.is_cut else response
    finally:
        slack.api_calls_in_flight -= 1
        slack.stir()


def _disturbed(
    slack: Workspace, request: web.Request, method: str, args: Json, fault: Fault
) -> web.StreamResponse:
    body = fault.body if isinstance(fault.body, dict) else None
    slack.calls.append(Call(method, args, _token(request, args), body, slack.clock()))
    if fault.is_cut:
        return _cut(request)
    status, headers = fault.status or 500, dict(fault.headers)
    if isinstance(fault.body, dict):
        return web.json_response(fault.body, status=status, headers=headers)
    return web.Response(text=str(fault.body or ""), status=status, headers=headers)


def _cut(request: web.Request) -> web.StreamResponse:
    if request.transport:
        request.transport.close()
    return web.Response()


def _answer(slack: Workspace, request: web.Request, method: str, args: Json) -> web.Response:
    if method == responses.METHOD:
        return responses.answer(slack, request.match_info["ticket"], args)
    token = _token(request, args)
    slack.recording.note(method, args)
    headers = _headers(slack)
    try:
        _check_token(slack, method, token)
        body = run(slack, method, _decoded(args))
    except Refusal as refusal:
        slack.recording.complain(method, refusal)
        body = refusal.as_answer()
        headers |= refusal.headers
    slack.calls.append(Call(method, args, token, body, slack.clock()))
    status = 429 if body.get("error") == "ratelimited" else 200
    return web.json_response(body, status=status, headers=headers)


def _headers(slack: Workspace) -> dict[str, str]:
    return {
        "x-oauth-scopes": ",".join(sorted(slack.scopes)),
        "x-slack-req-id": secrets.token_hex(16),
        "Date": format_datetime(slack.clock().astimezone(UTC), usegmt=True),
    }


async def _arguments(request: web.Request) -> Json:
    """Read a call's arguments from wherever its client put them.

    The synchronous Python client labels form bodies as JSON, so the body itself is looked at.
    """
    args: Json = dict(request.query)
    if request.content_type.startswith("multipart/"):
        form = await request.post()
        args |= {name: value for name, value in form.items() if isinstance(value, str)}
    else:
        args |= _read(await request.text())
    for name in (*JSON_ARGUMENTS, *NUMBERS):
        if isinstance(args.get(name), str):
            with contextlib.suppress(ValueError):
                args[name] = json.loads(args[name])
    return args


def _read(body: str) -> Json:
    if body.lstrip().startswith("{"):
        with contextlib.suppress(ValueError):
            read: Json = json.loads(body)
            return read
    return dict(parse_qsl(body, keep_blank_values=True))


def _decoded(args: Json) -> Json:
    for name in JSON_ARGUMENTS:
        if isinstance(args.get(name), str) and args[name]:
            error = "invalid_blocks_format" if name == "blocks" else "invalid_arguments"
            raise Refusal(error, "this is not JSON", f"/{name}")
    return {name: value for name, value in args.items() if value is not None}


def _token(request: web.Request, args: Json) -> str:
    bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bearer or str(args.get("token", ""))


def _check_token(slack: Workspace, method: str, token: str) -> None:
    if method not in METHODS:
        raise Refusal("unknown_method", f"there is no method {method}")
    if not token:
        raise Refusal("not_authed", "no token was sent")
    if token not in (slack.bot_token, slack.app_token):
        raise Refusal("invalid_auth", "this token is not ours")
    if slack.is_uninstalled:
        raise Refusal("token_revoked", "the app was uninstalled")
    if (token == slack.app_token) != (method in APP_METHODS):
        raise Refusal("not_allowed_token_type", "this method takes another kind of token")
