"""Each facilitator gets a quarter's archive once, and nobody else ever does."""

import asyncio
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from models.archive import sending
from models.errors import NotAllowedError, RuleError
from models.materials.posted import ARCHIVE_DOCUMENT
from models.members import Member
from models.posts import Post
from tests.examples import ANA, BEN, CHRIS, a_problem
from tests.models.archive.keeping import a_circle, the_people

# Friday 1 January 2027, 9:00 in Denver.
QUARTER = datetime(2027, 1, 1, 16, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


async def a_lively_circle(db):
    circle = await a_circle(db)
    await the_people(db)
    async with db.begin() as session:
        session.add(a_problem(id=None, community_id=circle.id))
    return circle


async def send_what_is_due(db, now):
    async with db() as session:
        waiting = await sending.due(session, now)
    for community_id in waiting:
        async with db.begin() as session:
            await sending.send_quarterly(session, community_id, now)
    return len(waiting)


async def places(db):
    async with db() as session:
        posts = await session.scalars(select(Post).order_by(Post.id))
        return [(post.kind, post.place_id) for post in posts]


async def test_nothing_is_due_before_the_quarter_and_each_facilitator_gets_it_once(db):
    await a_lively_circle(db)

    before = await send_what_is_due(db, QUARTER - MINUTE)
    at_nine = await send_what_is_due(db, QUARTER)
    again = await send_what_is_due(db, QUARTER + MINUTE)

    assert (before, at_nine, again) == (0, 1, 0)
    assert await places(db) == [
        ("materials.archive_document", BEN),
        ("materials.archive_tables", BEN),
    ]


async def test_two_replicas_at_once_send_it_once(db):
    await a_lively_circle(db)

    await asyncio.gather(*(send_what_is_due(db, QUARTER) for _ in range(4)))

    assert len(await places(db)) == 2


async def test_whoever_becomes_a_facilitator_later_waits_for_the_next_quarter(db):
    circle = await a_lively_circle(db)
    await send_what_is_due(db, QUARTER)
    async with db.begin() as session:
        row = await session.merge(circle)
        row.configure(name="Math circle", tz="America/Denver", facilitators=[BEN, ANA], now=QUARTER)

    await send_what_is_due(db, QUARTER + 20 * timedelta(days=1))

    assert {place for _, place in await places(db)} == {BEN}


async def test_what_was_missed_is_made_up_for_but_not_for_ever(db):
    await a_lively_circle(db)

    too_late = await send_what_is_due(db, QUARTER + timedelta(days=60))
    late = await send_what_is_due(db, QUARTER + timedelta(days=12))

    assert (too_late, late) == (0, 1)


async def test_a_community_with_nothing_to_keep_gets_nothing(db):
    await a_circle(db)
    await the_people(db)

    await send_what_is_due(db, QUARTER)

    assert await places(db) == []


async def test_it_waits_for_the_end_of_quiet_hours(db):
    await a_lively_circle(db)
    async with db.begin() as session:
        ben = (await Member.known(session, [BEN]))[BEN]
        ben.tz = "America/Denver"
        ben.keep_quiet(time(18), time(11))

    await send_what_is_due(db, QUARTER)

    async with db() as session:
        due = set(await session.scalars(select(Post.due_at)))
    assert due == {QUARTER + timedelta(hours=2)}


async def test_a_facilitator_may_ask_for_it_and_asking_twice_is_asking_once(db):
    circle = await a_lively_circle(db)
    async with db.begin() as session:
        ben = (await Member.known(session, [BEN]))[BEN]
        await sending.send_to(session, circle, ben, "press 1", QUARTER)
        await sending.send_to(session, circle, ben, "press 2", QUARTER)

    assert len(await places(db)) == 2


async def test_nobody_else_gets_it_however_they_ask(db):
    circle = await a_lively_circle(db)
    async with db.begin() as session:
        known = await Member.known(session, [ANA, CHRIS])
        chris = known[CHRIS]
        chris.is_lead = True
        community = await session.merge(circle)
        community.farewell(CHRIS, QUARTER)
        with pytest.raises(NotAllowedError, match=r"Only facilitators .*Ask Ben"):
            await sending.send_to(session, community, known[ANA], "press 1", QUARTER)
        with pytest.raises(NotAllowedError, match="Join the channel"):
            await sending.send_to(session, community, chris, "press 2", QUARTER)

        assert await sending.may_read(session, community, archive_to(BEN))
        assert not await sending.may_read(session, community, archive_to(ANA))
        assert not await sending.may_read(session, community, archive_to(CHRIS))

    assert await places(db) == []


async def test_who_said_stop_gets_the_archive_only_when_they_ask(db):
    circle = await a_circle(db)
    await the_people(db)
    async with db.begin() as session:
        (await Member.find(session, BEN)).is_silent = True

    async with db() as session:
        assert not await sending.may_read(session, circle, archive_to(BEN))
        assert await sending.may_read(session, circle, archive_to(BEN, "asked:press"))


def archive_to(member_id, which="2027-01"):
    key = f"{ARCHIVE_DOCUMENT}:{which}:1:{member_id}"
    return Post(key=key, kind=ARCHIVE_DOCUMENT, place_id=member_id)


async def test_asking_where_there_is_nothing_is_answered_kindly(db):
    circle = await a_circle(db)
    await the_people(db)

    async with db.begin() as session:
        ben = (await Member.known(session, [BEN]))[BEN]
        with pytest.raises(RuleError, match="nothing to keep here yet"):
            await sending.send_to(session, circle, ben, "press", QUARTER)
