"""Messages in Slack: the words of the commands, said directly or after @Staffroom.

(a direct message)              does what the command of that word does
(a number in a direct message)  features listen first: "18 of 26" is a value for a pilot
(that message edited, deleted)  features hear of it as well
@Staffroom WORD …               the same anywhere the bot is a member, threads included
(a message in a community)      features follow it: replies are counted, edited, deleted
(an emoji under a message)      features follow it as well, when it comes and when it goes
(a word nearly right)           is answered with the right one
(a message not understood)      a short hint, once a day, once an hour in direct messages
(a single word not understood)  a short hint each time in direct messages
"""

import re
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from rapidfuzz import fuzz, process
from slack_bolt.async_app import AsyncBoltContext
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.message import Message
from handlers.blocks.messages import hint
from handlers.blocks.text import unescape
from handlers.request import Again, Reply, as_command
from handlers.request.reacting import Reacted, reacted_of
from handlers.request.saying import Said, said_of
from handlers.request.words import WORDS, bare, command_in, is_courtesy
from models.database import Database
from models.members import Member
from models.time import Clock

__all__ = [
    "WORDS",
    "Follow",
    "Hear",
    "Heard",
    "React",
    "Reacted",
    "Said",
    "Talk",
    "register",
    "said_of",
]

# Nobody is led to `stop` by a slip of the finger.
GUESSED = [word for word in WORDS if word != "stop"]
NEAR_ENOUGH = 75
# Who talks with the bot alone disturbs nobody by trying again.
HINTS_EVERY, DIRECT_HINTS_EVERY = timedelta(days=1), timedelta(hours=1)

# They return whose App Home shows something else from now on, if anybody's does.
Follow = Callable[[AsyncSession, Said, datetime], Awaitable[Collection[str] | None]]
React = Callable[[AsyncSession, Reacted, datetime], Awaitable[Collection[str] | None]]


@dataclass(frozen=True)
class Heard:
    """What a feature answers to words it understood; `is_change` of something on App Home.

    Without a `message` they were answered before.
    """

    message: Message | None
    is_change: bool


# Words to the bot that are no command, or what became of them, with the name of the bot taken off;
# None: not understood.
Hear = Callable[[AsyncSession, Said, datetime], Awaitable[Heard | None]]


class Page(Protocol):
    """App Home, as far as it is drawn anew from here."""

    async def refresh(self, *member_ids: str) -> None: ...


def register(app: Any) -> None:
    app.event("app_mention")(answer_mention)
    app.event("message")(take_in)
    for reaction in ("reaction_added", "reaction_removed"):
        app.event(reaction)(take_in_reaction)


async def take_in_reaction(
    event: dict[str, Any],
    context: AsyncBoltContext,
    db: Database,
    clock: Clock,
    reactors: Sequence[React],
    home: "Page",
) -> None:
    """Let the features follow an emoji under a message; what the bot itself does means nothing."""
    reacted = reacted_of(event)
    if reacted is None or reacted.member_id == context.bot_user_id:
        return
    concerned: set[str] = set()
    async with db.begin() as session:
        for react in reactors:
            concerned.update(await react(session, reacted, clock()) or ())
    await home.refresh(*concerned)


async def answer_mention(
    event: dict[str, Any],
    context: AsyncBoltContext,
    db: Database,
    clock: Clock,
    hearers: Sequence[Hear],
    talk: "Talk",
) -> None:
    """Do what the words after the bot's name say."""
    if event.get("bot_id") or event.get("edited"):
        return
    text = str(event.get("text") or "")
    _, *after = re.split(_name_of(context), text, maxsplit=1)
    words = after[0] if after else ""
    said = said_of(event)
    async with db.begin() as session:
        # Taking note of the event comes first: delivered twice, the bot answers once.
        heard = await _heard(session, said, words, hearers, clock()) if said else None
    await talk.answer(heard, words)


