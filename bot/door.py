"""The door between Bolt and the handlers: gives each handler what it asks for by name."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from models.events import SeenBeforeError

Handler = Callable[..., Awaitable[None]]
Provider = Callable[[AsyncArgs], Any]


class Door:
    """Stands in for the app when features register, as in `app.command("/problem")(share)`.

    What a handler names in its signature is made only for that handler: a form that needs nothing
    from the database opens without asking it.
    """

    def __init__(self, app: AsyncApp, providers: dict[str, Provider]) -> None:
        self._app = app
        self._providers = providers
        self._inside: set[asyncio.Task[Any]] = set()
        self._words: dict[str, dict[str, bool]] = {}

    def command(
        self, name: str, word: str | None = None, *, alone: bool = False
    ) -> Callable[[Handler], Handler]:
        """Register a command, or one word of it, as in `/problem find …`.

        `alone` words count only when nothing follows, so that a text may begin with them. A command
        without a word takes what none of its words takes.
        """
        words = self._words.setdefault(name, {})
        if word is not None:
            words[word] = alone

        async def is_meant(body: dict[str, Any]) -> bool:
            first, _, rest = str(body.get("text") or "").strip().partition(" ")
            first = first.casefold()
            said = first if first in words and not (words[first] and rest.strip()) else None
            return said == word

        def take(handler: Handler) -> Handler:
            self._app.command(name, matchers=[is_meant])(self._listener(handler))
            return handler

        return take

    def __getattr__(self, kind: str) -> Callable[..., Callable[[Handler], Handler]]:
        """Return Bolt's way to register that kind: command, action, view, event, shortcut."""
        register = getattr(self._app, kind)

        def registering(constraint: Any) -> Callable[[Handler], Handler]:
            def take(handler: Handler) -> Handler:
                register(constraint)(self._listener(handler))
                return handler

            return take

        return registering

    async def empty(self, seconds: float) -> bool:
        """Wait until every handler has finished; say whether all did within `seconds`."""
        if not self._inside:
            return True
        _, still_inside = await asyncio.wait(self._inside, timeout=seconds)
        return not still_inside

    def _listener(self, handler: Handler) -> Callable[[AsyncArgs], Awaitable[None]]:
        wanted = tuple(inspect.signature(handler).parameters)

        async def listener(args: AsyncArgs) -> None:
            task = asyncio.current_task()
            assert task is not None  # noqa: S101  # Bolt runs every listener as a task
            self._inside.add(task)
            try:
                await handler(**{name: await self._provide(name, args) for name in wanted})
            except SeenBeforeError:
                args.logger.debug("Slack told us this before")
            finally:
                self._inside.discard(task)
                if done := args.context.get("done"):
                    done.set()

        listener.__name__ = handler.__name__
        return listener

    async def _provide(self, name: str, args: AsyncArgs) -> Any:
        provider = self._providers.get(name)
        if provider is None:
            return getattr(args, name)
        made = provider(args)
        return await made if inspect.isawaitable(made) else made
