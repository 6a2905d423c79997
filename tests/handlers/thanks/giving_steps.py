"""Steps that tests of giving thanks take: what members type, and what is kept of it."""

from typing import Any

from sqlalchemy import select

from handlers.blocks.thanks.ids import START
from models.thanks.thanks import Receiver, Thanks
from tests.handlers.blocks.problems.drawings import seen
from tests.handlers.pilots.logging_steps import newest
from tests.handlers.problems.steps import settle, words_of

BEN_THANKED = ("UANA", ["UBEN"], "because you covered my class", None, False)


async def thanks(person, world, text: str, place: Any = "math-circle") -> str:
    """Type /thanks there and return the newest words that only this person sees."""
    await person.types(place, f"/thanks {text}".strip())
    await settle(world)
    return newest(person, world)


async def opens(person, world) -> dict[str, Any]:
    """Open the form from the shortcut menu and return it."""
    await person.uses_shortcut(START)
    await settle(world)
    return form_of(person)


def form_of(person) -> dict[str, Any]:
    assert person.top_view is not None, "no form is open"
    return person.top_view


def shown_in(form: dict[str, Any]) -> str:
    """Return all that stands above the fields, and the fields' names."""
    return seen({"blocks": form["blocks"]})


def initial(form: dict[str, Any], field: str) -> Any:
    """Return what a field of a form begins with."""
    [block] = [one for one in form["blocks"] if one["block_id"] == field]
    element = block["element"]
    for name in ("initial_value", "initial_users", "initial_option"):
        if name in element:
            return element[name]
    return None


async def given(world) -> list[tuple[str, list[str], str, str | None, bool]]:
    """Return what was given: by whom, to whom, the words, the effect, whether it is private."""
    async with world.db() as session:
        rows = list(await session.scalars(select(Thanks).order_by(Thanks.id)))
        receivers = list(await session.scalars(select(Receiver).order_by(Receiver.id)))
    who = {row.id: [one.member_id for one in receivers if one.thanks_id == row.id] for row in rows}
    return [(row.giver_id, who[row.id], row.text, row.effect, row.is_private) for row in rows]


def cards_in(world, channel_id: str = "CMATHCIRCLE") -> list[str]:
    """Return the words of all that the bot said in a channel."""
    return [words_of(one) for one in world.messages(channel_id) if one.get("bot_id")]


async def sends(person, world, form, **answers):
    reply = await person.submits(form, **answers)
    await settle(world)
    return reply


async def kept(world) -> list[Thanks]:
    async with world.db() as session:
        return list(await session.scalars(select(Thanks).order_by(Thanks.id)))
