"""Retelling: the letters about what changed, drawn when they are sent from what is true then.

(a hangout changes)     who comes and who leads get a letter, with a file for calendars
(the plan changes)      each of them gets one letter and one file about all that is theirs
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.hangouts.change_letters import (
    CHANGES,
    Change,
    change_letter,
    replanned_calendar,
    replanned_letter,
)
from handlers.blocks.hangouts.entries import calendar_entry
from handlers.blocks.hangouts.facts import Known
from handlers.blocks.hangouts.letters import Meeting
from handlers.blocks.hangouts.own import Own
from handlers.blocks.message import Message
from handlers.hangouts.knowing import known_for
from handlers.looking_after import place_of
from handlers.names import names_of
from handlers.posts import PostKind
from models.communities import Community
from models.consultancies.protocols import live_protocol_of
from models.hangouts import posted
from models.hangouts.hangout import Hangout
from models.hangouts.ics import calendar_file
from models.hangouts.standings import HangoutStanding
from models.posts import Post

# Among how many coming hangouts the next one that takes place is looked for.
LOOKS_AHEAD = 20


async def draw_change(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw what is different, unless it has changed again since or is over."""
    hangout = await session.get(Hangout, post.about_id)
    if hangout is None or hangout.is_over(now):
        return None
    if post.key.rpartition(":")[2] != str(hangout.sequence):
        return None
    following = None if hangout.is_on else await _following(session, hangout, now)
    leaders = {one.facilitator_id for one in (hangout, following) if one is not None}
    standing = await HangoutStanding.of(session, hangout)
    names = await names_of(session, leaders)
    change = await _change(session, standing, post.place_id, names)
    return change_letter(change, following, now)


async def draw_replanned(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw what a change of the plan changed, but for what has changed again since or is over."""
    standings = await _standings_of(session, post, now)
    if not standings:
        return None
    names = await names_of(session, {one.hangout.facilitator_id for one in standings})
    changes = [await _change(session, one, post.place_id, names) for one in standings]
    return replanned_letter(changes, now)


async def draw_replanned_calendar(
    session: AsyncSession, post: Post, now: datetime
) -> Message | None:
    """Draw one file for calendars with all the hangouts of such a letter."""
    standings = await _standings_of(session, post, now)
    if not standings:
        return None
    community = await session.get_one(Community, standings[0].hangout.community_id)
    known = await known_for(session, standings)
    changes = [await _change(session, one, post.place_id, known.names) for one in standings]
    meetings = [await _meeting(session, one, community, known) for one in standings]
    entries = [calendar_entry(meeting, now) for meeting in meetings]
    return replanned_calendar(changes, calendar_file(entries, name=community.name))


async def _following(session: AsyncSession, hangout: Hangout, now: datetime) -> Hangout | None:
    coming = await Hangout.coming(session, hangout.community_id, now, limit=LOOKS_AHEAD)
    return next((one for one in coming if one.is_ahead(now) and one.id != hangout.id), None)


async def _standings_of(
    session: AsyncSession, post: Post, now: datetime
) -> Sequence[HangoutStanding]:
    """Return the hangouts a letter is about that are as it has them, the soonest first."""
    told = posted.replanned_in(post.key)
    query = select(Hangout).where(Hangout.id.in_(told), Hangout.ends_at > now)
    found = (await session.scalars(query.order_by(Hangout.starts_at, Hangout.id))).all()
    return await HangoutStanding.of_all(
        session, [one for one in found if one.sequence == told[one.id]]
    )


async def _change(
    session: AsyncSession, standing: HangoutStanding, reader_id: str, names: Mapping[str, str]
) -> Change:
    hangout = standing.hangout
    community = await session.get_one(Community, hangout.community_id)
    protocol = await live_protocol_of(session, community.id, hangout.protocol)
    return Change(
        own=Own.of(standing, reader_id),
        place=place_of(community),
        protocol=protocol.name,
        names=names,
    )


async def _meeting(
    session: AsyncSession, standing: HangoutStanding, community: Community, known: Known
) -> Meeting:
    protocol = await live_protocol_of(session, community.id, standing.hangout.protocol)
    return Meeting(standing=standing, community=community, protocol=protocol, known=known)


POSTS = {
    posted.CHANGED: PostKind(draw_change, switch=CHANGES),
    posted.REPLANNED: PostKind(draw_replanned, switch=CHANGES),
    posted.REPLANNED_CALENDAR: PostKind(draw_replanned_calendar, is_optional=True, is_file=True),
}
