"""Attaching: to practices, problems and hangouts, from either end.

[⋯ Attach to something]     asks beside what the material is to stand
[Attach a material]         on a practice, a problem or notes: asks which one, or saves a new one
(a tick taken away)         takes it off again
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.models.views import View
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import carried, carried_by, read_form
from handlers.blocks.materials.attaching import (
    ABOUT,
    ATTACH_FORM,
    CHOOSE,
    HERE_FORM,
    attach_form,
    attached,
    here_form,
    material_options,
    place_options,
    taken_off,
)
from handlers.blocks.materials.forms import save_form
from handlers.blocks.materials.ids import ATTACH, ATTACH_HERE
from handlers.materials.drawing import known_of
from handlers.request import Forms, Reply, Where, said_in
from models.database import Database
from models.errors import RuleError
from models.materials.attaching import Standing, attach, detach, to_detach
from models.materials.choosing import offered_materials
from models.materials.finding import seen_by
from models.materials.places import Target, offered, target_of
from models.members import Member
from models.time import Clock


def register(app: Any) -> None:
    app.action(ATTACH)(open_places)
    app.action(ATTACH_HERE)(open_materials)
    app.options(ABOUT)(offer_places)
    app.options(CHOOSE)(offer_materials)
    app.view(ATTACH_FORM)(keep_place)
    app.view(HERE_FORM)(keep_material)


async def open_places(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, forms: Forms
) -> None:
    """Ask beside what the material is to stand."""
    await ack()
    async with db() as session:
        material = await seen_by(session, action.get("value"), member.member_id)
        standing = await to_detach(session, member, material=material)
        known = await known_of(session, [material], member.member_id)
    view = attach_form(material, known.place(material), standing, said_in(forms.body))
    await forms.open(view, opener=ATTACH, typed={}, value=str(material.id))


async def open_materials(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, forms: Forms
) -> None:
    """Ask which material is to stand beside what the button stands under."""
    await ack()
    value = action.get("value")
    async with db() as session:
        target = await target_of(session, value, member.member_id)
        standing = await to_detach(session, member, target=target)
    view = here_form(target, standing, said_in(forms.body))
    await forms.open(view, opener=ATTACH_HERE, typed={}, value=target.value)


async def offer_places(
    ack: AsyncAck, payload: dict[str, Any], member_id: str, db: Database, clock: Clock
) -> None:
    """Offer the places that fit what is typed, by kind."""
    async with db() as session:
        found = await offered(session, str(payload.get("value") or ""), member_id, clock())
    groups = [group.to_dict() for group in place_options(found)]
    await (ack(option_groups=groups) if groups else ack(options=[]))


async def offer_materials(
    ack: AsyncAck, payload: dict[str, Any], member_id: str, db: Database
) -> None:
    """Offer the materials that fit what is typed, at first the newest."""
    async with db() as session:
        found = await offered_materials(session, str(payload.get("value") or ""), member_id)
    await ack(options=[option.to_dict() for option in material_options(found)])


async def keep_place(
    ack: AsyncAck, view: dict[str, Any], member: Member, db: Database, clock: Clock, reply: Reply
) -> None:
    """Let the material stand there, and take it off where a tick was taken away."""
    answers, carries = read_form(view), carried_by(view)
    async with db.begin() as session:
        material = await seen_by(session, carries.get("material_id"), member.member_id)
        target = None
        if answers.get("about"):
            target = await target_of(session, answers["about"], member.member_id)
            await attach(session, material, target, member.member_id, clock())
        gone = await _take_off(session, member, view, clock)
        known = await known_of(session, [material], member.member_id)
    if target is None and not gone:
        raise RuleError("Please choose what it belongs to.", field="about")
    await ack()
    await reply(attached(material, target, gone, known), place_id=carries.get("asked_in"))


async def keep_material(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    where: Where,
    reply: Reply,
) -> None:
    """Let the material chosen stand there, or open the form that saves a new one for it."""
    answers, carries = read_form(view), carried_by(view)
    is_new, material = bool(answers.get("new_one")), None
    async with db.begin() as session:
        target = await target_of(session, carries.get("about"), member.member_id)
        if answers.get("material"):
            material = await seen_by(session, answers["material"], member.member_id)
            await attach(session, material, target, member.member_id, clock())
        gone = await _take_off(session, member, view, clock)
        known = await known_of(session, [material] if material else [], member.member_id)
    if material is None and not gone and not is_new:
        raise RuleError("Please choose a material, or tick that it is a new one.", field="material")
    if is_new:
        await ack(response_action="update", view=await _form_for_new(where, target, carries))
    else:
        await ack()
    if material is not None:
        done = attached(material, target, gone, known)
        await reply(done, place_id=carries.get("asked_in"))
    elif gone:
        await reply(taken_off(gone), place_id=carries.get("asked_in"))


async def _take_off(
    session: AsyncSession, member: Member, view: Mapping[str, Any], clock: Clock
) -> list[Standing]:
    """Take off what the form showed with a tick and came back without one; it may be forged."""
    stays = set(read_form(view).get("stays") or [])
    shown = str(carried_by(view).get("shown") or "").split(",")
    wanted = [one for one in shown if one and one not in stays]
    return await detach(session, member, wanted, clock()) if wanted else []


async def _form_for_new(where: Where, target: Target, carries: Mapping[str, Any]) -> View:
    """Return the form that saves a material and lets it stand there."""
    communities = await where.choices()
    if not communities:
        raise await where.nothing_here()
    communities = [one for one in communities if one.id == target.community_id] or communities
    only = communities[0] if len(communities) == 1 else None
    metadata = carried(
        about=target.value,
        asked_in=carries.get("asked_in"),
        community_id=only.id if only else None,
    )
    place = f"#{only.channel_name}" if only else None
    return save_form(place=place, typed={}, metadata=metadata, communities=communities)
