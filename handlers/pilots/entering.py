"""Entering: a value, noted in ten seconds.

/pilot log 18/26 they explained …   notes it at once; several pilots run: asks for which one
/pilot log, [Log], the shortcut     opens the form: value, what was seen, what surprised, evidence
(the form)                          notes it, and asks once more where a student may be named
"""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import carried, carried_by, read_form
from handlers.blocks.pilots.entering import (
    LOG_DRAFT,
    LOG_FOR,
    LOG_FORM,
    log_form,
    nothing_running,
)
from handlers.blocks.pilots.ids import LOG
from handlers.blocks.problems.fields import doubts_about
from handlers.blocks.text import unescape
from handlers.home import Home
from handlers.pilots.noting import (
    Spoken,
    file_in,
    noted,
    take,
    today_for,
)
from handlers.request import Forms, Reply, request_key, said_in
from models.database import Database
from models.drafts import Draft
from models.errors import NotHereError
from models.ids import id_from
from models.pilots import finding, observing
from models.pilots.entries import Entry
from models.pilots.measures import read_value
from models.text import clean
from models.time import Clock

KEPT_NO_MORE = "That is noted already, or it is too long ago. `/pilot` shows what you noted."


def register(app: Any) -> None:
    app.command("/pilot", "log")(log)
    app.shortcut(LOG)(open_form)
    app.action(LOG)(open_form)
    app.action(LOG_DRAFT)(open_draft)
    app.action(re.compile(rf"^{re.escape(LOG_FOR)}\.\d+$"))(log_for)
    app.view(LOG_FORM)(submit)


async def log(
    ack: AsyncAck,
    body: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    forms: Forms,
    reply: Reply,
    home: Home,
) -> None:
    """Note what was typed after the word; without anything after it, open the form.

    A value is acknowledged when it is kept, so that Slack says so if it could not be.
    """
    _, *rest = clean(unescape(str(body.get("text") or ""))).split(maxsplit=1)
    if not rest:
        await ack()
        await _open(db, clock, forms, reply, "")
        return
    async with db.begin() as session:
        spoken = Spoken(member_id, rest[0], request_key(body), said_in(body))
        taken = await take(session, spoken, clock())
    await ack()
    if taken.is_repeated:
        return
    if taken.form is not None and body.get("trigger_id"):
        await forms.open(taken.form, opener=LOG_DRAFT, typed={"draft_id": taken.draft_id})
        return
    await reply(taken.message)
    if taken.is_noted:
        await home.refresh(member_id)


async def open_form(
    ack: AsyncAck, body: dict[str, Any], db: Database, clock: Clock, forms: Forms, reply: Reply
) -> None:
    """Open the form, of several pilots for the one on the button."""
    await ack()
    [action, *_] = body.get("actions") or [{}]
    await _open(db, clock, forms, reply, str(action.get("value") or ""))


async def _open(db: Database, clock: Clock, forms: Forms, reply: Reply, value: str) -> None:
    """Open the form for the pilot in a button's value, or for the choice among all that run."""
    async with db() as session:
        if value:
            pilots = [await finding.owned_by(session, value, reply.member_id)]
            observing.require_running(pilots[0])
        else:
            pilots = list(await finding.running(session, reply.member_id))
        today = await today_for(session, pilots[0], clock()) if pilots else None
    if today is None:
        await reply(nothing_running())
        return
    only = pilots[0].id if len(pilots) == 1 else None
    metadata = carried(pilot_id=only, asked_in=said_in(reply.body))
    await forms.open(
        log_form(pilots, today=today, metadata=metadata), opener=LOG, typed={}, value=value
    )


async def open_draft(
    ack: AsyncAck,
    body: dict[str, Any],
    action: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    forms: Forms,
) -> None:
    """Open the form with what was kept of a message or command."""
    await ack()
    async with db() as session:
        draft = await _draft(session, action.get("value"), member_id)
        chosen = draft.fields.get("pilot_id")
        if chosen:
            pilots = [await finding.owned_by(session, chosen, member_id)]
        else:
            pilots = list(await finding.running(session, member_id))
        if not pilots:
            raise NotHereError(KEPT_NO_MORE)
        today = await today_for(session, pilots[0], clock())
    metadata = carried(pilot_id=chosen, draft_id=draft.id, asked_in=said_in(body))
    form = log_form(pilots, today=today, metadata=metadata, typed=draft.fields)
    await forms.open(form, opener=LOG_DRAFT, typed={"draft_id": draft.id})


async def log_for(
    ack: AsyncAck,
    body: dict[str, Any],
    action: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    forms: Forms,
    reply: Reply,
    home: Home,
) -> None:
    """Note what was kept, for the pilot on the button; pressed twice it is noted once."""
    await ack()
    draft_id, _, pilot_id = str(action.get("value") or "").partition(":")
    async with db.begin() as session:
        draft = await _draft(session, draft_id, member_id)
        spoken = Spoken(member_id, draft.fields["text"], draft.fields["key"], said_in(body))
        taken = await take(session, spoken, clock(), pilot_id=id_from(pilot_id), draft=draft)
    if taken.form is not None:
        await forms.open(taken.form, opener=LOG_DRAFT, typed={"draft_id": taken.draft_id})
        return
    await reply(taken.message, replace=True)
    if taken.is_noted:
        await home.refresh(member_id)


async def submit(
    ack: AsyncAck,
    body: dict[str, Any],
    view: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Note what the form says, ask once more where a student may be named, or say what is wrong."""
    answers, facts = read_form(view), carried_by(view)
    typed = answers | file_in(view, facts)
    async with db.begin() as session:
        chosen = answers.get("pilot_id") or facts.get("pilot_id")
        pilot = await finding.owned_by(session, chosen, member_id, for_update=True)
        today = await today_for(session, pilot, clock())
        value = read_value(str(answers.get("value") or ""), pilot.measure)
        entry = Entry.of(value, typed, on_date=answers.get("on_date"), today=today)
        doubts = doubts_about(entry.words, answers)
        if not doubts:
            key, now = request_key(body), clock()
            is_repeated = await observing.made_by(session, key) is not None
            row = await observing.log(session, pilot, entry, request_key=key, now=now)
            await Draft.done(session, facts.get("draft_id"), member_id)
            is_new = row.request_key == key
            answer = await noted(session, row, member_id, is_new=is_new)
    if doubts:
        metadata = carried(**(facts | file_in(view, facts) | {"pilot_id": pilot.id}))
        again = log_form([pilot], today=today, metadata=metadata, typed=typed, suspicions=doubts)
        await ack(response_action="update", view=again)
        return
    await ack()
    if is_repeated:
        return
    await reply(answer, place_id=facts.get("asked_in"))
    await home.refresh(member_id)


async def _draft(session: AsyncSession, value: object, member_id: str) -> Draft:
    """Return what was kept; the id may be forged. Raises NotHereError."""
    draft = await Draft.of(session, id_from(value) or 0, member_id)
    if draft is None or "key" not in draft.fields:
        raise NotHereError(KEPT_NO_MORE)
    return draft
