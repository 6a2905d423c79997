"""Piloting: the tool belt and the pilots of the example, tried by its people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.demo.acting import Acting, LostThreadError, elements_of, went_well
from bot.demo.stage import APART
from bot.demo.story.happenings import (
    ZONE,
    Champions,
    Finishes,
    GoesOn,
    Happening,
    Logs,
    Pauses,
    SetsMenu,
    Starts,
)
from bot.sandbox.people import Person
from handlers.blocks.pilots.forms import MORE_CHOICES
from handlers.blocks.pilots.ids import CHAMPION, MORE, PAUSE, SHARE, SHOW, START
from handlers.blocks.practices.choosing import CHOOSE
from handlers.blocks.practices.ids import MENU

OF_PILOTS = (SetsMenu, Starts, Logs, Pauses, Finishes, GoesOn, Champions)


class Piloting(Acting):
    """What people do with practices and pilots."""

    async def take_part(self, happening: Happening) -> None:
        person = self.person(happening.by)
        match happening:
            case SetsMenu():
                await self._set_menu(person, happening)
            case Starts():
                await self._start(person, happening)
            case Logs():
                said = f"log {happening.text}"
                went_well(happening, await person.types(self._alone_with(person), said))
            case Pauses():
                await self._pause(person, happening)
            case Finishes():
                await self._finish(person, happening)
            case GoesOn():
                went_well(happening, await person.presses(START))
                await self.fill_in(person, happening, **happening.plan)
            case Champions():
                went_well(happening, await person.presses(CHAMPION))
                await self.fill_in(person, happening, words=happening.words)
            case _:
                raise LostThreadError(f"nobody knows how to play {happening}")

    async def _set_menu(self, person: Person, happening: SetsMenu) -> None:
        went_well(happening, await person.types(happening.channel, "/practice menu"))
        await self.stage.handled()
        went_well(happening, await person.presses(MENU))
        await self.stage.handled()
        offer = await person.searches(CHOOSE, "", view=person.top_view)
        options = (offer.payload or {}).get("options") or []
        offered = {str(one["text"]["text"]): str(one["value"]) for one in options}
        if missing := set(happening.practices) - offered.keys():
            raise LostThreadError(f"the tool belt has no {missing}")
        chosen = [offered[name] for name in happening.practices]
        await self.fill_in(person, happening, practices=chosen)

    async def _start(self, person: Person, starts: Starts) -> None:
        if starts.like:
            await self._look_at(person, starts)
            went_well(starts, await person.presses(START))
        else:
            went_well(starts, await person.types(starts.channel, f"/pilot start {starts.practice}"))
        await self.stage.handled()
        plan: dict[str, Any] = dict(starts.plan)
        if starts.starts_in:
            begins = self.stage.clock().astimezone(ZONE).date() + timedelta(days=starts.starts_in)
            plan |= {"starts_on": str(begins), "ends_on": str(begins + timedelta(weeks=2))}
        if {"circle", "starts_on"} & plan.keys():
            went_well(starts, await person.presses(MORE_CHOICES))
            await self.stage.handled()
        await self.fill_in(person, starts, **plan)

    async def _pause(self, person: Person, happening: Pauses) -> None:
        place = self._alone_with(person)
        went_well(happening, await person.types(place, "/pilot show"))
        await self.stage.handled()
        for message in reversed(person.sees(place)):
            menus = [one for one in elements_of(message) if one.get("action_id") == MORE]
            values = [str(option["value"]) for menu in menus for option in menu["options"]]
            if pausing := [value for value in values if value.startswith(PAUSE)]:
                reply = await person.presses(MORE, message=message, option=pausing[0])
                return went_well(happening, reply)
        raise LostThreadError(f"there is nothing to pause for {happening}")

    async def _look_at(self, person: Person, starts: Starts) -> None:
        """Find the pilot that inspires this one, where it can be seen from here."""
        words = f"/pilot find {starts.practice}"
        went_well(starts, await person.types(self._alone_with(person), words))
        await self.stage.handled()
        went_well(starts, await person.presses(SHOW))
        await self.stage.handled()

    async def _finish(self, person: Person, finishes: Finishes) -> None:
        went_well(finishes, await person.types(self._alone_with(person), "/pilot finish"))
        await self.fill_in(person, finishes, **finishes.outcome)
        if finishes.circle:
            await self.stage.handled()
            # The bot answers both in one conversation, which takes one message a second.
            await self.stage.goes_to(self.stage.clock() + APART)
            went_well(finishes, await person.presses(SHARE))
            await self.fill_in(person, finishes, circle=finishes.circle)

    def _alone_with(self, person: Person) -> str:
        return self.stage.slack.direct_message(person.id).id
