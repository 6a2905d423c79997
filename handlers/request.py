"""What a handler may ask for by name, besides what Bolt offers.

reply        answers the member privately, however they spoke
forms        opens a form, or keeps what was typed and offers a button that opens it
where        which community the member means
again        sends a request through the same handlers once more
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks.message import Message
from handlers.blocks.request import CHOOSE, kept_draft, offered_form
from models.communities import Community
from models.database import Database
from models.drafts import Draft
from models.errors import RuleError
from models.members import Member
from models.time import Clock

Again = Callable[[dict[str, Any]], Awaitable[None]]

# Slack takes a trigger for three seconds; the guide and the reference name its errors differently.
TRIGGER_IS_OVER = {
    "expired_trigger_id",
    "exchanged_trigger_id",
    "invalid_trigger_id",
    "trigger_expired",
    "trigger_exchanged",
}
NOT_IN_THAT_CHANNEL = {
    "channel_not_found",
    "is_archived",
    "not_in_channel",
    "user_not_in_channel",
}


class NoCommunityError(RuleError):
    """There is no community this member could mean."""


class WhichCommunityError(RuleError):
    """The member is in several communities; the answer asks which one is meant."""

    def __init__(self, choices: Sequence[Community]) -> None:
        super().__init__("Which community do you mean?")
        self.choices = choices


def said_by(body: dict[str, Any]) -> str | None:
    """Return the id of the person behind any payload of Slack's."""
    user = body.get("user_id") or (body.get("user") or {}).get("id")
    event = body.get("event") or {}
    return user or (event.get("user") if isinstance(event.get("user"), str) else None)


def said_in(body: dict[str, Any]) -> str | None:
    """Return the id of the channel a command, button or shortcut was used in."""
    channel = body.get("channel_id") or (body.get("channel") or {}).get("id")
    return channel or (body.get("container") or {}).get("channel_id")


@dataclass(frozen=True)
class Reply:
    """Answers the member who is behind `body`, so that nobody else sees it."""

    body: dict[str, Any]
    client: AsyncWebClient
    respond: AsyncRespond
    member_id: str

    async def __call__(
        self, message: Message, *, replace: bool = False, place_id: str | None = None
    ) -> None:
        """Say it where the member is; `replace` edits the private answer that was pressed.

        `place_id` is the channel to say it in when a form or shortcut comes without one.
        """
        if self.respond.response_url:
            await self._respond(message, replace=replace)
        elif place := place_id or said_in(self.body):
            await self._whisper(message, place)
        else:
            await self._write(message, self.member_id)

    async def _respond(self, message: Message, *, replace: bool) -> None:
        # An answer to a button in a thread belongs into that thread.
        thread_ts = None if replace else (self.body.get("message") or {}).get("thread_ts")
        await self.respond(
            text=message.text,
            blocks=message.blocks,
            response_type="ephemeral",
            replace_original=replace,
            thread_ts=thread_ts,
        )

    async def _whisper(self, message: Message, place_id: str) -> None:
        thread_ts = self.body.get("thread_ts")
        if place_id.startswith("D"):
            await self._write(message, place_id, thread_ts)
            return
        try:
            await self.client.chat_postEphemeral(
                channel=place_id,
                user=self.member_id,
                text=message.text,
                blocks=message.blocks,
                thread_ts=thread_ts,
            )
        except SlackApiError as error:
            if error.response.get("error") not in NOT_IN_THAT_CHANNEL:
                raise
            await self._write(message, self.member_id)

    async def _write(self, message: Message, place_id: str, thread_ts: str | None = None) -> None:
        await self.client.chat_postMessage(
            channel=place_id,
            text=message.text,
            blocks=message.blocks,
            thread_ts=thread_ts,
            unfurl_links=False,
            unfurl_media=False,
        )


