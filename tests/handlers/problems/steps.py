"""Steps that tests of problems take: what members do, and what they see then."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import inspect, select, text

from bot.sandbox.block_kit import check_manners, check_message
from bot.sandbox.workspace import Workspace
from handlers.blocks.problems.cards import MORE, More
from models.database import Database
from models.problems import Problem
from tests.handlers.blocks.problems.drawings import seen

CIRCLE = "CMATHCIRCLE"
TITLE = "Quiet students in small groups"
HAPPENING = "Four students carry every discussion. The others wait."


async def settle(world) -> None:
    """Let the bot finish."""
    await world.settled()


@dataclass(frozen=True)
class Card:
    """A problem's card in its channel, as it is now."""

    world: Any
    ts: str
    channel_id: str = CIRCLE

    @property
    def message(self) -> dict[str, Any]:
        return self.world.slack.channels[self.channel_id].by_ts[self.ts]

    @property
    def problem_id(self) -> int:
        return int(key_of(self.message).rpartition(":")[2])

    @property
    def words(self) -> str:
        return seen(self.message)

    @property
    def thread(self) -> list[dict[str, Any]]:
        threads = self.world.slack.channels[self.channel_id].threads
        return threads.get(self.ts, [])

    @property
    def actions(self) -> list[str]:
        blocks = [block for block in self.message["blocks"] if block["type"] == "actions"]
        return [element["action_id"] for block in blocks for element in block["elements"]]


def key_of(message: dict[str, Any]) -> str:
    """Return the key of the post that a message is, "" for any other message."""
    metadata = message.get("metadata") or {}
    return str(metadata.get("event_payload", {}).get("key", ""))


def cards(world, channel_id: str = CIRCLE) -> list[Card]:
    """Return every card in a channel, the oldest first."""
    messages = world.messages(channel_id)
    return [
        Card(world, message["ts"], channel_id)
        for message in messages
        if key_of(message).startswith("problems.card:")
    ]


def posts(world, kind: str, channel_id: str = CIRCLE) -> list[dict[str, Any]]:
    """Return the messages of one kind of post in a channel."""
    return [one for one in world.messages(channel_id) if key_of(one).startswith(f"{kind}:")]


async def open_form(person, world, typed: str = "", channel: str = "math-circle") -> dict[str, Any]:
    await person.types(channel, f"/problem {typed}".strip())
    await settle(world)
    return person.top_view


async def share(person, world, channel: str = "math-circle", **answers: Any) -> Card:
    """Share a problem through the form and return its card."""
    form = await open_form(person, world, channel=channel)
    await person.submits(form, **{"title": TITLE, "happening": HAPPENING} | answers)
    await settle(world)
    return cards(world, person.channel(channel).id)[-1]


async def choose(person, world, card: Card, choice: More) -> dict[str, Any] | None:
    """Choose in the card's menu and return the form that opens."""
    await person.presses(MORE, message=card.message, option=f"{choice}:{card.problem_id}")
    await settle(world)
    return person.top_view


async def resolve(person, world, card: Card, learned: str = "Writing first helps.") -> None:
    form = await choose(person, world, card, More.RESOLVE)
    await person.submits(form, learned=learned)
    await settle(world)


def answers_to(person, channel: str = "math-circle") -> list[dict[str, Any]]:
    """Return what only this person sees in a channel, the oldest first."""
    return [one for one in person.sees(channel) if one.get("is_ephemeral")]


def last_answer(person, channel: str = "math-circle") -> str:
    """Return the words of the newest thing only this person sees in a channel."""
    return words_of(answers_to(person, channel)[-1])


def words_of(message: dict[str, Any]) -> str:
    return f"{message['text']}\n{seen(message)}"


async def problems_kept(world) -> list[Problem]:
    async with world.db() as session:
        return list(await session.scalars(select(Problem).order_by(Problem.id)))


async def everything_kept(database: Database) -> dict[str, str]:
    """Return what every column of every table holds, by table: the database's own list of them."""
    async with database.engine.connect() as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
        return {
            name: str((await connection.execute(text(f'SELECT * FROM "{name}"'))).all())  # noqa: S608 - the names are ours
            for name in names
        }


def check_all_that_was_shown(slack: Workspace) -> None:
    """Hold every message, answer and form since the start against Slack's rules and our manners."""
    for channel in slack.channels.values():
        for message in [*channel.messages, *channel.ephemerals]:
            if message.get("bot_id"):
                content = {name: message[name] for name in ("text", "blocks") if name in message}
                assert check_message(content | {"channel": channel.id}) == []
                assert check_manners(content) == []
    for call in slack.calls:
        # What is taken away has no words of its own.
        is_said = call.method.startswith(("chat.", "views.")) and call.method != "chat.delete"
        if is_said:
            assert check_manners(call.args) == []
