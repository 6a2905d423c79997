"""Answering a member so that nobody else sees it, wherever they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks.message import Message
from handlers.pictures import Pictures
from handlers.request.payloads import code_of, is_between_us, said_in, thread_of

BLOCKS_REFUSED = "invalid_blocks"


@dataclass(frozen=True)
class Reply:
    """Answers the member who is behind `body`: in a channel for their eyes, else in a letter."""

    body: dict[str, Any]
    client: AsyncWebClient
    respond: AsyncRespond
    member_id: str
    pictures: Pictures | None = None

    async def __call__(
        self, message: Message, *, replace: bool = False, place_id: str | None = None
    ) -> None:
        """Say it where the member is; `replace` edits the private answer that was pressed.

        `place_id` is the channel to say it in when a form or shortcut comes without one.
        """
        shown = await self.pictures.shown_in(message) if self.pictures else message
        try:
            await self._say(shown, place_id, replace=replace)
        except SlackApiError as error:
            if shown is message or code_of(error) != BLOCKS_REFUSED:
                raise
            # Somebody may have deleted the file since we asked; the words are complete as well.
            if self.pictures and message.picture:
                await self.pictures.was_refused(message.picture)
            await self._say(message, place_id, replace=replace)

    async def _say(self, message: Message, place_id: str | None, *, replace: bool) -> None:
        if self.respond.response_url and await self._respond(message, replace=replace):
            return
        if place := place_id or said_in(self.body):
            await self._whisper(message, place)
        else:
            await self._write(message, self.member_id)

    async def _respond(self, message: Message, *, replace: bool) -> bool:
        """Answer over the address that came with the request; say whether Slack took it.

        Slack takes five answers in half an hour.
        """
        answer = await self.respond(
            text=message.text,
            blocks=message.blocks,
            response_type="in_channel" if is_between_us(self.body) else "ephemeral",
            replace_original=replace,
            thread_ts=None if replace else thread_of(self.body),
        )
        return bool(answer.status_code == 200)

    async def _whisper(self, message: Message, place_id: str) -> None:
        thread_ts = thread_of(self.body) if place_id == said_in(self.body) else None
        try:
            if place_id.startswith("D"):
                await self._write(message, place_id, thread_ts)
                return
            await self.client.chat_postEphemeral(
                channel=place_id,
                user=self.member_id,
                text=message.text,
                blocks=message.blocks,
                thread_ts=thread_ts,
            )
        except SlackApiError:
            # Whatever keeps it out of the channel, or out of a letter between two others, the
            # member's own conversation is open.
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
