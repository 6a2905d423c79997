"""Steps that tests of logging take: pilots that run, and what members note in them."""

from datetime import date
from typing import Any

from sqlalchemy import select

from models.communities import Community
from models.pilots.observation import Observation
from models.pilots.pilot import Pilot
from models.posts import PACE, Post
from tests.examples import a_pilot
from tests.handlers.problems.steps import settle, words_of


async def a_running_pilot(world, community: Community, **traits: Any) -> Pilot:
    """Keep a pilot of Ana's in that community, unless it says whose it is."""
    async with world.db.begin() as session:
        pilot = a_pilot(**{"community_id": community.id, "member_id": "UANA"} | traits)
        session.add(pilot)
    return pilot


async def types(person, world, text: str, place: Any = "math-circle", thread: str | None = None):
    """Type it there and return the words of the newest thing the bot said to this person."""
    await person.types(place, text, thread)
    await settle(world)
    return newest(person, world)


async def says(person, world, text: str, thread: str | None = None) -> str:
    """Write to the bot directly and return the words of its last letter."""
    # Slack takes one letter a second, and so long would the bot wait with its answer.
    world.clock.move(PACE)
    await person.types(world.slack.direct_message(person.id), text, thread)
    await settle(world)
    return words_of(letters_to(person, world)[-1])


def newest(person, world) -> str:
    """Return the words of the newest answer or letter that only this person sees, if any."""
    answers = [one for one in person.sees("math-circle") if one.get("is_ephemeral")]
    seen = [*answers, *letters_to(person, world)]
    return words_of(max(seen, key=lambda one: str(one["ts"]))) if seen else ""


def letters_to(person, world) -> list[dict[str, Any]]:
    return world.letters(person.id)


async def noted(world, *, taken_back: bool = False) -> list[Observation]:
    """Return what is noted, the oldest first; `taken_back` what was."""
    gone = Observation.deleted_at.is_not(None) if taken_back else Observation.deleted_at.is_(None)
    async with world.db() as session:
        return list(await session.scalars(select(Observation).where(gone).order_by(Observation.id)))


async def about_something_else(person, world) -> str:
    """Let the bot have written a letter that is about no pilot; return where it stands."""
    await says(person, world, "help")
    ts = str(letters_to(person, world)[-1]["ts"])
    async with world.db.begin() as session:
        now = world.clock()
        post = await Post.add(session, "hangouts.soon:1", person.id, kind="soon", due_at=now)
        post.was_said(world.slack.direct_message(person.id).id, ts, drawn=0, now=now)
    return ts


def values_of(rows: list[Observation]) -> list[tuple[float, int | None, date, str | None]]:
    return [(row.value, row.total, row.on_date, row.saw) for row in rows]
