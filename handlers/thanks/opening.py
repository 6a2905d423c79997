"""Opening: from a shortcut, a button or a message to the form.

Say thanks                  the empty form
Say thanks for this         the form, with whoever wrote the message and a link to it
[Say thanks]                the form, with what the button or a draft holds
"""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck

from handlers.blocks.thanks.giving import (
    GONE,
    MESSAGE_BY_APP,
    MESSAGE_BY_GONE,
    NOT_LINKED,
    NOT_LINKED_TO_NAMELESS,
    OWN_MESSAGE,
    nobody_to_thank,
)
from handlers.blocks.thanks.ids import FOR_MESSAGE, START
from handlers.request import (
    Forms,
    Reply,
    Where,
    channel_name_in,
    facts_in,
)
from handlers.thanks.filling import open_form
from handlers.thanks.naming import People
from models.database import Database
from models.drafts import Draft
from models.errors import NotHereError
from models.ids import id_from
from models.members import Member
from models.thanks import giving
from models.thanks.nameless import is_thread_of_one


def register(app: Any) -> None:
    app.shortcut(START)(open_from_menu)
    app.shortcut(FOR_MESSAGE)(open_from_message)
    app.action(START)(open_from_button)


async def open_from_menu(ack: AsyncAck, where: Where, forms: Forms) -> None:
    """Open the empty form from Slack's shortcut menu."""
    await ack()
    await open_form(where, forms, {})


async def open_from_message(
    ack: AsyncAck,
    body: dict[str, Any],
    member: Member,
    where: Where,
    forms: Forms,
    reply: Reply,
) -> None:
    """Open the form with whoever wrote the message; its words are theirs and not copied."""
    await ack()
    message = body["message"]
    author_id = str(message.get("user") or "")
    if author_id == member.member_id:
        await reply(nobody_to_thank(OWN_MESSAGE))
        return
    people = People(forms.db, forms.clock, forms.client)
    author = [] if message.get("bot_id") else await people.met([author_id])
    if not author or author[0].is_bot:
        await reply(nobody_to_thank(MESSAGE_BY_APP))
        return
    if giving.objection_to(member, author) is not None:
        await reply(nobody_to_thank(MESSAGE_BY_GONE))
        return
    typed = {"receiver_ids": [author_id]} | await _linked(body, where, forms)
    await open_form(where, forms, typed)


async def _linked(body: dict[str, Any], where: Where, forms: Forms) -> dict[str, Any]:
    """Return the form’s link to the message, or why there is none and it is kept private at first.

    What was written in a smaller circle stays there, unless its writer is thanked in public.
    """
    channel_id, message = str(body["channel"]["id"]), body["message"]
    head_ts = str(message.get("thread_ts") or message["ts"])
    async with forms.db() as session:
        is_nameless = await is_thread_of_one(session, channel_id, head_ts)
    if is_nameless:
        return {"is_private": True, "notices": [NOT_LINKED_TO_NAMELESS]}
    choices = await where.choices()
    if any(one.channel_id == where.channel_id for one in choices) or _is_public(body):
        return {"source": f"{channel_id}/{message['ts']}"}
    return {"is_private": True, "notices": [NOT_LINKED]}


async def open_from_button(
    ack: AsyncAck,
    action: dict[str, Any],
    member_id: str,
    db: Database,
    where: Where,
    forms: Forms,
) -> None:
    """Open the form with what the button holds: a draft, or for whom and what it is meant."""
    await ack()
    value = str(action.get("value") or "")
    typed: dict[str, Any] = {}
    if draft_id := id_from(value):
        async with db() as session:
            draft = await Draft.of(session, draft_id, member_id)
        if draft is None:
            raise NotHereError(GONE)
        typed = draft.fields | {"draft_id": draft.id}
    else:
        typed = _held(facts_in(value))
    await open_form(where, forms, typed)


def _held(facts: dict[str, Any]) -> dict[str, Any]:
    """Return the answers and facts in a button's value, as far as they are such."""
    receiver_ids = facts.get("receiver_ids")
    held: dict[str, Any] = {
        "receiver_ids": receiver_ids if isinstance(receiver_ids, list) else [],
        "is_private": bool(facts.get("is_private")),
        "about": f"{facts.get('about_kind')}:{facts.get('about_id')}",
    }
    held |= {one: id_from(facts.get(one)) for one in ("back_of_id", "shower_id", "community_id")}
    is_said = facts.get("about_kind") and facts.get("about_id")
    return {name: fact for name, fact in held.items() if fact and (name != "about" or is_said)}


def _is_public(body: dict[str, Any]) -> bool:
    """Say whether everybody in the workspace may read where a message was written."""
    name, channel_id = channel_name_in(body), str(body["channel"]["id"])
    is_channel = channel_id.startswith("C") and not name.startswith("mpdm-")
    return is_channel and name not in ("privategroup", "directmessage", "")