async def take_in(
    event: dict[str, Any],
    context: AsyncBoltContext,
    db: Database,
    clock: Clock,
    followers: Sequence[Follow],
    hearers: Sequence[Hear],
    talk: "Talk",
) -> None:
    """Obey what is said to the bot directly; let the features follow what is said in a channel."""
    said = said_of(event)
    is_direct = event.get("channel_type") == "im"
    name = re.match(rf"\s*{_name_of(context)}", said.text) if said else None
    heard, words = None, said.text[name.end() if name else 0 :] if said else ""
    is_to_us = is_direct and _is_from_somebody(said, context)
    concerned: set[str] = set()
    async with db.begin() as session:
        # Words to the bot are no reply to whoever else wrote in the thread.
        if said is not None and not is_direct and not (name and said.change != "deleted"):
            for follow in followers:
                concerned.update(await follow(session, said, clock()) or ())
        if said is not None and is_to_us:
            heard = await _heard(session, said, words, hearers, clock())
    await talk.home.refresh(*concerned)
    if said is not None and said.member_id and is_to_us and (heard or said.change == "new"):
        # Of a change Slack does not say who made it, and nobody changes another's words.
        await replace(talk, member_id=said.member_id).answer(heard, words)


def _is_from_somebody(said: Said | None, context: AsyncBoltContext) -> bool:
    if said is None or said.member_id in (None, context.bot_user_id):
        return False
    return said.change != "changed" or said.is_put_differently


async def _heard(
    session: AsyncSession, said: Said, words: str, hearers: Sequence[Hear], now: datetime
) -> Heard | None:
    """Return what the first feature answers that understands the words."""
    for hear in hearers:
        if heard := await hear(session, replace(said, text=words), now):
            return heard
    return None


def _name_of(context: AsyncBoltContext) -> str:
    """Return a pattern for the mention of the bot."""
    return rf"<@{context.bot_user_id}(?:\|[^>]*)?>"


@dataclass(frozen=True)
class Talk:
    """Turns words into the commands they stand for, through the same handlers.

    `body` is the event they came with.
    """

    body: dict[str, Any]
    member_id: str
    db: Database
    clock: Clock
    reply: Reply
    again: Again
    home: Page

    async def answer(self, heard: Heard | None, words: str) -> None:
        """Say what a feature answers to the words; without an answer obey them."""
        if heard is None:
            await self.obey(words)
            return
        if heard.message is not None:
            await self.reply(heard.message)
        if heard.is_change:
            await self.home.refresh(self.member_id)

    async def obey(self, words: str) -> None:
        """Do what the words say, or give a short hint now and then."""
        if not words.strip() and not self.body["event"].get("files"):
            # Only the bot's name was said: whoever calls wants to know what it can do.
            words = "help"
        if meant := command_in(words):
            await self.again(as_command(self.body, *meant))
            return
        first, *more = words.split(maxsplit=1) or [""]
        await self._hint(first, is_short=not more or first.startswith("/"))

    async def _hint(self, word: str, *, is_short: bool) -> None:
        """Say that the words were not understood; alone with somebody also to each short word."""
        said = bare(word)
        is_direct = self.body["event"].get("channel_type") == "im"
        if is_direct and is_courtesy(word):
            return
        near = process.extractOne(said, GUESSED, scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
        every = DIRECT_HINTS_EVERY if is_direct else HINTS_EVERY
        # One word alone was meant as a command, and to silence one would only repeat it.
        if near or await self._is_due_a_hint(every) or (is_direct and is_short):
            await self.reply(hint(unescape(word), near[0] if near else None))

    async def _is_due_a_hint(self, every: timedelta) -> bool:
        """Say whether this person had no hint for so long; from now on they had one."""
        now = self.clock()
        async with self.db.begin() as session:
            await Member.note_all(session, [self.member_id])
            member = await Member.find(session, self.member_id)
            if member is None or (member.hinted_at and now - member.hinted_at < every):
                return False
            member.hinted_at = now
        return True
