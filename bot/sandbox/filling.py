"""Someone fills in a form, sends it, or closes it."""

from __future__ import annotations

from typing import Any

from bot.sandbox import modals, payloads
from bot.sandbox.answers import AnswerError, answered
from bot.sandbox.elements import elements_of, inputs_of, is_empty
from bot.sandbox.form_answers import apply
from bot.sandbox.hands import Hands, Reply
from bot.sandbox.places import Json
from bot.sandbox.refusals import Refusal, Refused

REQUIRED = "Please complete this required field."
TROUBLE = "We had some trouble connecting. Try again?"


class Filling(Hands):
    """The pen of a person."""

    def fills(self, view: Json, /, **answers: Any) -> None:
        """Write answers, by block_id, into an open form without sending it.

        Raises Refused with `errors` when the form has no such field or a field takes no such
        answer; what was right stays written.
        """
        current = self._open(view)
        fields = {block["block_id"]: (block, one) for block, one in inputs_of(current["blocks"])}
        unknown = sorted(answers.keys() - fields.keys())
        if unknown:
            raise Refused(f"the form has no field {', '.join(unknown)}; it has {list(fields)}")
        errors: dict[str, str] = {}
        for block_id, answer in answers.items():
            element = fields[block_id][1]
            try:
                state = answered(self.slack, element, answer)
            except AnswerError as error:
                errors[block_id] = str(error)
            else:
                current["state"]["values"][block_id][element["action_id"]] = state
        self._refuse(current, errors)

    async def submits(self, view: Json, /, *, again: bool = False, **answers: Any) -> Reply:
        """Fill in and send the form on top; what is not named keeps its value.

        `again` sends a form a second time that is closed already, as a double press does.
        """
        if again and view.get("closed"):
            return await self._interacts(self._submission(view))
        self.fills(view, **answers)
        current = self._open(view)
        if current is not self.top_view:
            raise Refused("another form lies on top of this one")
        self._refuse(current, self._missing(current))
        current["errors"] = {}
        payload = self._submission(current)
        reply = await self._interacts(payload)
        if reply.acked and not current.get("closed"):
            self._is_answered(current, reply)
        return reply

    def _missing(self, view: Json) -> dict[str, str]:
        values = view["state"]["values"]
        return {
            block["block_id"]: REQUIRED
            for block, element in inputs_of(view["blocks"])
            if not block.get("optional")
            and is_empty(values[block["block_id"]][element["action_id"]])
        }

    def _refuse(self, view: Json, errors: dict[str, str]) -> None:
        if errors:
            view["errors"] = errors
            self.slack.tell("view", user=self.id, view_id=view["id"])
            raise Refused(f"the form is not complete: {errors}", errors)

    def _submission(self, view: Json) -> Json:
        payload = payloads.interaction(self.slack, "view_submission", self.id)
        trigger_id = self.slack.tickets.issue_trigger(self.id, view["conversation"])
        return payload | {
            "trigger_id": trigger_id,
            "view": modals.as_payload(view),
            "response_urls": self._response_urls(view),
        }

    def _response_urls(self, view: Json) -> list[Json]:
        """Return an address for each conversation chosen in a select that asks for one."""
        urls = []
        for block, element in elements_of(view["blocks"]):
            where = {"block_id": block["block_id"], "action_id": element["action_id"]}
            state = view["state"]["values"].get(where["block_id"], {}).get(where["action_id"], {})
            chosen = state.get("selected_conversation") or state.get("selected_channel")
            if element.get("response_url_enabled") and chosen:
                place = self.slack.channels[chosen]
                url = payloads.response_url(self.slack, place, self.id)
                urls.append({**where, "channel_id": chosen, "response_url": url})
        return urls

    def _is_answered(self, view: Json, reply: Reply) -> None:
        try:
            cleared = apply(self.slack, view, reply.payload)
        except Refusal as refusal:
            self.slack.recording.complain("@ack.view_submission", refusal)
            reply.error = TROUBLE
            return
        self._tell_closed(cleared, is_cleared=True)

    async def closes(self, view: Json) -> Reply:
        """Close a form without sending it; all of its stack when it says clear_on_close."""
        current = self._open(view)
        if current["clear_on_close"]:
            closed = modals.close_all(self.slack, self.id)
        else:
            modals.close_view(self.slack, current)
            closed = [current]
        is_cleared = bool(current["clear_on_close"])
        told = [one for one in closed if one["notify_on_close"]]
        replies = [await self._interacts(self._closing(one, is_cleared)) for one in told]
        return replies[-1] if replies else Reply(True, 0.0)

    def _tell_closed(self, views: list[Json], *, is_cleared: bool) -> None:
        for view in views:
            if view["notify_on_close"]:
                self.slack.spawn(self._interacts(self._closing(view, is_cleared)))

    def _closing(self, view: Json, is_cleared: bool) -> Json:
        payload = payloads.interaction(self.slack, "view_closed", self.id)
        return payload | {"view": modals.as_payload(view), "is_cleared": is_cleared}

    def _open(self, view: Json) -> Json:
        current = self.slack.views.get(view["id"])
        if current is None or current["user"] != self.id:
            raise Refused(f"{self.id} has no such form open")
        return current
