"""An export is a lead's, once at a time, and comes also when whoever gathered it has died."""

import asyncio

import pytest

from models.errors import NotAllowedError, RuleError
from models.exports import sending
from models.exports.posted import FILE
from models.posts import DROPPED, Post
from tests.examples import ANA, BEN, NOW, a_community, a_member


async def test_a_teacher_is_told_whom_to_ask(db):
    async with db.begin() as session:
        session.add_all([a_community(), a_member(BEN, is_lead=True)])
        session.add(ana := a_member())
        await session.flush()

        with pytest.raises(NotAllowedError, match=r"export the network’s records\. Ask Ben\.$"):
            await sending.ask(session, ana, "R1", NOW)


async def test_where_there_is_no_community_nothing_is_promised(db):
    async with db.begin() as session:
        session.add(ben := a_member(BEN, is_lead=True))
        await session.flush()

        with pytest.raises(RuleError, match="no community yet"):
            await sending.ask(session, ben, "R1", NOW)


async def test_one_export_is_on_its_way_at_a_time(db):
    async with db.begin() as session:
        session.add_all([a_community(), ben := a_member(BEN, is_lead=True)])
        await session.flush()

        key = await sending.ask(session, ben, "R1", NOW)
        again = await sending.ask(session, ben, "R1", NOW)
        meanwhile = await sending.ask(session, ben, "R2", NOW)
        (await Post.keyed(session, key)).ends(DROPPED)
        later = await sending.ask(session, ben, "R3", NOW)

    assert (again, meanwhile) == (None, None)
    assert later is not None


async def test_who_asks_twice_at_once_gets_one_export(db):
    async with db.begin() as session:
        session.add_all([a_community(), ben := a_member(BEN, is_lead=True)])

    async def asks(request_key):
        async with db.begin() as session:
            key = await sending.ask(session, ben, request_key, NOW)
            await asyncio.sleep(0.05)
            return key

    keys = await asyncio.gather(asks("R1"), asks("R2"))

    assert keys.count(None) == 1


async def test_the_file_waits_for_its_records_but_not_for_ever(db):
    async with db.begin() as session:
        session.add_all([a_community(), ben := a_member(BEN, is_lead=True)])
        await session.flush()
        key = await sending.ask(session, ben, "R1", NOW)
        later = NOW + sending.GATHERED_WITHIN

        await sending.wait_for(session, key, later)
        waits_until = (await Post.keyed(session, key)).due_at
        await sending.is_ready(session, key, later)
        session.expire_all()
        ready_at = (await Post.keyed(session, key)).due_at

    assert ready_at == later
    assert (key.startswith(FILE), waits_until > NOW) == (True, True)


async def test_who_leads_no_more_reads_no_export(db):
    async with db.begin() as session:
        session.add_all([a_member(BEN, is_lead=True), a_member(ANA)])
        session.add(a_member("U0DANA", name="Dana", is_lead=True, left_at=NOW))
        await session.flush()

        may = [await sending.may_read(session, one) for one in (BEN, ANA, "U0DANA", "U0NEW")]

    assert may == [True, False, False, False]
