"""The door between Bolt and the handlers: gives each handler what it asks for by name."""

from __future__ import annotations

import asyncio
import inspect
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from models.errors import RuleError
from models.events import SeenBeforeError

Handler = Callable[..., Awaitable[None]]
Provider = Callable[[AsyncArgs], Any]
Explain = Callable[[Exception, AsyncArgs], Awaitable[None]]
Listener = Callable[[AsyncArgs], Awaitable[None]]

# Where a request says which of its kind it is, for the kinds that have an id.
ID_OF: Mapping[str, Callable[[AsyncArgs], str]] = {
    "action": lambda args: str(args.body["actions"][0]["action_id"]),
    "view": lambda args: str(args.body["view"]["callback_id"]),
    "shortcut": lambda args: str(args.body["callback_id"]),
    "options": lambda args: str(args.body["action_id"]),
}


@dataclass(frozen=True)
class Spoken:
    """What a word of a command leads to; an `alone` one counts only when nothing follows."""

    listener: Listener
    alone: bool


class Door:
    """Stands in for the app when features register, as in `app.command("/problem")(share)`.

    What a handler names in its signature is made only for that handler: a form that needs nothing
    from the database opens without asking it. What goes wrong in a handler is explained in here:
    left to Bolt, an error takes back the acknowledgement before it (asyncio_runner.py).
    """

    def __init__(self, app: AsyncApp, providers: dict[str, Provider], explain: Explain) -> None:
        self._app = app
        self._providers = providers
        self._explain = explain
        self._inside: set[asyncio.Task[Any]] = set()
        self._commands: dict[str, dict[str | None, Spoken]] = {}
        self._by_id: dict[str, dict[str, Listener]] = {kind: {} for kind in ID_OF}
        self._others: list[Callable[[], object]] = []

    def command(
        self, name: str, word: str | None = None, *, alone: bool = False
    ) -> Callable[[Handler], Handler]:
        """Register a command, or one word of it, as in `/problem find …`.

        `alone` words count only when nothing follows, so that a text may begin with them. A command
        without a word takes what none of its words takes.
        """

        def take(handler: Handler) -> Handler:
            words = self._commands.setdefault(name, {})
            if word in words:
                raise ValueError(f"{name} {word or ''} is taken twice")
            words[word] = Spoken(self._listener(handler), alone)
            return handler

        return take

    def __getattr__(self, kind: str) -> Callable[..., Callable[[Handler], Handler]]:
        """Return Bolt's way to register that kind: action, view, event, shortcut, options."""
        register = getattr(self._app, kind)

        def registering(constraint: Any) -> Callable[[Handler], Handler]:
            def take(handler: Handler) -> Handler:
                listener = self._listener(handler)
                if kind in ID_OF and isinstance(constraint, str):
                    self._take_id(kind, constraint, listener)
                else:
                    self._others.append(lambda: register(constraint)(listener))
                return handler

            return take

        return registering

    def open(self) -> None:
        """Hand everything to Bolt, which asks its listeners one after the other.

        Each costs about 13 µs a request, so the commands, whose forms people wait for, come first,
        and a command is one listener however many words it has, a kind of button or form one
        however many ids.
        """
        for name, words in self._commands.items():
            self._app.command(name)(self._speaker(words))
        for kind, by_id in self._by_id.items():
            if by_id:
                any_id = re.compile(rf"\A(?:{'|'.join(map(re.escape, by_id))})\Z")
                getattr(self._app, kind)(any_id)(self._finder(ID_OF[kind], by_id))
        for register in self._others:
            register()

    def _take_id(self, kind: str, one_id: str, listener: Listener) -> None:
        if one_id in self._by_id[kind]:
            raise ValueError(f"the {kind} {one_id} is taken twice")
        self._by_id[kind][one_id] = listener

    def _finder(self, id_of: Callable[[AsyncArgs], str], by_id: dict[str, Listener]) -> Listener:
        async def finder(args: AsyncArgs) -> None:
            await by_id[id_of(args)](args)

        return finder

    def _speaker(self, words: dict[str | None, Spoken]) -> Listener:
        async def speaker(args: AsyncArgs) -> None:
            first, *rest = str(args.body.get("text") or "").split(maxsplit=1) or [""]
            spoken = words.get(first.casefold())
            if spoken is None or (spoken.alone and rest):
                spoken = words[None]
            await spoken.listener(args)

        return speaker

    async def empty(self, seconds: float) -> bool:
        """Wait until every handler has finished; say whether all did within `seconds`."""
        if not self._inside:
            return True
        _, still_inside = await asyncio.wait(self._inside, timeout=seconds)
        return not still_inside

    def _listener(self, handler: Handler) -> Listener:
        wanted = _wanted_by(handler)

        async def listener(args: AsyncArgs) -> None:
            task = asyncio.current_task()
            assert task is not None  # noqa: S101  # Bolt runs every listener as a task
            self._inside.add(task)
            is_settled = False
            try:
                await handler(**{name: await self._provide(name, args) for name in wanted})
                is_settled = True
            except SeenBeforeError:
                args.logger.debug("Slack told us this before")
                is_settled = True
            except Exception as error:
                is_settled = isinstance(error, RuleError)
                await self._explain(error, args)
            finally:
                self._inside.discard(task)
                if done := args.context.get("done"):
                    # An event that met a fault of ours is not acknowledged: Slack sends it again.
                    done.set_result(is_settled)

        listener.__name__ = handler.__name__
        return listener

    async def _provide(self, name: str, args: AsyncArgs) -> Any:
        provider = self._providers.get(name)
        if provider is None:
            return getattr(args, name)
        made = provider(args)
        return await made if inspect.isawaitable(made) else made


@cache
def _wanted_by(handler: Handler) -> tuple[str, ...]:
    """Return what a handler names in its signature; to read one takes a while."""
    return tuple(inspect.signature(handler).parameters)
