"""Steps that tests of nudges, showers, prompts and suggestions take."""

from datetime import timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from handlers.thanks import keep_thanks_going
from handlers.thanks.nudging import nudge
from models.problems import Reply
from tests.handlers.problems.steps import Card, key_of, words_of
from tests.world import World


async def colleagues_reply(world: World, card: Card, *member_ids: str) -> None:
    """Note that these people wrote in the problem's thread."""
    async with world.db.begin() as session:
        session.add_all(
            Reply(
                problem_id=card.problem_id,
                ts=f"17.{number}",
                member_id=one,
                replied_at=world.clock(),
            )
            for number, one in enumerate(member_ids)
        )


async def passes(world: World, by: timedelta = timedelta()) -> None:
    """Let time pass, and the ticks of thanks say what is due."""
    world.clock.move(by)
    # Nothing is asked of Slack itself, so a client that reaches nothing will do.
    client = AsyncWebClient()
    await keep_thanks_going(world.database, world.clock, client)
    await nudge(world.database, world.clock, client)
    await world.settled()


def letters(world: World, member_id: str, kind: str) -> list[dict[str, Any]]:
    """Return the letters of one kind that somebody got, the oldest first."""
    return [one for one in world.letters(member_id) if key_of(one).startswith(f"{kind}:")]


def newest(world: World, member_id: str) -> str:
    """Return the words of the newest letter to somebody."""
    return words_of(world.letters(member_id)[-1])


async def presses(
    person: Any, world: World, action_id: str, message: dict[str, Any]
) -> dict[str, Any]:
    """Press a button of that message and return the form that opens."""
    await person.presses(action_id, message=message)
    await world.settled()
    return dict(person.top_view or {})


async def sends(person: Any, world: World, **answers: Any) -> None:
    """Send the form that is open."""
    await person.submits(person.top_view, **answers)
    await world.settled()


def initial(form: dict[str, Any], field: str) -> Any:
    """Return what a field of a form begins with."""
    [element] = [one["element"] for one in form["blocks"] if one.get("block_id") == field]
    names = ("initial_value", "initial_users", "initial_user", "initial_option")
    return next((element[name] for name in names if name in element), None)
