"""The bot's ways to Slack: one pool of connections, and repeats only where a repeat is harmless."""

import asyncio
from typing import Any

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

from bot.app import Identity

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
REFUSED_TOKENS = {"invalid_auth", "not_authed", "account_inactive", "token_revoked"}


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
    answer = await _ask(client, within, "SLACK_BOT_TOKEN", lambda: client.auth_test())
    return Identity(
        team_id=answer["team_id"],
        team_name=answer.get("team") or answer["team_id"],
        url=answer.get("url") or "",
        bot_user_id=answer["user_id"],
        bot_id=answer.get("bot_id") or "",
        token=client.token or "",
    )


async def check_app_token(client: AsyncWebClient, app_token: str, within: float) -> None:
    """Make sure that Socket Mode opens; raises like `identify`."""
    await _ask(
        client,
        within,
        "SLACK_APP_TOKEN",
        lambda: client.apps_connections_open(app_token=app_token),
    )


async def _ask(client: AsyncWebClient, within: float, name: str, call: Any) -> Any:
    end = asyncio.get_running_loop().time() + within
    while True:
        try:
            async with asyncio.timeout_at(end):
                return await call()
        except SlackApiError as error:
            code = str(error.response.get("error") or "")
            if error.response.status_code < 500 and code not in ("ratelimited", "internal_error"):
                raise TokenRefusedError(_refusal(name, code)) from error
            reason = code or str(error.response.status_code)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            reason = str(error) or type(error).__name__
        if asyncio.get_running_loop().time() + 1 > end:
            raise UnreachableError(
                f"Slack at {client.base_url} does not answer ({reason}). "
                "Is SLACK_API_URL right, and is this machine online?"
            )
        await asyncio.sleep(1)


def _refusal(name: str, code: str) -> str:
    if code == "not_allowed_token_type":
        return f"{name} holds a token of the wrong kind. `python -m bot doctor` tells more."
    if code == "missing_scope":
        return f"{name} lacks a scope it needs. Install the app again from manifest.yml."
    if code in REFUSED_TOKENS:
        return (
            f"Slack refuses {name} ({code}). Copy it again from api.slack.com/apps; "
            "`python -m bot doctor` shows where."
        )
    return f"Slack refuses {name}: {code}."
