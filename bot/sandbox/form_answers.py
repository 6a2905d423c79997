"""What the bot answers to a form that was sent, and what happens to the form then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox import modals
from bot.sandbox.elements import inputs_of
from bot.sandbox.places import Json
from bot.sandbox.refusals import Refusal

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

KNOWN = {"response_action", "errors", "view"}


def apply(slack: Workspace, view: Json, answer: Any) -> list[Json]:
    """Do what an acknowledgement of view_submission says; returns the forms it cleared away.

    Nothing closes the form. Raises Refusal when Slack would not understand it; the form stays.
    """
    if not answer:
        modals.close_view(slack, view)
        return []
    if not isinstance(answer, dict) or not answer.keys() <= KNOWN:
        raise Refusal("invalid_response", "this says nothing about the form", "")
    match answer.get("response_action"):
        case "errors":
            _show_errors(slack, view, answer.get("errors"))
        case "update":
            modals.update_view(slack, view, modals.check(slack, answer.get("view"), "modal"))
        case "push":
            raw = modals.check(slack, answer.get("view"), "modal")
            modals.push_view(slack, view["user"], raw)
        case "clear":
            return [one for one in modals.close_all(slack, view["user"]) if one is not view]
        case _:
            message = "must be one of errors, update, push, clear"
            raise Refusal("invalid_response", message, "/response_action")
    return []


def _show_errors(slack: Workspace, view: Json, errors: Any) -> None:
    if not isinstance(errors, dict) or not errors:
        raise Refusal("invalid_response", "must name at least one field", "/errors")
    fields = {block["block_id"] for block, _ in inputs_of(view["blocks"])}
    for block_id, message in errors.items():
        if block_id not in fields:
            raise Refusal("invalid_response", "there is no such input block", f"/errors/{block_id}")
        if not isinstance(message, str) or not message:
            raise Refusal("invalid_response", "must be a text", f"/errors/{block_id}")
    view["errors"] = dict(errors)
    slack.tell("view", user=view["user"], view_id=view["id"])
