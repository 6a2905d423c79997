"""Reminding: letters before a hangout, files for calendars, and whose voice was not heard.

(a day before)           whoever comes gets the agenda and a calendar file; the facilitator a brief
(15 minutes before)      whoever comes, and who leads, gets the link
[Add to my calendar]     a calendar file in the member's own conversation
/hangout voices          facilitators see, in private, who has not been heard for a while
"""

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.hangouts.briefs import FACILITATING, Unheard, brief, voices_answer
from handlers.blocks.hangouts.calendars import calendar_file, calendar_promised
from handlers.blocks.hangouts.entries import calendar_entry
from handlers.blocks.hangouts.facts import Known
from handlers.blocks.hangouts.ids import CALENDAR_FILE, OPEN_PLACE, VOICES
from handlers.blocks.hangouts.letters import (
    REMINDERS,
    Meeting,
    day_before_letter,
    soon_letter,
)
from handlers.blocks.message import Message
from handlers.hangouts.knowing import known_for
from handlers.hangouts.pressing import is_at_once
from handlers.names import names_of
from handlers.posts import PostKind
from handlers.request import Reply, Where
from models.communities import Community
from models.consultancies.protocols import live_protocol_of
from models.database import Database
from models.errors import RuleError
from models.hangouts import calendars, ics, posted, telling
from models.hangouts.hangout import Hangout
from models.hangouts.standings import HangoutStanding
from models.hangouts.voices import voices
from models.members import Member
from models.posts import Post
from models.time import Clock
from models.wordings.rewording import wording_of
from models.wordings.wording import Spot


def register(app: Any) -> None:
    app.command("/hangout", "voices", alone=True)(show_voices)
    app.action(VOICES)(show_voices_of)
    app.action(CALENDAR_FILE)(add_to_calendar)
    app.action(OPEN_PLACE)(open_place)


async def show_voices(
    ack: AsyncAck, member: Member, where: Where, db: Database, clock: Clock, reply: Reply
) -> None:
    """Show a facilitator who has not been heard for a while in their community."""
    await ack()
    community_id = (await where.community()).id
    async with db() as session:
        community = await session.get_one(Community, community_id)
        answer = await _voices_in(session, community, member, clock())
    await reply(answer)


async def show_voices_of(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Show the same from the brief, whose button names a hangout."""
    await ack()
    async with db() as session:
        value = str(action.get("value") or "")
        hangout = await Hangout.seen_by(session, value, member.member_id)
        community = await session.get_one(Community, hangout.community_id)
        answer = await _voices_in(session, community, member, clock())
    await reply(answer)


async def add_to_calendar(
    ack: AsyncAck, action: dict[str, Any], member_id: str, db: Database, clock: Clock, reply: Reply
) -> None:
    """Send a calendar file to whoever asks; pressing twice sends one."""
    await ack()
    async with db.begin() as session:
        hangout = await Hangout.seen_by(session, str(action.get("value") or ""), member_id)
        if hangout.is_over(clock()):
            raise RuleError("That hangout is over, so no calendar needs it any more.")
        asked_at = await calendars.send_calendar(session, hangout, member_id, clock())
    if asked_at is None or not is_at_once(asked_at, clock()):
        await reply(calendar_promised())


async def open_place(ack: AsyncAck) -> None:
    """Let the browser go where the button leads; there is nothing for us to do."""
    await ack()


async def draw_day_before(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw the reminder for whoever still comes.

    It gives way to the brief for who leads, and to the reminder shortly before when it is late.
    """
    meeting = await _meeting_of(session, post, now)
    if meeting is None or now >= meeting.hangout.starts_at - telling.SOON_BEFORE:
        return None
    if post.place_id not in meeting.standing.coming_ids:
        return None
    if meeting.is_led_by(post.place_id) and await _wants_brief(session, post.place_id):
        return None
    return day_before_letter(meeting, post.place_id)


async def draw_soon(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw the last reminder, for whoever still comes and for who leads."""
    meeting = await _meeting_of(session, post, now)
    if meeting is None:
        return None
    is_there = post.place_id in meeting.standing.coming_ids or meeting.is_led_by(post.place_id)
    return soon_letter(meeting, post.place_id) if is_there else None


async def draw_brief(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw the facilitator's brief, unless somebody else leads by now."""
    meeting = await _meeting_of(session, post, now)
    if meeting is None or not meeting.is_led_by(post.place_id):
        return None
    member = await Member.find(session, post.place_id)
    is_facilitator = member is not None and meeting.community.is_run_by(member)
    unheard = await _unheard(session, meeting.community, now) if is_facilitator else None
    return brief(meeting, unheard)


async def draw_calendar(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw the calendar file as the hangout is now, unless it is over."""
    hangout = await session.get(Hangout, post.about_id)
    if hangout is None or hangout.is_over(now):
        return None
    meeting = await _meeting(session, hangout)
    content = ics.calendar_file([calendar_entry(meeting, now)], name=meeting.community.name)
    return calendar_file(hangout, content, place=meeting.channel)


async def _meeting_of(session: AsyncSession, post: Post, now: datetime) -> Meeting | None:
    """Return the hangout a letter is about, if it still takes place as the letter has it."""
    hangout = await session.get(Hangout, post.about_id)
    if hangout is None or not hangout.is_ahead(now):
        return None
    if not posted.is_about_this_start(post, hangout):
        return None
    has_file = await calendars.has_calendar(session, hangout.id, post.key)
    return await _meeting(session, hangout, has_calendar_file=has_file)


async def _meeting(
    session: AsyncSession, hangout: Hangout, *, has_calendar_file: bool = False
) -> Meeting:
    standing = await HangoutStanding.of(session, hangout)
    return Meeting(
        standing=standing,
        community=await session.get_one(Community, hangout.community_id),
        protocol=await live_protocol_of(session, hangout.community_id, hangout.protocol),
        known=await known_for(session, [standing]),
        has_calendar_file=has_calendar_file,
        own_words=await wording_of(session, hangout.community_id, Spot.REMINDER),
    )


async def _wants_brief(session: AsyncSession, member_id: str) -> bool:
    member = await Member.find(session, member_id)
    return member is None or member.wants(FACILITATING)


async def _voices_in(
    session: AsyncSession, community: Community, member: Member, now: datetime
) -> Message:
    names = await names_of(session, community.facilitators)
    community.require_facilitator(member, "see who has not been heard for a while", names)
    return voices_answer(await _unheard(session, community, now), community.name)


async def _unheard(session: AsyncSession, community: Community, now: datetime) -> Unheard:
    found = await voices(session, community, now)
    names = await names_of(session, [one.member_id for one in found])
    return Unheard.among(found, Known(names=names), now)


POSTS = {
    posted.DAY_BEFORE: PostKind(draw_day_before, switch=REMINDERS),
    posted.SOON: PostKind(draw_soon, switch=REMINDERS),
    posted.BRIEF: PostKind(draw_brief, switch=FACILITATING),
    posted.CALENDAR: PostKind(draw_calendar, is_optional=True, is_file=True),
}
