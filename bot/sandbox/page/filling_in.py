"""Finds the message or form an act is about, and writes down what is filled in there so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox import surfaces
from bot.sandbox.answers import AnswerError, answered
from bot.sandbox.elements import ANSWER_KEYS, elements_of

if TYPE_CHECKING:
    from bot.sandbox.people import Person
    from bot.sandbox.places import Json
    from bot.sandbox.surfaces import Surface


class CannotError(Exception):
    """The page asked for something that is not there any more; the text is for the person."""


def message_of(person: Person, place: Json) -> Json:
    """Return a message this person sees, of `channel` and `ts`."""
    channel = person.slack.channels.get(str(place["channel"]))
    seen = person.sees(channel) if channel and person.id in channel.members else []
    for message in reversed(seen):
        if message["ts"] == place["ts"]:
            return message | {"channel": place["channel"]}
    raise CannotError("This message is not there any more.")


def view_of(person: Person, view_id: Any) -> Json:
    for view in person.views:
        if view["id"] == view_id:
            return view
    raise CannotError("This form is not open any more.")


def place_of(person: Person, act: Json) -> Json:
    """Return where something is pressed, as the arguments Person.presses wants."""
    if "message" in act:
        return {"message": message_of(person, act["message"])}
    if "view" in act:
        return {"view": view_of(person, act["view"])}
    if act.get("home") and person.home:
        return {"home": True}
    raise CannotError("This is not there any more.")


def write_down(person: Person, act: Json, *, skip: tuple[str, str] | None = None) -> None:
    """Keep the answers of an act, {block_id: {action_id: answer}}, as the state Slack would send.

    Slack sends what is filled in so far with every press, also what its window would not submit;
    an answer that has no form in Slack's payload stays as it was. `skip` is what is pressed.
    """
    answers: Json = act.get("answers") or {}
    surface = _surface(person, act)
    for block, element in elements_of(surface.blocks):
        address = (block["block_id"], element["action_id"])
        given = answers.get(address[0], {})
        if element["type"] not in ANSWER_KEYS or address[1] not in given or address == skip:
            continue
        try:
            state = answered(person.slack, element, given[address[1]])
        except AnswerError:
            continue
        surface.values.setdefault(address[0], {})[address[1]] = state
    if surface.message and surface.channel:
        chosen = (person.id, surface.channel.id, surface.message["ts"])
        person.slack.choices[chosen] = surface.values


def _surface(person: Person, act: Json) -> Surface:
    where = place_of(person, act)
    if "message" in where:
        message = where["message"]
        return surfaces.on_message(
            person.slack, person.id, person.channel(message["channel"]), message
        )
    return surfaces.on_view(person.slack, person.id, where.get("view") or person.home or {})


def answers_by_block(view: Json, answers: Json) -> Json:
    """Return the answers of a form's input blocks by block id, as Person.submits wants them."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    named = {block["block_id"]: block["element"]["action_id"] for block in inputs}
    given = {block: answers.get(block, {}) for block in named}
    return {
        block: given[block][action] for block, action in named.items() if action in given[block]
    }
