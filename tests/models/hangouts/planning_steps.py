"""What tests of planning do first, and where they look afterwards."""

from collections import Counter
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select

from models.communities import Community
from models.hangouts import changes, planning, posted, signups
from models.hangouts.hangout import Hangout
from models.hangouts.rhythm import Rhythm
from models.hangouts.series import Series
from models.posts import Post
from tests.examples import BEN, NOW

TODAY = date(2026, 11, 17)
TYPED = {
    "first_on": "2026-12-03",
    "every_weeks": "2",
    "at": "16:00",
    "tz": "America/Denver",
    "minutes": "60",
    "slots": "2",
    "slot_minutes": "20",
    "protocol": "mini",
    "link": "",
    "facilitators": [BEN],
    "skills": "wait time\nexit tickets\npeer feedback",
    "skipped_on": "",
    "holidays": None,
}


def a_rhythm(*, today=TODAY, **typed):
    """Return every other Thursday at 16:00 in Denver, from 3 December on, as a form has it."""
    return Rhythm.of(today=today, **(TYPED | typed))


async def plans(db, community, *, now=NOW, by=BEN, school_days=None, name=None, **typed):
    """Plan, or change what was planned; `typed` is what differs from the usual rhythm."""
    async with db.begin() as session:
        community = await session.get_one(Community, community.id)
        return await planning.plan(
            session,
            community,
            a_rhythm(**typed),
            by=by,
            now=now,
            school_days=school_days,
            school_calendar=name,
        )


async def ticks(db, now):
    """Plan ahead what is due, as the tick does, and return how many hangouts were added."""
    async with db.everywhere()() as session:
        found = await planning.due(session, now, limit=100)
    added = 0
    for one in found:
        async with db.of(one.workspace_id).begin() as session:
            series = await session.get_one(Series, one.id)
            community = await session.get_one(Community, one.community_id)
            added += await planning.plan_ahead(session, series, community, now)
    return added


async def hangouts(db):
    """Return all hangouts in the order in which they take place."""
    async with db() as session:
        return (await session.scalars(select(Hangout).order_by(Hangout.starts_at))).all()


async def series_of(db, community):
    async with db() as session:
        return await Series.of_community(session, community.id)


def days(hangouts):
    """Return the local days of those that take place, without the year."""
    return [f"{local(one):%m-%d}" for one in hangouts if one.is_on]


def local(hangout):
    return hangout.starts_at.astimezone(ZoneInfo(hangout.tz))


async def joins(db, hangout, *members, now=NOW, presents=False):
    """Sign members up; with `presents` each asks for a seat as well."""
    for number, member_id in enumerate(members):
        async with db.begin() as session:
            locked = await Hangout.of(session, hangout.id, for_update=True)
            rule = signups.ask_to_present if presents else signups.join
            await rule(session, locked, member_id, now.replace(microsecond=number))


async def changes_one(db, community, rule, hangout, *arguments, by=BEN, now=NOW):
    """Move, call off or give back one hangout by hand."""
    async with db.begin() as session:
        community = await session.get_one(Community, community.id)
        locked = await Hangout.of(session, hangout.id, for_update=True)
        await rule(session, locked, community, *arguments, by=by, now=now)


async def moves(db, community, hangout, to, **how):
    await changes_one(db, community, changes.move, hangout, to, **how)


async def calls_off(db, community, hangout, why="Ben is ill", **how):
    await changes_one(db, community, changes.call_off, hangout, why, **how)


async def gives_back(db, community, hangout, **how):
    await changes_one(db, community, changes.restore, hangout, **how)


async def posts(db, kind):
    async with db() as session:
        query = select(Post).where(Post.kind == kind).order_by(Post.id)
        return (await session.scalars(query)).all()


async def told(db):
    """Return how often each member is told of a change, by hangout and member."""
    one = Counter((post.about_id, post.place_id) for post in await posts(db, posted.CHANGED))
    for post in await posts(db, posted.REPLANNED):
        one.update((hangout_id, post.place_id) for hangout_id in posted.replanned_in(post.key))
    return one


async def said(db, kind, hangout, now=NOW):
    """Let the postman have said everything of that kind about that hangout."""
    async with db.begin() as session:
        query = select(Post).where(Post.kind == kind, Post.about_id == hangout.id)
        for post in await session.scalars(query):
            post.was_said("C1", "1.0", drawn=0, now=now)
