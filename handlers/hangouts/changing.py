"""Changing: facilitators move a hangout, call it off or give it back.

/hangout move [date], [Move a hangout]           opens a form: which one, and when instead
/hangout skip [date], cancel, [Call one off]     opens a form: which one, and why
[Hold it after all]                              gives back what was called off
⋯ on the schedule                                opens each of these forms, the plan and the swap
(a hangout changes)                              who signed up for it gets a letter
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import read_form
from handlers.blocks.hangouts.changing import (
    call_off_form,
    called_off,
    move_form,
    moved,
    restored,
)
from handlers.blocks.hangouts.ids import CALL_OFF, GIVE_IT_AGAIN, LEAD, MOVE
from handlers.blocks.hangouts.schedule import Lead, lead_chosen
from handlers.hangouts import retelling
from handlers.hangouts.choosing import choices_for, named_in
from handlers.hangouts.holding import to_change
from handlers.hangouts.planning import open_plan
from handlers.hangouts.swapping import open_swap
from handlers.home import Home
from handlers.request import Forms, Reply, Where
from models.database import Database
from models.errors import NotHereError, RuleError
from models.hangouts import changes
from models.hangouts.hangout import NOBODY, Hangout
from models.hangouts.standings import HangoutStanding
from models.members import Member
from models.time import Clock

# The letters about these changes, and about those of the plan.
POSTS = retelling.POSTS

TO_MOVE, TO_CALL_OFF = "move a hangout", "call a hangout off"


def register(app: Any) -> None:
    app.command("/hangout", "move")(open_move)
    app.command("/hangout", "skip")(open_call_off)
    app.command("/hangout", "cancel")(open_call_off)
    app.action(MOVE)(open_move)
    app.action(CALL_OFF)(open_call_off)
    app.action(GIVE_IT_AGAIN)(restore)
    app.action(LEAD)(open_choice)
    app.view(MOVE)(move)
    app.view(CALL_OFF)(call_off)


async def open_move(
    ack: AsyncAck,
    body: dict[str, Any],
    member: Member,
    where: Where,
    db: Database,
    clock: Clock,
    forms: Forms,
) -> None:
    """Open the form that moves one of the coming hangouts."""
    await ack()
    choices = await choices_for(body, where, db, member, clock, TO_MOVE)
    form = move_form(choices.on, choices.chosen, is_sure=choices.is_sure)
    await forms.open(form, opener=MOVE, typed={}, value=str(choices.chosen.id))


async def open_call_off(
    ack: AsyncAck,
    body: dict[str, Any],
    member: Member,
    where: Where,
    db: Database,
    clock: Clock,
    forms: Forms,
) -> None:
    """Open the form that calls one of the coming hangouts off."""
    await ack()
    choices = await choices_for(body, where, db, member, clock, TO_CALL_OFF)
    form = call_off_form(choices.on, choices.chosen)
    await forms.open(form, opener=CALL_OFF, typed={}, value=str(choices.chosen.id))


async def open_choice(
    ack: AsyncAck,
    body: dict[str, Any],
    action: dict[str, Any],
    member: Member,
    where: Where,
    db: Database,
    clock: Clock,
    forms: Forms,
    reply: Reply,
    home: Home,
) -> None:
    """Open what was chosen in the menu of facilitators."""
    choice, _ = lead_chosen(str((action.get("selected_option") or {}).get("value") or ""))
    match choice:
        case Lead.PLAN:
            await open_plan(ack, body, member, where, db, clock, forms)
        case Lead.MOVE | Lead.MOVE_ANY:
            await open_move(ack, body, member, where, db, clock, forms)
        case Lead.CALL_OFF:
            await open_call_off(ack, body, member, where, db, clock, forms)
        case Lead.SWAP:
            await open_swap(ack, body, member, where, db, clock, forms)
        case Lead.RESTORE:
            await restore(ack, body, member, db, clock, reply, home)
        case _:
            raise NotHereError("I do not know that choice. Please open the menu again.")


async def move(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Move it, and tell whoever signed up."""
    answers = read_form(view)
    to = answers.get("starts_at")
    if not isinstance(to, datetime):
        raise RuleError("Please choose a day and a time.", field="starts_at")
    async with db.begin() as session:
        held = await to_change(session, answers.get("hangout_id"), member, TO_MOVE)
        hangout, by = held.hangout, member.member_id
        await changes.move(session, hangout, held.community, to, by=by, now=clock())
        told = await _others(session, hangout, by)
    await ack()
    await reply(moved(hangout, len(told)), place_id=held.community.channel_id)
    await home.refresh(*{by, *told})


async def call_off(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Call it off, and tell whoever signed up."""
    answers = read_form(view)
    why = answers.get("called_off_why")
    async with db.begin() as session:
        held = await to_change(session, answers.get("hangout_id"), member, TO_CALL_OFF)
        hangout, by = held.hangout, member.member_id
        await changes.call_off(session, hangout, held.community, why, by=by, now=clock())
        told = await _others(session, hangout, by)
    await ack()
    await reply(called_off(hangout, len(told)), place_id=held.community.channel_id)
    await home.refresh(*{by, *told})


async def restore(
    ack: AsyncAck,
    body: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Let a hangout that was called off take place after all."""
    await ack()
    async with db.begin() as session:
        held = await to_change(session, named_in(body), member, "hold it after all")
        hangout, by = held.hangout, member.member_id
        await changes.restore(session, hangout, held.community, by=by, now=clock())
        told = await _others(session, hangout, by)
    await reply(restored(hangout, len(told)))
    await home.refresh(*{by, *told})


async def _others(session: AsyncSession, hangout: Hangout, by: str) -> list[str]:
    """Return who comes or leads besides whoever changed it: those who get a letter."""
    standing = await HangoutStanding.of(session, hangout)
    everyone = dict.fromkeys([*standing.coming_ids, hangout.facilitator_id])
    return [one for one in everyone if one not in (by, NOBODY)]
