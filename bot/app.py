"""Putting the bot together: Bolt, what handlers may ask for by name, features, errors."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_sdk.web.async_client import AsyncWebClient

from bot.door import Door
from bot.errors import explain
from bot.pictures import Studio
from handlers import home_sections, offered, register_all
from handlers.home import Home
from handlers.introductions import Meet, introduce
from handlers.messages import Talk
from handlers.request import Directory, Forms, Reply, Where, occurrence_of, said_by
from models.database import Database
from models.events import SeenEvent
from models.members import Member
from models.time import Clock


@dataclass(frozen=True)
class Identity:
    """Who the bot is in its workspace, as auth.test said at the start."""

    team_id: str
    team_name: str
    url: str
    bot_user_id: str
    bot_id: str
    token: str


@dataclass(frozen=True)
class Staffroom:
    """The assembled bot: Bolt's app, and the door every handler goes through."""

    app: AsyncApp
    door: Door


def create_app(
    db: Database, clock: Clock, client: AsyncWebClient, identity: Identity, studio: Studio
) -> Staffroom:
    """Return a Bolt app that answers every feature's commands, buttons, forms and events.

    `client` has no token of its own: each request brings that of its workspace. `studio` brings
    the pictures that belong into answers.
    """
    known = AuthorizeResult(
        enterprise_id=None,
        team_id=identity.team_id,
        bot_user_id=identity.bot_user_id,
        bot_id=identity.bot_id,
        bot_token=identity.token,
    )

    # Bolt's own way asks auth.test once for every request that is waiting for the first answer.
    async def authorize() -> AuthorizeResult:
        return known

    with _unseen_by_bolt():
        app = AsyncApp(
            name="Staffroom",
            client=client,
            authorize=authorize,
            request_verification_enabled=False,
        )

    @app.middleware
    async def prepare(
        context: AsyncBoltContext, body: dict[str, Any], next_: Callable[[], Awaitable[None]]
    ) -> None:
        context["member_id"] = said_by(body)
        if "event" in body:
            # An event is acknowledged only when its handler is done (bot/envelopes.py).
            context["done"] = asyncio.get_running_loop().create_future()
        await next_()

    providers = _providers(app, db, clock, studio, identity.team_id)
    door = Door(app, providers, explain)
    register_all(door)
    door.open()
    return Staffroom(app, door)


@contextmanager
def _unseen_by_bolt() -> Iterator[None]:
    """Hide what Bolt would read from the environment by itself, a client id even for OAuth."""
    names = [name for name in os.environ if name.startswith("SLACK_")]
    hidden = {name: os.environ.pop(name) for name in names}
    try:
        yield
    finally:
        os.environ.update(hidden)


def _providers(
    app: AsyncApp, db: Database, clock: Clock, studio: Studio, team_id: str
) -> dict[str, Callable[[AsyncArgs], Any]]:
    """Return how each thing a handler may ask for is made from the request."""
    directory = Directory()

    def workspace_of(args: AsyncArgs) -> str:
        return args.context.team_id or team_id

    def own(args: AsyncArgs) -> Database:
        return db.of(workspace_of(args))

    def once(args: AsyncArgs) -> Database:
        """Return the database; what Slack told us before stops at its first change."""
        occurrence = occurrence_of(args.body)
        if occurrence is None:
            return own(args)
        return own(args).first(SeenEvent.once(workspace_of(args), occurrence, clock()))

    def reply(args: AsyncArgs) -> Reply:
        pictures = studio.of(workspace_of(args))
        member_id = args.context["member_id"]
        return Reply(args.body, args.client, args.respond, member_id, pictures)

    def forms(args: AsyncArgs) -> Forms:
        return Forms(args.body, args.client, reply(args), own(args), clock)

    def where(args: AsyncArgs) -> Where:
        member_id = args.context["member_id"]
        return Where(args.body, own(args), clock, member_id, workspace_of(args), directory)

    async def member(args: AsyncArgs) -> Member:
        return await introduce(own(args), clock, args.client, args.context["member_id"])

    def meet(args: AsyncArgs) -> Meet:
        return lambda: introduce(own(args), clock, args.client, args.context["member_id"])

    def again(args: AsyncArgs) -> Callable[[dict[str, Any]], Awaitable[None]]:
        async def dispatch(asked: dict[str, Any]) -> None:
            body = asked | {"team_id": workspace_of(args)}
            await app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))

        return dispatch

    def talk(args: AsyncArgs) -> Talk:
        member_id = args.context["member_id"]
        return Talk(args.body, member_id, own(args), clock, reply(args), again(args), home(args))

    def home(args: AsyncArgs) -> Home:
        return Home(own(args), clock, args.client, home_sections())

    return {
        "db": once,
        "clock": lambda _: clock,
        "directory": lambda _: directory,
        "member_id": lambda args: args.context["member_id"],
        "workspace_id": workspace_of,
        "member": member,
        "meet": meet,
        "community": lambda args: where(args).community(),
        "where": where,
        "reply": reply,
        "forms": forms,
        "again": again,
        "talk": talk,
        "home": home,
        "followers": lambda _: offered("follow_message"),
        "reactors": lambda _: offered("follow_reaction"),
        "hearers": lambda _: offered("hear_words"),
    }
