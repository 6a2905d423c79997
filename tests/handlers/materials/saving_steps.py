"""Steps that tests of saving take: what members type and fill in, and what is kept then."""

from typing import Any

from sqlalchemy import select

from models.materials.material import Addition, Material
from tests.handlers.problems.steps import answers_to, key_of, words_of
from tests.world import World

URL = "https://example.org/fraction-talk"
TITLE = "Fraction talk rubric"


async def opens(person, world: World, typed: str = "", channel: str = "math-circle") -> Any:
    """Type the command and return the form that opens."""
    await person.types(channel, f"/material {typed}".strip())
    await world.settled()
    return person.top_view


async def submits(person, world: World, view: Any = None, **answers: Any) -> Any:
    """Send the form on top and return the one that is on top then, if any."""
    await person.submits(view or person.top_view, **answers)
    await world.settled()
    return person.top_view


async def saves(
    person, world: World, url: str = URL, channel: str = "math-circle", **answers: Any
) -> Any:
    """Save a link through the form and return the form that is on top then, if any."""
    form = await opens(person, world, f"{url} {TITLE}", channel)
    return await submits(person, world, form, **answers)


async def kept(world: World) -> list[Material]:
    async with world.db() as session:
        return list(await session.scalars(select(Material).order_by(Material.id)))


async def additions(world: World) -> list[Addition]:
    async with world.db() as session:
        return list(await session.scalars(select(Addition).order_by(Addition.id)))


def answer(person, channel: str = "math-circle") -> str:
    """Return the words of the newest thing that only this person sees."""
    return words_of(answers_to(person, channel)[-1])


def cards(world: World, channel_id: str = "CMATHCIRCLE") -> list[dict[str, Any]]:
    return [one for one in world.messages(channel_id) if key_of(one).startswith("materials.card:")]


def field(view: Any, name: str) -> Any:
    """Return what stands in a field of an open form."""
    [state] = view["state"]["values"][name].values()
    return state.get("value") or (state.get("selected_option") or {}).get("value")
