"""Changing: what was planned, or whether the pilot is there at all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.models.views import View
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.message import Message
from handlers.blocks.pilots.forms import DELETE_FORM, EDIT_FORM, delete_form, edit_form
from handlers.blocks.pilots.ids import DELETE, EDIT
from handlers.blocks.pilots.started import deleted, plan_kept_words
from handlers.blocks.problems.fields import doubts_about
from handlers.home import Home
from handlers.pilots.drawing import view_of
from handlers.pilots.sheets import today_in
from handlers.request import Forms, Reply, said_in
from models.communities import Community
from models.database import Database
from models.members import Member
from models.pilots import finding, starting
from models.pilots.asking import next_ask
from models.pilots.plan import Plan
from models.time import Clock


def register(app: Any) -> None:
    app.action(EDIT)(open_edit)
    app.view(EDIT_FORM)(keep_edit)
    app.action(DELETE)(open_delete)
    app.view(DELETE_FORM)(delete)


async def open_edit(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, forms: Forms
) -> None:
    """Open the plan of one's own pilot that runs."""
    await ack()
    pilot_id = str(action.get("value") or "")
    async with db() as session:
        pilot = await finding.owned_by(session, pilot_id, member.member_id)
        starting.require_running(pilot)
        is_settled = await starting.is_settled(session, pilot)
    form = edit_form(pilot, is_settled=is_settled, asked_in=said_in(forms.body))
    await forms.open(form, opener=EDIT, typed={}, value=pilot_id)


async def keep_edit(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Keep the changed plan, or leave the form open with what does not fit."""
    async with db.begin() as session:
        answer = await _edited(session, view, member, clock())
    if isinstance(answer, View):
        await ack(response_action="update", view=answer)
        return
    await ack()
    await reply(answer, place_id=carried_by(view).get("asked_in"))
    await home.refresh(member.member_id)


async def _edited(
    session: AsyncSession, view: dict[str, Any], member: Member, now: datetime
) -> Message | View:
    """Return the pilot as it is planned now, or the form that asks once more."""
    answers, facts = read_form(view), carried_by(view)
    pilot_id = facts.get("pilot_id")
    pilot = await finding.owned_by(session, pilot_id, member.member_id, for_update=True)
    community = await session.get_one(Community, pilot.community_id)
    plan = Plan.edited(answers, pilot, today=today_in(community, member, now))
    if doubts := doubts_about(plan.everything, answers):
        return edit_form(
            pilot,
            is_settled=await starting.is_settled(session, pilot),
            asked_in=facts.get("asked_in"),
            typed=answers,
            suspicions=doubts,
        )
    await starting.edit(session, pilot, plan, now)
    words = plan_kept_words(pilot, next_ask(pilot, community.tz, now), community.tz)
    return await view_of(session, pilot, member.member_id, now, words)


async def open_delete(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, forms: Forms
) -> None:
    """Ask whether deleting is meant."""
    await ack()
    pilot_id = str(action.get("value") or "")
    async with db() as session:
        pilot = await finding.owned_by(session, pilot_id, member.member_id)
    form = delete_form(pilot, asked_in=said_in(forms.body))
    await forms.open(form, opener=DELETE, typed={}, value=pilot_id)


async def delete(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Delete the pilot with everything noted in it; its card says that it was taken back."""
    facts = carried_by(view)
    async with db.begin() as session:
        pilot_id = facts.get("pilot_id")
        pilot = await finding.owned_by(session, pilot_id, member.member_id, for_update=True)
        await starting.withdraw(session, pilot, clock())
    await ack()
    await reply(deleted(), place_id=facts.get("asked_in"))
    await home.refresh(member.member_id)
