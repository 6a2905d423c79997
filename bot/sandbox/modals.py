"""Forms on someone's screen: opened, stacked, redrawn and closed."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from bot.sandbox.block_kit import check_view
from bot.sandbox.elements import completed, first_state, kept_state
from bot.sandbox.pictures import check_pictures
from bot.sandbox.places import Json
from bot.sandbox.refusals import Reason, Refusal

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

STACK_HEIGHT = 3  # docs.slack.dev: one open view and two pushed ones
OURS = frozenset({"user", "errors", "closed", "conversation"})  # What a bot is never sent.
NAMES = ("private_metadata", "callback_id", "external_id")
FLAGS = ("clear_on_close", "notify_on_close", "submit_disabled")
WORDS = ("title", "close", "submit")


def as_payload(view: Json) -> Json:
    """Return the view as the bot sees it."""
    return {name: value for name, value in view.items() if name not in OURS}


def check(slack: Workspace, view: Any, surface: Literal["modal", "home"]) -> Json:
    """Return the view when Slack would draw it; raises Refusal with every wrong place."""
    if not isinstance(view, dict):
        raise Refusal("invalid_arguments", "must provide an object", "/view")
    if view.get("type") != surface:
        raise Refusal("invalid_arguments", f"must be a view of type {surface}", "/view/type")
    faults = check_view(view, surface) if slack.is_strict else []
    if faults:
        reasons = [Reason(f"/view{fault.pointer}", fault.message) for fault in faults]
        raise Refusal(faults[0].error, reasons=reasons)
    if slack.is_strict:
        check_pictures(slack, view["blocks"], "/view/blocks", "invalid_arguments")
    return view


def drawn(slack: Workspace, raw: Mapping[str, Any], user_id: str, **place: Any) -> Json:
    """Return a view as Slack keeps it; `place` says where in a stack it stands."""
    blocks = completed(raw["blocks"])
    view: Json = {
        "id": slack.new_id("V"),
        "team_id": slack.team_id,
        "type": raw["type"],
        "blocks": blocks,
        "state": {"values": first_state(blocks, place.get("conversation"))},
        "hash": new_hash(slack),
        "previous_view_id": None,
        "root_view_id": None,
        "app_id": slack.app_id,
        "app_installed_team_id": slack.team_id,
        "bot_id": slack.bot_id,
        "user": user_id,
        "errors": {},
    }
    view |= _traits(raw) | place
    view["root_view_id"] = view["root_view_id"] or view["id"]
    return view


def _traits(raw: Mapping[str, Any]) -> Json:
    """Return what the bot decided about a view besides its blocks, complete."""
    traits: Json = {name: raw.get(name) or "" for name in NAMES}
    traits |= {name: bool(raw.get(name)) for name in FLAGS}
    traits |= {name: _text(raw[name]) if raw.get(name) else None for name in WORDS}
    if raw["type"] == "home":
        traits["title"] = _text({"type": "plain_text", "text": "View Title"})  # Slack's own filler.
    return traits


def _text(raw: Json) -> Json:
    return {"emoji": True, **raw}


def new_hash(slack: Workspace) -> str:
    return f"{int(slack.clock().timestamp())}.{secrets.token_hex(4)}"


def open_view(slack: Workspace, user_id: str, raw: Json, conversation: str | None) -> Json:
    """Put a first view on someone's screen; what was open there is gone."""
    _refuse_a_known_external_id(slack, raw)
    for old in list(slack.stacks.get(user_id, [])):
        _take_off(slack, old)
    return _show(slack, drawn(slack, raw, user_id, conversation=conversation))


def push_view(slack: Workspace, user_id: str, raw: Json) -> Json:
    """Put a view on top of the open ones; raises Refusal push_limit_reached beyond three."""
    stack = slack.stacks.get(user_id)
    if not stack:
        raise Refusal("not_found", "no view is open to push onto", "/trigger_id")
    if len(stack) >= STACK_HEIGHT:
        raise Refusal("push_limit_reached", "a stack holds three views", "/view")
    _refuse_a_known_external_id(slack, raw)
    below = stack[-1]
    place = {
        "previous_view_id": below["id"],
        "root_view_id": below["root_view_id"],
        "conversation": below["conversation"],
    }
    return _show(slack, drawn(slack, raw, user_id, **place))


def _show(slack: Workspace, view: Json) -> Json:
    slack.views[view["id"]] = view
    slack.stacks.setdefault(view["user"], []).append(view)
    if view["external_id"]:
        slack.external_ids[view["external_id"]] = view["id"]
    slack.tell("view", user=view["user"], view_id=view["id"])
    return view


def _refuse_a_known_external_id(slack: Workspace, raw: Json) -> None:
    if raw.get("external_id") in slack.external_ids:
        raise Refusal("duplicate_external_id", "external_id is in use", "/view/external_id")


def update_view(slack: Workspace, view: Json, raw: Json) -> Json:
    """Redraw a view in place; typed words stay where block_id and action_id stay."""
    typed = view["state"]["values"]
    kept = {name: view[name] for name in ("id", "root_view_id", "previous_view_id", "conversation")}
    if raw.get("external_id", view["external_id"]) != view["external_id"]:
        _refuse_a_known_external_id(slack, raw)
        slack.external_ids.pop(view["external_id"], None)
        slack.external_ids[raw["external_id"]] = view["id"]
    kept["external_id"] = raw.get("external_id") or view["external_id"]
    fresh = drawn(slack, raw, view["user"], **kept)
    values = kept_state(typed, fresh["blocks"], view["conversation"])
    fresh["state"] = {"values": values}
    view.clear()
    view.update(fresh)
    slack.tell("view", user=view["user"], view_id=view["id"])
    return view


def close_view(slack: Workspace, view: Json) -> None:
    """Take one view off the screen; the one below it shows again."""
    _take_off(slack, view)
    slack.tell("view", user=view["user"], view_id=None)


def close_all(slack: Workspace, user_id: str) -> list[Json]:
    """Clear someone's screen; returns what was open, from the bottom to the top."""
    stack = list(slack.stacks.get(user_id, []))
    for view in stack:
        _take_off(slack, view)
    slack.tell("view", user=user_id, view_id=None)
    return stack


def _take_off(slack: Workspace, view: Json) -> None:
    view["closed"] = True
    slack.views.pop(view["id"], None)
    slack.external_ids.pop(view["external_id"], None)
    stack = slack.stacks.get(view["user"], [])
    if view in stack:
        stack.remove(view)


def publish_home(slack: Workspace, user_id: str, raw: Json) -> Json:
    """Draw someone's App Home anew; it keeps its id."""
    before = slack.homes.get(user_id)
    home = drawn(slack, raw, user_id, conversation=None)
    if before:
        home["id"] = home["root_view_id"] = before["id"]
        values = kept_state(before["state"]["values"], home["blocks"])
        home["state"] = {"values": values}
    slack.homes[user_id] = home
    slack.tell("home", user=user_id, view_id=home["id"])
    return home
