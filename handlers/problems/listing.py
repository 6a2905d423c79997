"""Listing and finding: pages of problems that only the reader sees."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.models.blocks import Block
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.message import Message
from handlers.blocks.problems.home import home_part, problem_help, waiting_part
from handlers.blocks.problems.lists import (
    EARLIER,
    FIND,
    LATER,
    MINE,
    RUN,
    PageWanted,
    find_results,
    my_problems,
    problem_list,
)
from handlers.blocks.text import unescape
from handlers.problems.drawing import channel_name, legend_of
from handlers.problems.opening import WORDS
from handlers.request import Again, Reply, Where, as_command
from models import search
from models.communities import Community
from models.database import Database
from models.errors import NotHereError, RuleError
from models.members import Member
from models.problems import PAGE_SIZE, Listing, Page, Standing, page_within
from models.problems.visibility import KIND
from models.text import clean


def register(app: Any) -> None:
    app.command("/problem", "list", alone=True)(show_list)
    app.command("/problem", "mine", alone=True)(show_mine)
    app.command("/problem", "unanswered", alone=True)(show_unanswered)
    app.command("/staffroom", "next", alone=True)(show_unanswered)
    app.command("/problem", "find")(show_found)
    app.command("/problem", "help", alone=True)(show_help)
    app.action(RUN)(run_word)
    app.action(EARLIER)(turn_page)
    app.action(LATER)(turn_page)


async def show_list(ack: AsyncAck, where: Where, db: Database, reply: Reply) -> None:
    """Show what the community is thinking about, newest first."""
    await ack()
    await _show_listing(Listing.ALL, where, db, reply)


async def show_unanswered(ack: AsyncAck, where: Where, db: Database, reply: Reply) -> None:
    """Show what waits for a first answer."""
    await ack()
    await _show_listing(Listing.UNANSWERED, where, db, reply)


async def show_mine(ack: AsyncAck, member_id: str, db: Database, reply: Reply) -> None:
    """Show what I shared, also without my name."""
    await ack()
    await reply(await _page_of(db, PageWanted(what=MINE), member_id))


async def show_found(
    ack: AsyncAck, body: dict[str, Any], member_id: str, db: Database, reply: Reply
) -> None:
    """Search what was asked and learned in the communities I can see."""
    await ack()
    _, *rest = clean(unescape(str(body.get("text") or ""))).split(maxsplit=1)
    sought = " ".join(rest)
    if not sought:
        raise RuleError("What would you like to find? For example /problem find exit tickets")
    await reply(await _page_of(db, PageWanted(what=FIND, words=sought), member_id))


async def show_help(ack: AsyncAck, reply: Reply) -> None:
    """Explain the command in a few lines."""
    await ack()
    await reply(problem_help())


async def run_word(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], again: Again
) -> None:
    """Do what the word on the button says, as if it had been typed."""
    await ack()
    word = str(action.get("value") or "")
    await again(as_command(body, "/problem", word if word in WORDS else "help"))


async def turn_page(
    ack: AsyncAck, action: dict[str, Any], member_id: str, db: Database, reply: Reply
) -> None:
    """Show the page the button leads to, in place of this one."""
    await ack()
    wanted = PageWanted.read(str(action.get("value") or ""))
    if wanted is None:
        raise NotHereError("That page is not there any more. `/problem list` begins anew.")
    await reply(await _page_of(db, wanted, member_id), replace=True)


async def _show_listing(listing: Listing, where: Where, db: Database, reply: Reply) -> None:
    community = await where.community()
    wanted = PageWanted(what=str(listing), community_id=community.id)
    await reply(await _page_of(db, wanted, where.member_id))


async def _page_of(db: Database, wanted: PageWanted, member_id: str) -> Message:
    """Return the page as it is now. What is wanted may be forged; only what is seen is shown."""
    async with db() as session:
        if wanted.what == MINE:
            page = await Standing.mine(session, member_id, wanted.page)
            return my_problems(page, await legend_of(session, page.standings))
        if wanted.what == FIND and wanted.words:
            return await _found(session, wanted, member_id)
        listings = [one for one in Listing if one == wanted.what]
        community = await session.get(Community, wanted.community_id or 0)
        is_seen = community is not None and (
            not community.is_private or community.has_member(member_id)
        )
        if community is None or not is_seen or not listings:
            raise NotHereError("That list is not there any more. `/problem list` begins anew.")
        page = await Standing.listed(session, community.id, member_id, listings[0], wanted.page)
        place = channel_name([community]) or community.name
        return problem_list(page, wanted, place, await legend_of(session, page.standings))


async def _found(session: AsyncSession, wanted: PageWanted, member_id: str) -> Message:
    mine = [community.id for community in await Community.of_member(session, member_id)]
    findings = await search.find(
        session, wanted.words or "", kinds=[KIND], communities=mine, page=slice(search.MOST_FINDS)
    )
    number = page_within(wanted.page, findings.total)
    hits = findings.hits[number * PAGE_SIZE : (number + 1) * PAGE_SIZE]
    standings = await Standing.among(session, [hit.about_id for hit in hits], member_id)
    page = Page(standings=standings, number=number, total=findings.total)
    return find_results(page, wanted, findings.corrected, await legend_of(session, standings))


async def home_section(session: AsyncSession, member: Member, _: datetime) -> Sequence[Block]:
    """Return what App Home shows of my problems, once there is a community to share them in."""
    mine = await Standing.mine(session, member.member_id)
    if not mine.total and not await Community.of_member(session, member.member_id):
        return []
    return home_part(mine, await legend_of(session, mine.standings))


async def home_finding(session: AsyncSession, member: Member, now: datetime) -> Sequence[Block]:
    """Return what waits for a first answer of colleagues in my communities."""
    unanswered = await Standing.waiting_for(session, member.member_id, now)
    return waiting_part(unanswered, await legend_of(session, unanswered.standings))
