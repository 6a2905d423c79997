"""Entering: thanks in one line, from a command or from words to the bot.

/thanks @ana because …      says it at once, or asks what is unclear
/thanks                     the form
[a name, a community]       goes on with the words that were kept
/thanks help                a few examples
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rapidfuzz import process
from slack_bolt.async_app import AsyncAck

from handlers.blocks.text import unescape
from handlers.blocks.thanks.giving import (
    CHOOSE,
    GONE,
    RUN,
    did_you_mean,
    left_over,
    one_moment,
    thanks_help,
)
from handlers.home import Home
from handlers.request import Again, Forms, Reply, Where, as_command, facts_in, request_key
from handlers.thanks.filling import open_form
from handlers.thanks.naming import People
from handlers.thanks.speaking import Asked, Speaking, Taken
from models.database import Database
from models.drafts import Draft
from models.errors import NotHereError
from models.ids import id_from
from models.members import Member
from models.text import clean
from models.thanks.wording import TEXT_LENGTH

WORDS = ("journal", "private", "shower", "customs", "help")
# rapidfuzz gives 0 to 100; a single word this near to one of ours was hardly meant as thanks.
NEAR_ENOUGH = 75
# Characters. What follows a word of ours is short, and a button takes 2,000.
OWN_WORDS_LENGTH = 1_000


def register(app: Any) -> None:
    app.command("/thanks", "help", alone=True)(show_help)
    app.command("/thanks")(thank)
    app.action(re.compile(rf"^{re.escape(CHOOSE)}\.\d+$"))(choose)
    app.action(RUN)(run_word)


async def show_help(ack: AsyncAck, reply: Reply) -> None:
    """Explain the command in a few lines."""
    await ack()
    await reply(thanks_help())


async def thank(
    ack: AsyncAck, body: dict[str, Any], member: Member, where: Where, forms: Forms, home: Home
) -> None:
    """Say it at once when it is clear; ask what is not; without words open the form.

    Thanks are acknowledged when they are kept, so that Slack says so if they could not be; when it
    is Slack that takes long, as soon as the words are kept.
    """
    told = str(body.get("text") or "").strip()
    if not told:
        await ack()
        await open_form(where, forms, {})
        return
    if near := _own_word(told):
        await ack()
        _, *rest = told.split(maxsplit=1)
        await forms.reply(did_you_mean(clean(unescape(told)), near, "".join(rest)))
        return

    async def meanwhile(draft_id: int) -> None:
        await ack()
        await forms.reply(one_moment(draft_id))

    speaking = Speaking(member, _people(forms), where, meanwhile)
    taken = await speaking.take(Asked(told=told, key=request_key(body)))
    await ack()
    await _tell(taken, where, forms, home)


def _own_word(told: str) -> str | None:
    """Return our own word that is meant by a slip of it; a name stands before "for" more likely."""
    first, second, *_ = [*told.split(maxsplit=2), "", ""]
    near = process.extractOne(first.casefold(), WORDS, score_cutoff=NEAR_ENOUGH)
    is_meant = near is not None and near[0] != "private" and len(told) <= OWN_WORDS_LENGTH
    is_name = second.casefold() in ("for", "because", "and") or first.endswith(",")
    return near[0] if near and is_meant and not is_name else None


def _people(forms: Forms) -> People:
    return People(forms.db, forms.clock, forms.client)


async def choose(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    db: Database,
    where: Where,
    forms: Forms,
    home: Home,
) -> None:
    """Go on with the words that were kept, now that it is clear who or which community is meant."""
    await ack()
    facts = facts_in(action.get("value"))
    # This transaction alone notes the press, so that one Slack tells of twice is no second one.
    async with db.begin() as session:
        draft = await Draft.of(session, id_from(facts.get("draft_id")) or 0, member.member_id)
    if draft is None or "told" not in draft.fields:
        raise NotHereError(GONE)
    taken = await Speaking(member, _people(forms), where).take(_asked_with(facts, draft))
    await _tell(taken, where, forms, home, replace=True)


def _asked_with(facts: Mapping[str, Any], draft: Draft) -> Asked:
    """Return the words of the draft, with what was chosen before and now."""
    kept = draft.fields
    chosen = dict(kept.get("chosen") or {})
    if facts.get("member_id"):
        chosen[str(facts.get("name"))] = str(facts["member_id"])
    return Asked(
        told=kept["told"],
        key=kept["key"],
        chosen=chosen,
        community_id=id_from(facts.get("community_id")) or kept.get("community_id"),
        draft_id=draft.id,
    )


async def _tell(
    taken: Taken, where: Where, forms: Forms, home: Home, *, replace: bool = False
) -> None:
    """Show the giver what became of it."""
    if taken.typed is not None:
        await open_form(where, forms, taken.typed)
        if rest := str(taken.typed.get("text") or "")[TEXT_LENGTH:]:
            await forms.reply(left_over(rest, TEXT_LENGTH))
    if taken.answer is not None:
        await forms.reply(taken.answer, replace=replace)
    if taken.said is not None and taken.said.is_new:
        await home.refresh(*taken.said.concerned)


async def run_word(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], again: Again
) -> None:
    """Do what the word on the button says, as if it had been typed."""
    await ack()
    value = str(action.get("value") or "")
    word, *_ = value.split(maxsplit=1) or [""]
    await again(as_command(body, "/thanks", value if word in WORDS else "help"))
