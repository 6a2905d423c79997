"""Sharing: the thanks and the materials of the example, by its people's own hands."""

from __future__ import annotations

from datetime import timedelta

from bot.demo.acting import (
    Acting,
    Json,
    LostThreadError,
    elements_of,
    id_of,
    latest_with,
    went_well,
)
from bot.demo.story.happenings import ZONE, Happening
from bot.demo.story.sharing import (
    Attaches,
    Chooses,
    Remixes,
    Saves,
    Seconds,
    Showers,
    Thanks,
    ThanksFor,
    Uses,
    WritesNote,
)
from bot.sandbox.people import Person
from handlers.blocks.materials.attaching import ABOUT
from handlers.blocks.materials.ids import ATTACH, MORE, REMIX, USED
from handlers.blocks.thanks.ids import SECOND, START

OF_SHARING = (
    Attaches,
    Chooses,
    Remixes,
    Saves,
    Seconds,
    Showers,
    Thanks,
    ThanksFor,
    Uses,
    WritesNote,
)


class Sharing(Acting):
    """What people do to thank each other, and with what they make."""

    async def take_part(self, happening: Happening) -> None:
        person = self.person(happening.by)
        match happening:
            case Thanks():
                typed = f"/thanks {happening.text}"
                went_well(happening, await person.types(happening.channel, typed))
            case Chooses():
                went_well(happening, await person.types(happening.channel, "/thanks customs"))
                await self.fill_in(person, happening, **happening.customs)
            case ThanksFor():
                went_well(happening, await person.types(happening.channel, "/thanks"))
                to = [id_of(self.stage, name) for name in happening.to]
                await self.fill_in(person, happening, receiver_ids=to, **happening.answers)
            case Seconds():
                await self._second(person, happening)
            case Showers():
                await self._open_shower(person, happening)
            case WritesNote():
                invitation = latest_with(self._letters_to(person), START)
                went_well(happening, await person.presses(START, message=invitation))
                await self.fill_in(person, happening, text=happening.text)
            case _:
                await self._work_with_materials(person, happening)

    async def _work_with_materials(self, person: Person, happening: Happening) -> None:
        match happening:
            case Saves():
                typed = f"/material {happening.text}"
                went_well(happening, await person.types(happening.channel, typed))
                await self.fill_in(person, happening, **happening.answers)
            case Uses():
                card = self._card_of(happening.material)
                went_well(happening, await person.presses(USED, message=card))
                await self.fill_in(person, happening, how=happening.how)
            case Remixes():
                card = self._card_of(happening.material)
                went_well(happening, await person.presses(REMIX, message=card))
                await self.fill_in(person, happening, **happening.answers)
            case Attaches():
                await self._attach(person, happening)
            case _:
                raise LostThreadError(f"nobody knows how to play {happening}")

    async def _second(self, person: Person, happening: Seconds) -> None:
        card = latest_with(person.channel(happening.channel).messages, SECOND)
        if happening.with_emoji:
            went_well(happening, await person.reacts(card, happening.with_emoji))
        else:
            went_well(happening, await person.presses(SECOND, message=card))

    async def _open_shower(self, person: Person, happening: Showers) -> None:
        typed = f"/thanks shower @{happening.to} {happening.occasion}"
        went_well(happening, await person.types(happening.channel, typed))
        today = self.stage.clock().astimezone(ZONE).date()
        on_date = str(today + timedelta(days=happening.in_days))
        await self.fill_in(person, happening, on_date=on_date)

    async def _attach(self, person: Person, happening: Attaches) -> None:
        card = self._card_of(happening.material)
        [menu] = [one for one in elements_of(card) if one.get("action_id") == MORE]
        word = ATTACH.rpartition(".")[2]
        option = next(one["value"] for one in menu["options"] if one["value"].startswith(word))
        went_well(happening, await person.presses(MORE, message=card, option=option))
        await self.stage.handled()
        offer = await person.searches(ABOUT, happening.problem, view=person.top_view)
        groups = (offer.payload or {}).get("option_groups") or []
        offered = [one for group in groups for one in group["options"]]
        if not offered:
            raise LostThreadError(f"there is nothing to attach to for {happening}")
        await self.fill_in(person, happening, about=str(offered[0]["value"]))

    def _letters_to(self, person: Person) -> list[Json]:
        return self.stage.slack.direct_message(person.id).messages

    def _card_of(self, title: str) -> Json:
        """Return the card of a material, wherever it stands."""
        for channel in self.stage.slack.channels.values():
            for message in channel.messages:
                has_button = any(one.get("action_id") == USED for one in elements_of(message))
                if has_button and title in message["text"]:
                    return message
        raise LostThreadError(f"there is no card of {title}")
