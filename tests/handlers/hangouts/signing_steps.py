"""A hangout that everybody is invited to, and the steps of signing up for it."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from handlers.blocks.hangouts.ids import PRESENT
from models.communities import Community
from models.hangouts import posted, telling
from models.hangouts.hangout import Hangout
from models.hangouts.signup import Signup
from tests.examples import NOW, a_hangout, a_series
from tests.handlers.problems.steps import answers_to, key_of, posts, settle, words_of

# Monday 23 November 2026, 16:00 in Denver: less than a week ahead, so the invitation is due.
SOON = NOW + timedelta(days=6, hours=7)
TWO_WEEKS = timedelta(days=14)
LINK = "https://video.example/math"


@dataclass(frozen=True)
class Invited:
    """A hangout of the math circle that Ben leads, and its invitation in the channel."""

    world: Any
    hangout_id: int

    @property
    def card(self) -> dict[str, Any]:
        [message] = posts(self.world, posted.INVITATION)
        return message

    @property
    def words(self) -> str:
        return words_of(self.card)

    @property
    def actions(self) -> list[str]:
        return actions_on(self.card)

    async def signup(self, member_id: str) -> Signup | None:
        async with self.world.db() as session:
            return await Signup.of(session, self.hangout_id, member_id)

    async def signups(self) -> list[Signup]:
        async with self.world.db() as session:
            query = select(Signup).where(Signup.hangout_id == self.hangout_id)
            return list(await session.scalars(query.order_by(Signup.asked_at, Signup.id)))

    async def changes(self, **traits: Any) -> None:
        """Change the row as facilitators do, and draw the cards anew."""
        async with self.world.db.begin() as session:
            hangout = await Hangout.of(session, self.hangout_id, for_update=True)
            for name, value in traits.items():
                setattr(hangout, name, value)
            await telling.redraw_cards(session, hangout, self.world.clock())
        await settle(self.world)


async def a_series_of(world, circle: Community, *starts: datetime, **traits: Any) -> list[Invited]:
    """Return hangouts that begin then, with an invitation each; `traits` are the hangouts'."""
    async with world.db.begin() as session:
        series = a_series(
            community_id=circle.id,
            workspace_id=circle.workspace_id,
            facilitators=["UBEN"],
            planned_by="UBEN",
        )
        session.add(series)
        await session.flush()
        hangouts = []
        for starts_at in starts:
            hangout = a_hangout(
                community_id=circle.id,
                workspace_id=circle.workspace_id,
                series_id=series.id,
                starts_at=starts_at,
                facilitator_id="UBEN",
                **traits,
            )
            session.add(hangout)
            await session.flush()
            await telling.post_invitation(session, hangout, circle)
            hangouts.append(hangout)
    await settle(world)
    return [Invited(world, hangout.id) for hangout in hangouts]


async def a_hangout_soon(world, circle: Community, **traits: Any) -> Invited:
    """Return one hangout in six days whose invitation stands in the channel."""
    [invited] = await a_series_of(world, circle, SOON, **traits)
    return invited


def actions_on(message: dict[str, Any]) -> list[str]:
    """Return the action ids of a message's buttons, in order."""
    blocks = [block for block in message["blocks"] if block["type"] == "actions"]
    return [element["action_id"] for block in blocks for element in block["elements"]]


def last_words(person, channel: str = "math-circle") -> str:
    """Return the words of the newest thing only this person sees in a channel."""
    return words_of(answers_to(person, channel)[-1])


def letters(world, member_id: str, kind: str) -> list[dict[str, Any]]:
    """Return the letters of one kind that somebody got, the oldest first."""
    return [one for one in world.letters(member_id) if key_of(one).startswith(f"{kind}:")]


async def presents(person, world, invited: Invited) -> dict[str, Any]:
    """Press *Present a problem* on the invitation and return the form that opens."""
    await person.presses(PRESENT, message=invited.card)
    await settle(world)
    return person.top_view


async def press(person, world, action_id: str, message: dict[str, Any]) -> None:
    await person.presses(action_id, message=message)
    await settle(world)


async def crowd(world, number: int) -> list[Any]:
    """Return so many teachers who are in the channel but new to the bot."""
    users = [world.slack.add_user(f"teacher{count}") for count in range(number)]
    world.slack.channels["CMATHCIRCLE"].members |= {one.id for one in users}
    return [world.slack.person(one.id) for one in users]


async def all_press(people: list[Any], action_id: str, message: dict[str, Any]) -> list[Any]:
    """Let everybody press at the same moment, and return what came of each."""
    return await asyncio.gather(*(one.presses(action_id, message=message) for one in people))
