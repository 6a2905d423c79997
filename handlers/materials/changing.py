"""Changing: whoever saved a material, and facilitators of its community, edit and delete it.

[Edit], ⋯ Edit        the form with its words; what two change at once is kept of both
[Delete], ⋯ Delete    asks once, then its words are gone everywhere
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck

from handlers.blocks.forms import carried, carried_by
from handlers.blocks.materials.forms import EDIT_FORM, edit_form
from handlers.blocks.materials.ids import DELETE, EDIT
from handlers.blocks.materials.saving import DELETE_FORM, delete_form, deleted, edited
from handlers.blocks.problems.fields import doubts_about
from handlers.home import Home
from handlers.materials.filling import Filled
from handlers.request import Forms, Reply, said_in
from models.database import Database
from models.materials import changing
from models.materials.finding import changeable_by
from models.materials.material import Material
from models.materials.wording import Plan
from models.members import Member
from models.time import Clock


def register(app: Any) -> None:
    app.action(EDIT)(open_edit)
    app.action(DELETE)(open_delete)
    app.view(EDIT_FORM)(edit)
    app.view(DELETE_FORM)(delete)


async def open_edit(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, forms: Forms
) -> None:
    """Open the form with the words that are there, for those who may change them."""
    await ack()
    value = str(action.get("value") or "")
    async with db() as session:
        material = await changeable_by(session, value, member)
    typed: dict[str, Any] = changing.as_typed(material)
    metadata = carried(
        material_id=material.id,
        asked_in=said_in(forms.body),
        seen=json.dumps(changing.marks_of(material)),
    )
    typed |= {"file_name": material.file_name}
    view = edit_form(typed, metadata=metadata, is_own=material.owner_id == member.member_id)
    await forms.open(view, opener=EDIT, typed={}, value=value)


async def edit(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Keep the new words, ask once more where a student may be named, and show them everywhere."""
    async with db.begin() as session:
        filled = await Filled.of(session, view, member.member_id)
        wanted = filled.facts.get("material_id")
        material = await changeable_by(session, wanted, member, for_update=True)
        is_own = material.owner_id == member.member_id
        plan = _plan(filled, material, is_own=is_own)
        doubts = doubts_about(plan.wording.everything, filled.answers)
        if not doubts:
            await changing.edit(session, material, plan, by=member.member_id, now=clock())
    if doubts:
        again = edit_form(filled.typed, metadata=filled.metadata, is_own=is_own, suspicions=doubts)
        await ack(response_action="update", view=again)
        return
    await ack()
    await reply(edited(material), place_id=filled.facts.get("asked_in"))
    await home.refresh(member.member_id, material.owner_id)


def _plan(filled: Filled, material: Material, *, is_own: bool) -> Plan:
    """Return what the material shall be; what the writer left alone stays as it is by now.

    Who sees it only its owner changes, whatever a form may say.
    """
    file = {} if filled.facts.get("file_id") else {"file_id": material.file_id}
    file |= {"file_name": material.file_name} if file else {}
    answers = changing.with_others_words(material, filled.answers, filled.seen)
    if not is_own:
        answers |= {"circle": material.circle}
    plan = replace(filled, answers=answers, facts={**filled.facts, **file}).plan()
    return replace(plan, is_announced=material.is_announced)


async def open_delete(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, forms: Forms
) -> None:
    """Ask whether to delete it, for those who may."""
    await ack()
    value = str(action.get("value") or "")
    async with db() as session:
        material = await changeable_by(session, value, member)
    view = delete_form(material, said_in(forms.body))
    await forms.open(view, opener=DELETE, typed={}, value=value)


async def delete(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Delete it: its card says so, and its words are gone everywhere."""
    facts = carried_by(view)
    async with db.begin() as session:
        material = await changeable_by(session, facts.get("material_id"), member, for_update=True)
        title = material.title
        await changing.delete(session, material, clock())
    await ack()
    await reply(deleted(title), place_id=facts.get("asked_in"))
    await home.refresh(member.member_id, material.owner_id)
