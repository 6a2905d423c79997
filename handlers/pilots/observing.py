"""Observing: what one noted oneself, seen again, changed and taken back.

[All I noted]           my values of one pilot, in pages, each with its buttons
[Add more], [Edit]      the form with a value as it is noted; keeping it changes the chart
[Take it back]          the value is gone; what was written comes back once, to copy
[Note it again]         the same value once more, because another lesson had it as well
[Note a change]         see marking.py
"""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncAck

from handlers.blocks.forms import carried, carried_by, read_form
from handlers.blocks.pilots.ids import OBSERVATIONS
from handlers.blocks.pilots.observations import (
    EDIT_VALUE,
    EDIT_VALUE_FORM,
    NOTE_AGAIN,
    TURN_VALUES,
    UNDO_VALUE,
    edit_value_form,
    everything_noted,
    gone_already,
    taken_back,
    typed_of,
)
from handlers.blocks.problems.fields import doubts_about
from handlers.home import Home
from handlers.pilots.marking import values_page
from handlers.pilots.noting import file_in, noted, today_for
from handlers.request import Forms, Reply, said_in
from models.database import Database
from models.errors import NotHereError
from models.pilots import observing
from models.pilots.entries import Entry
from models.pilots.measures import Value, read_value
from models.pilots.observation import Observation
from models.pilots.pilot import Pilot
from models.time import Clock


def register(app: Any) -> None:
    app.action(OBSERVATIONS)(show_values)
    app.action(re.compile(rf"^{re.escape(TURN_VALUES)}\.(earlier|later)$"))(turn_values)
    app.action(EDIT_VALUE)(open_value)
    app.view(EDIT_VALUE_FORM)(keep_value)
    app.action(UNDO_VALUE)(take_back)
    app.action(NOTE_AGAIN)(note_again)


async def show_values(
    ack: AsyncAck, action: dict[str, Any], member_id: str, db: Database, reply: Reply
) -> None:
    """Show what I noted in one pilot, the latest first."""
    await ack()
    async with db() as session:
        page = await values_page(session, str(action.get("value") or ""), member_id)
    await reply(page)


async def turn_values(
    ack: AsyncAck, action: dict[str, Any], member_id: str, db: Database, reply: Reply
) -> None:
    """Show the page the button leads to, in place of this one."""
    await ack()
    async with db() as session:
        answer = await values_page(session, str(action.get("value") or ""), member_id)
    await reply(answer, replace=True)


async def open_value(
    ack: AsyncAck,
    body: dict[str, Any],
    action: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    forms: Forms,
) -> None:
    """Open the form with a value as it is noted."""
    await ack()
    value = str(action.get("value") or "")
    async with db() as session:
        observation = await observing.own(session, value, member_id)
        if observing.is_gone(observation):
            raise NotHereError(observing.GONE)
        pilot = await session.get_one(Pilot, observation.pilot_id)
        today = await today_for(session, pilot, clock())
    metadata = carried(observation_id=observation.id, asked_in=said_in(body))
    form = edit_value_form(
        pilot, today=today, metadata=metadata, typed=typed_of(pilot, observation)
    )
    await forms.open(form, opener=EDIT_VALUE, typed={}, value=value)


async def keep_value(
    ack: AsyncAck,
    view: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Keep the value as the form has it now."""
    answers, facts = read_form(view), carried_by(view)
    async with db.begin() as session:
        pilot, observation = await observing.own_locked(
            session, facts.get("observation_id"), member_id
        )
        today, now = await today_for(session, pilot, clock()), clock()
        typed = answers | _file_kept(file_in(view, facts), observation)
        entry = Entry.of(
            _value(pilot, observation, answers.get("value")),
            typed,
            on_date=answers.get("on_date") or observation.on_date,
            today=today,
        )
        doubts = doubts_about(entry.words, answers)
        if not doubts:
            await observing.edit(session, pilot, observation, entry, now)
            answer = await noted(session, observation, member_id, is_new=True)
    if doubts:
        metadata = carried(**(facts | file_in(view, facts)))
        again = edit_value_form(
            pilot, today=today, metadata=metadata, typed=typed, suspicions=doubts
        )
        await ack(response_action="update", view=again)
        return
    await ack()
    await reply(answer, place_id=facts.get("asked_in"))
    await home.refresh(member_id)


def _value(pilot: Pilot, observation: Observation, typed: str | None) -> Value:
    """Return the value in the form; left as it was shown it is kept to the last digit."""
    if typed == typed_of(pilot, observation)["value"]:
        return Value(observation.value, observation.total)
    return read_value(typed or "", pilot.measure)


def _file_kept(chosen: dict[str, Any], observation: Observation) -> dict[str, Any]:
    """Return the file of the form, or the one that is there: a form cannot show it again."""
    if chosen["evidence_file_id"]:
        return chosen
    return {name: getattr(observation, name) for name in chosen}


async def take_back(
    ack: AsyncAck,
    action: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Take a value back, and give what was written with it once more."""
    await ack()
    async with db.begin() as session:
        pilot, observation = await observing.own_locked(session, action.get("value"), member_id)
        was_gone = observing.is_gone(observation)
        gone = everything_noted(pilot, observation)
        await observing.take_back(session, pilot, observation, clock())
    # In the list the other values stay.
    is_answer = str(action.get("block_id") or "") == UNDO_VALUE
    await reply(gone_already(pilot) if was_gone else taken_back(pilot, gone), replace=is_answer)
    await home.refresh(member_id)


async def note_again(
    ack: AsyncAck,
    action: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Note the same value once more; pressed twice it is once more all the same."""
    await ack()
    async with db.begin() as session:
        pilot, observation = await observing.own_locked(session, action.get("value"), member_id)
        row = await observing.log_again(session, pilot, observation, clock())
        gone = observing.is_gone(row)
        answer = gone_already(pilot) if gone else await noted(session, row, member_id, is_new=True)
    await reply(answer, replace=True)
    await home.refresh(member_id)
