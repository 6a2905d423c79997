"""Listing: what is coming, in private and on App Home.

/hangout, [What is coming]    the next three, with my place and my buttons; called-off ones too
/hangout help                 what else there is
(a word of no command)        is answered with the nearest right one
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from rapidfuzz import process
from slack_bolt.async_app import AsyncAck
from slack_sdk.models.blocks import Block
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.hangouts.ids import COMING, RUN
from handlers.blocks.hangouts.lists import (
    Coming,
    OnHome,
    coming_list,
    did_you_mean,
    hangout_help,
    home_part,
)
from handlers.blocks.message import Message
from handlers.blocks.text import unescape
from handlers.hangouts.knowing import known_for
from handlers.posts import PostKind
from handlers.request import Again, Reply, Where, as_command
from models.communities import Community
from models.database import Database
from models.hangouts.hangout import Hangout
from models.hangouts.series import Series
from models.hangouts.standings import HangoutStanding, my_next
from models.ids import id_from
from models.members import Member
from models.text import clean
from models.time import Clock

POSTS: dict[str, PostKind] = {}

SHOWN_AT_MOST = 3
# Words that a slip of the finger may have meant.
WORDS = (
    *("join", "present", "leave", "signup", "plan", "move", "skip", "cancel", "swap"),
    *("notes", "voices", "protocols", "help"),
)
# rapidfuzz gives 0 to 100; below this a guess is no help.
NEAR_ENOUGH = 70
# Who leads many communities sees the first few of those without hangouts on App Home.
UNPLANNED_AT_MOST = 2


def register(app: Any) -> None:
    app.command("/hangout")(show_coming)
    app.command("/hangout", "help", alone=True)(show_help)
    app.action(COMING)(show_coming)
    app.action(RUN)(run_word)


async def show_coming(
    ack: AsyncAck,
    body: dict[str, Any],
    where: Where,
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Show what is coming; a word that is none of ours is asked about."""
    await ack()
    if typed := clean(unescape(str(body.get("text") or ""))):
        near = process.extractOne(typed.casefold().split()[0], WORDS, score_cutoff=NEAR_ENOUGH)
        await reply(did_you_mean(typed, near[0] if near else None))
        return
    community = await _meant(body, where, db)
    await reply(await _coming(db, community.id, member, clock()))


async def _meant(body: dict[str, Any], where: Where, db: Database) -> Community:
    """Return the community of the button, else the one that the member means.

    The button's value may be forged; what its presser may not see counts as not said.
    """
    [action] = body.get("actions") or [{}]
    if community_id := id_from(action.get("value")):
        async with db() as session:
            community = await session.get(Community, community_id)
        if community and not (community.is_private and not community.has_member(where.member_id)):
            return community
    return await where.community()


async def _coming(db: Database, community_id: int, member: Member, now: datetime) -> Message:
    async with db() as session:
        community = await session.get_one(Community, community_id)
        hangouts = await Hangout.coming(session, community_id, now, limit=SHOWN_AT_MOST)
        standings = await HangoutStanding.of_all(session, hangouts)
        known = await known_for(session, standings, *community.facilitators)
    return coming_list(
        Coming(
            community=community,
            standings=standings,
            known=known,
            reader_id=member.member_id,
            is_run_by_reader=community.is_run_by(member),
        ),
        now,
    )


async def show_help(ack: AsyncAck, reply: Reply) -> None:
    """Explain the command in a few lines."""
    await ack()
    await reply(hangout_help())


async def run_word(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], again: Again
) -> None:
    """Do what the word on the button says, as if it had been typed."""
    await ack()
    word = str(action.get("value") or "")
    await again(as_command(body, "/hangout", word if word in WORDS else "help"))


async def home_now(session: AsyncSession, member: Member, now: datetime) -> Sequence[Block]:
    """Return what App Home shows of hangouts."""
    found = await my_next(session, member.member_id, now)
    standings = [one.standing for one in found]
    shown = OnHome(
        reader_id=member.member_id,
        next_ones=[(one.community, one.standing) for one in found],
        known=await known_for(session, standings, member.member_id),
        unplanned=await _unplanned(session, member, {one.community.id for one in found}),
    )
    return home_part(shown, now)


async def _unplanned(
    session: AsyncSession, member: Member, planned: set[int]
) -> Sequence[Community]:
    """Return the communities this member facilitates that have no hangouts, a few of them."""
    mine = await Community.of_member(session, member.member_id)
    run_by_me = [
        one for one in mine if member.member_id in one.facilitators and one.id not in planned
    ]
    unplanned = []
    for community in run_by_me[:UNPLANNED_AT_MOST]:
        if await Series.of_community(session, community.id) is None:
            unplanned.append(community)
    return unplanned
