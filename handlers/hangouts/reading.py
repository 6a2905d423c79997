"""Reading: the notes of past hangouts, for everybody who may see their community.

[Earlier] [Later]    those of the hangout before or after, in place of these
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.beside import EVERYBODY, materials_beside
from handlers.blocks.hangouts.facts import phrase
from handlers.blocks.hangouts.notes import Noted
from handlers.blocks.hangouts.reading import Leaves, found_notes, notes_page
from handlers.blocks.message import Message
from handlers.request import Reply
from models import search
from models.communities import Community
from models.consultancies import noting
from models.consultancies.afterwards import of_hangout
from models.database import Database
from models.errors import RuleError
from models.findable import HANGOUT
from models.hangouts import posted
from models.hangouts.hangout import Hangout
from models.materials.material import About
from models.members import Member
from models.posts import Post
from models.time import Clock, zone
from models.workspaces import Workspace

SHOWN_AT_MOST = 5
# How a day is typed: 2026-12-03, 3 December 2026. Without a year it is the last such day.
_DAYS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")


@dataclass(frozen=True)
class Shown:
    """A page of notes; `is_to_be_written` says that its reader may write what is missing."""

    message: Message
    is_to_be_written: bool


async def turn_page(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Show the notes the button leads to, in place of these."""
    await ack()
    async with db() as session:
        wanted = str(action.get("value") or "")
        hangout = await Hangout.seen_by(session, wanted, member.member_id)
        community = await session.get_one(Community, hangout.community_id)
        page = await page_of(session, hangout, community, member, clock())
    await reply(page.message, replace=True)


async def page_of(
    session: AsyncSession, hangout: Hangout, community: Community, member: Member, now: datetime
) -> Shown:
    """Return the notes of one hangout as this member sees them."""
    noted = await noted_of(session, hangout, member.member_id)
    may_write = await noting.is_scribe(session, hangout, community, member)
    earlier, later = await noting.neighbours(session, hangout, now)
    leaves = Leaves(
        earlier_id=earlier.id if earlier else None,
        later_id=later.id if later else None,
        may_write=may_write,
    )
    return Shown(notes_page(noted, leaves), may_write and not noted.has_words)


async def noted_of(session: AsyncSession, hangout: Hangout, reader_id: str = EVERYBODY) -> Noted:
    """Return a hangout with what came of it, and what it takes to draw that for this reader."""
    consultancies = await of_hangout(session, hangout.id)
    people = [one.presenter_id for one in consultancies if one.presenter_id]
    known = await Member.known(session, [*people, hangout.noted_by or hangout.facilitator_id])
    names = {one: row.name for one, row in known.items() if row.name}
    beside = await materials_beside(session, About.HANGOUT, [hangout.id], reader_id)
    return Noted(
        hangout=hangout,
        consultancies=consultancies,
        names=names,
        materials=beside.get(hangout.id, phrase()),
    )


async def last_begun(
    session: AsyncSession, community: Community, now: datetime, day: date | None
) -> Hangout:
    """Return the last hangout that began, or that of the `day`; raises a RuleError without one."""
    query = noting.begun(community.id, now).order_by(Hangout.starts_at.desc())
    if day is not None:
        # However far a zone is from UTC, the hangout of a day begins within these three.
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        around = timedelta(days=1, hours=12)
        query = query.where(Hangout.starts_at.between(noon - around, noon + around))
    for hangout in (await session.scalars(query.limit(1 if day is None else None))).all():
        if day is None or hangout.starts_at.astimezone(zone(hangout.tz)).date() == day:
            return hangout
    if day is not None:
        raise RuleError(f"There was no hangout on {day:%A} {day.day} {day:%B %Y}.")
    raise RuleError("No hangout has begun yet. Notes are for afterwards.")


def day_in(sought: str, now: datetime) -> date | None:
    """Return the day that was typed, such as "2026-12-03" or "3 December", None for other words."""
    typed = " ".join(sought.replace(",", " ").replace(".", " ").split())
    if (whole := _day(typed)) is not None:
        return whole
    this, before = (_day(f"{typed} {year}") for year in (now.year, now.year - 1))
    return this if this is not None and this <= now.date() else before


def _day(typed: str) -> date | None:
    for form in _DAYS:
        try:
            return datetime.strptime(typed, form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None


async def found_by(db: Database, sought: str, member_id: str) -> Message:
    """Return the notes with these words, as far as this person may see them."""
    async with db() as session:
        mine = [community.id for community in await Community.of_member(session, member_id)]
        findings = await search.find(
            session, sought, kinds=[HANGOUT], communities=mine, page=slice(SHOWN_AT_MOST)
        )
        posts = await Post.standing(session, posted.NOTES, [hit.about_id for hit in findings.hits])
        address = await Workspace.address(session)
        links = {post.about_id: post.permalink(address) for post in posts}
        found = [
            (await session.get_one(Hangout, hit.about_id), links.get(hit.about_id))
            for hit in findings.hits
        ]
    return found_notes(sought, found, findings.corrected)
