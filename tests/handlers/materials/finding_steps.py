"""Steps that tests of finding take: materials that are there, and what a member reads of them."""

from typing import Any

from models.communities import Community
from models.materials import telling
from models.materials.material import Material
from models.materials.visibility import keep_findable
from tests.examples import NOW, a_material
from tests.handlers.problems.steps import answers_to, key_of, words_of
from tests.world import World

CARD = "materials.card"


async def keeps(world: World, community: Community, **traits: Any) -> Material:
    """Keep Ana's material with its card, to be found; `number` tells several apart."""
    number = traits.pop("number", 1)
    given = {"community_id": community.id, "owner_id": "UANA"}
    numbered = {"request_key": f"V{number}", "same_key": f"link {number}"}
    async with world.db.begin() as session:
        session.add(material := a_material(**given | numbered | traits))
        await session.flush()
        await keep_findable(session, material)
        await telling.announce(session, material, community, NOW)
    await world.settled()
    return material


async def asks(person, world: World, text: str, channel: str = "math-circle") -> str:
    """Type it and return what only this person is answered."""
    await person.types(channel, text)
    await world.settled()
    return answer(person, channel)


def answer_to(person, channel: str = "math-circle") -> dict[str, Any]:
    return answers_to(person, channel)[-1]


def answer(person, channel: str = "math-circle") -> str:
    return words_of(answer_to(person, channel))


def card(world: World, channel_id: str = "CMATHCIRCLE") -> dict[str, Any]:
    """Return the newest card in a channel."""
    messages = world.messages(channel_id)
    return [one for one in messages if key_of(one).startswith(f"{CARD}:")][-1]
