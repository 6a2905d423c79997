"""Emoji under messages: who put which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.events import Deliveries, announce
from bot.sandbox.places import Channel, Json

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace


@dataclass
class Reaction:
    """One person's emoji under one message, there or not."""

    slack: Workspace
    channel: Channel
    message: Json
    user_id: str
    name: str

    @property
    def is_there(self) -> bool:
        return self.user_id in self._people()

    def add(self) -> Deliveries:
        self._set([*self._people(), self.user_id])
        return self._tell("reaction_added")

    def remove(self) -> Deliveries:
        self._set([one for one in self._people() if one != self.user_id])
        return self._tell("reaction_removed")

    def _people(self) -> list[str]:
        for reaction in self.message.get("reactions", []):
            if reaction["name"] == self.name:
                return list(reaction["users"])
        return []

    def _set(self, users: list[str]) -> None:
        """Write the list anew, so that what was sent of the message before stays as it was."""
        fresh = {"name": self.name, "users": users, "count": len(users)}
        old: list[Json] = self.message.get("reactions", [])
        kept = [fresh if one["name"] == self.name else one for one in old]
        if fresh not in kept:
            kept.append(fresh)
        self.message["reactions"] = [one for one in kept if one["users"]]
        if not self.message["reactions"]:
            del self.message["reactions"]

    def _tell(self, kind: str) -> Deliveries:
        where = {"channel": self.channel.id, "ts": self.message["ts"]}
        self.slack.tell("reaction", user=self.user_id, **where)
        event: Json = {
            "type": kind,
            "user": self.user_id,
            "reaction": self.name,
            "item": {"type": "message", **where},
            "event_ts": self.slack.new_ts(),
        }
        if self.message.get("user"):
            event["item_user"] = self.message["user"]
        return announce(self.slack, kind, event, self.channel)
