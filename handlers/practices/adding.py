"""Adding: members put their own practices into the tool belt, and change or withdraw them.

/practice add [NAME], [Add a practice]    opens the form
/practice edit NAME, ⋯ Edit               the same form with its words, for those who may
⋯ Withdraw                                asks once, then takes it out of the tool belt
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck

from handlers.blocks.forms import carried, carried_by, read_form
from handlers.blocks.practices.cards import MORE, More, chosen
from handlers.blocks.practices.forms import (
    ADD_FORM,
    EDIT_FORM,
    WITHDRAW_FORM,
    as_typed,
    practice_form,
    withdraw_form,
)
from handlers.blocks.practices.home import added, edited, withdrawn
from handlers.blocks.practices.ids import ADD, EDIT
from handlers.blocks.practices.lists import which_practice
from handlers.blocks.problems.fields import doubts_about
from handlers.home import Home
from handlers.practices.holding import stocked, to_change, words_after
from handlers.request import Forms, Reply, facts_in, said_in
from models.database import Database
from models.drafts import Draft
from models.errors import NotHereError, RuleError
from models.ids import id_from
from models.members import Member
from models.pilots import finding as finding_pilots
from models.practices import editing, finding
from models.practices.menus import redraw_menus_with
from models.practices.practice import Practice
from models.practices.stocking import stock
from models.practices.wording import LENGTHS, PracticeWording
from models.time import Clock


def register(app: Any) -> None:
    app.command("/practice", "add")(open_new)
    app.command("/practice", "edit")(open_named)
    app.action(ADD)(open_from_button)
    app.action(EDIT)(open_choice)
    app.action(MORE)(open_choice)
    app.view(ADD_FORM)(add)
    app.view(EDIT_FORM)(edit)
    app.view(WITHDRAW_FORM)(withdraw)


async def open_new(ack: AsyncAck, body: dict[str, Any], forms: Forms) -> None:
    """Open the form with the name that was typed."""
    await ack()
    name = words_after(body, "add")
    await _open_new(forms, {"name": name[: LENGTHS["name"]]} if name else {})


async def open_from_button(
    ack: AsyncAck, action: dict[str, Any], member_id: str, db: Database, forms: Forms
) -> None:
    """Open the form, with what a draft kept, or with the name of what one's own pilot tried."""
    await ack()
    value = str(action.get("value") or "")
    typed: dict[str, Any] = {}
    if draft_id := id_from(value):
        async with db() as session:
            draft = await Draft.of(session, draft_id, member_id)
        typed = draft.fields | {"draft_id": draft.id} if draft else {}
    elif pilot_id := facts_in(value).get("pilot_id"):
        async with db() as session:
            pilot = await finding_pilots.owned_by(session, pilot_id, member_id)
        typed = {"name": pilot.practice_name, "fits": pilot.aim}
    await _open_new(forms, typed)


async def open_named(
    ack: AsyncAck,
    body: dict[str, Any],
    member: Member,
    workspace_id: str,
    db: Database,
    clock: Clock,
    forms: Forms,
    reply: Reply,
) -> None:
    """Open the form with the words of the practice of that name, for those who may."""
    await ack()
    typed = words_after(body, "edit")
    if not typed:
        raise RuleError("Which one would you like to edit? For example /practice edit exit ticket")
    await stocked(db, workspace_id, clock)
    async with db() as session:
        named = await finding.by_name(session, typed)
        if isinstance(named, Practice):
            await editing.require_changer(session, named, member)
    if not isinstance(named, Practice):
        await reply(which_practice(typed, named))
        return
    await _open_edit(forms, named)


