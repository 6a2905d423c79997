"""The postman carries due posts to Slack: claims them, paces them, holds on to them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from itertools import chain
from uuid import uuid4

from slack_sdk.web.async_client import AsyncWebClient

from bot.carrier import Carrier, Trouble
from bot.delivery import Delivery
from bot.pictures import Studio
from bot.showing import Showing
from handlers.posts import PostKind
from models import claims
from models.claims import Claim
from models.database import Database
from models.posts import CLAIM_LASTS, FAILED, Post
from models.time import Clock

logger = logging.getLogger(__name__)

# Another replica's posts, and moments that have come, are looked for this often (seconds).
LOOKS_EVERY = 1.0
# While a place is paced, the next post is at most a second away (seconds).
LOOKS_AGAIN = 0.2
# A burst of commits is one round, not hundreds (seconds).
BURST = 0.005
RENEWS_EVERY = CLAIM_LASTS.total_seconds() / 4
# More calls than this at once would only wait for each other, and some until they time out.
SAYS_AT_ONCE = 40
REDRAWS_AT_ONCE = 10
# Seconds that what is on its way may take when the bot is stopped.
FINISH_WITHIN = 8.0

Work = Callable[[], Awaitable[None]]
Tasks = dict[int, tuple[Post, asyncio.Task[None]]]


class Postman:
    """Carries what is due. Any number of them may work on the same database.

    One that knows its `workspace_id` leaves the posts of other workspaces to those that have their
    tokens. `studio` brings the pictures that belong into posts, and into answers as well.
    """

    def __init__(
        self,
        db: Database,
        client: AsyncWebClient,
        clock: Clock,
        kinds: Mapping[str, PostKind],
        when_refused: Trouble,
        workspace_id: str | None = None,
    ) -> None:
        self.name = uuid4().hex
        self._db = db.of(workspace_id) if workspace_id else db.everywhere()
        self._clock = clock
        delivery = Delivery(client)
        self.studio = Studio(db, delivery, clock)
        showing = Showing(delivery, self.studio)
        self._carrier = Carrier(self.name, db, showing, clock, kinds, when_refused)
        self._nudged = asyncio.Event()
        self._stopping = False
        self._is_claiming = False
        self._says: Tasks = {}
        self._redraws: Tasks = {}
        self._loops: list[asyncio.Task[None]] = []
        db.when_committed(self.nudge)

    def start(self) -> None:
        self._loops = [asyncio.create_task(self._work()), asyncio.create_task(self._hold_on())]

    async def stop(self) -> None:
        """Finish what is on its way, within some seconds; the rest stays in its rows."""
        self._stopping = True
        self.nudge()
        # What waits for its picture is said without it, and drawn with it after the next start.
        await self.studio.stop()
        if not self._loops:
            return
        try:
            await asyncio.wait(self._loops[:1], timeout=FINISH_WITHIN / 2)
            if carrying := self._carrying():
                await asyncio.wait(carrying, timeout=FINISH_WITHIN / 2)
        finally:
            # Whoever claims next what is cut short here looks in the channel first.
            unfinished = [*self._loops, *self._carrying()]
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)

    @property
    def is_idle(self) -> bool:
        return not (self._says or self._redraws or self._is_claiming)

    def nudge(self) -> None:
        """Look for due posts now rather than at the next look."""
        self._nudged.set()

    async def _work(self) -> None:
        while not self._stopping:
            self._nudged.clear()
            try:
                seconds = await self._round()
            except Exception:
                # The database may be away for a while; nothing is lost, it is asked again.
                logger.exception("The postman could not look for posts")
                seconds = LOOKS_EVERY
            await self._rest(seconds)

    async def _rest(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._nudged.wait(), seconds)
        except TimeoutError:
            return
        await asyncio.sleep(BURST)

    async def _hold_on(self) -> None:
        """Renew our claims for as long as we live."""
        while True:
            await asyncio.sleep(RENEWS_EVERY)
            if not (carried := [*self._says, *self._redraws]):
                continue
            try:
                async with self._db.begin() as session:
                    await claims.renew(session, self.name, carried, self._clock())
            except Exception:
                logger.exception("The postman could not renew its claims")

    async def _round(self) -> float:
        """Carry what is due and free; return the seconds until the next look."""
        if not self._carrier.may_say:
            return LOOKS_AGAIN
        # These are busy for us even if the clock was moved past our claims.
        busy = {post.place_id for post, _ in self._says.values()}
        now = self._clock()
        async with self._db() as session:
            if not await claims.is_anything_due(session, now):
                return LOOKS_EVERY
            # Nobody who wants to write waits for us while there is nothing to claim.
            if not await claims.is_anything_free(session, now, but_not_in=busy):
                return LOOKS_AGAIN
        self._is_claiming = True
        try:
            await self._claim(busy)
        finally:
            self._is_claiming = False
        return LOOKS_AGAIN

    async def _claim(self, busy: set[str]) -> None:
        says = SAYS_AT_ONCE - len(self._says)
        redraws = REDRAWS_AT_ONCE - len(self._redraws) if self._carrier.may_redraw else 0
        async with self._db.begin() as session:
            now = self._clock()
            late = await claims.give_up_on_late_ones(session, now)
            taken = await claims.take(session, self.name, now, but_not_in=busy, limit=says)
            stale = await claims.take_stale(session, self.name, now, limit=redraws)
        for key in late:
            logger.warning("Missed: %s was not said in time", key)
        for claim in taken:
            self._carry(self._says, claim.post, self._work_for(claim))
        for card in stale:
            if card.id not in self._redraws:
                self._carry(self._redraws, card, partial(self._carrier.redraw, card))

    def _work_for(self, claim: Claim) -> Work:
        post = claim.post
        if post.state == FAILED:
            # Whoever found that out died before telling anybody.
            return partial(self._carrier.tell, post, post.error or "")
        return partial(self._carrier.say, claim)

    def _carry(self, tasks: Tasks, post: Post, work: Work) -> None:
        async def carry() -> None:
            try:
                await work()
            except Exception:
                logger.exception("The postman dropped %s and will pick it up again", post.key)
            finally:
                del tasks[post.id]
                self.nudge()

        logger.debug("claimed %s", post.key)
        tasks[post.id] = (post, asyncio.create_task(carry()))

    def _carrying(self) -> list[asyncio.Task[None]]:
        return [task for _, task in chain(self._says.values(), self._redraws.values())]
