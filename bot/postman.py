"""The postman carries due posts to Slack: claims, paces, retries, marks."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from time import monotonic
from typing import Any
from uuid import uuid4

from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery import Delivery, Gone, Later, Outcome, Refused, Said, Unclear
from handlers.blocks.message import Message
from handlers.posts import PostKind
from models import claims
from models.claims import Claim
from models.database import Database
from models.members import Member
from models.posts import CLAIM_LASTS, DROPPED, FAILED, GONE, MISSED, SAID, Post
from models.time import Clock

logger = logging.getLogger(__name__)

# Another replica's posts, and moments that have come, are looked for this often (seconds).
LOOKS_EVERY = 1.0
# While a place is paced, the next post is at most a second away (seconds).
LOOKS_AGAIN = 0.2
RENEWS_EVERY = CLAIM_LASTS.total_seconds() / 4
# Seconds to wait after an unclear outcome: whoever asks at once may ask before Slack has stored it.
BACKOFF = (3, 6, 15, 30, 60, 120, 300)
DRAWS_AT_MOST = 6

Trouble = Callable[[Post, str], Awaitable[None]]


class Postman:
    """Carries what is due. Any number of them may work on the same database."""

    def __init__(
        self,
        db: Database,
        client: AsyncWebClient,
        clock: Clock,
        kinds: Mapping[str, PostKind],
        when_refused: Trouble,
    ) -> None:
        self.name = uuid4().hex
        self._db = db.everywhere()
        self._clock = clock
        self._kinds = kinds
        self._when_refused = when_refused
        self._delivery = Delivery(client)
        self._nudged = asyncio.Event()
        self._stopping = False
        self._carrying: dict[int, asyncio.Task[None]] = {}
        self._waiting: dict[str, float] = {}
        self._held_until = 0.0
        self._loops: list[asyncio.Task[None]] = []
        db.when_committed(self.nudge)

    def start(self) -> None:
        self._loops = [asyncio.create_task(self._work()), asyncio.create_task(self._hold_on())]

    async def stop(self) -> None:
        """Finish what is on its way; the rest stays in its rows."""
        self._stopping = True
        self.nudge()
        if self._loops:
            await self._loops[0]
            await asyncio.gather(*self._carrying.values(), return_exceptions=True)
            self._loops[1].cancel()

    @property
    def is_idle(self) -> bool:
        return not self._carrying

    def nudge(self) -> None:
        """Look for due posts now rather than at the next look."""
        self._nudged.set()

    async def _work(self) -> None:
        while not self._stopping:
            self._nudged.clear()
            try:
                busy = await self._round()
            except Exception:
                # The database may be away for a while; nothing is lost, it is asked again.
                logger.exception("The postman could not look for posts")
                busy = False
            await self._rest(LOOKS_AGAIN if busy else LOOKS_EVERY)

    async def _rest(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._nudged.wait(), seconds)
        except TimeoutError:
            return
        # A burst of commits is one round, not hundreds.
        await asyncio.sleep(0.005)

    async def _hold_on(self) -> None:
        """Renew our claims for as long as we live."""
        while True:
            await asyncio.sleep(RENEWS_EVERY)
            if self._carrying:
                try:
                    async with self._db.begin() as session:
                        await claims.renew(session, list(self._carrying), self._clock())
                except Exception:
                    logger.exception("The postman could not renew its claims")

    async def _round(self) -> bool:
        """Carry what is due and free; say whether more is waiting for its turn."""
        if monotonic() < self._held_until:
            return True
        async with self._db() as session:
            if not await claims.is_anything_due(session, self._clock()):
                return False
        self._waiting = {place: end for place, end in self._waiting.items() if end > monotonic()}
        async with self._db.begin() as session:
            now = self._clock()
            for key in await claims.give_up_on_late_ones(session, now):
                logger.warning("Missed: %s was not said in time", key)
            taken = await claims.take(session, self.name, now, but_not_in=set(self._waiting))
            stale = await claims.take_stale(session, self.name, now)
        for claim in taken:
            self._carry(claim.post, self._say, claim)
        for post in stale:
            self._carry(post, self._redraw, post)
        return True

    def _carry(self, post: Post, work: Callable[[Any], Awaitable[None]], load: object) -> None:
        if post.id in self._carrying:
            # The clock was moved past our own claim; whoever carries the post goes on.
            return

        async def carry() -> None:
            try:
                await work(load)
            except Exception:
                logger.exception("The postman dropped %s and will pick it up again", post.key)
            finally:
                del self._carrying[post.id]
                self.nudge()

        logger.debug("claimed %s", post.key)
        self._carrying[post.id] = asyncio.create_task(carry())

    async def _say(self, claim: Claim) -> None:
        post, kind = claim.post, self._kinds.get(claim.post.kind)
        if kind is None:
            # Written by a newer version of the program, which will carry it.
            later = self._clock() + timedelta(minutes=1)
            return await self._put_back(post, is_unsure=claim.maybe_said, due_at=later)
        if claim.maybe_said and await self._was_said_already(post):
            return None
        if await self._is_too_early_or_late(post, kind):
            return None
        try:
            message, thread_ts = await self._draw(post, kind)
        except Exception:
            return await self._could_not_draw(post)
        if message is None:
            return await self._end(post, DROPPED)
        logger.debug("drawn %s", post.key)
        outcome = await self._delivery.say(post, message, thread_ts)
        logger.debug("sent %s: %s", post.key, outcome)
        return await self._settle(post, outcome)

    async def _was_said_already(self, post: Post) -> bool:
        """Look in the channel; say whether the post needs no more saying for now."""
        found = await self._delivery.look_for(post, await self._thread(post))
        match found:
            case None:
                return False
            case Said(channel_id, ts):
                async with self._row(post) as row:
                    # What it shows is unknown, so it is drawn again at once.
                    row.was_said(channel_id, ts, drawn=row.wanted, now=self._clock())
                    row.redraw_at = self._clock()
            case Later(seconds):
                self._wait(post, seconds)
                await self._put_back(post, is_unsure=True)
            case Unclear():
                self._wait(post, _backoff(post))
                await self._put_back(post, is_unsure=True)
        return True

    async def _is_too_early_or_late(self, post: Post, kind: PostKind) -> bool:
        """Drop, miss or postpone what the member or the calendar does not want now."""
        now = self._clock()
        if post.useful_until is not None and post.useful_until < now:
            logger.warning("Missed: %s was not said in time", post.key)
            await self._end(post, MISSED)
            return True
        if kind.switch is None:
            return False
        async with self._db.of(post.workspace_id)() as session:
            member = await Member.find(session, post.place_id)
        if member is None:
            return False
        if not member.wants(kind.switch):
            await self._end(post, DROPPED)
            return True
        due_at = member.next_loud_moment(now)
        if due_at > now:
            await self._put_back(post, is_unsure=False, due_at=due_at)
            return True
        return False

    async def _draw(self, post: Post, kind: PostKind) -> tuple[Message | None, str | None]:
        thread = await self._thread(post)
        if post.thread_of and thread is None:
            return None, None
        async with self._db.of(post.workspace_id)() as session:
            row = await session.get_one(Post, post.id)
            post.wanted = row.wanted
            return await kind.draw(session, row, self._clock()), thread[1] if thread else None

    async def _thread(self, post: Post) -> tuple[str, str] | None:
        """Return the channel and ts of the message in whose thread the post belongs."""
        if post.thread_of is None:
            return None
        async with self._db.of(post.workspace_id)() as session:
            parent = await Post.keyed(session, post.thread_of)
        if parent is None or parent.state != SAID or not (parent.channel_id and parent.ts):
            return None
        return parent.channel_id, parent.ts

    async def _settle(self, post: Post, outcome: Outcome) -> None:
        """Write down what came of saying the post."""
        match outcome:
            case Said(channel_id, ts):
                async with self._row(post) as row:
                    row.was_said(channel_id, ts, drawn=post.wanted, now=self._clock())
                logger.debug("marked %s", post.key)
            case Later(seconds, everywhere):
                self._wait(post, seconds, everywhere=everywhere)
                await self._put_back(post, is_unsure=False)
            case Unclear(reason):
                logger.warning("Unclear whether %s was said (%s); will look", post.key, reason)
                self._wait(post, _backoff(post))
                await self._put_back(post, is_unsure=True)
            case Gone():
                await self._end(post, GONE)
            case Refused(error):
                logger.warning("Slack refuses %s: %s", post.key, error)
                await self._end(post, FAILED, error)
                await self._when_refused(post, error)

    def _wait(self, post: Post, seconds: float, *, everywhere: bool = False) -> None:
        # Kept in memory and not in the row, so that the order of a channel's posts stays.
        until = monotonic() + seconds
        if everywhere:
            self._held_until = until
            logger.error("Slack does not accept the bot's token; trying again in %s s", seconds)
        self._waiting[post.place_id] = until

    async def _could_not_draw(self, post: Post) -> None:
        logger.exception("Could not draw %s", post.key)
        if post.attempts >= DRAWS_AT_MOST:
            await self._end(post, FAILED, "could_not_draw")
            await self._when_refused(post, "could_not_draw")
        else:
            # The posts behind it need not wait for a fault in this one.
            later = self._clock() + timedelta(seconds=_backoff(post))
            await self._put_back(post, is_unsure=False, due_at=later)

    async def _redraw(self, post: Post) -> None:
        kind = self._kinds.get(post.kind)
        if kind is None:
            return
        message, _ = await self._draw(post, kind)
        outcome = await self._delivery.redraw(post, message) if message else Gone()
        async with self._row(post) as row:
            match outcome:
                case Said():
                    row.was_drawn(post.wanted, self._clock())
                case Gone():
                    row.ends(GONE if message else SAID)
                case Refused(error):
                    logger.warning("Slack refuses to redraw %s: %s", post.key, error)
                    row.ends(SAID, error)
                case Later(seconds):
                    row.redraw_later(self._clock() + timedelta(seconds=seconds))
                case Unclear():
                    row.redraw_later(self._clock() + timedelta(seconds=BACKOFF[0]))

    async def _end(self, post: Post, state: str, error: str | None = None) -> None:
        async with self._row(post) as row:
            row.ends(state, error)

    async def _put_back(
        self, post: Post, *, is_unsure: bool, due_at: datetime | None = None
    ) -> None:
        async with self._row(post) as row:
            row.put_back(is_unsure=is_unsure, due_at=due_at)

    @asynccontextmanager
    async def _row(self, post: Post) -> AsyncIterator[Post]:
        async with self._db.begin() as session:
            yield await session.get_one(Post, post.id, with_for_update=True)


def _backoff(post: Post) -> float:
    return BACKOFF[min(post.attempts, len(BACKOFF)) - 1]
