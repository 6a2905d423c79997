"""Listing: the tool belt in pages that only the reader sees, and what forms offer to choose from.

/practice                  the community's menu, else the whole tool belt
/practice WORDS            a practice of that name, else what a search for the words finds
/practice find WORDS       practices by words, the best first
/practice list, mine       all of them; those one added or tried
[Browse] [More] [Back]     pages, which turn in place
(a form's list)            what fits while one types
(App Home)                 what to try next: of the menu, else three ideas a week
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from rapidfuzz import process
from slack_bolt.async_app import AsyncAck
from slack_sdk.models.blocks import Block
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.message import Message
from handlers.blocks.practices.choosing import CHOOSE, OPTIONS_AT_MOST, practice_option
from handlers.blocks.practices.home import home_part, practice_help
from handlers.blocks.practices.ids import BROWSE
from handlers.blocks.practices.lists import (
    EARLIER,
    LATER,
    RUN,
    PageWanted,
    did_you_mean,
    find_results,
    my_practices,
    practice_list,
    which_practice,
)
from handlers.practices.holding import stocked, words_after
from handlers.practices.menu import menu_shown
from handlers.practices.showing import card_for
from handlers.request import Again, Reply, Where, as_command
from models.communities import Community
from models.database import Database
from models.errors import NotHereError, RuleError
from models.members import Member
from models.practices import finding
from models.practices.menus import suggested_to
from models.practices.practice import Practice
from models.text import clean
from models.time import Clock

WORDS = ("find", "show", "add", "edit", "menu", "list", "mine", "help")
# rapidfuzz gives 0 to 100; a single word this near to one of ours was hardly meant as a name.
NEAR_ENOUGH = 75


def register(app: Any) -> None:
    app.command("/practice")(show_tool_belt)
    app.command("/practice", "find")(show_found)
    app.command("/practice", "list", alone=True)(show_all)
    app.command("/practice", "mine", alone=True)(show_mine)
    app.command("/practice", "help", alone=True)(show_help)
    app.action(BROWSE)(browse)
    app.action(EARLIER)(turn_page)
    app.action(LATER)(turn_page)
    app.action(RUN)(run_word)
    app.options(CHOOSE)(offer_practices)


async def show_tool_belt(
    ack: AsyncAck,
    body: dict[str, Any],
    member: Member,
    where: Where,
    workspace_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Show the menu or the whole tool belt; words are a name, or else are searched for."""
    await ack()
    await stocked(db, workspace_id, clock)
    typed = words_after(body)
    if typed:
        await reply(await _meant(db, typed, member))
        return
    communities = await where.choices()
    async with db() as session:
        # Whoever is in several communities sees what all of them share.
        shown = await menu_shown(session, communities[0], member) if len(communities) == 1 else None
        shown = shown or practice_list(await finding.page_of(session, 0))
    await reply(shown)


async def show_found(
    ack: AsyncAck,
    body: dict[str, Any],
    member_id: str,
    workspace_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Search names, steps, topics and the rest."""
    await ack()
    sought = words_after(body, "find")
    if not sought:
        raise RuleError("What would you like to find? For example /practice find discussion")
    await stocked(db, workspace_id, clock)
    await reply(await _page(db, PageWanted(words=sought), member_id))


async def show_all(
    ack: AsyncAck,
    member_id: str,
    workspace_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Show the first page of all."""
    await ack()
    await stocked(db, workspace_id, clock)
    await reply(await _page(db, PageWanted(), member_id))


async def show_mine(ack: AsyncAck, member_id: str, db: Database, reply: Reply) -> None:
    """Show what this person added or tried."""
    await ack()
    await reply(await _page(db, PageWanted(is_mine=True), member_id))


async def show_help(ack: AsyncAck, reply: Reply) -> None:
    """Explain the command in a few lines."""
    await ack()
    await reply(practice_help())


async def browse(
    ack: AsyncAck,
    action: dict[str, Any],
    member_id: str,
    workspace_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Show the first page of all, or of what the button's words find."""
    await ack()
    await stocked(db, workspace_id, clock)
    wanted = PageWanted(words=clean(str(action.get("value") or "")))
    await reply(await _page(db, wanted, member_id))


async def turn_page(
    ack: AsyncAck, action: dict[str, Any], member_id: str, db: Database, reply: Reply
) -> None:
    """Show the page the button leads to, in place of this one."""
    await ack()
    wanted = PageWanted.read(str(action.get("value") or ""))
    if wanted is None:
        raise NotHereError("That page is not there any more. /practice begins anew.")
    await reply(await _page(db, wanted, member_id), replace=True)


async def run_word(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], again: Again
) -> None:
    """Do what the word on the button says, as if it had been typed."""
    await ack()
    word = str(action.get("value") or "")
    await again(as_command(body, "/practice", word if word in WORDS else "help"))


async def offer_practices(
    ack: AsyncAck, payload: dict[str, Any], workspace_id: str, db: Database, clock: Clock
) -> None:
    """Offer the practices that fit what is typed."""
    await stocked(db, workspace_id, clock)
    async with db() as session:
        practices = await finding.like(session, str(payload.get("value") or ""), OPTIONS_AT_MOST)
    await ack(options=[practice_option(one).to_dict() for one in practices])


async def home_section(session: AsyncSession, member: Member, now: datetime) -> Sequence[Block]:
    """Return what App Home shows of the tool belt, once there is a community to try things in."""
    communities = await Community.of_member(session, member.member_id)
    if not communities:
        return []
    return home_part(await suggested_to(session, member.member_id, communities, now))


async def _meant(db: Database, typed: str, member: Member) -> Message:
    """Return what words after the command may mean: a slip, a name, or something to find."""
    near = process.extractOne(typed.casefold(), WORDS, score_cutoff=NEAR_ENOUGH)
    async with db() as session:
        named = await finding.by_name(session, typed)
        if isinstance(named, Practice):
            return await card_for(session, named, member)
        if near and not named and len(typed.split()) == 1:
            return did_you_mean(typed, near[0])
        if named:
            return which_practice(typed, named)
        return find_results(await finding.found(session, typed, 0), typed)


async def _page(db: Database, wanted: PageWanted, member_id: str) -> Message:
    async with db() as session:
        if wanted.is_mine:
            return my_practices(await finding.mine(session, member_id, wanted.page))
        if wanted.words:
            page = await finding.found(session, wanted.words, wanted.page)
            return find_results(page, wanted.words)
        return practice_list(await finding.page_of(session, wanted.page))
