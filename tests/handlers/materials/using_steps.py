"""Steps that tests of using, building upon, attaching and checking take."""

from typing import Any

from handlers.blocks.materials.attaching import ABOUT, CHOOSE
from handlers.blocks.materials.ids import ATTACH_HERE, MORE
from handlers.materials.checking import check_materials
from models.materials.material import Material
from models.materials.telling import announce
from models.materials.visibility import keep_findable
from tests.examples import a_material
from tests.handlers.materials.saving_steps import cards
from tests.handlers.problems.steps import answers_to, words_of
from tests.world import World


async def a_kept_material(world: World, community, *, number: int = 1, **traits: Any) -> Material:
    """Keep Ana's material with its card in the channel."""
    fields = {
        "community_id": community.id,
        "owner_id": "UANA",
        "request_key": f"V{number}",
        "same_key": f"link {number}",
        "is_announced": True,
    }
    async with world.db.begin() as session:
        material = a_material(**fields | traits)
        session.add(material)
        await session.flush()
        await announce(session, material, community, world.clock())
        await keep_findable(session, material)
    await world.settled()
    return material


async def now(world: World, material: Material) -> Material:
    async with world.db() as session:
        return await session.get_one(Material, material.id)


def card(world: World) -> str:
    """Return what everybody reads on the newest card of a material."""
    return words_of(cards(world)[-1])


async def presses(
    person, world: World, action_id: str, message: dict[str, Any] | None = None
) -> Any:
    """Press a button of that message, of the newest card if none, and return the form on top."""
    await person.presses(action_id, message=message or cards(world)[-1])
    await world.settled()
    return person.top_view


async def submits(person, world: World, view: Any, **answers: Any) -> Any:
    reply = await person.submits(view, **answers)
    await world.settled()
    return reply


async def attaches(person, world: World, material: Material, place: str, typed: str = "") -> None:
    """Choose in the menu of the newest card what the material is to stand beside."""
    await person.presses(MORE, message=cards(world)[-1], option=f"attach:{material.id}")
    await world.settled()
    await person.searches(ABOUT, typed, view=person.top_view)
    await submits(person, world, person.top_view, about=place)


async def attaches_here(
    person, world: World, material: Material, message: dict[str, Any], typed: str = ""
) -> None:
    """Choose, beside what that message is, which material is to stand there."""
    await presses(person, world, ATTACH_HERE, message)
    await person.searches(CHOOSE, typed, view=person.top_view)
    await submits(person, world, person.top_view, material=str(material.id))


async def ticks(world: World) -> str:
    """Let the yearly check look for what is due."""
    client = world.bot.scheduler._client
    said = await check_materials(world.database, world.clock, client)
    await world.settled()
    return said


def answer(person) -> str:
    """Return the newest words that only this person sees in the circle."""
    return words_of(answers_to(person)[-1])


def letter(world: World, member_id: str) -> str:
    """Return the words of the newest letter to somebody."""
    return words_of(world.letters(member_id)[-1])
