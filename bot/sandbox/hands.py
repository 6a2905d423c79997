"""What every person in the workspace has: eyes, and a way to make Slack tell the bot."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox.events import Deliveries
from bot.sandbox.places import Channel, Json
from bot.sandbox.refusals import Refused
from bot.sandbox.socket_mode import Ack

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace


@dataclass
class Reply:
    """What came of something a person did.

    `payload` is what the bot's acknowledgement carried, `seconds` how long it took, `error` what
    Slack shows the person when it failed, `message` what they wrote, if anything.
    """

    acked: bool
    seconds: float
    payload: Any = None
    error: str | None = None
    message: Json | None = None

    @classmethod
    def to(cls, ack: Ack) -> Reply:
        return cls(ack.acked, ack.seconds, ack.payload, ack.error)


class Hands:
    """Someone who is there; the other hands are built upon these."""

    def __init__(self, slack: Workspace, user_id: str) -> None:
        self.slack = slack
        self.id = user_id

    def channel(self, channel: Channel | str) -> Channel:
        """Return a channel this person is in, named by itself, its id or its name."""
        slack = self.slack
        found = channel if isinstance(channel, Channel) else slack.channels.get(channel)
        found = found or slack.channel_named(str(channel).removeprefix("#"))
        if found is None or self.id not in found.members:
            raise Refused(f"{self.id} is not in {channel}")
        return found

    def sees(self, channel: Channel | str) -> list[Json]:
        """Return what this person sees in a channel: its messages and those only they see."""
        place = self.channel(channel)
        own = [one for one in place.ephemerals if one["user"] == self.id]
        return sorted([*place.messages, *own], key=lambda one: str(one["ts"]))

    @property
    def views(self) -> list[Json]:
        """The open forms of this person, the one on top last."""
        return list(self.slack.stacks.get(self.id, []))

    @property
    def top_view(self) -> Json | None:
        stack = self.slack.stacks.get(self.id)
        return stack[-1] if stack else None

    @property
    def home(self) -> Json | None:
        return self.slack.homes.get(self.id)

    async def _told(self, deliveries: Deliveries, message: Json | None = None) -> Reply:
        """Wait until the bot has acknowledged every event; without any there is nothing to fail."""
        acks = await asyncio.gather(*deliveries)
        seconds = max((ack.seconds for ack in acks), default=0.0)
        error = next((ack.error for ack in acks if not ack.acked), None)
        return Reply(all(ack.acked for ack in acks), seconds, error=error, message=message)

    async def _interacts(self, payload: Json) -> Reply:
        return Reply.to(await self.slack.socket.deliver("interactive", payload))
