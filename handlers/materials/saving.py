"""Saving: from the form to a material and its card, or to one that is there already.

(the form)                    keeps it, asks once more where a student may be named
(a link that is there)        asks whether to add to it; in another community also to save it anyway
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.models.views import View
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.materials.duplicates import SAVE_ANYWAY, TWIN_FORM, TwinAsked, twin_form
from handlers.blocks.materials.forms import SAVE_FORM, save_form
from handlers.blocks.materials.saving import added, saved
from handlers.blocks.message import Message
from handlers.blocks.problems.fields import doubts_about
from handlers.home import Home
from handlers.materials.filling import Filled
from handlers.request import Reply, request_key
from models.communities import Community
from models.database import Database
from models.drafts import Draft
from models.errors import NotHereError
from models.ids import id_from
from models.materials import finding, saving
from models.materials.material import Material
from models.materials.places import places_of
from models.materials.wording import Plan, note_in, topics_in
from models.members import Member
from models.student_data import Suspicion
from models.time import Clock


@dataclass(frozen=True)
class Order:
    """A form that asks to save something. `key` is its request's; `is_sure`: also beside a twin."""

    filled: Filled
    member: Member
    key: str
    is_sure: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of an order: an answer, or a form that asks something first.

    Neither for an order that was carried out before.
    """

    answer: Message | None = None
    form: View | None = None
    is_twin: bool = False


def register(app: Any) -> None:
    app.view(SAVE_FORM)(submit)
    app.view(TWIN_FORM)(settle_twin)


async def submit(
    ack: AsyncAck,
    body: dict[str, Any],
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Keep it, ask once more where a student may be named, or show what is there already."""
    async with db.begin() as session:
        filled = await Filled.of(session, view, member.member_id)
        outcome = await carry_out(session, Order(filled, member, request_key(body)), clock())
    if outcome.form is not None:
        # Behind the question what to do with a twin stays the form, with all that was typed.
        await ack(response_action="push" if outcome.is_twin else "update", view=outcome.form)
        return
    await ack()
    if outcome.answer is not None:
        await reply(outcome.answer, place_id=filled.facts.get("asked_in"))
        await home.refresh(member.member_id)


