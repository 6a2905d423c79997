"""Listing: materials in pages that only the reader sees, and the latest in App Home.

/material list, mine       what is kept here; what one saved
/material find WORDS       by words and filters, the best first
[Earlier] [Later]          pages, which turn in place
/material help             the command in a few lines
(App Home)                 the latest of one's communities
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.models.blocks import Block
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.materials.home import SHOWN_AT_MOST, home_part, material_help
from handlers.blocks.materials.ids import LIST
from handlers.blocks.materials.lists import (
    EARLIER,
    EVERYWHERE,
    FOUND,
    LATER,
    LISTED,
    MINE,
    RUN,
    PageWanted,
    found_materials,
    material_list,
    my_materials,
)
from handlers.blocks.message import Message
from handlers.materials.drawing import known_of
from handlers.request import Again, Reply, Where, as_command
from models.communities import Community
from models.database import Database
from models.errors import NotHereError
from models.materials import finding, searching
from models.members import Member

WORDS = ("find", "list", "mine", "show", "archive", "help")
GONE = "That list is not there any more. `/material list` begins anew."


def register(app: Any) -> None:
    app.command("/material", "list", alone=True)(show_list)
    app.command("/material", "mine", alone=True)(show_mine)
    app.command("/material", "help", alone=True)(show_help)
    app.action(LIST)(show_everywhere)
    app.action(EARLIER)(turn_page)
    app.action(LATER)(turn_page)
    app.action(RUN)(run_word)


async def show_list(ack: AsyncAck, where: Where, db: Database, reply: Reply) -> None:
    """Show what is kept here, newest first; to members of several communities, all they see."""
    await ack()
    wanted = PageWanted(what=EVERYWHERE)
    if len(await where.choices()) < 2:
        community = await where.community()
        wanted = PageWanted(what=LISTED, community_id=community.id)
    async with db() as session:
        message = await page_of(session, wanted, where.member_id)
    await reply(message)


async def show_mine(ack: AsyncAck, member_id: str, db: Database, reply: Reply) -> None:
    """Show what I saved."""
    await ack()
    async with db() as session:
        message = await page_of(session, PageWanted(what=MINE), member_id)
    await reply(message)


async def show_everywhere(ack: AsyncAck, member_id: str, db: Database, reply: Reply) -> None:
    """Show all that I may see, wherever it is kept."""
    await ack()
    async with db() as session:
        message = await page_of(session, PageWanted(what=EVERYWHERE), member_id)
    await reply(message)


async def show_help(ack: AsyncAck, reply: Reply) -> None:
    """Explain the command in a few lines."""
    await ack()
    await reply(material_help())


async def run_word(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], again: Again
) -> None:
    """Do what the word on the button says, as if it had been typed."""
    await ack()
    word = str(action.get("value") or "")
    await again(as_command(body, "/material", word if word in WORDS else "help"))


async def turn_page(
    ack: AsyncAck, action: dict[str, Any], member_id: str, db: Database, reply: Reply
) -> None:
    """Show the page the button leads to, in place of this one."""
    await ack()
    wanted = PageWanted.read(str(action.get("value") or ""))
    if wanted is None:
        raise NotHereError(GONE)
    async with db() as session:
        message = await page_of(session, wanted, member_id)
    await reply(message, replace=True)


async def page_of(session: AsyncSession, wanted: PageWanted, member_id: str) -> Message:
    """Return the page as it is now. What is wanted may be forged; only what is seen is shown."""
    match wanted.what:
        case "mine":
            page = await finding.mine(session, member_id, wanted.page)
            return my_materials(page, await known_of(session, page.materials, member_id))
        case "find" if not wanted.sought.is_empty:
            found = await searching.search_for(session, wanted.sought, member_id, wanted.page)
            known = await known_of(session, found.page.materials, member_id)
            wanted = PageWanted(what=FOUND, page=found.page.number, sought=wanted.sought)
            return found_materials(found.page, wanted, found.corrected, known)
        case "everywhere":
            page = await finding.everywhere(session, member_id, wanted.page)
            place = "that you may see"
        case "list":
            community = await _visible(session, wanted.community_id, member_id)
            page = await finding.listed(session, community, member_id, wanted.page)
            channel = community.channel_name
            place = f"in #{channel}" if channel else f"in {community.name}"
        case _:
            raise NotHereError(GONE)
    known = await known_of(session, page.materials, member_id)
    return material_list(page, wanted.at(page.number), known, place)


async def _visible(session: AsyncSession, community_id: int | None, member_id: str) -> Community:
    """Return the community whose list is asked for; of a private one only its members know."""
    community = await session.get(Community, community_id or 0)
    if community is None or (community.is_private and not community.has_member(member_id)):
        raise NotHereError(GONE)
    return community


async def home_section(session: AsyncSession, member: Member, _: datetime) -> Sequence[Block]:
    """Return what App Home shows of materials, once there is a community to keep them in."""
    if not await Community.of_member(session, member.member_id):
        return []
    latest = await finding.latest(session, member.member_id, SHOWN_AT_MOST + 1)
    known = await known_of(session, latest[:SHOWN_AT_MOST], member.member_id)
    return home_part(latest, known)
