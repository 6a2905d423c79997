"""Steps that tests of the tool belt take: what members type, and what they see then."""

from typing import Any

from sqlalchemy import select

from handlers.blocks.practices.cards import MORE, More
from models.practices.practice import Practice
from tests.handlers.problems.steps import answers_to, last_answer, settle

WHAT = "A box with something in it; students ask ten questions."
STEPS = "Show the box.\nTen questions.\nOpen it."


async def asks(person, world, text: str = "", channel: str = "math-circle") -> str:
    """Type the command and return the answer that only this person sees."""
    await person.types(channel, f"/practice {text}".strip())
    await settle(world)
    return last_answer(person, channel)


async def open_form(person, world, text: str, channel: str = "math-circle") -> dict[str, Any]:
    await person.types(channel, f"/practice {text}")
    await settle(world)
    return person.top_view


async def add(person, world, name: str = "Mystery box", **typed: Any) -> Practice:
    """Add a practice through the form, and return it."""
    form = await open_form(person, world, f"add {name}")
    await person.submits(form, **{"what": WHAT, "steps": STEPS} | typed)
    await settle(world)
    return await practice_named(world, name)


async def choose(person, world, practice: Practice, choice: More) -> dict[str, Any]:
    """Choose in the menu of a practice's card, and return the form that opens."""
    await asks(person, world, f"show {practice.name}")
    await person.presses(MORE, option=choice.about(practice))
    await settle(world)
    return person.top_view


async def practice_named(world, name: str) -> Practice:
    async with world.db() as session:
        return (await session.scalars(select(Practice).where(Practice.name == name))).one()


async def kept(world) -> int:
    async with world.db() as session:
        return len((await session.scalars(select(Practice.id))).all())


def buttons_of(person, channel: str = "math-circle") -> list[str]:
    """Return the action ids in the newest answer that only this person sees."""
    blocks = answers_to(person, channel)[-1]["blocks"]
    return [
        element["action_id"]
        for block in blocks
        if block["type"] == "actions"
        for element in block["elements"]
    ]
