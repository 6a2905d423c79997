"""A hangout that begins, and what a test sees of its consultancies."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from handlers.consultancies.leading import lead_consultancies
from models.communities import Community
from models.consultancies.telling import HEADLINE, STEP, TIME_IS_UP
from models.hangouts.signup import Presenting, Signup
from tests.examples import HOUR, NOW, a_hangout, a_series
from tests.handlers.problems.steps import CIRCLE, Card, key_of

MINUTE = timedelta(minutes=1)
STARTS_AT = NOW + HOUR
QUESTION = "How do I get quiet students to talk?"


async def a_hangout_with(
    world, circle: Community, *presenters: str | dict[str, Any], **traits: Any
) -> int:
    """Plan a hangout in an hour, led by Ben, and return its id.

    Presenters are member ids, or the traits of their sign-ups.
    """
    async with world.db.begin() as session:
        here = {"workspace_id": circle.workspace_id, "community_id": circle.id}
        session.add(series := a_series(facilitators=["UBEN"], planned_by="UBEN", **here))
        await session.flush()
        mine = {"series_id": series.id, "starts_at": STARTS_AT, "facilitator_id": "UBEN"}
        session.add(hangout := a_hangout(**here | mine | traits))
        await session.flush()
        for number, presenter in enumerate(presenters):
            seat = {"member_id": presenter} if isinstance(presenter, str) else presenter
            usual = {
                "hangout_id": hangout.id,
                "is_coming": True,
                "presenting": Presenting.SEAT,
                "asked_at": NOW + timedelta(seconds=number),
                "answered_at": NOW,
            }
            session.add(Signup(**usual | seat))
    return hangout.id


async def tick(world) -> str:
    """Run the tick that leads, and let the bot say what came of it."""
    said = await lead_consultancies(world.database, world.clock, None)
    await catches_up(world)
    return said


async def catches_up(world) -> None:
    """Let the bot finish, which may be behind by days."""
    await world.settled(timeout=20)


async def begins(world) -> list["Thread"]:
    """Let the hangout begin and return the threads of its consultancies."""
    world.clock.move(STARTS_AT - world.clock())
    await tick(world)
    return threads(world)


def threads(world, channel_id: str = CIRCLE) -> list["Thread"]:
    return [
        Thread(world, message["ts"], channel_id)
        for message in world.messages(channel_id)
        if key_of(message).startswith(f"{HEADLINE}:")
    ]


@dataclass(frozen=True)
class Thread(Card):
    """A consultancy in its channel: the card that heads it, and what is said below."""

    @property
    def steps(self) -> list[dict[str, Any]]:
        return self._said(STEP)

    @property
    def words_of_steps(self) -> list[str]:
        """The first lines of what was said for each step."""
        return [message["text"].splitlines()[0] for message in self.steps]

    @property
    def times_up(self) -> list[str]:
        return [message["text"] for message in self._said(TIME_IS_UP)]

    def _said(self, kind: str) -> list[dict[str, Any]]:
        return [one for one in self.thread if key_of(one).startswith(f"{kind}:")]


def buttons_on(message: dict[str, Any]) -> list[str]:
    blocks = [block for block in message["blocks"] if block["type"] == "actions"]
    return [element["text"]["text"] for block in blocks for element in block["elements"]]


async def presses(person, world, action_id: str, message: dict[str, Any]) -> None:
    await person.presses(action_id, message=message)
    await catches_up(world)


def value_on(message: dict[str, Any], action_id: str) -> str:
    """Return what the button of that action carries."""
    blocks = [block for block in message["blocks"] if block["type"] == "actions"]
    [value] = [
        element["value"]
        for block in blocks
        for element in block["elements"]
        if element["action_id"] == action_id
    ]
    return value


async def presses_old(person, action_id: str, value: str, channel_id: str = CIRCLE) -> None:
    """Press a button as it was drawn before, or as nobody has ever drawn it."""
    button = {"type": "button", "action_id": action_id, "block_id": "old", "value": value}
    pressed = button | {"action_ts": person.slack.new_ts(), "text": {}}
    await person.forges(
        {"type": "block_actions", "channel": {"id": channel_id}, "actions": [pressed]}
    )
