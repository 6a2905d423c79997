"""Acting: somebody of the example does something with their own hands, and it has to work."""

from __future__ import annotations

from typing import Any

from bot.demo.stage import Stage
from bot.demo.story.happenings import Happening, Joins, SetsUp, Writes
from bot.sandbox.people import Person, Reply

Json = dict[str, Any]


class LostThreadError(Exception):
    """The story does not go on as it is written; the text says where."""


def id_of(stage: Stage, first_name: str) -> str:
    user = stage.slack.user_named(first_name.lower())
    if user is None:
        raise LostThreadError(f"nobody is called {first_name}")
    return user.id


class Acting:
    """What people do in a channel."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def person(self, first_name: str) -> Person:
        return self.stage.slack.person(id_of(self.stage, first_name))

    async def take_part(self, happening: Happening) -> None:
        person = self.person(happening.by)
        match happening:
            case Writes():
                went_well(happening, await person.types(happening.channel, happening.text))
            case Joins():
                went_well(happening, await person.joins(happening.channel))
            case SetsUp():
                await self._set_up(person, happening)
            case _:
                raise LostThreadError(f"there is no thread for {happening}")

    async def _set_up(self, person: Person, happening: SetsUp) -> None:
        await person.invites(self.stage.slack.bot_user_id, happening.channel)
        await self.stage.settled()
        went_well(happening, await person.types(happening.channel, "/staffroom setup"))
        await self.fill_in(person, happening, name=happening.name)

    async def fill_in(self, person: Person, happening: Happening, /, **answers: Any) -> None:
        """Send the form that opens, and make sure that it closes."""
        await self.stage.handled()
        if person.top_view is None:
            raise LostThreadError(f"no form opens for {happening}")
        went_well(happening, await person.submits(person.top_view, **answers))
        if person.top_view is not None:
            raise LostThreadError(f"the form stays open: {person.top_view['errors']}, {happening}")


def elements_of(message: Json) -> list[Json]:
    """Return the buttons and menus under a message."""
    blocks = message.get("blocks") or []
    return [one for block in blocks for one in block.get("elements", [])]


def latest_with(messages: list[Json], action_id: str) -> Json:
    """Return the newest message with that button or menu; raises LostThreadError."""
    for message in reversed(messages):
        if any(one.get("action_id") == action_id for one in elements_of(message)):
            return message
    raise LostThreadError(f"there is no message with {action_id}")


def went_well(happening: Happening, reply: Reply) -> None:
    if not reply.acked or reply.error:
        raise LostThreadError(f"the bot does not answer ({reply.error}): {happening}")
