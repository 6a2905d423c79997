"""Messages in Slack: the words of the commands, said directly or after @Staffroom.

(a direct message)              does what the command of that word does
@Staffroom WORD …               the same anywhere the bot is a member, threads included
(a message in a community)      features follow it: replies are counted, edited, deleted
(a message not understood)      a short hint, once a day
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from rapidfuzz import process
from slack_bolt.async_app import AsyncBoltContext
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.messages import hint
from handlers.blocks.text import unescape
from handlers.request import Again, Reply
from models.database import Database
from models.members import Member
from models.time import Clock

# Each word and the command it stands for; what follows it is the command's text.
WORDS = {
    "problem": ("/problem", ""),
    "problems": ("/problem", "list"),
    "list": ("/problem", "list"),
    "mine": ("/problem", "mine"),
    "unanswered": ("/problem", "unanswered"),
    "find": ("/problem", "find"),
    "staffroom": ("/staffroom", ""),
    "help": ("/staffroom", "help"),
    "setup": ("/staffroom", "setup"),
    "settings": ("/staffroom", "settings"),
    "status": ("/staffroom", "status"),
    "next": ("/staffroom", "next"),
    "start": ("/staffroom", "start"),
    "stop": ("/staffroom", "stop"),
}
NEAR_ENOUGH = 70
HINTS_EVERY = timedelta(days=1)
# Who wrote it is no person, or Slack tells of it in another event as well.
NOT_SAID = {"bot_message", "channel_join", "channel_leave", "group_join", "group_leave"}

Follow = Callable[[AsyncSession, "Said", datetime], Awaitable[None]]


@dataclass(frozen=True)
class Said:
    """One message in a channel, or what became of it: `change` is new, changed or deleted."""

    change: str
    channel_id: str
    ts: str
    thread_ts: str | None
    member_id: str | None
    text: str
    at: datetime


def register(app: Any) -> None:
    app.event("app_mention")(answer_mention)
    app.event("message")(take_in)
    for reaction in ("reaction_added", "reaction_removed"):
        app.event(reaction)(look_away)


async def look_away() -> None:
    """Reactions mean nothing yet; they are taken so that Slack does not send them again."""


async def answer_mention(
    event: dict[str, Any], context: AsyncBoltContext, db: Database, talk: "Talk"
) -> None:
    """Do what the words after the bot's name say."""
    if event.get("bot_id") or event.get("edited"):
        return
    async with db.begin():
        # Taking note of the event comes first: delivered twice, the bot answers once.
        pass
    name = rf"<@{context.bot_user_id}(?:\|[^>]*)?>"
    _, *after = re.split(name, str(event.get("text") or ""), maxsplit=1)
    await talk.obey(after[0] if after else "", event)


async def take_in(
    event: dict[str, Any],
    context: AsyncBoltContext,
    db: Database,
    clock: Clock,
    followers: Sequence[Follow],
    talk: "Talk",
) -> None:
    """Obey what is said to the bot directly; let the features follow what is said in a channel."""
    said = said_of(event)
    async with db.begin() as session:
        if said is not None and event.get("channel_type") != "im":
            for follow in followers:
                await follow(session, said, clock())
    if said is None or said.change != "new" or event.get("channel_type") != "im":
        return
    if said.member_id not in (None, context.bot_user_id) and not event.get("bot_id"):
        words = re.sub(rf"^\s*<@{context.bot_user_id}(?:\|[^>]*)?>", "", said.text)
        await talk.obey(words, event)


def said_of(event: dict[str, Any]) -> Said | None:
    """Return what a message event tells, or None when nobody said anything."""
    subtype = event.get("subtype")
    if subtype in NOT_SAID:
        return None
    match subtype:
        case "message_changed":
            change, message = "changed", event["message"]
        case "message_deleted":
            change, message = "deleted", event.get("previous_message") or {}
            message = {"ts": event.get("deleted_ts")} | message
        case _:
            change, message = "new", event
    if message.get("subtype") == "tombstone":
        # Slack keeps the place of a deleted message that has a thread.
        change = "deleted"
    is_person = not (message.get("bot_id") or message.get("subtype") in NOT_SAID)
    return Said(
        change=change,
        channel_id=event["channel"],
        ts=str(message.get("ts")),
        thread_ts=message.get("thread_ts"),
        member_id=message.get("user") if is_person else None,
        text=str(message.get("text") or ""),
        at=datetime.fromtimestamp(float(message.get("ts") or 0), UTC),
    )


@dataclass(frozen=True)
class Talk:
    """Turns words into the commands they stand for, through the same handlers."""

    workspace_id: str
    member_id: str
    db: Database
    clock: Clock
    reply: Reply
    again: Again

    async def obey(self, words: str, event: dict[str, Any]) -> None:
        """Do what the words say, or give a short hint once a day."""
        first, _, rest = words.strip().lstrip("/").partition(" ")
        word = first.casefold().strip(".!?:,")
        if word not in WORDS:
            await self._hint(first)
            return
        command, prefix = WORDS[word]
        await self.again(
            {
                "command": command,
                "text": f"{prefix} {rest.strip()}".strip(),
                "team_id": self.workspace_id,
                "user_id": self.member_id,
                "channel_id": event["channel"],
                "thread_ts": event.get("thread_ts"),
            }
        )

    async def _hint(self, word: str) -> None:
        async with self.db.begin() as session:
            member = await Member.find(session, self.member_id)
            if member is None:
                await Member.note_all(session, [self.member_id])
                member = await Member.find(session, self.member_id)
            now = self.clock()
            if member is None or (member.hinted_at and now - member.hinted_at < HINTS_EVERY):
                return
            member.hinted_at = now
        near = process.extractOne(word.casefold(), list(WORDS), score_cutoff=NEAR_ENOUGH)
        await self.reply(hint(unescape(word)[:100], near[0] if near else None))
