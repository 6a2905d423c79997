"""The journal: what somebody received and gave, page by page, for their eyes only.

/thanks journal, [My journal]    what I received, by reason
[What I gave] [Earlier] [Later]    the other half and other pages, in place
(App Home)                       the latest few, with the way to all
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.models.blocks import Block
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.message import Message
from handlers.blocks.problems.lists import PageWanted
from handlers.blocks.thanks.ids import JOURNAL
from handlers.blocks.thanks.journal import (
    EARLIER,
    LATER,
    OTHER_SIDE,
    Reader,
    home_part,
    journal_page,
)
from handlers.request import Reply
from handlers.thanks.drawing import facts_of_all
from models.communities import Community
from models.database import Database
from models.errors import NotHereError
from models.members import Member
from models.thanks.journal import Side, latest, page_of
from models.time import Clock

GONE = "That page is not there any more. `/thanks journal` begins anew."


def register(app: Any) -> None:
    app.command("/thanks", "journal", alone=True)(open_journal)
    app.action(JOURNAL)(open_journal)
    for button in (EARLIER, LATER, OTHER_SIDE):
        app.action(button)(turn_page)


async def open_journal(
    ack: AsyncAck, member: Member, db: Database, clock: Clock, reply: Reply
) -> None:
    """Show what I received, whoever's button it was."""
    await ack()
    async with db() as session:
        message = await _page(session, PageWanted(what=Side.RECEIVED), member, clock())
    await reply(message)


async def turn_page(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Show the page the button leads to, in place of this one; always one's own."""
    await ack()
    wanted = PageWanted.read(str(action.get("value") or ""))
    if wanted is None or wanted.what not in list(Side):
        raise NotHereError(GONE)
    async with db() as session:
        message = await _page(session, wanted, member, clock())
    await reply(message, replace=True)


async def home_section(session: AsyncSession, member: Member, now: datetime) -> Sequence[Block]:
    """Return what App Home shows of thanks: my latest few, once there is a community."""
    newest = await latest(session, member.member_id, now)
    if not newest and not await Community.of_member(session, member.member_id):
        return []
    facts = await facts_of_all(session, newest, member.member_id)
    return home_part(facts, _reader(member, now))


async def _page(
    session: AsyncSession, wanted: PageWanted, member: Member, now: datetime
) -> Message:
    side = Side(wanted.what)
    page = await page_of(session, side, member.member_id, now, wanted.page)
    facts = await facts_of_all(session, page.thanks, member.member_id)
    return journal_page(page, facts, _reader(member, now))


def _reader(member: Member, now: datetime) -> Reader:
    return Reader(member_id=member.member_id, tz=member.tz, now=now)
