"""Listing: one's own pilots and those that colleagues share, in pages that only the reader sees."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rapidfuzz import process
from slack_bolt.async_app import AsyncAck
from slack_sdk.models.blocks import Block
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.message import Message
from handlers.blocks.pilots.home import WAITING_SHOWN, home_part, pilot_help, waiting_part
from handlers.blocks.pilots.ids import LIST
from handlers.blocks.pilots.lists import (
    EARLIER,
    FIND,
    LATER,
    MINE,
    NETWORK,
    RUN,
    SHARED,
    did_you_mean,
    found_pilots,
    my_pilots,
    shared_pilots,
)
from handlers.blocks.problems.lists import PageWanted
from handlers.blocks.text import unescape
from handlers.pilots.drawing import known_of_rows
from handlers.request import Again, Reply, Where, as_command
from models.communities import Community
from models.database import Database
from models.errors import NotHereError, RuleError
from models.members import Member
from models.pilots import finding
from models.pilots.waiting import waiting
from models.text import clean
from models.time import Clock

WORDS = (
    *("start", "log", "finish", "list", "show", "find", "share", "mine", "help"),
    *("pause", "resume", "stop"),
)
# rapidfuzz gives 0 to 100; below this a guess is no help.
NEAR_ENOUGH = 75
GONE = "That list is not there any more. `/pilot list` begins anew."


def register(app: Any) -> None:
    app.command("/pilot")(show_mine)
    app.command("/pilot", "mine", alone=True)(show_mine)
    app.command("/pilot", "list", alone=True)(show_list)
    app.command("/pilot", "find")(show_found)
    app.command("/pilot", "help", alone=True)(show_help)
    app.action(LIST)(show_network)
    app.action(RUN)(run_word)
    app.action(EARLIER)(turn_page)
    app.action(LATER)(turn_page)


async def show_mine(
    ack: AsyncAck,
    body: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Show my pilots; a word that is none of ours is answered with the nearest one."""
    await ack()
    typed = _typed(body)
    word = typed.partition(" ")[0].casefold()
    if typed and word != MINE:
        near = process.extractOne(word, WORDS, score_cutoff=NEAR_ENOUGH)
        await reply(did_you_mean(typed, near[0] if near else None))
        return
    async with db() as session:
        message = await _page_of(session, PageWanted(what=MINE), member_id, clock())
    await reply(message)


async def show_list(ack: AsyncAck, where: Where, db: Database, clock: Clock, reply: Reply) -> None:
    """Show what colleagues share here, newest first; to members of several communities, all."""
    await ack()
    wanted = PageWanted(what=NETWORK)
    if len(await where.choices()) < 2:
        community = await where.community()
        wanted = PageWanted(what=SHARED, community_id=community.id)
    async with db() as session:
        message = await _page_of(session, wanted, where.member_id, clock())
    await reply(message)


async def show_network(
    ack: AsyncAck, member_id: str, db: Database, clock: Clock, reply: Reply
) -> None:
    """Show all that colleagues let me see, wherever they are."""
    await ack()
    async with db() as session:
        message = await _page_of(session, PageWanted(what=NETWORK), member_id, clock())
    await reply(message)


async def show_found(
    ack: AsyncAck,
    body: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Search what was tried and learned, among what I may see and what is mine."""
    await ack()
    sought = _typed(body).partition(" ")[2].strip()
    if not sought:
        raise RuleError("What would you like to find? For example /pilot find exit ticket")
    async with db() as session:
        wanted = PageWanted(what=FIND, words=sought)
        message = await _page_of(session, wanted, member_id, clock())
    await reply(message)


async def show_help(ack: AsyncAck, reply: Reply) -> None:
    """Explain the command in a few lines."""
    await ack()
    await reply(pilot_help())


async def run_word(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], again: Again
) -> None:
    """Do what the word on the button says, as if it had been typed."""
    await ack()
    word = str(action.get("value") or "")
    await again(as_command(body, "/pilot", word if word in WORDS else "help"))


async def turn_page(
    ack: AsyncAck,
    action: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Show the page the button leads to, in place of this one."""
    await ack()
    wanted = PageWanted.read(str(action.get("value") or ""))
    if wanted is None:
        raise NotHereError(GONE)
    async with db() as session:
        message = await _page_of(session, wanted, member_id, clock())
    await reply(message, replace=True)


async def _page_of(
    session: AsyncSession, wanted: PageWanted, member_id: str, now: datetime
) -> Message:
    """Return the page as it is now. What is wanted may be forged; only what is seen is shown."""
    corrected: Mapping[str, str] = {}
    place = ""
    match wanted.what:
        case "mine":
            page = await finding.mine(session, member_id, wanted.page)
        case "find" if wanted.words:
            found = await finding.search_for(session, wanted.words, member_id, wanted.page)
            page, corrected = found.page, found.corrected
        case "network":
            page = await finding.in_network(session, member_id, wanted.page)
        case "shared":
            page, place = await _shared(session, wanted, member_id)
        case _:
            raise NotHereError(GONE)
    known = await known_of_rows(session, page.pilots, member_id, now)
    match wanted.what:
        case "mine":
            return my_pilots(page, known, member_id)
        case "find":
            return found_pilots(page, wanted, corrected, known, member_id)
        case _:
            return shared_pilots(page, wanted, known, member_id, place)


async def _shared(
    session: AsyncSession, wanted: PageWanted, member_id: str
) -> tuple[finding.PilotPage, str]:
    """Return what is shared in a community, and how the heading names it."""
    community = await session.get(Community, wanted.community_id or 0)
    is_seen = community is not None and (
        not community.is_private or community.has_member(member_id)
    )
    if community is None or not is_seen:
        raise NotHereError(GONE)
    place = f"#{community.channel_name}" if community.channel_name else community.name
    return await finding.listed(session, community, member_id, wanted.page), f"in {place}"


def _typed(body: dict[str, Any]) -> str:
    return clean(unescape(str(body.get("text") or "")))


async def home_now(session: AsyncSession, member: Member, now: datetime) -> Sequence[Block]:
    """Return my pilots that wait for a value, with *Log*; nothing while none does."""
    return waiting_part(await waiting(session, member.member_id, now, WAITING_SHOWN))


async def home_section(session: AsyncSession, member: Member, now: datetime) -> Sequence[Block]:
    """Return what App Home shows of pilots: mine, with *Log*, once there is a community."""
    page = await finding.mine(session, member.member_id)
    if not page.total and not await Community.of_member(session, member.member_id):
        return []
    known = await known_of_rows(session, page.pilots, member.member_id, now)
    return home_part(page, known, member.member_id)
