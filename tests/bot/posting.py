"""A post office for tests: posts, cards, and postmen who carry them to the local Slack."""

import asyncio
from base64 import b64decode
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import aiohttp
from slack_sdk.models.blocks import SectionBlock
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.postman import Postman
from bot.sandbox.workspace import Workspace
from handlers.blocks.message import Attachment, Message, Picture
from handlers.posts import POSTS, PostKind, tell_of_trouble
from models import claims, undelivered
from models.database import Database
from models.members import Member
from models.posts import CLAIM_LASTS, Post
from models.time import MovableClock
from tests.bot.patience import until
from tests.examples import NOW
from tests.world import WORKSPACE

MATH, LOUNGE = "CMATHCIRCLE", "CSTAFFLOUNGE"
NOTE, LETTER, CARD, RIDDLE, FUTURE = "note", "letter", "card", "riddle", "future"
# Like a letter, but without a switch.
GREETING = "greeting"
FILE, CHART = "file", "chart"
# One blue dot.
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mNQSjsDAAICAVXysorDAAAAAElFTkSuQmCC"
)
# Real seconds that a postman waits for Slack; tests of time-outs use a shorter time.
TIMEOUT = 10


class ChangedMindError(Exception):
    """What rolls a transaction back."""


class NotDrawableError(Exception):
    """What a riddle raises until somebody solves it."""


async def draw_note(session: AsyncSession, post: Post, now: datetime) -> Message:
    return _message(post.key)


