"""What tests of sign-ups do first, and where they look afterwards."""

from sqlalchemy import select

from models.communities import Community
from models.hangouts import changes, signups
from models.hangouts.hangout import Hangout
from models.hangouts.signups import Presenting, Signup
from models.hangouts.standings import HangoutStanding
from models.posts import Post
from tests.examples import BEN, NOW, a_community, a_hangout, a_member, a_series

DANA, EVE = "U0DANA", "U0EVE"
SEAT, OFFERED, WAITING = Presenting.SEAT, Presenting.OFFERED, Presenting.WAITING


async def set_up(db, members, *, hangouts=({},), **traits):
    """Return the ids of the hangouts of a new community with those members."""
    async with db.begin() as session:
        session.add(community := a_community(tuple(members), **traits))
        await session.flush()
        session.add(series := a_series(community_id=community.id))
        await session.flush()
        rows = [
            a_hangout(**{"community_id": community.id, "series_id": series.id} | hangout)
            for hangout in hangouts
        ]
        session.add_all(rows)
    return [row.id for row in rows]


async def does(db, rule, hangout_id, *arguments, now=NOW, **options):
    """Follow a rule with the hangout locked, in a transaction of its own."""
    async with db.begin() as session:
        hangout = await Hangout.of(session, hangout_id, for_update=True)
        return await rule(session, hangout, *arguments, now=now, **options)


async def present(db, hangout_id, *who, now=NOW):
    """Let members ask for a seat, one after the other; return what each gets."""
    return [await does(db, signups.ask_to_present, hangout_id, one, now=now) for one in who]


async def standing(db, hangout_id):
    async with db() as session:
        return await HangoutStanding.of(session, await Hangout.of(session, hangout_id))


async def seats(db, hangout_id):
    """Return who has which kind of seat, by member, and who waits, in fair order."""
    now = await standing(db, hangout_id)
    taken = {signup.member_id: signup.presenting for signup in now.seats}
    return taken, [signup.member_id for signup in now.waiting]


async def signup(db, hangout_id, member_id):
    async with db() as session:
        return await Signup.of(session, hangout_id, member_id)


async def letters(db, kind):
    """Return to whom letters of that kind go, in the order in which they were written."""
    async with db() as session:
        query = select(Post.place_id).where(Post.kind == kind).order_by(Post.id)
        return list(await session.scalars(query))


async def call_off(session, hangout, now):
    community = await session.get(Community, hangout.community_id)
    await changes.call_off(session, hangout, community, "a storm", by=BEN, now=now)


async def restore(session, hangout, now):
    community = await session.get(Community, hangout.community_id)
    await changes.restore(session, hangout, community, by=BEN, now=now)


async def move(session, hangout, to, now):
    community = await session.get(Community, hangout.community_id)
    await changes.move(session, hangout, community, to, by=BEN, now=now)


async def leave(db, hangout_id, member_id, now=NOW):
    """Leave the channel of that hangout's community, as Slack tells the bot."""
    async with db.begin() as session:
        hangout = await Hangout.of(session, hangout_id)
        community = await session.get(Community, hangout.community_id)
        community.farewell(member_id, now)
        await signups.leave_all(session, community.id, member_id, now)


async def is_deactivated(db, member_id, now=NOW):
    async with db.begin() as session:
        session.add(a_member(member_id, left_at=now))


async def say_they_missed_it(session, hangout, member_id, now):
    (await Signup.of(session, hangout.id, member_id)).came = False


async def communities(db):
    async with db() as session:
        return (await session.scalars(select(Community).order_by(Community.id))).all()
