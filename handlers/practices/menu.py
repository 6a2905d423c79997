"""Menu: what a community suggests to try, in its order.

/practice menu                       the menu, for the reader
[Set the menu], [Change the menu]    the form, for facilitators
(the form)                           keeps it, and shows it in the channel if they like
(a practice on it changes)           the card in the channel follows
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import carried, carried_by, read_form
from handlers.blocks.message import Message
from handlers.blocks.practices.ids import MENU
from handlers.blocks.practices.menu import (
    MENU_FORM,
    MenuShown,
    menu_card,
    menu_for_reader,
    menu_form,
    menu_kept,
)
from handlers.blocks.problems.fields import doubts_about
from handlers.home import Home
from handlers.names import names_of
from handlers.posts import PostKind
from handlers.practices.holding import stocked
from handlers.request import Forms, Reply, Where, said_in
from models.communities import Community
from models.database import Database
from models.errors import NotHereError
from models.ids import id_from
from models.members import Member
from models.pilots.pilot import Pilot
from models.posts import Post
from models.practices import menus
from models.practices.finding import among
from models.practices.practice import Menu
from models.student_data import Suspicion
from models.time import Clock


def register(app: Any) -> None:
    app.command("/practice", "menu", alone=True)(show_menu)
    app.action(MENU)(open_form)
    app.view(MENU_FORM)(keep)


async def show_menu(
    ack: AsyncAck,
    member: Member,
    where: Where,
    workspace_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Show what the community suggests."""
    await ack()
    community = await where.community()
    await stocked(db, workspace_id, clock)
    async with db() as session:
        message = await menu_shown(session, community, member)
        if message is None:
            shown = MenuShown(community=community)
            message = menu_for_reader(shown, may_change=community.is_run_by(member))
    await reply(message)


async def menu_shown(session: AsyncSession, community: Community, member: Member) -> Message | None:
    """Return the community's menu for this reader, or None where there is nothing on it."""
    shown = await _shown(session, community)
    if not shown.practices:
        return None
    mine = select(Pilot.practice_id).where(
        Pilot.member_id == member.member_id, Pilot.deleted_at.is_(None)
    )
    tried = {one for one in await session.scalars(mine) if one is not None}
    return menu_for_reader(shown, tried=tried, may_change=community.is_run_by(member))


async def open_form(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    workspace_id: str,
    db: Database,
    clock: Clock,
    forms: Forms,
) -> None:
    """Open the form with the menu as it is, for facilitators."""
    await ack()
    await stocked(db, workspace_id, clock)
    async with db() as session:
        community = await _to_change(session, action.get("value"), member)
        shown = await _shown(session, community)
        is_in_channel = await menus.is_shown(session, community)
    metadata = carried(community_id=community.id, asked_in=said_in(forms.body))
    view = menu_form(shown, is_in_channel=is_in_channel, metadata=metadata)
    await forms.open(view, opener=MENU, typed={}, value=str(community.id))


async def keep(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Keep the menu as it was chosen, and its card; ask first when a student may be named."""
    answers, facts, now = read_form(view), carried_by(view), clock()
    if doubts := doubts_about(str(answers.get("note") or ""), answers):
        again = await _asking_again(db, member, view, doubts)
        await ack(response_action="update", view=again)
        return
    async with db.begin() as session:
        community = await _to_change(session, facts.get("community_id"), member, for_update=True)
        menu = await menus.set_menu(
            session, community, _chosen(answers), answers.get("note"), by=member.member_id, now=now
        )
        wanted = str(view["id"]) if answers.get("in_channel") else None
        is_in_channel = await menus.show(session, menu, community, now, wanted)
        shown = await _shown(session, community)
    await ack()
    await reply(menu_kept(shown, is_in_channel=is_in_channel), place_id=facts.get("asked_in"))
    await home.refresh(member.member_id)


def _chosen(answers: Mapping[str, Any]) -> list[str]:
    return [str(one) for one in answers.get("practices") or []]


async def _asking_again(
    db: Database, member: Member, view: dict[str, Any], doubts: Sequence[Suspicion]
) -> dict[str, Any]:
    """Return the form as it was filled in, now with what may tell who a student is."""
    answers = read_form(view)
    async with db() as session:
        community = await _to_change(session, carried_by(view).get("community_id"), member)
        ids = [id_from(one) or 0 for one in _chosen(answers)]
        practices = await among(session, ids[: menus.MENU_AT_MOST])
        is_in_channel = await menus.is_shown(session, community)
    form = menu_form(
        MenuShown(community=community, practices=practices, note=answers.get("note")),
        is_in_channel=is_in_channel,
        metadata=str(view.get("private_metadata") or ""),
        is_wanted=bool(answers.get("in_channel")),
        suspicions=doubts,
    )
    return dict(form.to_dict())


async def draw_menu(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the card in the channel as the menu is now."""
    menu = await session.get(Menu, post.about_id or 0)
    community = await session.get(Community, menu.community_id) if menu else None
    if community is None or community.archived_at is not None:
        return None
    return menu_card(await _shown(session, community))


async def _shown(session: AsyncSession, community: Community) -> MenuShown:
    menu = await menus.menu_of(session, community.id)
    if menu is None:
        return MenuShown(community=community)
    practices = await among(session, menu.practice_ids)
    return MenuShown(community=community, practices=practices, note=menu.note)


async def _to_change(
    session: AsyncSession, community_id: object, member: Member, *, for_update: bool = False
) -> Community:
    """Return the community if this member may set its menu; raises a RuleError if not."""
    ident = id_from(community_id) or 0
    community = await session.get(Community, ident)
    is_hidden = community is None or (
        community.is_private and not community.has_member(member.member_id)
    )
    if community is None or is_hidden:
        raise NotHereError("That community is not there any more.")
    names = await names_of(session, community.facilitators)
    community.require_facilitator(member, "set the menu", names)
    return await Community.locked(session, ident) if for_update else community


POSTS = {menus.POST: PostKind(draw_menu)}
