"""User groups: several people under one handle, as the bot may know them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.places import Json
from bot.sandbox.refusals import Refusal
from bot.sandbox.web_api.methods import is_true, method

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace


@method("usergroups.list", scope="usergroups:read")
def list_all(slack: Workspace, args: Json) -> Json:
    groups = [one.as_slack(slack.team_id) for one in slack.usergroups.values()]
    with_users = is_true(args, "include_users")
    users = {one.id: list(one.users) for one in slack.usergroups.values()}
    return {
        "usergroups": [one | ({"users": users[one["id"]]} if with_users else {}) for one in groups]
    }


@method("usergroups.users.list", scope="usergroups:read", required=("usergroup",))
def list_users(slack: Workspace, args: Json) -> Json:
    """Answer with the ids of those in a group; who left the workspace only when asked for."""
    group = slack.usergroups.get(str(args["usergroup"]))
    if group is None:
        # A member may have typed it; the bot only asks.
        message = f"there is no user group {args['usergroup']}"
        raise Refusal("no_such_subteam", message, "/usergroup", mistake=False)
    with_gone = is_true(args, "include_disabled")
    there = [one for one in group.users if with_gone or not slack.users[one].deleted]
    return {"users": there}
