"""Which community a member means: that of the channel, their only one, or the one they choose."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from handlers.request.payloads import said_in
from models.communities import Community
from models.database import Database
from models.errors import RuleError
from models.time import Clock

# What the ids of public and private channels begin with; D is a direct message.
CHANNELS = ("C", "G")


class NoCommunityError(RuleError):
    """There is no community this member could mean.

    `typed` is what they wrote, if anything; `open_ones` are communities anybody can join.
    """

    def __init__(self, typed: str = "", open_ones: Sequence[Community] = ()) -> None:
        super().__init__("There is no community here yet.")
        self.typed, self.open_ones = typed, open_ones


class WhichCommunityError(RuleError):
    """The member is in several communities; the answer asks which one is meant."""

    def __init__(self, choices: Sequence[Community]) -> None:
        super().__init__("Which community do you mean?")
        self.choices = choices


class Directory:
    """Remembers for a minute which channels are communities, so that a form opens at once.

    What it says is only shown; every change asks the database again.
    """

    LASTS = 60.0
    ROOM_FOR = 10_000

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[float, Community]] = {}
        self._asking: dict[tuple[str, str], asyncio.Lock] = {}

    async def look_up(self, db: Database, workspace_id: str, channel_id: str) -> Community | None:
        """Return the channel's community; of a thousand who ask at once one asks the database."""
        key = (workspace_id, channel_id)
        if known := self._recall(key):
            return known
        async with self._asking.setdefault(key, asyncio.Lock()):
            if known := self._recall(key):
                return known
            async with db() as session:
                found = await Community.of_channel(session, channel_id)
            if found is None or found.archived_at is not None:
                self._asking.pop(key, None)
                return None
            if len(self._known) >= self.ROOM_FOR:
                self._known.clear()
                self._asking.clear()
            self._known[key] = (time.monotonic() + self.LASTS, found)
            return found

    def forget(self, workspace_id: str, channel_id: str) -> None:
        self._known.pop((workspace_id, channel_id), None)

    def forget_those_of(self, workspace_id: str, member_id: str) -> None:
        """Forget the communities in which this person was, because they are not any more."""
        for key, (_, community) in list(self._known.items()):
            if key[0] == workspace_id and community.membership(member_id) is not None:
                del self._known[key]

    def _recall(self, key: tuple[str, str]) -> Community | None:
        end, community = self._known.get(key, (0.0, None))
        return community if end > time.monotonic() else None


@dataclass(frozen=True)
class Where:
    """Which community the member means: the channel's, else their only one."""

    body: dict[str, Any]
    db: Database
    clock: Clock
    member_id: str
    workspace_id: str
    directory: Directory

    @property
    def is_direct(self) -> bool:
        """Say whether the member speaks with the bot, or from a place that is no channel."""
        return not (self.channel_id or "").startswith(CHANNELS)

    @property
    def channel_id(self) -> str | None:
        return said_in(self.body)

    async def community(self) -> Community:
        """Return the one community; raises NoCommunityError or WhichCommunityError."""
        choices = await self.choices()
        if not choices:
            raise await self.nothing_here()
        if len(choices) > 1:
            raise WhichCommunityError(choices)
        await self._note_presence(choices[0])
        return choices[0]

    async def nothing_here(self, typed: str = "") -> NoCommunityError:
        """Return the error that names what can be joined; it keeps what was `typed`."""
        async with self.db() as session:
            living = await Community.living(session)
        return NoCommunityError(typed, [one for one in living if not one.is_private])

    async def choices(self) -> list[Community]:
        """Return this channel's community alone, else all the member is in.

        In a community that somebody asked for within a minute this asks no database.
        """
        chosen = self.body.get("community_id")
        if self.channel_id and not chosen:
            here = await self.directory.look_up(self.db, self.workspace_id, self.channel_id)
            if here is not None:
                if here.is_private:
                    # What is private refuses whoever is not known to be in it.
                    await self._note_presence(here)
                return [here]
        async with self.db() as session:
            mine = list(await Community.of_member(session, self.member_id))
        return [one for one in mine if one.id == chosen] if chosen else mine

    async def _note_presence(self, here: Community) -> None:
        """Note that whoever types in the channel is in it, also when we missed that they joined."""
        if here.channel_id != self.channel_id or await self._is_known_in(here):
            return
        async with self.db.begin() as session:
            row = await Community.locked(session, here.id)
            row.welcome(self.member_id, self.clock())
        self.directory.forget(self.workspace_id, here.channel_id)

    async def _is_known_in(self, here: Community) -> bool:
        """Say whether they are noted there; for what is private the database is asked again.

        Another replica may have left or deleted them since this one looked, and who is refused
        there while they stand in the channel has no way in.
        """
        if not here.has_member(self.member_id) or not here.is_private:
            return here.has_member(self.member_id)
        async with self.db() as session:
            row = await session.get(Community, here.id)
            return row is None or row.has_member(self.member_id)
