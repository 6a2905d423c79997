"""Tells the story of the example community: everybody does their part with their own hands."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.demo.stage import Stage, open_stage
from bot.demo.story import STORY
from bot.demo.story.cast import PEOPLE, PLACES
from bot.demo.story.happenings import (
    AnswersWithoutName,
    CanHelp,
    Edits,
    Happening,
    HasThisToo,
    Joins,
    Likes,
    Replies,
    Resolves,
    SetsUp,
    Shares,
    Withdraws,
    Writes,
)
from bot.sandbox.people import Person, Reply
from handlers.blocks.problems.cards import ME_TOO, MORE, OFFER_HELP, More, chosen
from handlers.blocks.problems.forms import SHARE_MESSAGE
from models.time import MovableClock, utc_now

Json = dict[str, Any]
# Slack takes one message a second in a channel, so two things never happen closer together.
APART = timedelta(seconds=2)
BEFORE_IT_BEGINS = timedelta(hours=1)


class LostThreadError(Exception):
    """The story does not go on as it is written; the text says where."""


@asynccontextmanager
async def open_example(*, port: int = 0, record: Path | None = None) -> AsyncIterator[Stage]:
    """Start everything and play the story up to now."""
    now = utc_now()
    first = min(happening.at.before(now) for happening in STORY)
    clock = MovableClock(start=first - BEFORE_IT_BEGINS)
    async with open_stage(clock, port=port, record=record) as stage:
        bring_in_everybody(stage)
        await tell(stage, STORY, now)
        await stage.comes_to_the_present()
        yield stage


def bring_in_everybody(stage: Stage) -> None:
    """Let the people in and make their channels, as they were before the bot came."""
    slack = stage.slack
    for one in PEOPLE:
        name = f"{one.first_name} {one.last_name}"
        slack.add_user(one.first_name, name, title=one.title, is_admin=one.is_lead)
    for place in PLACES:
        members = {_id(stage, name) for name in place.members}
        slack.add_channel(place.name, members, topic=place.topic)


async def tell(stage: Stage, story: list[Happening], now: datetime) -> None:
    """Play what happened before `now`, in the order of time; the clock moves along."""
    for happening, teller in _in_order(story, stage, now):
        moment = happening.at.before(now)
        await stage.goes_to(max(moment, stage.clock() + APART))
        await teller(happening)
        # A post that is on its way while the clock leaps would look forgotten by its postman.
        await stage.settled()


Part = Callable[[Any], Awaitable[None]]


def _in_order(story: list[Happening], stage: Stage, now: datetime) -> list[tuple[Happening, Part]]:
    parts: list[tuple[Happening, Part]] = []
    for happening in story:
        if isinstance(happening, Shares):
            thread = Thread(stage)
            parts.append((happening, thread.share))
            parts += [(step, thread.go_on) for step in happening.then]
        else:
            parts.append((happening, Telling(stage).take_part))
    return sorted(parts, key=lambda part: part[0].at.before(now))


def _id(stage: Stage, first_name: str) -> str:
    user = stage.slack.user_named(first_name.lower())
    if user is None:
        raise LostThreadError(f"nobody is called {first_name}")
    return user.id


class Telling:
    """What people do in a channel."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def _person(self, first_name: str) -> Person:
        return self._stage.slack.person(_id(self._stage, first_name))

    async def take_part(self, happening: Happening) -> None:
        person = self._person(happening.by)
        match happening:
            case Writes():
                _went_well(happening, await person.types(happening.channel, happening.text))
            case Joins():
                _went_well(happening, await person.joins(happening.channel))
            case SetsUp():
                await self._set_up(person, happening)
            case _:
                raise LostThreadError(f"there is no thread for {happening}")

    async def _set_up(self, person: Person, happening: SetsUp) -> None:
        await person.invites(self._stage.slack.bot_user_id, happening.channel)
        await self._stage.settled()
        _went_well(happening, await person.types(happening.channel, "/staffroom setup"))
        await self._fill_in(person, happening, name=happening.name)

    async def _fill_in(self, person: Person, happening: Happening, /, **answers: Any) -> None:
        """Send the form that opens, and make sure that it closes."""
        await self._stage.handled()
        if person.top_view is None:
            raise LostThreadError(f"no form opens for {happening}")
        _went_well(happening, await person.submits(person.top_view, **answers))
        if person.top_view is not None:
            raise LostThreadError(f"the form stays open: {person.top_view['errors']}, {happening}")


class Thread(Telling):
    """A problem, from its sharing on; `card` is the bot's message that shows it."""

    card: Json

    async def share(self, shared: Shares) -> None:
        person = self._person(shared.by)
        place = person.channel(shared.channel)
        if shared.from_message:
            written = await person.types(place, shared.happening)
            await self._stage.handled()
            await person.uses_shortcut(SHARE_MESSAGE, message=written.message)
        else:
            _went_well(shared, await person.types(place, f"/problem {shared.title}"))
        answers = {name: getattr(shared, name) for name in ("title", "happening", "tried")}
        answers |= {"question": shared.question, "topics": shared.topics}
        if shared.without_name:
            answers["without_name"] = ["yes"]
        before = len(place.messages)
        await self._fill_in(person, shared, **answers)
        await self._stage.settled()
        cards = [one for one in place.messages[before:] if one.get("bot_id")]
        if not cards:
            raise LostThreadError(f"no card appears for {shared}")
        self.card = cards[-1]

    async def go_on(self, step: Happening) -> None:
        person = self._person(step.by)
        match step:
            case Replies():
                place, ts = self.card["channel"], self.card["ts"]
                _went_well(step, await person.types(place, step.text, thread_ts=ts))
            case Likes():
                latest = person.channel(self.card["channel"]).threads[self.card["ts"]][-1]
                _went_well(step, await person.reacts(latest, step.emoji))
            case HasThisToo():
                _went_well(step, await person.presses(ME_TOO, message=self.card))
            case CanHelp():
                _went_well(step, await person.presses(OFFER_HELP, message=self.card))
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
        _went_well(step, await person.presses(MORE, message=self.card, option=option))
        await self._fill_in(person, step, **answers)


def _in_menu(card: Json, choice: More) -> str:
    """Return the value of that choice in the card's menu."""
    elements = [one for block in card["blocks"] for one in block.get("elements", [])]
    [menu] = [one for one in elements if one.get("action_id") == MORE]
    values = [str(option["value"]) for option in menu["options"]]
    return next(value for value in values if chosen(value)[0] is choice)


def _went_well(happening: Happening, reply: Reply) -> None:
    if not reply.acked or reply.error:
        raise LostThreadError(f"the bot does not answer ({reply.error}): {happening}")
