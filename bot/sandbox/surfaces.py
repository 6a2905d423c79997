"""Where buttons and fields stand: on a message, on a form, or on someone's App Home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox import payloads
from bot.sandbox.answers import options_of
from bot.sandbox.elements import ANSWER_KEYS, elements_of, kept_state
from bot.sandbox.places import Channel, Json
from bot.sandbox.refusals import Refused

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

ECHOED = ("text", "value", "style", "url", "placeholder", "accessibility_label")


@dataclass
class Surface:
    """Something drawn, as `user_id` has it on the screen. `values` is its state so far."""

    slack: Workspace
    user_id: str
    blocks: list[Json]
    values: Json
    view: Json | None = None
    message: Json | None = None
    channel: Channel | None = None

    def find(
        self, action_id: str, block_id: str | None = None, value: Any = None
    ) -> tuple[Json, Json]:
        """Return the block and element; `value` tells buttons with the same action_id apart.

        Raises Refused when nothing of the kind is drawn.
        """
        for block, element in elements_of(self.blocks):
            is_it = element["action_id"] == action_id
            is_there = block_id in (None, block["block_id"])
            is_named = element["type"] != "button" or value in (None, element.get("value"))
            if is_it and is_there and is_named:
                return block, element
        raise Refused(f"there is no {action_id} here")

    def has(self, action_id: str) -> bool:
        return any(one["action_id"] == action_id for _, one in elements_of(self.blocks))

    @property
    def conversation(self) -> str | None:
        """The id of the channel this person stands in."""
        if self.channel:
            return self.channel.id
        return self.view["conversation"] if self.view else None

    def payload(self, kind: str) -> Json:
        """Return an interactive payload of this kind about this surface."""
        if self.view:
            return payloads.on_view(self.slack, kind, self.user_id, self.view)
        if self.message is None or self.channel is None:
            raise Refused("nothing is drawn here")
        drawn = payloads.on_message(self.slack, kind, self.user_id, self.channel, self.message)
        return drawn | {"state": {"values": self.values}}


def on_view(slack: Workspace, user_id: str, view: Json) -> Surface:
    """Return an open form or home of this person."""
    own_home = slack.homes.get(user_id)
    is_home = own_home is not None and own_home["id"] == view["id"]
    current = own_home if is_home else slack.views.get(view["id"])
    if current is None or current["user"] != user_id:
        raise Refused(f"{user_id} has no such view open")
    return Surface(slack, user_id, current["blocks"], current["state"]["values"], view=current)


def on_message(slack: Workspace, user_id: str, channel: Channel, message: Json) -> Surface:
    """Return a message as this person has it, with what they chose on it before."""
    if message.get("is_ephemeral"):
        candidates = channel.ephemerals
        current = next((one for one in candidates if one["ts"] == message["ts"]), None)
    else:
        current = channel.by_ts.get(message["ts"])
    if current is None or (current.get("is_ephemeral") and current["user"] != user_id):
        raise Refused(f"{user_id} does not see this message")
    blocks = current.get("blocks", [])
    chosen = slack.choices.get((user_id, channel.id, current["ts"]), {})
    values = kept_state(chosen, blocks, channel.id)
    return Surface(slack, user_id, blocks, values, message=current, channel=channel)


def action(surface: Surface, block: Json, element: Json, chosen: Json | None) -> Json:
    """Return the entry of `actions` for a pressed element; `chosen` is its new state, if any."""
    entry: Json = {name: element[name] for name in ECHOED if name in element}
    entry |= {name: element[name] for name in element if name.startswith("initial_")}
    if chosen:
        key = ANSWER_KEYS[element["type"]]
        entry[key] = chosen[key]
    return entry | {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": surface.slack.new_ts(),
    }


def chosen_from_overflow(element: Json, value: Any) -> Json:
    """Return the option of an overflow menu with this value."""
    wanted = value["value"] if isinstance(value, dict) else value
    for option in options_of(element):
        if option["value"] == wanted:
            return option
    raise Refused(f"{wanted} is not in the menu")
