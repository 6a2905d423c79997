"""What Slack writes when someone commands, presses, submits or closes something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.messages import shown
from bot.sandbox.modals import as_payload
from bot.sandbox.places import Channel, Json

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace


def response_url(
    slack: Workspace, channel: Channel, user_id: str, message: Json | None = None
) -> str:
    """Issue an address for answers to something done in `channel`, perhaps on `message`."""
    ticket = slack.tickets.response_url(channel.id, user_id, message)
    return f"{slack.base_url}response/{ticket}"


def command(slack: Workspace, user_id: str, channel: Channel, name: str, text: str) -> Json:
    names = {"channel": channel.name, "group": "privategroup", "im": "directmessage"}
    return {
        "token": slack.verification_token,
        "team_id": slack.team_id,
        "team_domain": slack.team_domain,
        "channel_id": channel.id,
        "channel_name": names[channel.kind],
        "user_id": user_id,
        "user_name": slack.users[user_id].name,
        "command": name,
        "text": text,
        "api_app_id": slack.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url(slack, channel, user_id),
        "trigger_id": slack.tickets.issue_trigger(user_id, channel.id),
    }


def interaction(slack: Workspace, kind: str, user_id: str) -> Json:
    """Return what every interactive payload has; `kind` is its type."""
    user = slack.users[user_id]
    return {
        "type": kind,
        "user": {
            "id": user.id,
            "username": user.name,
            "name": user.name,
            "team_id": slack.team_id,
        },
        "api_app_id": slack.app_id,
        "token": slack.verification_token,
        "team": {"id": slack.team_id, "domain": slack.team_domain},
        "is_enterprise_install": False,
    }


def on_view(slack: Workspace, kind: str, user_id: str, view: Json) -> Json:
    """Return a payload about a form or home: container and view."""
    return interaction(slack, kind, user_id) | {
        "container": {"type": "view", "view_id": view["id"]},
        "view": as_payload(view),
    }


def on_message(slack: Workspace, kind: str, user_id: str, channel: Channel, message: Json) -> Json:
    """Return a payload about a message; one only this person sees is not in it."""
    is_ephemeral = bool(message.get("is_ephemeral"))
    container = {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": channel.id,
        "is_ephemeral": is_ephemeral,
    }
    if message.get("thread_ts"):
        container["thread_ts"] = message["thread_ts"]
    payload = interaction(slack, kind, user_id) | {
        "container": container,
        "channel": named(channel),
        "response_url": response_url(slack, channel, user_id, message),
    }
    return payload if is_ephemeral else payload | {"message": shown(message)}


def named(channel: Channel) -> Json:
    names = {"channel": channel.name, "group": "privategroup", "im": "directmessage"}
    return {"id": channel.id, "name": names[channel.kind]}
