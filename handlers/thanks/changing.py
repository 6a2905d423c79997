"""Changing: undo and edit for ten minutes, delete at any time.

[Undo]              the giver takes it back at once and has the words again
[Edit]              the giver puts it otherwise, or keeps it between the people from now on
⋯ on the card       the same, and Delete; in the journal Keep private as well
Delete              asks whether it is meant: giver, facilitators; a receiver for their own part
"""

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.models.views import View
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.message import Message
from handlers.blocks.problems.fields import doubts_about
from handlers.blocks.thanks.cards import More, chosen
from handlers.blocks.thanks.changing import (
    DELETE_FORM,
    EDIT_FORM,
    delete_form,
    deleted,
    edit_form,
    edited,
    kept_private,
    undone,
)
from handlers.blocks.thanks.ids import DELETE, EDIT, MORE, UNDO
from handlers.home import Home
from handlers.request import Forms, Reply, said_in
from handlers.thanks.drawing import facts_of
from models.database import Database
from models.errors import NotHereError
from models.members import Member
from models.thanks import changing
from models.thanks.finding import receivers_of
from models.thanks.habits import customs_of
from models.thanks.thanks import Thanks
from models.thanks.wording import ReasonError, Wording
from models.time import Clock


def register(app: Any) -> None:
    app.action(UNDO)(undo)
    app.action(EDIT)(open_edit)
    app.action(MORE)(open_choice)
    app.action(DELETE)(open_delete)
    app.view(EDIT_FORM)(keep_edit)
    app.view(DELETE_FORM)(delete)


async def undo(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Take it back from the private answer that offers it, which then shows the words again."""
    await ack()
    answer, concerned = await _undone(db, action.get("value"), member, clock)
    await reply(answer, replace=True)
    await home.refresh(*concerned)


async def open_edit(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, clock: Clock, forms: Forms
) -> None:
    """Open the words one has just said."""
    await ack()
    await _open_edit(db, str(action.get("value") or ""), member, clock, forms, opener=EDIT)


async def open_delete(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, clock: Clock, forms: Forms
) -> None:
    """Ask whether deleting is meant; the value is a number, or "delete:" and the number."""
    await ack()
    value = str((action.get("selected_option") or action).get("value") or "")
    await _open_delete(db, value, member, clock, forms, opener=DELETE)


async def open_choice(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    forms: Forms,
    reply: Reply,
    home: Home,
) -> None:
    """Do what was chosen in the card's menu, for those who may."""
    await ack()
    # The menu's choice, or that of the button which stands for it when the form did not open.
    value = str((action.get("selected_option") or action).get("value") or "")
    match chosen(value)[0]:
        case More.EDIT:
            await _open_edit(db, value, member, clock, forms, opener=MORE)
        case More.DELETE:
            await _open_delete(db, value, member, clock, forms, opener=MORE)
        case More.UNDO:
            answer, concerned = await _undone(db, chosen(value)[1], member, clock)
            await reply(answer)
            await home.refresh(*concerned)
        case More.KEEP_PRIVATE:
            answer, concerned = await _kept_private(db, chosen(value)[1], member, clock())
            await reply(answer)
            await home.refresh(*concerned)
        case _:
            raise NotHereError("I do not know that choice. Please open the menu again.")


async def keep_edit(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Keep the new words, or leave the form open with what does not fit."""
    async with db.begin() as session:
        answer, concerned = await _edited(session, view, member, clock)
    if isinstance(answer, View):
        await ack(response_action="update", view=answer)
        return
    await ack()
    await reply(answer, place_id=carried_by(view).get("asked_in"))
    await home.refresh(*concerned)


async def _edited(
    session: AsyncSession, view: dict[str, Any], member: Member, clock: Clock
) -> tuple[Message | View, list[str]]:
    """Return the answer and whom it concerns, or the form that asks once more."""
    answers, facts = read_form(view), carried_by(view)
    wording = Wording.of(
        text=answers.get("text"), effect=answers.get("effect"), reason=answers.get("reason")
    )
    thanks = await changing.to_change(session, facts.get("thanks_id"), member.member_id, clock())
    reasons = (await customs_of(session, thanks.community_id)).reasons
    if wording.reason and wording.reason not in [*reasons, thanks.reason]:
        raise ReasonError("Please choose one of the reasons in the list.")
    if doubts := doubts_about(wording.everything, answers):
        return edit_form(thanks, reasons, facts.get("asked_in"), answers, doubts), []
    was_private = thanks.is_private
    is_private = bool(answers.get("is_private"))
    await changing.edit(session, thanks, wording, clock(), is_private=is_private)
    return edited(thanks, was_private=was_private), await _concerned(session, thanks)


async def delete(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Delete the words, or take a receiver out of them; card and letters follow in place."""
    facts = carried_by(view)
    async with db.begin() as session:
        deletion = await changing.to_delete(session, facts.get("thanks_id"), member, clock())
        await changing.delete(session, deletion, clock())
    await ack()
    await reply(deleted(deletion), place_id=facts.get("asked_in"))
    await home.refresh(deletion.thanks.giver_id, *deletion.receiver_ids)


async def _open_edit(
    db: Database, value: str, member: Member, clock: Clock, forms: Forms, *, opener: str
) -> None:
    async with db() as session:
        thanks_id = chosen(value)[1]
        thanks = await changing.to_change(session, thanks_id, member.member_id, clock())
        reasons = (await customs_of(session, thanks.community_id)).reasons
    form = edit_form(thanks, reasons, said_in(forms.body))
    await forms.open(form, opener=opener, typed={}, value=value)


async def _open_delete(
    db: Database, value: str, member: Member, clock: Clock, forms: Forms, *, opener: str
) -> None:
    async with db() as session:
        deletion = await changing.to_delete(session, chosen(value)[1], member, clock())
    form = delete_form(deletion, said_in(forms.body))
    await forms.open(form, opener=opener, typed={}, value=value)


async def _undone(
    db: Database, thanks_id: object, member: Member, clock: Clock
) -> tuple[Message, list[str]]:
    """Take it back; return the words for whoever wrote them, and whom it concerns."""
    async with db.begin() as session:
        thanks = await changing.to_change(session, thanks_id, member.member_id, clock())
        written = "\n".join(part for part in (thanks.text, thanks.effect) if part)
        concerned = await _concerned(session, thanks)
        await changing.undo(session, thanks, clock())
    return undone(written), concerned


async def _kept_private(
    db: Database, thanks_id: object, member: Member, now: datetime
) -> tuple[Message, list[str]]:
    """Let only giver and receivers see it from now on; return the answer and whom it concerns."""
    async with db.begin() as session:
        thanks = await changing.keep_private(session, thanks_id, member.member_id, now)
        facts = await facts_of(session, thanks, member.member_id)
        return kept_private(facts), await _concerned(session, thanks)


async def _concerned(session: AsyncSession, thanks: Thanks) -> list[str]:
    receivers = await receivers_of(session, [thanks.id])
    return [thanks.giver_id, *receivers.get(thanks.id, [])]
