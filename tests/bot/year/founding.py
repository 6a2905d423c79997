"""How the year begins: members with their settings, communities with their customs and rhythms."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.database import Database
from models.digests import customs as digests
from models.digests import personal
from models.hangouts import planning
from models.hangouts.rhythm import Rhythm
from models.members import Member, Profile
from models.thanks import habits
from models.workspaces import Workspace
from tests.bot.year.schools import BEGINS, CIRCLES, TEACHERS, Circle, Teacher
from tests.world import WORKSPACE


async def found(db: Database) -> None:
    """Keep everybody and everything the year begins with."""
    async with db.begin() as session:
        address = "https://school.slack.com/"
        session.add(Workspace(id=WORKSPACE, url=address, first_seen_at=BEGINS))
        for teacher in TEACHERS.values():
            _settle(session, teacher)
    for circle in CIRCLES:
        async with db.begin() as session:
            await _gather(session, circle)


def _settle(session: AsyncSession, teacher: Teacher) -> None:
    member = Member(member_id=teacher.id, muted=list(teacher.muted), welcomed_at=BEGINS)
    name = teacher.id[1:].title()
    member.learn(Profile(name=name, tz=teacher.tz, is_lead=teacher.is_lead), BEGINS)
    member.keep_quiet(*(teacher.quiet or (None, None)))
    member.be_away(*(teacher.away or (None, None)))
    member.days_off = list(teacher.days_off) or None
    session.add(member)
    if teacher.has_digest:
        personal.choose(session, member, BEGINS)


async def _gather(session: AsyncSession, circle: Circle) -> None:
    name = circle.channel[1:].lower()
    community = Community.found(
        channel_id=circle.channel, channel_name=name, is_private=False, now=BEGINS
    )
    community.workspace_id = WORKSPACE
    session.add(community)
    community.configure(name=name, tz=circle.tz, facilitators=circle.facilitators, now=BEGINS)
    for member_id in circle.members:
        community.welcome(member_id, BEGINS)
    await session.flush()
    who = circle.facilitators[0]
    weekday, at = circle.digest
    choice = digests.Choice.of(community, weekday=weekday, at=at)
    await digests.change(session, community, choice, by=who, now=BEGINS)
    if circle.prompt is not None:
        chosen = habits.Habits.of(
            reasons="", emoji="", prompt_weekday=circle.prompt[0], prompt_at=circle.prompt[1]
        )
        await habits.change(session, community, chosen, by=who, now=BEGINS)
    holidays = [
        [first.isoformat(), last.isoformat(), "Holidays"] for first, last in circle.holidays
    ]
    rhythm = _rhythm(circle)
    await planning.plan(session, community, rhythm, by=who, now=BEGINS, school_days=holidays)


def _rhythm(circle: Circle) -> Rhythm:
    return Rhythm.of(
        today=BEGINS.date(),
        first_on=circle.first_hangout.isoformat(),
        every_weeks=str(circle.every_weeks),
        at=circle.hangout_at.isoformat("minutes"),
        tz=circle.tz,
        minutes="60",
        slots="2",
        slot_minutes="20",
        facilitators=list(circle.facilitators),
    )