@dataclass(frozen=True)
class Forms:
    """Opens forms; what was typed before a form could open is kept as a draft."""

    body: dict[str, Any]
    client: AsyncWebClient
    reply: Reply
    db: Database
    clock: Clock

    async def open(self, view: View, *, opener: str, typed: dict[str, Any]) -> str | None:
        """Open the form and return its id.

        A message comes without a trigger and an old trigger opens nothing: then `typed` is kept and
        a button with the action id `opener` and the draft's id as its value is offered.
        """
        trigger_id = self.body.get("trigger_id")
        if not trigger_id:
            await self.reply(offered_form(opener, await self._keep(opener, typed)))
            return None
        try:
            answer = await self.client.views_open(trigger_id=trigger_id, view=view)
        except SlackApiError as error:
            if error.response.get("error") not in TRIGGER_IS_OVER:
                raise
            await self.reply(kept_draft(opener, await self._keep(opener, typed)))
            return None
        return str(answer["view"]["id"])

    async def _keep(self, form: str, typed: dict[str, Any]) -> int:
        async with self.db.begin() as session:
            draft = Draft(
                member_id=self.reply.member_id, form=form, fields=typed, kept_at=self.clock()
            )
            session.add(draft)
        return draft.id


class Directory:
    """Remembers for a minute which channels are communities, so that a form opens at once.

    What it says is only shown; every change asks the database again.
    """

    LASTS = 60.0
    ROOM_FOR = 10_000

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[float, Community]] = {}

    def recall(self, workspace_id: str, channel_id: str) -> Community | None:
        end, community = self._known.get((workspace_id, channel_id), (0.0, None))
        return community if end > time.monotonic() else None

    def remember(self, workspace_id: str, community: Community) -> None:
        if len(self._known) >= self.ROOM_FOR:
            self._known.clear()
        key = (workspace_id, community.channel_id)
        self._known[key] = (time.monotonic() + self.LASTS, community)

    def forget(self, workspace_id: str, channel_id: str) -> None:
        self._known.pop((workspace_id, channel_id), None)


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
    def channel_id(self) -> str | None:
        return said_in(self.body)

    def at_a_glance(self) -> Community | None:
        """Return this channel's community if that is known without asking the database."""
        if not self.channel_id or "community_id" in self.body:
            return None
        return self.directory.recall(self.workspace_id, self.channel_id)

    async def community(self) -> Community:
        """Return the one community; raises NoCommunityError or WhichCommunityError."""
        choices = await self.choices()
        if not choices:
            raise NoCommunityError("There is no community here yet.")
        if len(choices) > 1:
            raise WhichCommunityError(choices)
        return choices[0]

    async def choices(self) -> list[Community]:
        """Return this channel's community alone, else all the member is in."""
        async with self.db() as session:
            chosen = self.body.get("community_id")
            mine = list(await Community.of_member(session, self.member_id))
            if chosen:
                return [community for community in mine if community.id == chosen]
            here = None
            if self.channel_id:
                here = await Community.of_channel(session, self.channel_id)
        if here is None or here.archived_at is not None:
            return mine
        self.directory.remember(self.workspace_id, here)
        if not here.has_member(self.member_id):
            # Whoever types in the channel is in it, also when we missed that they joined.
            await self._welcome(here)
        return [here]

    async def _welcome(self, here: Community) -> None:
        async with self.db.begin() as session:
            row = await session.get_one(Community, here.id, with_for_update=True)
            row.welcome(self.member_id, self.clock())


async def names_of(db: Database, member_ids: Sequence[str]) -> dict[str, str]:
    """Return the display names of those people that are known, by id."""
    async with db() as session:
        known = await Member.known(session, member_ids)
    return {member_id: member.name for member_id, member in known.items() if member.name}


def register(app: Any) -> None:
    app.action(re.compile(rf"^{re.escape(CHOOSE)}\.\d+$"))(choose_community)


async def choose_community(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], again: Again
) -> None:
    """Ask the same thing again, now for the community that was pressed."""
    await ack()
    asked = json.loads(action["value"])
    await again(
        asked
        | {
            "team_id": (body.get("team") or {}).get("id"),
            "user_id": said_by(body),
            "channel_id": said_in(body),
            "trigger_id": body.get("trigger_id"),
            "response_url": body.get("response_url"),
        }
    )
