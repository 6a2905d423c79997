"""Events count once, however often Slack delivers them."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models.database import Database
from models.events import REMEMBERED_FOR, SeenBeforeError, SeenEvent
from models.members import Member
from tests.examples import NOW


def told(db: Database) -> Database:
    """Let Slack tell us of the one event, perhaps once more."""
    return db.first(SeenEvent.once("T0STAFF", "Ev1", NOW))


async def test_what_an_event_causes_happens_once(db):
    async with told(db).begin() as session:
        session.add(Member(member_id="U_ANA"))

    with pytest.raises(SeenBeforeError):
        async with told(db).begin() as session:
            session.add(Member(member_id="U_BEN"))

    async with db() as session:
        assert await Member.find(session, "U_BEN") is None


async def test_what_an_event_causes_may_take_several_steps(db):
    first = told(db)

    for member_id in ("U_ANA", "U_BEN"):
        async with first.begin() as session:
            session.add(Member(member_id=member_id))

    with pytest.raises(SeenBeforeError):
        async with told(db).begin():
            pass
    async with db() as session:
        assert set(await Member.known(session, ["U_ANA", "U_BEN"])) == {"U_ANA", "U_BEN"}


async def test_an_event_whose_work_failed_may_come_again(db):
    first = told(db)
    with pytest.raises(ZeroDivisionError):
        async with first.begin():
            1 / 0  # noqa: B018  # stands for any fault in a handler

    async with told(db).begin() as session:
        session.add(Member(member_id="U_ANA"))

    with pytest.raises(SeenBeforeError):
        async with first.begin():
            pass
    async with db() as session:
        assert await Member.find(session, "U_ANA") is not None


async def test_of_many_deliveries_at_once_one_counts(db):
    async def take_in(number):
        async with told(db).begin() as session:
            session.add(Member(member_id=f"U_{number}"))

    outcomes = await asyncio.gather(*(take_in(n) for n in range(8)), return_exceptions=True)

    assert sum(isinstance(one, SeenBeforeError) for one in outcomes) == 7
    async with db() as session:
        assert await session.scalar(select(func.count()).select_from(Member)) == 1


async def test_old_events_are_forgotten(db):
    async with told(db).begin():
        pass

    async with db.begin() as session:
        await SeenEvent.forget_old(session, NOW + REMEMBERED_FOR + timedelta(seconds=1))

    async with db() as session:
        assert await session.scalar(select(func.count()).select_from(SeenEvent)) == 0