async def open_choice(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, forms: Forms
) -> None:
    """Open what was chosen in a card's menu; a plain button means *Edit*."""
    await ack()
    # The menu's choice, or that of the button which stands for it when the form did not open.
    value = str((action.get("selected_option") or action).get("value") or "")
    choice, practice_id = (More.EDIT, value) if value.isdecimal() else chosen(value)
    if choice is None:
        raise NotHereError("I do not know that choice. Please open the menu again.")
    async with db() as session:
        practice = await to_change(session, practice_id, member)
    if choice is More.EDIT:
        await _open_edit(forms, practice)
        return
    view = withdraw_form(practice, said_in(forms.body))
    await forms.open(view, opener=MORE, typed={}, value=choice.about(practice))


async def add(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    workspace_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Put it into the tool belt, or ask once more when a student may be named."""
    answers, facts = read_form(view), carried_by(view)
    wording = wording_in(answers)
    if again := _asking_again(wording, answers, view, is_new=True):
        await ack(response_action="update", view=again)
        return
    async with db.begin() as session:
        # A name of the starter set is taken, also where nobody has opened the tool belt yet.
        await stock(session, workspace_id, clock())
        by, key = member.member_id, f"form:{view['id']}"
        practice = await editing.add(session, wording, member_id=by, request_key=key, now=clock())
        await editing.join_pilots(session, practice)
        await Draft.done(session, facts.get("draft_id"), member.member_id)
    await ack()
    await reply(added(practice), place_id=facts.get("asked_in"))
    await home.refresh(member.member_id)


async def edit(
    ack: AsyncAck, view: dict[str, Any], member: Member, db: Database, clock: Clock, reply: Reply
) -> None:
    """Keep the new words, and let the menus in the channels follow."""
    answers, facts = read_form(view), carried_by(view)
    wording = wording_in(answers)
    if again := _asking_again(wording, answers, view, is_new=False):
        await ack(response_action="update", view=again)
        return
    async with db.begin() as session:
        practice = await to_change(session, facts.get("practice_id"), member, for_update=True)
        await editing.edit(session, practice, wording, by=member.member_id, now=clock())
        await redraw_menus_with(session, practice.id, clock())
    await ack()
    await reply(edited(practice), place_id=facts.get("asked_in"))


async def withdraw(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Take it out of the tool belt and out of the menus."""
    facts = carried_by(view)
    async with db.begin() as session:
        practice = await to_change(session, facts.get("practice_id"), member, for_update=True)
        name = practice.name
        await editing.withdraw(session, practice, by=member.member_id, now=clock())
        await redraw_menus_with(session, practice.id, clock())
    await ack()
    await reply(withdrawn(name), place_id=facts.get("asked_in"))
    await home.refresh(member.member_id)


def wording_in(answers: Mapping[str, Any]) -> PracticeWording:
    """Return what the form says; raises a RuleError that names the field at fault."""
    typed = {name: answers.get(name) for name in LENGTHS if name not in ("name", "what", "steps")}
    return PracticeWording.of(
        name=answers.get("name"), what=answers.get("what"), steps=answers.get("steps"), **typed
    )


def _asking_again(
    wording: PracticeWording, answers: Mapping[str, Any], view: Mapping[str, Any], *, is_new: bool
) -> dict[str, Any] | None:
    """Return the form with what may tell who a student is, unless there is no doubt."""
    doubts = doubts_about(wording.everything, dict(answers))
    if not doubts:
        return None
    metadata = str(view.get("private_metadata") or "")
    form = practice_form(answers, metadata=metadata, is_new=is_new, suspicions=doubts)
    return dict(form.to_dict())


async def _open_new(forms: Forms, typed: dict[str, Any]) -> None:
    metadata = carried(draft_id=typed.get("draft_id"), asked_in=said_in(forms.body))
    await forms.open(practice_form(typed, metadata=metadata), opener=ADD, typed=typed)


async def _open_edit(forms: Forms, practice: Practice) -> None:
    metadata = carried(practice_id=practice.id, asked_in=said_in(forms.body))
    view = practice_form(as_typed(practice), metadata=metadata, is_new=False)
    await forms.open(view, opener=EDIT, typed={}, value=str(practice.id))
