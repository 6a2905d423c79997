"""Marking: what changed on the way, as a mark on the chart.

[Note a change]         the form: a few words, and since when
[Take the mark away]    the chart is without it; the list of what I noted is shown anew
"""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import carried, carried_by, read_form
from handlers.blocks.message import Message
from handlers.blocks.pilots.ids import NOTE_CHANGE
from handlers.blocks.pilots.observations import (
    CHANGE_FORM,
    REMOVE_CHANGE,
    change_form,
    change_noted,
    value_list,
)
from handlers.blocks.problems.fields import doubts_about
from handlers.home import Home
from handlers.pilots.noting import today_for
from handlers.request import Forms, Reply, request_key, said_in
from models.database import Database
from models.ids import id_from
from models.pilots import changing, finding, observing
from models.pilots.entries import day_noted
from models.time import Clock


def register(app: Any) -> None:
    app.action(NOTE_CHANGE)(open_change)
    app.view(CHANGE_FORM)(keep_change)
    app.action(REMOVE_CHANGE)(remove_change)


async def open_change(
    ack: AsyncAck,
    body: dict[str, Any],
    action: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    forms: Forms,
) -> None:
    """Open the form for a mark on the chart."""
    await ack()
    value = str(action.get("value") or "")
    async with db() as session:
        pilot = await finding.owned_by(session, value, member_id)
        today = await today_for(session, pilot, clock())
    metadata = carried(pilot_id=pilot.id, asked_in=said_in(body))
    form = change_form(pilot, today=today, metadata=metadata)
    await forms.open(form, opener=NOTE_CHANGE, typed={}, value=value)


async def keep_change(
    ack: AsyncAck,
    body: dict[str, Any],
    view: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Put the mark on the chart."""
    answers, facts = read_form(view), carried_by(view)
    words = changing.change_words(answers.get("words"))
    doubts = doubts_about(words, answers)
    async with db.begin() as session:
        pilot = await finding.owned_by(session, facts.get("pilot_id"), member_id, for_update=True)
        today, now = await today_for(session, pilot, clock()), clock()
        on = day_noted(answers.get("on_date"), today)
        if not doubts:
            key = request_key(body)
            change = await changing.note_change(session, pilot, words, on, request_key=key, now=now)
    if doubts:
        metadata = view.get("private_metadata") or ""
        again = change_form(pilot, today=today, metadata=metadata, typed=answers, suspicions=doubts)
        await ack(response_action="update", view=again)
        return
    await ack()
    await reply(change_noted(pilot, change), place_id=facts.get("asked_in"))
    await home.refresh(member_id)


async def remove_change(
    ack: AsyncAck,
    action: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Take a mark off the chart and show what is left."""
    await ack()
    async with db.begin() as session:
        change_id = action.get("value")
        pilot = await changing.remove_change(session, change_id, member_id, clock())
        await session.flush()
        answer = await values_page(session, str(pilot.id), member_id)
    await reply(answer, replace=True)
    await home.refresh(member_id)


async def values_page(session: AsyncSession, value: str, member_id: str) -> Message:
    """Return the page of a button's value, "PILOT" or "PILOT:PAGE", which may be forged."""
    pilot_id, _, number = value.partition(":")
    pilot = await finding.owned_by(session, pilot_id, member_id)
    page = await observing.noted_in(session, pilot, id_from(number) or 0)
    return value_list(pilot, page, await changing.changes_in(session, pilot))
