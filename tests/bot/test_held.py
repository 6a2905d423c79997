"""What a postman holds: drawn only while it is his, and written down as soon as can be."""

import asyncio
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from bot.held import Held
from models.posts import DROPPED, SAID, SENDING
from tests.bot.patience import until
from tests.bot.posting import KINDS, NOTE
from tests.examples import HOUR

SAY, LOOK = "chat.postMessage", "conversations.history"


@contextmanager
def no_commit_works(database):
    """Let every commit fail inside the block, as when the disk is full."""

    def fail(_):
        raise OperationalError("COMMIT", None, Exception("the disk is full"))

    event.listen(database.engine.sync_engine, "commit", fail)
    yield
    event.remove(database.engine.sync_engine, "commit", fail)


async def test_what_was_said_is_written_down_as_soon_as_the_database_is_back(office):
    office.slack.faults.slow(SAY, seconds=0.2)
    await office.post("post")

    async with office.open():
        await until(lambda: office.said())
        with no_commit_works(office.database):
            await asyncio.sleep(0.4)
        await office.settled(in_real_time=True)

    assert await office.states() == {"post": SAID}
    assert (office.said(), office.calls(LOOK)) == (["post"], [])


async def test_what_could_not_be_written_down_for_long_is_looked_for(office):
    office.slack.faults.slow(SAY, seconds=0.2)
    await office.post("post")

    async with office.open():
        await until(lambda: office.said())
        with no_commit_works(office.database):
            await until(lambda: office.postmen[0].is_idle)
        await office.settled()

    assert await office.states() == {"post": SAID}
    assert (office.said(), len(office.calls(LOOK))) == (["post"], 1)


@pytest.fixture
async def taken_over(office):
    """A post we held until another postman took it over."""
    post = await office.post("post")
    async with office.db.begin() as session:
        row = await session.get_one(type(post), post.id)
        row.state, row.claimed_by = SENDING, "another"
        row.claimed_until = office.clock() + HOUR
    return Held(post, "we", office.db, office.clock)


async def test_what_another_took_over_is_not_drawn(office, taken_over):
    assert await taken_over.drawing(KINDS[NOTE]) is None


async def test_what_another_took_over_is_not_changed(office, taken_over):
    await taken_over.write(lambda row: row.ends(DROPPED))

    row = await office.row("post")
    assert (row.state, row.claimed_by) == (SENDING, "another")


async def test_what_we_said_counts_whoever_took_it_over(office, taken_over):
    def was_said(row):
        row.was_said("C1", "1.0", drawn=0, now=office.clock())

    await taken_over.write(was_said, is_certain=True)

    row = await office.row("post")
    assert (row.state, row.ts, row.claimed_by) == (SAID, "1.0", None)


async def test_a_claim_that_ran_out_is_no_claim(office):
    post = await office.post("post")
    async with office.db.begin() as session:
        row = await session.get_one(type(post), post.id)
        row.state, row.claimed_by = SENDING, "we"
        row.claimed_until = office.clock() - timedelta(seconds=1)

    assert await Held(post, "we", office.db, office.clock).drawing(KINDS[NOTE]) is None


async def test_a_post_that_was_deleted_needs_no_writing_down(office):
    post = await office.post("post")
    async with office.db.begin() as session:
        await session.delete(await session.get_one(type(post), post.id))

    await Held(post, "we", office.db, office.clock).write(lambda row: row.ends(DROPPED))

    assert await office.states() == {}
