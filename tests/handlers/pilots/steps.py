"""Steps that tests of finishing and sharing take: what teachers press, and what others see then."""

from datetime import date, timedelta
from typing import Any

from handlers.blocks.pilots.ids import MORE, SHARE
from models.communities import Community
from models.pilots.pilot import Pilot
from tests.examples import NOW, a_pilot, an_observation
from tests.handlers.problems.steps import answers_to, key_of, settle, words_of
from tests.world import World

OUTCOME = {
    "result": "20 of 26 wrote an answer.",
    "matched": "partly",
    "learned": "One question is enough.",
    "decision": "adopt",
}


async def a_kept_pilot(
    world: World, community: Community, values: tuple[int, ...] = (), **traits: Any
) -> Pilot:
    """Keep Ana's pilot with such values of 26, a day apart from its start on."""
    number = traits.pop("number", 1)
    fields = {"community_id": community.id, "member_id": "UANA", "request_key": f"V{number}"}
    async with world.db.begin() as session:
        session.add(pilot := a_pilot(**fields | traits))
        await session.flush()
        for day, value in enumerate(values):
            on: date = NOW.date() + timedelta(days=day)
            key = f"value:{pilot.id}:{day}"
            session.add(an_observation(pilot_id=pilot.id, value=value, on_date=on, request_key=key))
    return pilot


async def now(world: World, pilot: Pilot) -> Pilot:
    async with world.db() as session:
        return await session.get_one(Pilot, pilot.id)


async def asks(person, world: World, text: str) -> str:
    """Type it in the circle and return what only this person is answered."""
    await person.types("math-circle", text)
    await settle(world)
    return words_of(answer_to(person))


def answer_to(person) -> dict[str, Any]:
    """Return the newest thing that only this person sees in the circle."""
    return answers_to(person)[-1]


def cards(world: World, kind: str = "pilots.card") -> list[dict[str, Any]]:
    return [one for one in world.messages() if key_of(one).startswith(f"{kind}:")]


def card(world: World) -> str:
    """Return what everybody reads on the newest card."""
    return words_of(cards(world)[-1])


async def presses(person, world: World, action_id: str, message: dict[str, Any]) -> Any:
    """Press a button of that message and return the form that opens, if any."""
    await person.presses(action_id, message=message)
    await settle(world)
    return person.top_view


def _elements(message: dict[str, Any]) -> list[dict[str, Any]]:
    rows = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
    return [element for row in rows for element in row]


async def chooses(person, world: World, choice: str, pilot: Pilot, message: dict[str, Any]) -> Any:
    """Choose in the menu of that message and return the form that opens, if any.

    A choice that is not in the menu is forged into it first.
    """
    value = f"{choice}:{pilot.id}"
    menu = next(one for one in _elements(message) if one["action_id"] == MORE)
    if value not in [option["value"] for option in menu["options"]]:
        menu["options"][0]["value"] = value
    await person.presses(MORE, message=message, option=value)
    await settle(world)
    return person.top_view


async def finishes(person, world: World, **answers: Any) -> None:
    """Finish the only pilot that runs."""
    await person.types("math-circle", "/pilot finish")
    await settle(world)
    await person.submits(person.top_view, **OUTCOME | answers)
    await settle(world)


async def shares(person, world: World, circle: str = "community", **answers: Any) -> None:
    """Share the newest pilot of this person, from where it is shown."""
    await person.types("math-circle", "/pilot show")
    await settle(world)
    form = await presses(person, world, SHARE, answer_to(person))
    await person.submits(form, **{"circle": circle} | answers)
    await settle(world)
