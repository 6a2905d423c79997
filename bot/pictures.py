"""Pictures in messages: painted in a thread of their own, sent to Slack once, and found again.

A file that was just sent up is unknown to Slack's messages until it was looked through: one that
names it is refused with `invalid_blocks` ("invalid slack file": python-slack-sdk #1658,
java-slack-sdk #1349), so files.info is asked until the file can be shown.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.delivery import Delivery
from bot.files import Files, FileState, outcome_of_storing
from bot.outcomes import Later, Outcome, Refused
from handlers.blocks.message import Message, Picture
from models.database import Database
from models.pictures import StoredPicture
from models.time import Clock

logger = logging.getLogger(__name__)

# Seconds that a member's answer waits for its picture; a bot that is stopped waits six for both.
ANSWERED_WITHIN = 5.0
# Seconds before each attempt to send a picture up. Whoever waits may have gone on without it; the
# next message finds it.
SENT_AFTER = (0.0, 1.0, 4.0)
# Seconds before each look whether Slack has looked through a file.
LOOKED_AFTER = (0.0, 0.2, 0.3, 0.5, 1.0, 1.0, 2.0, 2.0, 3.0, 4.0)
# A flood of charts is said without them rather than painted for hours.
UNDER_WAY_AT_MOST = 60
# After a refusal that would meet every picture, none is painted for this long.
RESTS_FOR = timedelta(minutes=10)


class Studio:
    """Paints pictures, one at a time, and keeps account of which file in Slack shows which.

    Painting takes the better part of a second of one core; a thread keeps the loop free for acks.
    """

    def __init__(self, db: Database, delivery: Delivery, clock: Clock) -> None:
        self._db, self._clock = db, clock
        self._files = Files(delivery)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="painting")
        self._under_way: dict[tuple[str, str], asyncio.Task[str | None]] = {}
        self._rests_until: datetime | None = None
        self._is_stopped = False

    def of(self, workspace_id: str) -> WorkspacePictures:
        return WorkspacePictures(self, workspace_id)

    async def stop(self) -> None:
        """Break off what is under way; the next message begins it anew."""
        self._is_stopped = True
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def file_of(self, workspace_id: str, picture: Picture, within: float) -> str | None:
        """Return the id of the file that shows the picture, if Slack has it `within` seconds.

        Never raises. What takes longer goes on by itself, for whoever asks next.
        """
        key = workspace_id, picture.fingerprint
        task = self._under_way.get(key)
        if task is None:
            if self._is_stopped or len(self._under_way) >= UNDER_WAY_AT_MOST:
                return None
            task = asyncio.create_task(self._bring(self._db.of(workspace_id), picture))
            task.add_done_callback(lambda _: self._under_way.pop(key, None))
            self._under_way[key] = task
        done, _ = await asyncio.wait([task], timeout=within)
        return task.result() if done and not task.cancelled() else None

    async def was_refused(self, workspace_id: str, picture: Picture) -> None:
        """Forget which file shows the picture. Never raises."""
        logger.warning("Slack did not take a message with %s", picture.name)
        db = self._db.of(workspace_id)
        try:
            async with db.begin() as session:
                await StoredPicture.forget(session, picture.fingerprint)
        except Exception:
            logger.exception("Could not forget %s", picture.name)

    async def _bring(self, db: Database, picture: Picture) -> str | None:
        try:
            file_id = await self._remembered(db, picture)
            state = await self._state_of(file_id) if file_id else FileState.DELETED
            if state is FileState.DELETED:
                file_id = await self._sent(db, picture)
                state = await self._state_of(file_id, is_new=True) if file_id else state
        except Exception:
            logger.exception("Could not bring %s to Slack", picture.name)
            return None
        if state is FileState.BUSY:
            logger.info("Slack is not ready to show %s", picture.name)
        return file_id if state is FileState.READY else None

    async def _remembered(self, db: Database, picture: Picture) -> str | None:
        async with db() as session:
            stored = await StoredPicture.find(session, picture.fingerprint)
        if stored is None:
            return None
        if stored.is_to_be_noted(self._clock()):
            await self._remember(db, picture, stored.file_id)
        return stored.file_id

    async def _remember(self, db: Database, picture: Picture, file_id: str) -> None:
        try:
            async with db.begin() as session:
                await StoredPicture.keep(session, picture.fingerprint, file_id, self._clock())
        except Exception:
            # This message can show it all the same; the next one sends it up once more.
            logger.exception("Could not note that Slack has %s", picture.name)
        logger.debug("remembered %s", picture.name)

    async def _sent(self, db: Database, picture: Picture) -> str | None:
        """Paint the picture and send it up; None when Slack does not take it."""
        if self._is_resting:
            return None
        content = await asyncio.get_running_loop().run_in_executor(self._thread, picture.paint)
        logger.debug("painted %s", picture.name)
        for pause in SENT_AFTER:
            await asyncio.sleep(pause)
            try:
                file_id = await self._files.keep(picture.name, picture.title, content)
            except Exception as error:
                outcome = outcome_of_storing(error)
                logger.info("Slack does not have %s: %s", picture.name, outcome)
                if self._is_hopeless(outcome):
                    return None
                continue
            logger.debug("uploaded %s", picture.name)
            # Before it can be shown: should that take too long, the next message finds it.
            await self._remember(db, picture, file_id)
            return file_id
        return None

    def _is_hopeless(self, outcome: Outcome) -> bool:
        """Say whether to send nothing up for a while, after that outcome."""
        match outcome:
            case Refused():
                rests_for = RESTS_FOR
            case Later(seconds) if seconds > max(SENT_AFTER):
                rests_for = min(timedelta(seconds=seconds), RESTS_FOR)
            case _:
                return False
        self._rests_until = self._clock() + rests_for
        return True

    async def _state_of(self, file_id: str, *, is_new: bool = False) -> FileState:
        """Return what a message can do with the file, after waiting a while until it can show it.

        One that `is_new` may not be known everywhere in Slack, which is no reason to give it up.
        """
        for pause in LOOKED_AFTER:
            await asyncio.sleep(pause)
            state = await self._files.state_of(file_id)
            if state is FileState.READY or (state is FileState.DELETED and not is_new):
                return state
        return FileState.BUSY

    @property
    def _is_resting(self) -> bool:
        # One that is further ahead comes from before the clock was set back.
        until = self._rests_until
        return until is not None and timedelta() < until - self._clock() <= RESTS_FOR


@dataclass(frozen=True)
class WorkspacePictures:
    """The pictures of one workspace, as handlers ask for them (handlers/pictures.py).

    `within` is how many seconds an answer waits for its picture.
    """

    studio: Studio
    workspace_id: str
    within: float = ANSWERED_WITHIN

    async def shown_in(self, message: Message) -> Message:
        if message.picture is None:
            return message
        file_id = await self.studio.file_of(self.workspace_id, message.picture, self.within)
        return message.with_picture(file_id) if file_id else message

    async def was_refused(self, picture: Picture) -> None:
        await self.studio.was_refused(self.workspace_id, picture)
