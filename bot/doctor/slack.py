"""Whether Slack accepts our tokens, gives us what the manifest asks for, and has our time."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.config import Config
from bot.doctor.findings import BAD, GOOD, NOTE, Finding
from bot.doctor.manifest import Manifest
from bot.slack import TokenRefusedError, UnreachableError, ask, handlers_client, leave_out_proxy
from models.time import Clock

WITHIN = 5.0  # seconds
CLOCKS_DIFFER_BY = timedelta(seconds=60)
# What members would miss; the bot runs all the same.
WITHOUT = {
    "groups:history": "communities in private channels",
    "groups:read": "communities in private channels",
    "reactions:read": "seconding thanks with an emoji; the button works all the same",
    "usergroups:read": "thanking a user group; people can be named one by one",
}
INSTALL_AGAIN = (
    "At api.slack.com/apps paste manifest.yml under App Manifest, then Install App → Reinstall"
)


@dataclass(frozen=True)
class Visit:
    """What came of asking Slack. `team_id` is None when it did not say which workspace."""

    findings: list[Finding] = field(default_factory=list)
    team_id: str | None = None
    team_name: str = ""


async def check_slack(
    config: Config, wrong: Collection[str], manifest: Manifest | None, clock: Clock
) -> Visit:
    """Show both tokens to Slack. Socket Mode is asked for, but not entered.

    A connection of the doctor's would be given envelopes that are meant for a running bot.
    """
    if "slack_api_url" in wrong:
        words = "not asked, because SLACK_API_URL is wrong."
        return Visit([Finding(NOTE, "Slack", words)])
    leave_out_proxy(config)
    async with aiohttp.ClientSession() as session:
        token = config.slack_bot_token.get_secret_value()
        client = handlers_client(token, config.slack_api_url, session)
        visit, socket_mode = await asyncio.gather(
            _bot_token(client, wrong, manifest, clock),
            _app_token(client, wrong, config.slack_app_token.get_secret_value()),
        )
    return Visit([*visit.findings, socket_mode], visit.team_id, visit.team_name)


async def _bot_token(
    client: AsyncWebClient, wrong: Collection[str], manifest: Manifest | None, clock: Clock
) -> Visit:
    if "slack_bot_token" in wrong:
        words = "not shown to Slack, because SLACK_BOT_TOKEN is missing or wrong."
        return Visit([Finding(NOTE, "Bot token", words)])
    try:
        answer = await ask(client, WITHIN, "SLACK_BOT_TOKEN", client.auth_test)
    except (TokenRefusedError, UnreachableError) as error:
        return Visit([Finding(BAD, "Bot token", str(error))])
    team = str(answer.get("team") or answer.get("team_id") or "an unnamed workspace")
    user = str(answer.get("user") or answer.get("user_id") or "somebody")
    findings = [
        Finding(GOOD, "Bot token", f"Slack knows it as {user} in {team}."),
        _scopes(answer, manifest),
        _clocks(answer, clock()),
    ]
    return Visit(findings, answer.get("team_id"), team)


async def _app_token(client: AsyncWebClient, wrong: Collection[str], token: str) -> Finding:
    if "slack_app_token" in wrong:
        words = "not asked for, because SLACK_APP_TOKEN is missing or wrong."
        return Finding(NOTE, "Socket Mode", words)

    async def open_connection() -> AsyncSlackResponse:
        return await client.apps_connections_open(app_token=token)

    try:
        answer = await ask(client, WITHIN, "SLACK_APP_TOKEN", open_connection)
    except (TokenRefusedError, UnreachableError) as error:
        return Finding(BAD, "Socket Mode", str(error))
    if not str(answer.get("url") or "").startswith(("ws://", "wss://")):
        words = "Slack gives no address to connect to. Switch Socket Mode on at api.slack.com/apps."
        return Finding(BAD, "Socket Mode", words)
    return Finding(GOOD, "Socket Mode", "Slack lets us connect.")


def _scopes(answer: AsyncSlackResponse, manifest: Manifest | None) -> Finding:
    if manifest is None:
        return Finding(NOTE, "Scopes", "not compared, because the manifest cannot be read.")
    headers = {name.lower(): value for name, value in answer.headers.items()}
    if "x-oauth-scopes" not in headers:
        return Finding(NOTE, "Scopes", "Slack does not say which ones were granted.")
    granted = {scope.strip() for scope in headers["x-oauth-scopes"].split(",")}
    if lacking := manifest.required - granted:
        words = f"{', '.join(sorted(lacking))} not granted. {INSTALL_AGAIN}."
        return Finding(BAD, "Scopes", words)
    if lacking := manifest.optional - granted:
        missed = "; ".join(sorted({WITHOUT.get(scope, scope) for scope in lacking}))
        words = f"without {', '.join(sorted(lacking))} these do not work: {missed}. {INSTALL_AGAIN}"
        return Finding(NOTE, "Scopes", f"{words}, if you want them.")
    return Finding(GOOD, "Scopes", "all that the manifest asks for.")


def _clocks(answer: AsyncSlackResponse, now: datetime) -> Finding:
    """Compare our clock with Slack's: looking for what was said goes by Slack's times."""
    headers = {name.lower(): value for name, value in answer.headers.items()}
    try:
        slack_says = parsedate_to_datetime(headers["date"])
    except (KeyError, ValueError):
        return Finding(NOTE, "Clock", "not compared, because Slack does not say what time it is.")
    seconds = round((now - slack_says).total_seconds())
    if abs(seconds) > CLOCKS_DIFFER_BY.total_seconds():
        which = "ahead of" if seconds > 0 else "behind"
        words = (
            f"this machine is {abs(seconds)} seconds {which} Slack. Set its clock, best by "
            "switching on network time (NTP)."
        )
        return Finding(BAD, "Clock", words)
    return Finding(GOOD, "Clock", "agrees with Slack's.")
