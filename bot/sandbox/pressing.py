"""Someone presses buttons, chooses from lists and takes shortcuts."""

from __future__ import annotations

from typing import Any

from bot.sandbox import payloads, surfaces
from bot.sandbox.answers import AnswerError, answered
from bot.sandbox.block_kit import check_suggestions
from bot.sandbox.elements import ANSWER_KEYS
from bot.sandbox.events import announce
from bot.sandbox.hands import Hands, Reply
from bot.sandbox.modals import as_payload
from bot.sandbox.places import Channel, Json
from bot.sandbox.refusals import Reason, Refusal, Refused
from bot.sandbox.surfaces import Surface


class Pressing(Hands):
    """The fingers of a person."""

    async def presses(
        self,
        action_id: str,
        *,
        message: Json | None = None,
        view: Json | None = None,
        home: bool = False,
        value: Any = None,
        option: Any = None,
        block_id: str | None = None,
    ) -> Reply:
        """Press or choose; `option` or `value` is what is chosen, as in `answers.answered`.

        Of several buttons with one action_id `value` says which. Without message, view and home the
        form on top is searched, then the newest message this person sees with such an element.
        """
        surface = self._surface(message, view, home, action_id)
        block, element = surface.find(action_id, block_id, value)
        if block["type"] == "input" and not block.get("dispatch_action"):
            raise Refused(f"{action_id} is sent with its form only")
        answer = value if option is None else option
        entry = self._pressed(surface, block, element, answer)
        payload = surface.payload("block_actions") | {"actions": [entry]}
        if surface.view and surface.view["type"] == "home":
            payload["hash"] = surface.view["hash"]
        payload["trigger_id"] = self.slack.tickets.issue_trigger(self.id, surface.conversation)
        return await self._interacts(payload)

    def _pressed(self, surface: Surface, block: Json, element: Json, answer: Any) -> Json:
        if element["type"] == "overflow":
            chosen = surfaces.chosen_from_overflow(element, answer)
            return surfaces.action(surface, block, element, None) | {"selected_option": chosen}
        if element["type"] not in ANSWER_KEYS:
            return surfaces.action(surface, block, element, None)
        try:
            state = answered(self.slack, element, answer)
        except AnswerError as error:
            raise Refused(str(error), {block["block_id"]: str(error)}) from error
        surface.values.setdefault(block["block_id"], {})[element["action_id"]] = state
        if surface.message and surface.channel:
            place = (self.id, surface.channel.id, surface.message["ts"])
            self.slack.choices[place] = surface.values
        return surfaces.action(surface, block, element, state)

    def _surface(
        self, message: Json | None, view: Json | None, home: bool, action_id: str
    ) -> Surface:
        if home and self.home is None:
            raise Refused(f"{self.id} has no home yet")
        drawn = self.home if home else view
        if drawn is not None:
            return surfaces.on_view(self.slack, self.id, drawn)
        if message is not None:
            place = self.channel(message["channel"])
            return surfaces.on_message(self.slack, self.id, place, message)
        return self._nearest(action_id)

    def _nearest(self, action_id: str) -> Surface:
        if self.top_view:
            surface = surfaces.on_view(self.slack, self.id, self.top_view)
            if surface.has(action_id):
                return surface
        places = [one for one in self.slack.channels.values() if self.id in one.members]
        seen = [(one, place) for place in places for one in self.sees(place)]
        for message, place in sorted(seen, key=lambda pair: str(pair[0]["ts"]), reverse=True):
            surface = surfaces.on_message(self.slack, self.id, place, message)
            if surface.has(action_id):
                return surface
        raise Refused(f"{self.id} sees no {action_id}")

    async def searches(
        self, action_id: str, text: str, *, message: Json | None = None, view: Json | None = None
    ) -> Reply:
        """Type into a select that asks the bot for its options; the reply carries them."""
        surface = self._surface(message, view, False, action_id)
        block, _ = surface.find(action_id)
        payload = surface.payload("block_suggestion")
        payload |= {"action_id": action_id, "block_id": block["block_id"], "value": text}
        reply = await self._interacts(payload)
        if reply.acked:
            self._is_offered(action_id, reply.payload or {})
        return reply

    def _is_offered(self, action_id: str, offer: Json) -> None:
        faults = check_suggestions(offer)
        if faults:
            reasons = [Reason(fault.pointer, fault.message) for fault in faults]
            refusal = Refusal(faults[0].error, reasons=reasons)
            self.slack.recording.complain("@ack.options", refusal)
            return
        groups = offer.get("option_groups", [])
        options = [one for group in groups for one in group["options"]]
        self.slack.suggested[action_id] = [*offer.get("options", []), *options]

    async def uses_shortcut(
        self, callback_id: str, message: Json | None = None, channel: Channel | str | None = None
    ) -> Reply:
        """Take a shortcut of the manifest, from a message's menu when `message` is given."""
        known = self.slack.manifest.shortcuts.get(callback_id)
        wanted = "message" if message else "global"
        if known is None or known["type"] != wanted:
            raise Refused(f"the manifest has no {wanted} shortcut {callback_id}")
        if message is None:
            payload = payloads.interaction(self.slack, "shortcut", self.id)
            payload["trigger_id"] = self.slack.tickets.issue_trigger(self.id)
        else:
            place = self.channel(channel or message["channel"])
            payload = self._on_the_menu_of(message, place)
        payload |= {"callback_id": callback_id, "action_ts": self.slack.new_ts()}
        return await self._interacts(payload)

    def _on_the_menu_of(self, message: Json, place: Channel) -> Json:
        surface = surfaces.on_message(self.slack, self.id, place, message)
        if message.get("is_ephemeral"):
            raise Refused("a message only one person sees has no shortcuts")
        payload = surface.payload("message_action")
        for name in ("container", "state"):
            del payload[name]
        trigger_id = self.slack.tickets.issue_trigger(self.id, place.id)
        return payload | {"message_ts": message["ts"], "trigger_id": trigger_id}

    async def forges(self, payload: Json) -> Reply:
        """Send an interactive payload of one's own making; what it leaves out is filled in."""
        kind = payload.get("type", "block_actions")
        whole = payloads.interaction(self.slack, kind, self.id)
        place = self.slack.channels.get(payload.get("channel", {}).get("id", ""))
        whole["trigger_id"] = self.slack.tickets.issue_trigger(self.id, place.id if place else None)
        if place and kind != "view_submission":
            whole["container"] = {"type": "message", "message_ts": "0", "channel_id": place.id}
            whole["response_url"] = payloads.response_url(self.slack, place, self.id)
        return await self._interacts(whole | payload)

    async def opens_home(self) -> Reply:
        """Go to the Home tab of the bot."""
        return await self._opens("home")

    async def opens_messages(self) -> Reply:
        """Go to the Messages tab of the bot."""
        return await self._opens("messages")

    async def _opens(self, tab: str) -> Reply:
        place = self.slack.direct_message(self.id)
        event: Json = {
            "type": "app_home_opened",
            "user": self.id,
            "channel": place.id,
            "tab": tab,
            "event_ts": self.slack.new_ts(),
        }
        if tab == "home" and self.home:
            event["view"] = as_payload(self.home)
        return await self._told(announce(self.slack, "app_home_opened", event))
