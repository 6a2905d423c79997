"""The bot's ways to Slack: one pool of connections, and repeats only where a repeat is harmless."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import HttpRequest
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.app import Identity
from bot.config import TOKEN_HELP, Config

# These say or add something: repeated after a lost answer, they would say it twice.
SAID_TWICE_IF_REPEATED = (
    "chat.postMessage",
    "chat.postEphemeral",
    "files.completeUploadExternal",
)
# Seconds a handler waits for Slack. Members wait with it, so not long.
HANDLER_TIMEOUT = 10
# Seconds the postman waits: the longer, the rarer an outcome is unclear.
POSTMAN_TIMEOUT = 30
RETRIES_WHEN_RATE_LIMITED = 3
REFUSED_TOKENS = {
    "account_inactive",
    "invalid_auth",
    "not_authed",
    "token_expired",
    "token_revoked",
}
# Slack is not well, or asks for patience; the token may be right.
PASSING = {"fatal_error", "internal_error", "ratelimited", "request_timeout", "service_unavailable"}
PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")


@dataclass(frozen=True)
class Lines:
    """Two sessions over one pool of connections, for slack_sdk forgets a client's own timeout.

    `quick` is for what members wait for, `patient` for posts and the socket.
    """

    quick: aiohttp.ClientSession
    patient: aiohttp.ClientSession


@asynccontextmanager
async def open_lines() -> AsyncIterator[Lines]:
    """Open the pool of connections to Slack, and close it at the end of the block."""
    pool = aiohttp.TCPConnector()
    quick, patient = (
        aiohttp.ClientSession(
            connector=pool, connector_owner=False, timeout=aiohttp.ClientTimeout(total=seconds)
        )
        for seconds in (HANDLER_TIMEOUT, POSTMAN_TIMEOUT)
    )
    try:
        async with quick, patient:
            yield Lines(quick, patient)
    finally:
        await pool.close()


class TokenRefusedError(Exception):
    """Slack does not accept a token; the text says which one and where to find the right one."""


class UnreachableError(Exception):
    """Nothing at the configured address answers as Slack does."""


def _is_harmless(request: HttpRequest) -> bool:
    return not request.url.split("?")[0].endswith(SAID_TWICE_IF_REPEATED)


class HarmlessConnectionRetry(AsyncConnectionErrorRetryHandler):
    """Repeats reads, views and edits when the connection was cut, and nothing else."""

    async def _can_retry_async(self, *, request: HttpRequest, **seen: Any) -> bool:
        return _is_harmless(request) and await super()._can_retry_async(request=request, **seen)


class HarmlessServerErrorRetry(AsyncServerErrorRetryHandler):
    """Repeats reads, views and edits when Slack has an internal error, and nothing else."""

    async def _can_retry_async(self, *, request: HttpRequest, **seen: Any) -> bool:
        return _is_harmless(request) and await super()._can_retry_async(request=request, **seen)


def handlers_client(
    token: str | None, api_url: str, session: aiohttp.ClientSession
) -> AsyncWebClient:
    """Return the client for answering members. Rate limits are waited out, they stored nothing."""
    retries: list[AsyncRetryHandler] = [
        HarmlessConnectionRetry(),
        HarmlessServerErrorRetry(),
        AsyncRateLimitErrorRetryHandler(max_retry_count=RETRIES_WHEN_RATE_LIMITED),
    ]
    return AsyncWebClient(
        token=token,
        base_url=api_url,
        session=session,
        timeout=HANDLER_TIMEOUT,
        retry_handlers=retries,
    )


def postmans_client(token: str, api_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """Return the client for posts: it repeats nothing by itself, the postman decides."""
    client = AsyncWebClient(token=token, base_url=api_url, session=session, timeout=POSTMAN_TIMEOUT)
    client.retry_handlers = []
    return client


async def identify(client: AsyncWebClient, within: float) -> Identity:
    """Ask Slack who we are; raises TokenRefusedError, or UnreachableError `within` seconds."""
    answer = await ask(client, within, "SLACK_BOT_TOKEN", client.auth_test)
    if not answer.get("team_id") or not answer.get("user_id"):
        raise UnreachableError(_not_slack(client, "it does not say whose token this is"))
    return Identity(
        team_id=answer["team_id"],
        team_name=answer.get("team") or answer["team_id"],
        url=answer.get("url") or "",
        bot_user_id=answer["user_id"],
        bot_id=answer.get("bot_id") or "",
        token=client.token or "",
    )


async def check_app_token(client: AsyncWebClient, app_token: str, within: float) -> None:
    """Make sure that Socket Mode may be opened; raises like `identify`."""

    async def open_connection() -> AsyncSlackResponse:
        return await client.apps_connections_open(app_token=app_token)

    await ask(client, within, "SLACK_APP_TOKEN", open_connection)


async def ask(
    client: AsyncWebClient,
    within: float,
    name: str,
    call: Callable[[], Awaitable[AsyncSlackResponse]],
) -> AsyncSlackResponse:
    """Return Slack's answer, asking again for `within` seconds while Slack is not well.

    `name` is the setting that holds the token. Raises TokenRefusedError or UnreachableError.
    """
    end, reason = asyncio.get_running_loop().time() + within, ""
    while True:
        try:
            async with asyncio.timeout_at(end):
                return await call()
        except SlackApiError as error:
            reason = _why_again(client, name, error)
        except TimeoutError:
            reason = reason or f"no answer in {within:g} seconds"
        except (aiohttp.ClientError, OSError) as error:
            reason = str(error) or type(error).__name__
        except (AttributeError, ValueError) as error:
            # The SDK trips over answers that are JSON but no objects, or plain text.
            raise UnreachableError(_not_slack(client, str(error))) from error
        if asyncio.get_running_loop().time() + 1 > end:
            raise UnreachableError(
                f"Slack at {client.base_url} does not answer ({reason}). "
                "Is SLACK_API_URL right, and is this machine online?"
            )
        await asyncio.sleep(1)


def error_code(error: SlackApiError) -> str:
    """Return Slack's word for what is wrong, or "" if what answered is not Slack."""
    data = getattr(error.response, "data", None)
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def _why_again(client: AsyncWebClient, name: str, error: SlackApiError) -> str:
    """Return why asking again may help; raises the error that says why it may not."""
    code, status = error_code(error), getattr(error.response, "status_code", 200)
    if status >= 500 or status == 429 or code in PASSING:
        return code or f"HTTP status {status}"
    if not code:
        raise UnreachableError(_not_slack(client, f"HTTP status {status}")) from error
    raise TokenRefusedError(refusal(name, code)) from error