async def draw_card(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw a member's name, which stands for whatever a card shows, as long as it is not "over"."""
    member = await session.get(Member, post.about_id)
    if member is None or not member.name:
        return None
    return replace(_message(f"{post.key}: {member.name}"), is_over=member.name == "over")


async def draw_chart(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw a member's name, and a picture of it."""
    card = await draw_card(session, post, now)
    name = card.text.partition(": ")[2] if card else ""
    return replace(card, picture=a_picture(name)) if card else None


def a_picture(shows: str, **traits: Any) -> Picture:
    given: dict[str, Any] = {
        "name": "chart.png",
        "title": "A chart",
        "alt_text": f"A chart of {shows}",
        "fingerprint": sha256(shows.encode()).hexdigest(),
        "paint": lambda: PNG,
        "at": 1,
    }
    return Picture(**given | traits)


async def draw_riddle(session: AsyncSession, post: Post, now: datetime) -> Message:
    member = await session.get(Member, post.about_id)
    if member is None or member.name != "solved":
        raise NotDrawableError(post.key)
    return _message(post.key)


async def draw_file(session: AsyncSession, post: Post, now: datetime) -> Message:
    file = Attachment("poem.txt", f"The {post.key}", b"Roses are red.")
    return Message(post.key, [], file)


def _message(text: str) -> Message:
    return Message(text, [SectionBlock(text=text)])


KINDS = POSTS | {
    NOTE: PostKind(draw_note),
    LETTER: PostKind(draw_note, switch="still_open"),
    GREETING: PostKind(draw_note, is_unasked=True),
    CARD: PostKind(draw_card),
    RIDDLE: PostKind(draw_riddle),
    CHART: PostKind(draw_chart),
    FILE: PostKind(draw_file, is_optional=True, is_file=True),
}


def slack_client(
    slack_url: str, token: str, session: aiohttp.ClientSession, timeout: float = TIMEOUT
) -> AsyncWebClient:
    client = AsyncWebClient(token=token, base_url=slack_url, session=session, timeout=timeout)
    client.retry_handlers = []
    return client


@dataclass
class Office:
    """Posts of one workspace, and the postmen who carry them."""

    slack: Workspace
    database: Database
    clock: MovableClock
    postmen: list[Postman] = field(default_factory=list)
    client: AsyncWebClient | None = None

    @property
    def db(self) -> Database:
        return self.database.of(WORKSPACE)

    @asynccontextmanager
    async def open(
        self,
        postmen: int = 1,
        *,
        timeout: float = TIMEOUT,
        database: Database | None = None,
        kinds: dict[str, PostKind] = KINDS,
    ):
        """Let so many postmen work inside the block."""
        async with aiohttp.ClientSession() as session:
            self.client = client = slack_client(
                self.slack.api_url, self.slack.bot_token, session, timeout
            )
            db = database or self.database
            self.postmen = [
                Postman(db, client, self.clock, kinds, tell_of_trouble(db, self.clock))
                for _ in range(postmen)
            ]
            for postman in self.postmen:
                postman.start()
            yield self
            await asyncio.gather(*(postman.stop() for postman in self.postmen))

    async def post(
        self, key: str, place_id: str = MATH, *, kind: str = NOTE, **traits: Any
    ) -> Post:
        async with self.db.begin() as session:
            return await Post.add(
                session, key, place_id, kind=kind, **{"due_at": self.clock()} | traits
            )

    async def member(self, member_id: str = "UANA", **traits: Any) -> Member:
        async with self.db.begin() as session:
            session.add(member := Member(**{"member_id": member_id, "muted": []} | traits))
        return member

    async def name(self, member: Member, name: str | None) -> None:
        """Change what a card shows, and mark it stale, in one transaction."""
        async with self.db.begin() as session:
            renamed = update(Member).where(Member.id == member.id).values(name=name)
            await session.execute(renamed)
            for kind in (CARD, CHART):
                await Post.redraw(session, kind, member.id, self.clock())

    async def row(self, key: str) -> Post:
        async with self.db() as session:
            return (await session.scalars(select(Post).where(Post.key == key))).one()

    async def states(self) -> dict[str, str]:
        async with self.db() as session:
            posts = await session.scalars(select(Post).order_by(Post.id))
            return {post.key: post.state for post in posts}

    async def settled(self, *, in_real_time: bool = False, timeout: float = 30) -> None:
        """Wait until all that is due by now is said.

        Unless told otherwise the clock hurries on, by ever longer steps, while nothing is under
        way; so pauses of seconds and minutes take a moment.
        """
        step = timedelta(seconds=0.2)
        async with asyncio.timeout(timeout):
            while not await self._is_settled():
                for postman in self.postmen:
                    postman.nudge()
                await asyncio.sleep(0.012)
                if in_real_time or not self._is_idle:
                    step = timedelta(seconds=0.2)
                else:
                    self.clock.move(step)
                    # A longer one could outrun a claim that is just being made.
                    step = min(step * 1.5, CLAIM_LASTS / 2)

    @property
    def _is_idle(self) -> bool:
        return all(postman.is_idle for postman in self.postmen)

    async def quiet(self, seconds: float = 0.15) -> None:
        """Give the postmen some real time in which nothing may happen."""
        for postman in self.postmen:
            postman.nudge()
        await asyncio.sleep(seconds)

    async def pass_over(self, time: timedelta) -> None:
        """Move the clock as soon as nothing is on its way, as no message is on its way for long."""
        await until(lambda: self._is_idle and not self.slack.api_calls_in_flight)
        self.clock.move(time)

    async def kill(self, postman: Postman) -> None:
        """Stop a postman without letting it finish anything."""
        with suppress(TimeoutError):
            await asyncio.wait_for(postman.stop(), 0.001)

    async def revive(self, place_id: str | None) -> None:
        async with self.db.begin() as session:
            await undelivered.revive_in(session, place_id, self.clock())

    async def _is_settled(self) -> bool:
        # One look is several questions, between which a post may make another one due.
        return await self._looks_settled() and await self._looks_settled()

    async def _looks_settled(self) -> bool:
        # In this order: what a postman does last may be to make another post due.
        if not self._is_idle:
            return False
        async with self.db() as session:
            return not await claims.is_anything_due(session, self.clock())

    def said(self, place_id: str = MATH) -> list[str]:
        """Return what the bot said there, in order."""
        person = place_id in self.slack.users
        channel = self.slack.direct_message(place_id) if person else self.slack.channels[place_id]
        return [one["text"] for one in channel.messages if one.get("bot_id")]

    def calls(self, method: str = "chat.postMessage") -> list[Any]:
        return [call for call in self.slack.calls if call.method == method]

    def refusals(self, error: str) -> list[Any]:
        return [call for call in self.slack.calls if (call.response or {}).get("error") == error]


def a_post(key: str, place_id: str = MATH, **traits: Any) -> Post:
    """Return a post as `Post.add` would keep it."""
    given = {"key": key, "place_id": place_id, "kind": NOTE, "due_at": NOW}
    return Post(**given | {"workspace_id": WORKSPACE} | traits)
