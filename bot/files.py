"""How a file reaches Slack: a place is asked for, its bytes are sent, and it is shared.

Only the last of the three calls shows anything, so whatever breaks before it is begun anew. A
picture (bot/pictures.py) is completed without being shared: the messages that name it show it.
"""

import asyncio
import logging
from collections.abc import Mapping
from enum import Enum, auto
from pathlib import PurePath
from typing import Any

from bot.delivery import Delivery
from bot.held import Drawing
from bot.outcomes import Later, Outcome, Refused, Said, Unclear, outcome_of, retry_after
from handlers.blocks.message import Attachment
from models.posts import Post

logger = logging.getLogger(__name__)

# What a server says at the address of a method it has not; Slack itself says `unknown_method`.
NO_SUCH_METHOD = {"404", "405", "501"}
# What files.info says of a file that somebody has deleted.
DELETED = {"file_deleted", "file_not_found"}


class NoPlaceError(Exception):
    """What answers as Slack gives no place to put a file."""


class NotStoredError(Exception):
    """The bytes did not arrive; the answer's `headers` may say when to try again."""

    def __init__(self, status: int, headers: Mapping[str, str]) -> None:
        super().__init__(f"the file was not stored: {status}")
        self.status, self.headers = status, headers


class FileState(Enum):
    """Whether a message may show a file: yes, not before Slack has looked through it, or never."""

    READY = auto()
    BUSY = auto()
    DELETED = auto()


class Files:
    """Sends files up and shares them.

    Finding one that was perhaps shared is the delivery's, as for any post.
    """

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery
        self.client = delivery.client

    async def share(self, post: Post, drawing: Drawing, file: Attachment) -> Outcome:
        """Share the file in the drawing's thread, else in the post's place, with its text.

        Never raises: what went wrong is the outcome.
        """
        try:
            thread = drawing.thread or (await self.delivery.channel_of(post.place_id), None)
            file_id = await self.store(numbered(file.name, post), file.content)
        except Exception as error:
            return outcome_of_storing(error)
        logger.debug("stored %s", post.key)
        try:
            return await self._show(file_id, file, drawing, thread)
        except Exception as error:
            return outcome_of(error)

    async def store(self, name: str, content: bytes) -> str:
        """Send the bytes up and return the file's id; nobody sees it before it is completed.

        Raises what `outcome_of_storing` understands.
        """
        answer = await self.delivery.call(
            self.client.files_getUploadURLExternal(filename=name, length=len(content))
        )
        url, file_id = answer.get("upload_url"), answer.get("file_id")
        if not url or not file_id:
            raise NoPlaceError("no_upload_url")
        logger.debug("has a place: %s", name)
        await self._send(str(url), content)
        return str(file_id)

    async def keep(self, name: str, title: str, content: bytes) -> str:
        """Send a file up for messages that will name it, and return its id. Raises like `store`."""
        file_id = await self.store(name, content)
        await self.delivery.call(
            self.client.files_completeUploadExternal(files=[{"id": file_id, "title": title}])
        )
        return file_id

    async def state_of(self, file_id: str) -> FileState:
        """Ask whether a message may show the file. Never raises."""
        try:
            answer = await self.delivery.call(self.client.files_info(file=file_id))
        except Exception as error:
            return _state_behind(outcome_of_storing(error))
        file = answer.get("file")
        if not isinstance(file, dict):
            return FileState.BUSY
        if file.get("mode") == "tombstone" or file.get("is_deleted"):
            return FileState.DELETED
        # Slack tells no kind before it has looked through the file (node-slack-sdk #2040, #2170).
        return FileState.READY if file.get("mimetype") else FileState.BUSY

    async def _send(self, url: str, content: bytes) -> None:
        client = self.client
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
        answer = await self.delivery.call(
            self.client.files_completeUploadExternal(
                files=[{"id": file_id, "title": file.title}],
                channel_id=channel_id,
                thread_ts=thread_ts,
                initial_comment=text,
            )
        )
        return Said(channel_id, _ts_of(answer.get("files"), channel_id))


def _state_behind(outcome: Outcome) -> FileState:
    if not isinstance(outcome, Refused):
        return FileState.BUSY
    # Without the scope or the method nobody can say; whether Slack takes the message will tell.
    return FileState.DELETED if outcome.error in DELETED else FileState.READY


def numbered(name: str, post: Post) -> str:
    """Return the file's name with the number of its post, by which it is found again."""
    path = PurePath(name)
    return f"{path.stem}-{post.id}{path.suffix}"


def outcome_of_storing(error: Exception) -> Outcome:
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
