"""Showering: colleagues write to one of them, and the notes arrive together.

/thanks shower @ana …   facilitators: the form, with who and the occasion already in it
(the form)              every other member of the community gets a letter within a minute
[Write a note]          the form of thanks; a note waits for its day
[Call it off]           for whoever opened it; what was written goes back to its writers
(15:00 on that day)     the notes arrive, in one letter or a few; without any nobody hears of it
"""

import json
import re
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.text import unescape
from handlers.blocks.thanks.ids import SHOWER
from handlers.blocks.thanks.showering import CALL_OFF, called_off, opened, shower_form
from handlers.introductions import introduce
from handlers.looking_after import looked_after
from handlers.request import Forms, Reply, Where, facts_in, request_key
from handlers.thanks.arriving import POSTS, end, keep_showers_going, next_moment, occasion_of
from handlers.thanks.naming import People
from models.communities import Community
from models.database import Database
from models.ids import id_from
from models.members import Member
from models.text import one_line
from models.thanks import showering
from models.thanks.naming import Roster
from models.thanks.showering import OCCASION_LENGTH, Plan
from models.time import Clock

__all__ = ["POSTS", "keep_showers_going", "next_moment", "register"]

TO_OPEN = "open a shower"
_MENTION = re.compile(r"<@(\w+)(?:\|[^>]*)?>")


def register(app: Any) -> None:
    app.command("/thanks", "shower")(open_form)
    app.action(SHOWER)(open_from_button)
    app.view(SHOWER)(open_shower)
    app.action(CALL_OFF)(call_off)


async def open_form(
    ack: AsyncAck,
    body: dict[str, Any],
    member: Member,
    where: Where,
    db: Database,
    clock: Clock,
    client: AsyncWebClient,
    forms: Forms,
) -> None:
    """Open the form; who is named is chosen in it already, other words are the occasion."""
    await ack()
    _, *rest = str(body.get("text") or "").split(maxsplit=1)
    community = await where.community()
    roster = await People(db, clock, client).roster([community])
    await _open(community.id, _named("".join(rest), roster), member, db, forms)


def _named(text: str, roster: Roster) -> dict[str, Any]:
    """Return whom the words name first, mentioned by Slack or typed after an @, and the rest.

    A name that several people have, or nobody, stays among the words: the form asks who.
    """
    if mentioned := _MENTION.search(text):
        member_id: str | None = mentioned[1]
        text = text.replace(mentioned[0], "", 1)
    else:
        first, *more = text.split(maxsplit=1) or [""]
        meant = roster.meant(first) if first.startswith("@") else []
        member_id = meant[0] if len(meant) == 1 else None
        text = "".join(more) if member_id else text
    return {"member_id": member_id, "occasion": one_line(unescape(text))[:OCCASION_LENGTH]}


async def open_from_button(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    where: Where,
    db: Database,
    forms: Forms,
) -> None:
    """Open the form, for the community that the button names or the one that is meant."""
    await ack()
    value = str(action.get("value") or "")
    facts = facts_in(value)
    named = id_from(facts.get("community_id") or value)
    await _open(named or (await where.community()).id, facts, member, db, forms)


async def _open(
    community_id: int, facts: dict[str, Any], member: Member, db: Database, forms: Forms
) -> None:
    async with db() as session:
        community = await looked_after(session, community_id, member, TO_OPEN)
    known = {name: str(facts[name]) for name in ("member_id", "occasion") if facts.get(name)}
    view = shower_form(community, known.get("member_id"), known.get("occasion"))
    # So few words fit into the button itself that opens the form later.
    value = json.dumps(known | {"community_id": community.id})
    await forms.open(view, opener=SHOWER, typed={}, value=value)


async def open_shower(
    ack: AsyncAck,
    body: dict[str, Any],
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    client: AsyncWebClient,
    reply: Reply,
) -> None:
    """Keep the shower, or leave the form open with what does not fit."""
    answers = read_form(view)
    plan = Plan.of(
        member_id=answers.get("member_id"),
        on_date=answers.get("on_date"),
        occasion=answers.get("occasion"),
    )
    await introduce(db, clock, client, plan.member_id)
    async with db.begin() as session:
        community_id = carried_by(view).get("community_id")
        community = await looked_after(session, community_id, member, TO_OPEN)
        # Two facilitators who open one for the same person at once: the second one is told.
        await Community.locked(session, community.id)
        shower = await showering.open_shower(
            session,
            plan,
            community=community,
            by=member,
            request_key=request_key(body),
            now=clock(),
        )
        about = await occasion_of(session, shower)
    await ack()
    await reply(opened(about), place_id=community.channel_id)


async def call_off(
    ack: AsyncAck,
    action: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """End the shower; pressed twice it is ended once."""
    await ack()
    async with db.begin() as session:
        shower = await showering.to_call_off(session, action.get("value"), member_id, clock())
        await end(session, shower, clock())
        about = await occasion_of(session, shower)
    await reply(called_off(about))
