"""Protocols: a community's own edition of the steps.

/hangout protocols      what the community can choose from, built in or its own
[Copy and edit]         a form with the steps, one a line
⋯ Edit, Copy, Delete    for a protocol of the community's own, by its facilitators
"""

from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.models.views import View
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.consultancies.protocols import (
    CHANGE_PROTOCOL,
    COPY_PROTOCOL,
    DELETE_PROTOCOL,
    PROTOCOL_FORM,
    Wanted,
    Wish,
    delete_protocol_form,
    protocol_deleted,
    protocol_form,
    protocol_kept,
    protocol_list,
)
from handlers.blocks.forms import carried_by, read_form
from handlers.posts import PostKind
from handlers.request import Forms, Reply, Where
from models.communities import Community
from models.consultancies import editing
from models.consultancies.editing import Edition
from models.consultancies.protocols import ProtocolCopy, all_of, protocol_of
from models.database import Database
from models.errors import NotHereError
from models.ids import id_from
from models.members import Member
from models.time import Clock

POSTS: dict[str, PostKind] = {}


def register(app: Any) -> None:
    app.command("/hangout", "protocols", alone=True)(show_protocols)
    app.action(COPY_PROTOCOL)(open_protocol)
    app.action(CHANGE_PROTOCOL)(open_protocol)
    app.view(PROTOCOL_FORM)(keep_protocol)
    app.view(DELETE_PROTOCOL)(delete_protocol)


async def show_protocols(
    ack: AsyncAck, member: Member, where: Where, db: Database, reply: Reply
) -> None:
    """Show what the community can choose from; facilitators can copy and change there."""
    await ack()
    community = await where.community()
    async with db() as session:
        protocols = await all_of(session, community.id)
    await reply(protocol_list(protocols, community, may_change=community.is_run_by(member)))


async def open_protocol(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, forms: Forms
) -> None:
    """Open the form for what was chosen, or the question whether to delete it."""
    await ack()
    # The menu's choice, or that of the button which stands for it when the form did not open.
    value = str((action.get("selected_option") or action).get("value") or "")
    wanted = Wanted.read(value)
    if wanted is None:
        raise NotHereError("I do not know that choice. `/hangout protocols` begins anew.")
    async with db() as session:
        community = await _to_change(session, wanted.community_id, member)
        view = await _form_for(session, wanted, community)
    await forms.open(view, opener=CHANGE_PROTOCOL, typed={}, value=value)


async def _form_for(session: AsyncSession, wanted: Wanted, community: Community) -> View:
    if wanted.wish is Wish.COPY:
        base = await protocol_of(session, community.id, wanted.key)
        return protocol_form(base, community, wanted.wish)
    kept = await ProtocolCopy.standing(session, community.id, wanted.key)
    if wanted.wish is Wish.DELETE:
        return delete_protocol_form(kept.protocol, community)
    return protocol_form(kept.protocol, community, wanted.wish)


async def keep_protocol(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Keep the community's own protocol: a new one, or new words for one it has."""
    answers, facts = read_form(view), carried_by(view)
    name, steps, key = answers.get("name"), answers.get("steps"), str(facts.get("key") or "")
    by, now = member.member_id, clock()
    async with db.begin() as session:
        community = await _to_change(session, facts.get("community_id"), member, for_update=True)
        if facts.get("wish") == Wish.EDIT:
            kept = await ProtocolCopy.standing(session, community.id, key)
            edition = Edition.of(kept.protocol, name=name, steps=steps)
            await editing.edit(session, kept, edition, by=by, now=now)
        else:
            base = await protocol_of(session, community.id, key)
            edition = Edition.of(base, name=name, steps=steps)
            kept = await editing.copy(session, community, edition, by=by, now=now)
    await ack()
    await reply(protocol_kept(kept.protocol), place_id=community.channel_id)


async def delete_protocol(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Offer the protocol no more."""
    facts = carried_by(view)
    async with db.begin() as session:
        community = await _to_change(session, facts.get("community_id"), member, for_update=True)
        kept = await ProtocolCopy.standing(session, community.id, str(facts.get("key") or ""))
        editing.delete(kept, by=member.member_id, now=clock())
    await ack()
    await reply(protocol_deleted(kept.protocol), place_id=community.channel_id)


async def _to_change(
    session: AsyncSession, community_id: object, member: Member, *, for_update: bool = False
) -> Community:
    """Return the community if this member may change its protocols; raises a RuleError if not."""
    ident = id_from(community_id) or 0
    community = await session.get(Community, ident)
    is_hidden = community is None or (
        community.is_private and not community.has_member(member.member_id)
    )
    if community is None or is_hidden:
        raise NotHereError("That community is not there any more.")
    known = await Member.known(session, community.facilitators)
    names = {one: row.name for one, row in known.items() if row.name}
    community.require_facilitator(member, "change the protocols", names)
    return await Community.locked(session, ident) if for_update else community
