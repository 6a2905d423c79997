"""Who the bot is, where it is, and the way to its socket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.places import Json
from bot.sandbox.web_api.methods import method

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace


@method("auth.test")
def auth_test(slack: Workspace, args: Json) -> Json:
    return {
        "url": slack.base_url,
        "team": slack.team_name,
        "user": slack.users[slack.bot_user_id].name,
        "team_id": slack.team_id,
        "user_id": slack.bot_user_id,
        "bot_id": slack.bot_id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open")
def open_connection(slack: Workspace, args: Json) -> Json:
    address = slack.base_url.replace("http://", "ws://", 1)
    return {"url": f"{address}link?ticket={slack.socket.ticket()}&app_id={slack.app_id}"}


@method("team.info", scope="team:read")
def team_info(slack: Workspace, args: Json) -> Json:
    team = {
        "id": slack.team_id,
        "name": slack.team_name,
        "url": slack.base_url,
        "domain": slack.team_domain,
        "email_domain": "",
        "icon": {"image_default": True},
        "avatar_base_url": slack.base_url,
        "is_verified": False,
    }
    return {"team": team}
