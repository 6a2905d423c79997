"""Threads: a problem of the example, from its sharing on."""

from __future__ import annotations

from bot.demo.acting import Acting, Json, LostThreadError, went_well
from bot.demo.story.happenings import (
    AnswersWithoutName,
    Brings,
    CanHelp,
    Edits,
    Happening,
    HasThisToo,
    Likes,
    Replies,
    Resolves,
    Shares,
    Withdraws,
)
from bot.sandbox.people import Person
from handlers.blocks.hangouts.ids import BRING
from handlers.blocks.problems.cards import ME_TOO, MORE, OFFER_HELP, More, chosen
from handlers.blocks.problems.forms import SHARE_MESSAGE
from models.problems.posted import CARD


class Thread(Acting):
    """A problem, from its sharing on; `card` is the bot's message that shows it."""

    card: Json

    async def share(self, shared: Shares) -> None:
        person = self.person(shared.by)
        place = person.channel(shared.channel)
        if shared.from_message:
            written = await person.types(place, shared.happening)
            await self.stage.handled()
            await person.uses_shortcut(SHARE_MESSAGE, message=written.message)
        else:
            went_well(shared, await person.types(place, f"/problem {shared.title}"))
        answers = {name: getattr(shared, name) for name in ("title", "happening", "tried")}
        answers |= {"question": shared.question, "topics": shared.topics}
        answers["wanted_help"] = shared.wanted_help
        if shared.without_name:
            answers["without_name"] = ["yes"]
        before = len(place.messages)
        await self.fill_in(person, shared, **answers)
        await self.stage.settled()
        cards = [one for one in place.messages[before:] if _is_card(one)]
        if not cards:
            raise LostThreadError(f"no card appears for {shared}")
        self.card = cards[-1]

    async def go_on(self, step: Happening) -> None:
        person = self.person(step.by)
        match step:
            case Replies():
                place, ts = self.card["channel"], self.card["ts"]
                went_well(step, await person.types(place, step.text, thread_ts=ts))
            case Likes():
                latest = person.channel(self.card["channel"]).threads[self.card["ts"]][-1]
                went_well(step, await person.reacts(latest, step.emoji))
            case HasThisToo():
                went_well(step, await person.presses(ME_TOO, message=self.card))
            case CanHelp():
                went_well(step, await person.presses(OFFER_HELP, message=self.card))
            case Brings():
                went_well(step, await person.presses(BRING, message=self.card))
                await self.fill_in(person, step)
            case _:
                await self._change(person, step)

    async def _change(self, person: Person, step: Happening) -> None:
        match step:
            case Edits():
                choice, answers = More.EDIT, {"tried": step.tried}
            case Resolves():
                choice, answers = More.RESOLVE, {"learned": step.learned}
            case AnswersWithoutName():
                choice, answers = More.ANSWER, {"answer": step.text}
            case Withdraws():
                choice, answers = More.DELETE, {}
            case _:
                raise LostThreadError(f"nobody knows how to play {step}")
        option = _in_menu(self.card, choice)
        went_well(step, await person.presses(MORE, message=self.card, option=option))
        await self.fill_in(person, step, **answers)


def _is_card(message: Json) -> bool:
    key = (message.get("metadata") or {}).get("event_payload", {}).get("key", "")
    return str(key).startswith(f"{CARD}:")


def _in_menu(card: Json, choice: More) -> str:
    """Return the value of that choice in the card's menu."""
    elements = [one for block in card["blocks"] for one in block.get("elements", [])]
    [menu] = [one for one in elements if one.get("action_id") == MORE]
    values = [str(option["value"]) for option in menu["options"]]
    return next(value for value in values if chosen(value)[0] is choice)
