"""Menus: what a community suggests to try, in its order, beside everybody's free choice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.errors import RuleError
from models.ids import id_from
from models.pilots.pilot import Pilot
from models.posts import DUE, SAID, SENDING, Post
from models.practices.finding import among
from models.practices.practice import Menu, Practice
from models.text import clean

MENU_AT_MOST = 12
NOTE_LENGTH = 300
# How many practices App Home suggests.
IDEAS = 3
# The card in the community's channel; it lives on.
POST = "practices.menu"


class MenuError(RuleError):
    """More than a menu holds, or something that is not in the tool belt."""

    field = "practices"


class NoteTooLongError(RuleError):
    """A note that needs scrolling."""

    field = "note"


@dataclass(frozen=True)
class Suggested:
    """A few practices to try next; `community` is whose menu they are on, if one's."""

    practices: tuple[Practice, ...]
    community: Community | None = None


async def menu_of(session: AsyncSession, community_id: int) -> Menu | None:
    return (
        await session.scalars(select(Menu).where(Menu.community_id == community_id))
    ).one_or_none()


async def set_menu(
    session: AsyncSession,
    community: Community,
    chosen: Sequence[str],
    note: str | None,
    *,
    by: str,
    now: datetime,
) -> Menu:
    """Keep what is chosen as the community's menu, in that order; nothing chosen empties it.

    `chosen` are ids as they come from a form. Whoever calls this holds the community's row. Raises
    MenuError and NoteTooLongError.
    """
    practices = await _practices_in(session, chosen)
    words = clean(note or "")
    if len(words) > NOTE_LENGTH:
        raise NoteTooLongError(f"This is {len(words)} characters long and {NOTE_LENGTH} fit here.")
    menu = await menu_of(session, community.id)
    if menu is None:
        menu = Menu(community_id=community.id, workspace_id=community.workspace_id)
        session.add(menu)
    menu.practice_ids, menu.note = [one.id for one in practices], words or None
    menu.changed_by, menu.changed_at = by, now
    await session.flush()
    return menu


async def show(
    session: AsyncSession,
    menu: Menu,
    community: Community,
    now: datetime,
    request_key: str | None = None,
) -> bool:
    """Let the card in the channel follow the menu, and say whether there is one.

    Where there is none, a `request_key` asks for one; a menu with nothing on it gets none.
    """
    if await _stands(session, menu):
        await Post.redraw(session, POST, menu.id, now)
        return True
    if request_key is None or not menu.practice_ids:
        return False
    menu.is_posted = True
    await Post.add(
        session,
        f"{POST}:{community.id}:{request_key}",
        community.channel_id,
        kind=POST,
        due_at=now,
        about_id=menu.id,
        cause_id=menu.changed_by,
    )
    return True


async def is_shown(session: AsyncSession, community: Community) -> bool:
    """Say whether the community's menu stands in its channel, or is about to."""
    menu = await menu_of(session, community.id)
    return menu is not None and await _stands(session, menu)


async def redraw_menus_with(session: AsyncSession, practice_id: int, now: datetime) -> None:
    """Let the cards of all menus that hold this practice follow its change."""
    for menu in await session.scalars(select(Menu).where(Menu.is_posted).order_by(Menu.id)):
        if practice_id in menu.practice_ids:
            await Post.redraw(session, POST, menu.id, now)


async def suggested_to(
    session: AsyncSession, member_id: str, communities: Sequence[Community], now: datetime
) -> Suggested:
    """Return what this member has not tried yet: of their communities' menus, else of all.

    Without a menu the suggestion changes every week.
    """
    tried = set(
        await session.scalars(
            select(Pilot.practice_id).where(
                Pilot.member_id == member_id, Pilot.deleted_at.is_(None)
            )
        )
    )
    by_id = {one.id: one for one in communities}
    query = select(Menu).where(Menu.community_id.in_(by_id)).order_by(Menu.community_id)
    for menu in await session.scalars(query):
        next_ones = [one for one in menu.practice_ids if one not in tried]
        if practices := await among(session, next_ones):
            return Suggested(tuple(practices[:IDEAS]), by_id[menu.community_id])
    return Suggested(tuple(await _of_the_week(session, tried, now)))


async def _stands(session: AsyncSession, menu: Menu) -> bool:
    if not menu.is_posted:
        return False
    query = select(Post.id).where(
        Post.kind == POST, Post.about_id == menu.id, Post.state.in_([DUE, SENDING, SAID])
    )
    return await session.scalar(query.limit(1)) is not None


async def _of_the_week(
    session: AsyncSession, tried: Collection[int | None], now: datetime
) -> list[Practice]:
    query = select(Practice.id).where(Practice.withdrawn_at.is_(None)).order_by(Practice.id)
    untried = [one for one in await session.scalars(query) if one not in tried]
    at = now.isocalendar().week * IDEAS % len(untried) if untried else 0
    return await among(session, [*untried[at:], *untried[:at]][:IDEAS])


async def _practices_in(session: AsyncSession, chosen: Sequence[str]) -> list[Practice]:
    ids = list(dict.fromkeys(id_from(one) or 0 for one in chosen))
    if len(ids) > MENU_AT_MOST:
        raise MenuError(f"These are {len(ids)} practices and {MENU_AT_MOST} fit on a menu.")
    practices = await among(session, ids)
    if len(practices) < len(ids):
        raise MenuError("One of these is not in the tool belt any more. Please choose again.")
    return practices
