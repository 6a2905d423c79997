"""Meetings: the hangouts of the example, planned, led and written down by its people."""

from __future__ import annotations

from bot.demo.acting import Acting, LostThreadError, latest_with, went_well
from bot.demo.story.happenings import (
    ZONE,
    CannotCome,
    Comes,
    Happening,
    Leads,
    Notes,
    Plans,
    SaysTheyCame,
    TriedIt,
    WillTry,
)
from bot.sandbox.people import Person
from handlers.blocks.consultancies.following_up import TELL, TRIED
from handlers.blocks.consultancies.next_steps import NEXT_STEP
from handlers.blocks.hangouts.ids import CAME
from handlers.blocks.hangouts.notes import OUTCOME_FIELD
from models.time import utc_now


class Meetings(Acting):
    """What people do for a hangout and at it."""

    async def take_part(self, happening: Happening) -> None:
        person = self.person(happening.by)
        match happening:
            case Plans():
                await self._plan(person, happening)
            case Comes():
                went_well(happening, await person.types(happening.channel, "/hangout join"))
            case CannotCome():
                went_well(happening, await person.types(happening.channel, "/hangout leave"))
            case Leads():
                card = latest_with(person.channel(happening.channel).messages, happening.press)
                went_well(happening, await person.presses(happening.press, message=card))
            case Notes():
                await self._note(person, happening)
            case _:
                await self._answer(person, happening)

    async def _plan(self, person: Person, plans: Plans) -> None:
        went_well(plans, await person.types(plans.channel, "/hangout plan"))
        await self.stage.handled()
        first = plans.first.before(utc_now()).astimezone(ZONE)
        await self.fill_in(
            person,
            plans,
            first_on=first.date().isoformat(),
            at=f"{first:%H:%M}",
            skills="\n".join(plans.skills),
        )

    async def _note(self, person: Person, notes: Notes) -> None:
        went_well(notes, await person.types(notes.channel, "/hangout notes"))
        await self.stage.handled()
        fields = (person.top_view or {}).get("blocks", [])
        names = [str(one.get("block_id")) for one in fields]
        outcomes = {name: notes.outcome for name in names if name.startswith(OUTCOME_FIELD)}
        await self.fill_in(person, notes, notes=notes.notes, **outcomes)

    async def _answer(self, person: Person, happening: Happening) -> None:
        """Answer a letter of the bot with the button under it."""
        letters = self.stage.slack.direct_message(person.id).messages
        match happening:
            case SaysTheyCame():
                went_well(happening, await person.presses(CAME, message=latest_with(letters, CAME)))
            case WillTry():
                letter = latest_with(letters, NEXT_STEP)
                went_well(happening, await person.presses(NEXT_STEP, message=letter))
                step, thanks = happening.next_step, happening.thanks
                await self.fill_in(person, happening, next_step=step, thanks=thanks)
            case TriedIt():
                letter = latest_with(letters, TRIED)
                went_well(happening, await person.presses(TRIED, message=letter))
                await self.stage.settled()
                went_well(happening, await person.presses(TELL, message=letter))
                await self.fill_in(person, happening, note=happening.note)
            case _:
                raise LostThreadError(f"nobody knows how to play {happening}")
