"""A post in the postman's hands: drawn from what is true now, and written down afterwards."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.message import Attachment, Message, Picture
from handlers.posts import PostKind
from models.database import Database
from models.posts import SAID, Post
from models.time import Clock

logger = logging.getLogger(__name__)

# Seconds after which a drawing counts as failed, so that it cannot block its place for ever.
DRAWN_WITHIN = 20
# Seconds between attempts to write down what came of a post, should the database be away.
WRITES_AGAIN = (0.1, 0.3, 1, 2)


@dataclass(frozen=True)
class Drawing:
    """What a post looks like now; without a `message` there is nothing to say any more.

    `thread` is the channel and ts of the message in whose thread it belongs, `picture_id` the file
    in Slack that is the message's picture.
    """

    message: Message | None
    thread: tuple[str, str] | None = None
    picture_id: str | None = None

    @property
    def content(self) -> Mapping[str, Any] | None:
        """What Slack is given, with the picture if there is one."""
        if self.message is None or self.picture_id is None:
            return self.plain
        return self.message.with_picture(self.picture_id).to_dict()

    @property
    def plain(self) -> Mapping[str, Any] | None:
        """The same without the picture."""
        return self.message.to_dict() if self.message else None

    @property
    def file(self) -> Attachment | None:
        return self.message.file if self.message else None

    @property
    def picture(self) -> Picture | None:
        return self.message.picture if self.message else None


@dataclass(frozen=True)
class Held:
    """A post as `postman` claimed it, and the way to its row."""

    post: Post
    postman: str
    db: Database
    clock: Clock

    async def thread(self) -> tuple[str, str] | None:
        """Return the channel and ts of the message in whose thread the post belongs."""
        async with self.db() as session:
            return await self._thread(session)

    async def _thread(self, session: AsyncSession) -> tuple[str, str] | None:
        key = self.post.thread_of
        parent = await Post.keyed(session, key) if key else None
        if parent is None or parent.state != SAID or not (parent.channel_id and parent.ts):
            return None
        return parent.channel_id, parent.ts

    async def drawing(self, kind: PostKind) -> Drawing | None:
        """Draw the post as it is now; None when somebody else has taken it over."""
        async with asyncio.timeout(DRAWN_WITHIN), self.db() as session:
            row = await session.get(Post, self.post.id)
            if row is None or not self._holds(row):
                logger.warning("Lost hold of %s; whoever has it carries it", self.post.key)
                return None
            # Read before the drawing: a change that comes in between is drawn once more.
            self.post.wanted = row.wanted
            thread = await self._thread(session)
            if self.post.thread_of and thread is None:
                return Drawing(None)
            message = await kind.draw(session, row, self.clock())
            logger.debug("drawn %s", self.post.key)
            return Drawing(message, thread)

    def _holds(self, row: Post) -> bool:
        if row.claimed_by != self.postman or row.claimed_until is None:
            return False
        return row.claimed_until > self.clock()

    async def write(self, change: Callable[[Post], None], *, is_certain: bool = False) -> None:
        """Write down what came of the post, unless somebody else has taken it over.

        `is_certain`: the post was said, which counts whoever has it now. Patient when the database
        is away, because nobody else knows; raises what the database raises in the end.
        """

        async def write() -> None:
            async with self.db.begin() as session:
                row = await session.get(Post, self.post.id, with_for_update=True)
                if row is None:
                    return
                if row.claimed_by == self.postman or (is_certain and row.state != SAID):
                    change(row)

        await until_it_works(write)


async def until_it_works(write: Callable[[], Awaitable[None]]) -> None:
    """Repeat a transaction for some seconds; raises its last error."""
    for pause in WRITES_AGAIN:
        try:
            return await write()
        except Exception as error:
            logger.warning("Could not write down what came of a post: %s", error)
            await asyncio.sleep(pause)
    return await write()
