"""Opening: the form for a new pilot, from a command or a button, with what is known already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks.pilots.forms import MORE_CHOICES, start_form
from handlers.blocks.pilots.ids import START, start_value
from handlers.blocks.pilots.started import too_long_to_fit
from handlers.blocks.text import unescape
from handlers.pilots.sheets import Beginning, first_sheet, origin_in, sheet_again
from handlers.request import Forms, Where, facts_in
from models.database import Database
from models.drafts import Draft
from models.ids import id_from
from models.members import Member
from models.pilots import starting
from models.pilots.plan import LENGTHS
from models.practices import finding
from models.practices.practice import Practice
from models.text import clean
from models.time import Clock


def register(app: Any) -> None:
    app.command("/pilot", "start")(open_from_command)
    app.action(START)(open_from_button)
    app.action(MORE_CHOICES)(show_more)


async def open_from_command(
    ack: AsyncAck,
    body: dict[str, Any],
    member: Member,
    db: Database,
    where: Where,
    forms: Forms,
    clock: Clock,
) -> None:
    """Open the form; words after it name a practice, or are what is tried in one's own words."""
    await ack()
    _, *rest = clean(unescape(str(body.get("text") or ""))).split(maxsplit=1) or [""]
    words = "".join(rest)
    facts, typed = await _meant(db, words)
    await _open(Beginners(member, db, where, forms, clock), facts, typed)
    if len(words) > LENGTHS["aim"]:
        await forms.reply(too_long_to_fit(words))


async def open_from_button(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    db: Database,
    where: Where,
    forms: Forms,
    clock: Clock,
) -> None:
    """Open the form with what the button knows, or with a draft."""
    await ack()
    value = str(action.get("value") or "")
    facts, typed = facts_in(value), {}
    if draft_id := id_from(value):
        async with db() as session:
            draft = await Draft.of(session, draft_id, member.member_id)
        facts = draft.fields if draft else {}
        typed = {name: one for name, one in facts.items() if name in LENGTHS}
        typed |= {"draft_id": draft.id} if draft else {}
    await _open(Beginners(member, db, where, forms, clock), facts, typed)


@dataclass(frozen=True)
class Beginners:
    """Who wants to begin, and what opening the form takes."""

    member: Member
    db: Database
    where: Where
    forms: Forms
    clock: Clock


async def _open(by: Beginners, facts: Mapping[str, Any], typed: dict[str, Any]) -> None:
    communities = await by.where.choices()
    if not communities:
        raise await by.where.nothing_here(" ".join(str(one) for one in typed.values()))
    beginning = Beginning(
        facts=facts, typed=typed, communities=communities, asked_in=by.where.channel_id
    )
    async with by.db() as session:
        sheet = await first_sheet(session, beginning, by.member, by.clock())
        if sheet.origin.adapts:
            await starting.require_next(session, sheet.origin.adapts)
    ids = origin_in(facts)
    kept = typed | ids if typed else {}
    await by.forms.open(start_form(sheet), opener=START, typed=kept, value=start_value(**ids))


async def _meant(db: Database, words: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the practice that the words name, or what field they go to."""
    if not words:
        return {}, {}
    if len(words) > LENGTHS["practice_name"]:
        return {}, {"aim": words}
    async with db() as session:
        found = await finding.by_name(session, words)
    if isinstance(found, Practice):
        return {"practice_id": found.id}, {}
    return {}, {"practice_name": words}


async def show_more(
    ack: AsyncAck,
    body: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    client: AsyncWebClient,
) -> None:
    """Show every field, with what is filled in so far."""
    await ack()
    view = body["view"]
    async with db() as session:
        sheet = await sheet_again(session, view, member, clock())
    full = start_form(replace(sheet, is_full=True))
    await client.views_update(view_id=view["id"], hash=view.get("hash"), view=full)
