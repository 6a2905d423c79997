"""Inviting: the card a week before, and letters about seats.

a week before, by day           the invitation is posted once; whoever answers changes it in place
(a seat is freed)               whoever waits longest is offered it, with a time to confirm by
(nobody confirms in time)       it goes on to the next one, every few minutes; both are told
(a facilitator signs one up)    whoever it is hears of it
"""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.hangouts.cards import invitation
from handlers.blocks.hangouts.facts import Known, Phrase, heading, phrase
from handlers.blocks.hangouts.offers import (
    CHANGES,
    SEATS,
    lapse_letter,
    offer_answered,
    offer_letter,
    signed_up_letter,
)
from handlers.blocks.hangouts.own import Own
from handlers.blocks.message import Message
from handlers.blocks.wordings.filling import facts_of, own_opening
from handlers.hangouts.knowing import known_for
from handlers.posts import PostKind
from models.communities import Community
from models.database import Database
from models.hangouts import posted, signups
from models.hangouts.hangout import Hangout
from models.hangouts.signup import Presenting, Signup
from models.hangouts.standings import HangoutStanding
from models.posts import Post
from models.time import Clock
from models.wordings.rewording import wording_of
from models.wordings.wording import Spot

logger = logging.getLogger(__name__)

# One tick lets the offers of so many hangouts run out; the next one goes on.
LAPSED_AT_ONCE = 200


def register(app: Any) -> None:
    """Nothing of it is pressed here: its buttons belong to signing up."""


async def draw_invitation(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw the invitation as things stand; to what is called off or has begun nobody is invited."""
    hangout = await session.get(Hangout, post.about_id)
    if hangout is None or (post.ts is None and not hangout.is_ahead(now)):
        return None
    standing = await HangoutStanding.of(session, hangout)
    known = await known_for(session, [standing])
    return invitation(standing, known, now, await _opening(session, standing, known))


async def _opening(session: AsyncSession, standing: HangoutStanding, known: Known) -> list[Phrase]:
    """Return what the community says in its own words there, if it does."""
    hangout = standing.hangout
    own = await wording_of(session, hangout.community_id, Spot.INVITATION)
    community = await session.get_one(Community, hangout.community_id)
    title = phrase(heading(hangout, known.names), ".")
    return own_opening(own, facts_of(standing, known, community), title)


async def draw_offer(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw the offer while it holds; once it is answered or over, the letter says so."""
    hangout = await session.get(Hangout, post.about_id)
    if hangout is None:
        return None
    own, known = await _place_of(session, hangout, post.place_id)
    until = datetime.fromtimestamp(int(post.key.rpartition(":")[2]), UTC)
    is_this_one = own.signup is not None and own.signup.offered_until == until
    if own.is_offered and is_this_one and hangout.is_ahead(now) and until > now:
        return offer_letter(own, until, known)
    return offer_answered(own) if post.ts is not None else None


async def draw_lapse(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw that the seat went on, for who still comes and has asked for no other since."""
    hangout = await session.get(Hangout, post.about_id)
    if hangout is None or not hangout.is_ahead(now):
        return None
    own, _ = await _place_of(session, hangout, post.place_id)
    return lapse_letter(own, now) if own.is_coming and own.signup is None else None


async def draw_signing_up(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw who signed them up, for somebody who has not said since that they can't come."""
    hangout = await session.get(Hangout, post.about_id)
    if hangout is None or not hangout.is_ahead(now):
        return None
    signup = await Signup.of(session, hangout.id, post.place_id)
    if signup is None or not signup.is_coming:
        return None
    by = post.cause_id or ""
    standing = await HangoutStanding.of(session, hangout)
    own = Own.of(standing, post.place_id)
    return signed_up_letter(own, await known_for(session, [standing], by), by, now)


async def _place_of(session: AsyncSession, hangout: Hangout, member_id: str) -> tuple[Own, Known]:
    standing = await HangoutStanding.of(session, hangout)
    return Own.of(standing, member_id), await known_for(session, [standing])


async def lapse_offers(db: Database, clock: Clock, _: AsyncWebClient) -> str:
    """Let seats go on that nobody confirmed in time."""
    lapsed = 0
    for hangout_id, workspace_id in (await _lapsing(db, clock())).items():
        try:
            async with db.of(workspace_id).begin() as session:
                hangout = await Hangout.of(session, hangout_id, for_update=True)
                lapsed += await signups.lapse(session, hangout, clock())
                await Post.redraw(session, posted.OFFER, hangout.id, clock())
        except Exception:
            logger.exception("Could not let the offers of hangout %s run out", hangout_id)
    return f"{lapsed} offers ran out"


async def _lapsing(db: Database, now: datetime) -> Mapping[int, str]:
    """Return the workspaces of hangouts with an offer that has run out, by hangout."""
    async with db.everywhere()() as session:
        ids = await signups.lapsing(session, now, LAPSED_AT_ONCE)
        query = select(Hangout).where(Hangout.id.in_(ids))
        return {one.id: one.workspace_id for one in await session.scalars(query)}


async def next_moment(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when the next offer runs out."""
    query = select(func.min(Signup.offered_until)).where(
        Signup.presenting == Presenting.OFFERED, Signup.offered_until > now
    )
    return await session.scalar(query)


POSTS = {
    posted.INVITATION: PostKind(draw_invitation),
    posted.OFFER: PostKind(draw_offer, switch=SEATS),
    posted.LAPSED: PostKind(draw_lapse, switch=SEATS),
    posted.SIGNED_UP: PostKind(draw_signing_up, switch=CHANGES),
}
