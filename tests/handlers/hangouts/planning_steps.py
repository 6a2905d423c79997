"""Steps to a planned series: what facilitators do, and what everybody sees then."""

from typing import Any

from sqlalchemy import select

from models.hangouts.hangout import Hangout
from models.hangouts.series import Series
from tests.handlers.problems.steps import key_of, last_answer, settle, words_of

CIRCLE = "CMATHCIRCLE"


async def open_plan(
    person, world, typed: str = "plan", channel: str = "math-circle"
) -> dict[str, Any]:
    """Open the form for the channel's series and return it."""
    await person.types(channel, f"/hangout {typed}")
    await settle(world)
    return person.top_view


async def plan_series(person, world, channel: str = "math-circle", **answers: Any) -> list[Hangout]:
    """Plan the channel's series through the form and return its hangouts, the first one first.

    What is not answered stays as it is proposed: every other Thursday at 16:00 in Denver from
    19 November 2026 on, an hour, two seats of 20 minutes, led by the community's facilitators.
    """
    form = await open_plan(person, world, channel=channel)
    await person.submits(form, **answers)
    await settle(world)
    assert form.get("closed"), person.top_view["errors"]
    return await hangouts_kept(world)


async def choose(person, world, word: str, channel: str = "math-circle") -> dict[str, Any] | None:
    """Open one of the small forms, as in "move 2026-12-03", and return it."""
    await person.types(channel, f"/hangout {word}")
    await settle(world)
    return person.top_view


async def hangouts_kept(world) -> list[Hangout]:
    """Return every hangout of every series, the soonest first."""
    async with world.db() as session:
        return list(await session.scalars(select(Hangout).order_by(Hangout.starts_at, Hangout.id)))


async def series_kept(world) -> Series:
    """Return the only series there is."""
    async with world.db() as session:
        return (await session.scalars(select(Series))).one()


def schedules(world, channel_id: str = CIRCLE) -> list[dict[str, Any]]:
    """Return every schedule that stands in a channel."""
    messages = world.messages(channel_id)
    return [one for one in messages if key_of(one).startswith("hangouts.schedule:")]


def schedule_words(world, channel_id: str = CIRCLE) -> str:
    """Return the words of the only schedule in a channel."""
    [schedule] = schedules(world, channel_id)
    return words_of(schedule)


def letters_of(world, member_id: str, kind: str) -> list[str]:
    """Return the words of every letter of one kind that somebody got, the oldest first."""
    return [words_of(one) for one in world.letters(member_id) if key_of(one).startswith(f"{kind}:")]


__all__ = [
    "CIRCLE",
    "choose",
    "hangouts_kept",
    "last_answer",
    "letters_of",
    "open_plan",
    "plan_series",
    "schedule_words",
    "schedules",
    "series_kept",
    "settle",
    "words_of",
]
