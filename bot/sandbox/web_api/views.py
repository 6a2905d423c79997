"""Forms and App Home: opening, redrawing, pushing, publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import modals
from bot.sandbox.places import Json
from bot.sandbox.refusals import Refusal
from bot.sandbox.web_api.methods import find_user, method

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace


@method("views.open", required=("trigger_id", "view"))
def open_view(slack: Workspace, args: Json) -> Json:
    raw = modals.check(slack, args["view"], "modal")
    trigger = slack.tickets.redeem_trigger(args["trigger_id"])
    view = modals.open_view(slack, trigger.user_id, raw, trigger.channel_id)
    return {"view": modals.as_payload(view)}


@method("views.push", required=("trigger_id", "view"))
def push(slack: Workspace, args: Json) -> Json:
    raw = modals.check(slack, args["view"], "modal")
    trigger = slack.tickets.redeem_trigger(args["trigger_id"])
    return {"view": modals.as_payload(modals.push_view(slack, trigger.user_id, raw))}


@method("views.update", required=("view",))
def update(slack: Workspace, args: Json) -> Json:
    raw = modals.check(slack, args["view"], "modal")
    external = slack.external_ids.get(str(args.get("external_id", "")))
    if not args.get("view_id") and not args.get("external_id"):
        raise Refusal("invalid_arguments", "name a view_id or an external_id", "/view_id")
    view = slack.views.get(str(args.get("view_id") or external))
    if view is None:
        raise Refusal("not_found", "this view is not open any more", "/view_id")
    _hold_against_hash(args, view)
    return {"view": modals.as_payload(modals.update_view(slack, view, raw))}


@method("views.publish", required=("user_id", "view"))
def publish(slack: Workspace, args: Json) -> Json:
    if not slack.manifest.has_home:
        raise Refusal("not_enabled", "the manifest has no App Home", "/view")
    raw = modals.check(slack, args["view"], "home")
    user = find_user(slack, args["user_id"], at="/user_id")
    before = slack.homes.get(user.id)
    if before:
        _hold_against_hash(args, before)
    return {"view": modals.as_payload(modals.publish_home(slack, user.id, raw))}


def _hold_against_hash(args: Json, view: Json) -> None:
    wanted = args.get("hash")
    if wanted and wanted != view["hash"]:
        raise Refusal("hash_conflict", "the view has changed since", "/hash")
