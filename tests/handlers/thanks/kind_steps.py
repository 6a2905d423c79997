"""Steps that tests of received thanks take: what stands in Slack, and what members press there."""

from collections.abc import Sequence
from typing import Any

from handlers.blocks.thanks.ids import MORE
from models.communities import Community
from models.thanks import telling
from models.thanks.thanks import Receiver, Thanks
from tests.examples import a_thanks
from tests.handlers.blocks.problems.drawings import seen
from tests.handlers.problems.steps import answers_to, key_of, words_of
from tests.world import World


async def thanked(
    world: World, circle: Community, *, to: Sequence[str] = ("UBEN",), **traits: Any
) -> Thanks:
    """Let Ana thank Ben, or others, in the circle, and the bot say all there is to say."""
    number = traits.pop("number", 1)
    traits = {
        "community_id": circle.id,
        "giver_id": "UANA",
        "request_key": f"T{number}",
        "thanked_at": world.clock(),
    } | traits
    async with world.db.begin() as session:
        session.add(thanks := a_thanks(**traits))
        await session.flush()
        for member_id in to:
            session.add(Receiver(thanks_id=thanks.id, member_id=member_id))
        await session.flush()
        await telling.announce(session, thanks, circle, world.clock())
    await world.settled()
    return thanks


async def kept(world: World, thanks: Thanks) -> Thanks:
    async with world.db() as session:
        return await session.get_one(Thanks, thanks.id)


def cards(world: World) -> list[dict[str, Any]]:
    return [one for one in world.messages() if key_of(one).startswith("thanks.card:")]


def card(world: World) -> str:
    """Return what everybody reads on the newest card."""
    return words_of(cards(world)[-1])


def letters(world: World, member_id: str, kind: str = "received") -> list[dict[str, Any]]:
    """Return the letters about thanks that somebody got, the oldest first."""
    return [one for one in world.letters(member_id) if key_of(one).startswith(f"thanks.{kind}:")]


def letter(world: World, member_id: str, kind: str = "received") -> str:
    return words_of(letters(world, member_id, kind)[-1])


def said_to(world: World, member_id: str) -> str:
    """Return the words of the newest thing the bot wrote to somebody directly."""
    return words_of(world.letters(member_id)[-1])


def answer(person) -> str:
    """Return the words of the newest thing that only this person sees in the circle."""
    return words_of(answers_to(person)[-1])


async def presses(person, world: World, action_id: str, message: dict[str, Any]) -> Any:
    """Press a button of that message and return the form that opens, if any."""
    await person.presses(action_id, message=message)
    await world.settled()
    return person.top_view


async def chooses(person, world: World, choice: str, thanks: Thanks) -> Any:
    """Choose in the menu of the newest card and return the form that opens, if any."""
    await person.presses(MORE, message=cards(world)[-1], option=f"{choice}:{thanks.id}")
    await world.settled()
    return person.top_view


def everything_seen_by(world: World, person) -> str:
    """Return all words in all places this person looks at, App Home included."""
    places = [one for one in world.slack.channels.values() if person.id in one.members]
    shown = [words_of(one) for place in places for one in person.sees(place) if "blocks" in one]
    return "\n".join([*shown, seen(person.home) if person.home else ""])
