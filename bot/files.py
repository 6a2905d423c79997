"""How a file reaches Slack: a place is asked for, its bytes are sent, and it is shared.

Only the last of the three calls shows anything, so whatever breaks before it is begun anew.
"""

import asyncio
import logging
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from bot.delivery import Delivery, Later, Outcome, Refused, Said, Unclear, outcome_of, retry_after
from bot.held import Drawing
from handlers.blocks.message import Attachment
from models.posts import Post

logger = logging.getLogger(__name__)

# What a server says at the address of a method it has not; Slack itself says `unknown_method`.
NO_SUCH_METHOD = {"404", "405", "501"}


class NoPlaceError(Exception):
    """What answers as Slack gives no place to put a file."""


class NotStoredError(Exception):
    """The bytes did not arrive; the answer's `headers` may say when to try again."""

    def __init__(self, status: int, headers: Mapping[str, str]) -> None:
        super().__init__(f"the file was not stored: {status}")
        self.status, self.headers = status, headers


class Files:
    """Shares files; finding one that was perhaps shared is the delivery's, as for any post."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        self._client = delivery.client

    async def share(self, post: Post, drawing: Drawing, file: Attachment) -> Outcome:
        """Share the file in the drawing's thread, else in the post's place, with its text.

        Never raises: what went wrong is the outcome.
        """
        try:
            thread = drawing.thread or (await self._delivery.channel_of(post.place_id), None)
            file_id = await self._store(post, file)
        except Exception as error:
            return _outcome_of_storing(error)
        logger.debug("stored %s", post.key)
        try:
            return await self._show(file_id, file, drawing, thread)
        except Exception as error:
            return outcome_of(error)

    async def _store(self, post: Post, file: Attachment) -> str:
        name = numbered(file.name, post)
        answer = await self._delivery.call(
            self._client.files_getUploadURLExternal(filename=name, length=len(file.content))
        )
        url, file_id = answer.get("upload_url"), answer.get("file_id")
        if not url or not file_id:
            raise NoPlaceError("no_upload_url")
        logger.debug("has a place: %s", post.key)
        await self._send(str(url), file.content)
        return str(file_id)

    async def _send(self, url: str, content: bytes) -> None:
        client = self._client
        if client.session is None:
            raise NoPlaceError("no_session")
        async with asyncio.timeout(client.timeout):
            sending = client.session.post(
                url, data=content, proxy=client.proxy, ssl=client.ssl or True
            )
            async with sending as answer:
                if answer.status != 200:
                    raise NotStoredError(answer.status, answer.headers)

    async def _show(
        self, file_id: str, file: Attachment, drawing: Drawing, thread: tuple[str, str | None]
    ) -> Said:
        channel_id, thread_ts = thread
        text = (drawing.content or {}).get("text")
        answer = await self._delivery.call(
            self._client.files_completeUploadExternal(
                files=[{"id": file_id, "title": file.title}],
                channel_id=channel_id,
                thread_ts=thread_ts,
                initial_comment=text,
            )
        )
        return Said(channel_id, _ts_of(answer.get("files"), channel_id))


def numbered(name: str, post: Post) -> str:
    """Return the file's name with the number of its post, by which it is found again."""
    path = PurePath(name)
    return f"{path.stem}-{post.id}{path.suffix}"


def _outcome_of_storing(error: Exception) -> Outcome:
    """Return what it means that a file was not even stored: nobody has seen anything of it."""
    if isinstance(error, NoPlaceError):
        return Refused(str(error))
    if isinstance(error, NotStoredError):
        if error.status == 429:
            return Later(retry_after(error.headers))
        return Unclear(str(error.status))
    outcome = outcome_of(error)
    if isinstance(outcome, Unclear) and outcome.reason in NO_SUCH_METHOD:
        return Refused("no_files")
    return outcome


def _ts_of(files: Any, channel_id: str) -> str | None:
    """Return the message's ts where the answer has it; Slack often shows the file a bit later."""
    for file in files or ():
        shares = file.get("shares") or {}
        for places in shares.values():
            for share in places.get(channel_id) or ():
                return str(share["ts"])
    return None