async def settle_twin(
    ack: AsyncAck,
    body: dict[str, Any],
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Add to what is there already, or save one's own beside it."""
    facts = carried_by(view)
    async with db.begin() as session:
        if read_form(view).get("wish") == SAVE_ANYWAY:
            order = await _kept_order(session, facts, member)
            outcome = await carry_out(session, order, clock())
        else:
            outcome = await _add(session, view, member, request_key(body), clock())
    if outcome.form is not None:
        await ack(response_action="update", view=outcome.form)
        return
    await ack(response_action="clear")
    if outcome.answer is not None:
        await reply(outcome.answer, place_id=facts.get("asked_in"))
        await home.refresh(member.member_id)


async def carry_out(session: AsyncSession, order: Order, now: datetime) -> Outcome:
    """Save what was filled in, unless something has to be asked first; raises RuleErrors."""
    filled, member_id = order.filled, order.member.member_id
    plan, community = filled.plan(), await filled.community(session)
    if doubts := doubts_about(plan.wording.everything, filled.answers):
        return Outcome(form=await _asking_again(session, order, doubts))
    if await saving.made_by(session, order.key):
        return Outcome()
    twin = await saving.twin_of(session, plan, member_id, community)
    if twin is None or (order.is_sure and twin.community_id != community.id):
        material = await _save(session, order, plan, community, now)
        if material.request_key == order.key:
            return Outcome(answer=await _saved(session, order, material, community))
        # Somebody has saved it in this very moment, and that one came back.
        twin = material
    draft = await _keep(session, order, now)
    facts = {"material_id": twin.id, "draft_id": draft.id, "asked_in": filled.facts.get("asked_in")}
    is_elsewhere = twin.community_id != community.id
    asked = TwinAsked(facts, filled.answers, is_elsewhere=is_elsewhere)
    return Outcome(form=await _asking_about(session, twin, member_id, asked), is_twin=True)


async def _save(
    session: AsyncSession, order: Order, plan: Plan, community: Community, now: datetime
) -> Material:
    facts, owner = order.filled.facts, order.member
    origin_id = id_from(facts.get("remix_of_id"))
    # What it was made from may be gone by now, which is no reason not to save it.
    origins = await finding.among(session, [origin_id] if origin_id else [], owner.member_id)
    plan = replace(
        plan,
        remix_of_id=origins[0].id if origins else None,
        attach_to=facts.get("about"),
    )
    return await saving.save(
        session, plan, owner=owner, community=community, request_key=order.key, now=now
    )


async def _saved(
    session: AsyncSession, order: Order, material: Material, community: Community
) -> Message:
    """Forget the draft, and return what its owner reads."""
    member_id = order.member.member_id
    await Draft.done(session, id_from(order.filled.facts.get("draft_id")), member_id)
    places = await places_of(session, [material.id], member_id)
    return saved(material, community, [place.title for place in places[material.id]])


async def _asking_again(session: AsyncSession, order: Order, doubts: Sequence[Suspicion]) -> View:
    """Return the form as it was filled in, now with what may tell who a student is."""
    filled = order.filled
    place, communities = None, await Community.of_member(session, order.member.member_id)
    if filled.facts.get("community_id"):
        place = f"#{(await filled.community(session)).channel_name}"
    return save_form(
        place=place,
        typed=filled.typed,
        metadata=filled.metadata,
        communities=communities,
        suspicions=doubts,
    )


async def _keep(session: AsyncSession, order: Order, now: datetime) -> Draft:
    """Keep the form for whoever saves it beside its twin all the same."""
    filled = order.filled
    fields: dict[str, Any] = {"answers": dict(filled.answers), "facts": dict(filled.facts)}
    fields |= {"choices": list(filled.choices), "key": order.key}
    draft = Draft(member_id=order.member.member_id, form=TWIN_FORM, fields=fields, kept_at=now)
    session.add(draft)
    await session.flush()
    return draft


async def _kept_order(session: AsyncSession, facts: dict[str, Any], member: Member) -> Order:
    """Return the form that was kept when its twin was found; its id may be forged."""
    draft = await Draft.of(session, id_from(facts.get("draft_id")) or 0, member.member_id)
    if draft is None or draft.form != TWIN_FORM:
        raise NotHereError("I kept what you filled in for two weeks only. Please begin anew.")
    kept = draft.fields
    filled = Filled(kept["answers"], kept["facts"], tuple(kept["choices"]))
    return Order(filled, member, kept["key"], is_sure=True)


async def _add(
    session: AsyncSession, view: dict[str, Any], member: Member, key: str, now: datetime
) -> Outcome:
    """Add to what is there, unless a student may be named in what was written."""
    answers, facts, member_id = read_form(view), carried_by(view), member.member_id
    note, topics = note_in(answers.get("note")), topics_in(answers.get("topics"))
    twin = await finding.seen_by(session, facts.get("material_id"), member_id)
    if doubts := doubts_about("\n".join([note or "", *topics]), answers):
        asked = TwinAsked(facts, answers, is_elsewhere="wish" in answers, suspicions=doubts)
        return Outcome(form=await _asking_about(session, twin, member_id, asked))
    material = await saving.add_to(
        session,
        twin.id,
        saving.More(note, topics),
        member_id=member_id,
        request_key=key,
        now=now,
    )
    await Draft.done(session, id_from(facts.get("draft_id")), member_id)
    return Outcome(answer=added(material))


async def _asking_about(
    session: AsyncSession, twin: Material, member_id: str, asked: TwinAsked
) -> View:
    """Return the question what to do with what is there already, and whose it is."""
    owner = (await Member.known(session, [twin.owner_id])).get(twin.owner_id)
    named = (owner.name if owner else None) or "A colleague"
    return twin_form(twin, "You" if twin.owner_id == member_id else named, asked)