def _not_slack(client: AsyncWebClient, what: str) -> str:
    return (
        f"What answers at {client.base_url} is not Slack ({what}). "
        "Correct SLACK_API_URL, or leave it out to use Slack's own."
    )


def refusal(name: str, code: str) -> str:
    """Return what Slack's refusal of the token in that setting means, and what to do."""
    if code == "not_allowed_token_type":
        return f"{name} holds a token of the wrong kind: {TOKEN_HELP[name.lower()]}."
    if code == "missing_scope":
        return f"{name} lacks a scope it needs: {TOKEN_HELP[name.lower()]}."
    if code in REFUSED_TOKENS:
        return (
            f"Slack refuses {name} ({code}). Copy it again from api.slack.com/apps: "
            f"{TOKEN_HELP[name.lower()]}."
        )
    return f"Slack refuses {name}: {code}."


def leave_out_proxy(config: Config) -> None:
    """Forget the environment's proxy when Slack is to be reached without one.

    The SDK sends everything through HTTP_PROXY, even what is meant for this machine, and reads
    neither NO_PROXY nor a client's own setting for every request.
    """
    host = urlsplit(config.slack_api_url).hostname or ""
    if config.is_local_slack or proxy_bypass(host):
        for name in PROXIES:
            os.environ.pop(name, None)
