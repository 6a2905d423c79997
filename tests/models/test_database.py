"""The database keeps workspaces apart and writers in line."""

import asyncio

import pytest
from sqlalchemy import delete, func, select, update

from models.database import UnscopedError, full_url
from models.members import Member


async def test_a_workspace_sees_only_its_own_rows(database):
    for workspace in ("T_ONE", "T_TWO"):
        async with database.of(workspace).begin() as session:
            session.add(Member(member_id="U_ANA", name=workspace))

    async with database.of("T_ONE")() as session:
        names = (await session.scalars(select(Member.name))).all()
        count = await session.scalar(select(func.count()).select_from(Member))

    assert (names, count) == (["T_ONE"], 1)


async def test_another_workspaces_id_leads_nowhere(database):
    async with database.of("T_ONE").begin() as session:
        session.add(ana := Member(member_id="U_ANA"))

    async with database.of("T_TWO")() as session:
        assert await session.get(Member, ana.id) is None


async def test_changes_stay_inside_the_workspace(database):
    for workspace in ("T_ONE", "T_TWO"):
        async with database.of(workspace).begin() as session:
            session.add(Member(member_id="U_ANA", name="Ana"))

    async with database.of("T_ONE").begin() as session:
        await session.execute(update(Member).values(name="Anna"))
        await session.execute(delete(Member).where(Member.name == "Ana"))

    async with database.everywhere()() as session:
        assert sorted(await session.scalars(select(Member.name))) == ["Ana", "Anna"]


async def test_a_query_without_a_workspace_is_refused(database):
    async with database() as session:
        with pytest.raises(UnscopedError):
            await session.scalars(select(Member))


async def test_a_row_of_another_workspace_cannot_be_slipped_in(database):
    with pytest.raises(UnscopedError):
        async with database.of("T_ONE").begin() as session:
            session.add(Member(workspace_id="T_TWO", member_id="U_ANA"))


async def test_many_writers_at_once_lose_nothing(db):
    async with db.begin() as session:
        session.add(Member(member_id="U_ANA", muted=[]))

    async def add_one(number):
        async with db.begin() as session:
            query = select(Member).where(Member.member_id == "U_ANA").with_for_update()
            ana = (await session.scalars(query)).one()
            ana.muted = [*ana.muted, str(number)]

    await asyncio.gather(*(add_one(number) for number in range(60)))

    async with db() as session:
        ana = await Member.find(session, "U_ANA")
    assert len(ana.muted) == 60


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("sqlite:///staffroom.db", "sqlite+aiosqlite"),
        ("postgres://h/d", "postgresql+asyncpg"),
        ("postgresql://h/d", "postgresql+asyncpg"),
        ("postgresql+asyncpg://h/d", "postgresql+asyncpg"),
    ],
)
def test_a_url_gets_the_driver_we_ship(given, driver):
    assert full_url(given).drivername == driver


@pytest.mark.parametrize("given", ["mysql://h/d", "staffroom.db", "::"])
def test_an_unknown_database_is_refused(given):
    with pytest.raises(ValueError, match=r"database|known"):
        full_url(given)
