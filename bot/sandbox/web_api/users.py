"""The people of the workspace, as the bot may know them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.places import Json
from bot.sandbox.refusals import Refusal
from bot.sandbox.web_api.conversations import page_of_channels
from bot.sandbox.web_api.methods import find_user, is_true, method, one_page

if TYPE_CHECKING:
    from bot.sandbox.places import User
    from bot.sandbox.workspace import Workspace

LOCALE = "en-US"


@method("users.info", scope="users:read", required=("user",))
def info(slack: Workspace, args: Json) -> Json:
    return {"user": _drawn(slack, find_user(slack, args["user"]), args)}


def _drawn(slack: Workspace, user: User, args: Json) -> Json:
    drawn = user.as_slack(slack.team_id, slack.clock())
    return drawn | ({"locale": LOCALE} if is_true(args, "include_locale") else {})


@method("users.list", scope="users:read")
def list_all(slack: Workspace, args: Json) -> Json:
    """Answer one page; Slack asks for a limit as soon as a workspace has grown."""
    if not args.get("limit"):
        raise Refusal("limit_required", "users.list wants a limit", "/limit")
    page, more = one_page(list(slack.users.values()), args)
    members = [_drawn(slack, user, args) for user in page]
    now = int(slack.clock().timestamp())
    return {"members": members, "cache_ts": now, "response_metadata": more}


@method("users.profile.get", scope="users.profile:read")
def get_profile(slack: Workspace, args: Json) -> Json:
    user = find_user(slack, args.get("user") or slack.bot_user_id)
    return {"profile": user.profile(slack.team_id)}


@method("users.conversations")
def conversations(slack: Workspace, args: Json) -> Json:
    """Answer with the channels a person and the bot may both see; without `user`, the bot's own."""
    user = find_user(slack, args.get("user") or slack.bot_user_id)
    theirs = [channel for channel in slack.channels.values() if user.id in channel.members]
    return page_of_channels(slack, args, theirs)
