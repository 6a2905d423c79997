"""What Slack tells the bot about, and what it keeps to itself."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING

from bot.sandbox.app_manifest import EVENT_SCOPES
from bot.sandbox.places import Channel, Json
from bot.sandbox.socket_mode import NO_CONNECTION, Ack

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

Deliveries = list["asyncio.Task[Ack]"]
MESSAGE_EVENTS = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}


def announce(
    slack: Workspace, name: str, event: Json, channel: Channel | None = None
) -> Deliveries:
    """Tell the bot, if it may know: `name` is the subscription, as the manifest spells it.

    Nothing is sent when the manifest does not subscribe, the scope is missing, or the bot is not in
    `channel`. Returns the deliveries under way, none or one.
    """
    if name not in slack.manifest.events or slack.is_uninstalled:
        return []
    scope = EVENT_SCOPES.get(name)
    if channel and name.startswith("member_"):
        scope = channel.scope("read")
    if scope and scope not in slack.scopes:
        return []
    if channel and slack.bot_user_id not in channel.members:
        return []
    payload = _payload(slack, event, channel)
    return [slack.spawn(_deliver(slack, payload))]


def _payload(slack: Workspace, event: Json, channel: Channel | None) -> Json:
    payload: Json = {
        "token": slack.verification_token,
        "team_id": slack.team_id,
        "context_team_id": slack.team_id,
        "api_app_id": slack.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": int(slack.clock().timestamp()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": slack.team_id,
                "user_id": slack.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
    }
    if channel:
        payload["event_context"] = f"4-{channel.id}-{payload['event_id']}"
    return payload


async def _deliver(slack: Workspace, payload: Json) -> Ack:
    first = await slack.socket.deliver("events_api", payload)
    if not first.acked and slack.retry_delays:
        slack.spawn(_retry(slack, payload, first), is_background=True)
    return first


async def _retry(slack: Workspace, payload: Json, last: Ack) -> None:
    """Deliver again as Slack does: at once, after a minute, after five (docs: Events API)."""
    for attempt, delay in enumerate(slack.retry_delays, start=1):
        await asyncio.sleep(delay)
        reason = "connection_failed" if last.error == NO_CONNECTION else "timeout"
        last = await slack.socket.deliver(
            "events_api", payload, retry_attempt=attempt, retry_reason=reason
        )
        if last.acked:
            return
