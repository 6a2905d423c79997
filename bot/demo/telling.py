"""Tells the story of the example community: everybody does their part with their own hands."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.demo.acting import Acting, id_of
from bot.demo.meetings import Meetings
from bot.demo.piloting import OF_PILOTS, Piloting
from bot.demo.rhythm import OF_RHYTHM, Rhythm
from bot.demo.sharing import OF_SHARING, Sharing
from bot.demo.stage import APART, Stage, open_stage
from bot.demo.story import STORY
from bot.demo.story.cast import PEOPLE, PLACES
from bot.demo.story.happenings import Happening, Joins, SetsUp, Shares, Writes
from bot.demo.threads import Thread
from models.time import MovableClock, utc_now

BEFORE_IT_BEGINS = timedelta(hours=1)


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
        members = {id_of(stage, name) for name in place.members}
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


def _player_of(happening: Happening) -> type[Acting]:
    """Return who knows how to play it."""
    if isinstance(happening, Writes | Joins | SetsUp):
        return Acting
    if isinstance(happening, OF_SHARING):
        return Sharing
    if isinstance(happening, OF_RHYTHM):
        return Rhythm
    return Piloting if isinstance(happening, OF_PILOTS) else Meetings


def _in_order(story: list[Happening], stage: Stage, now: datetime) -> list[tuple[Happening, Part]]:
    parts: list[tuple[Happening, Part]] = []
    for happening in story:
        if isinstance(happening, Shares):
            thread = Thread(stage)
            parts.append((happening, thread.share))
            parts += [(step, thread.go_on) for step in happening.then]
        else:
            parts.append((happening, _player_of(happening)(stage).take_part))
    return sorted(parts, key=lambda part: part[0].at.before(now))
