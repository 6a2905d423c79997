"""Migrations: they agree with the models, go both ways, and never meet each other."""

import asyncio
import os
from importlib import import_module
from pkgutil import walk_packages

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import JSON, column, insert, inspect, table

import models
from models import migrations
from models.database import Base, connect
from models.members import Member
from tests.databases import named

DIGESTS = import_module("models.migrations.versions.0007_digests")
PERSON = ("member_id", "workspace_id", "is_lead", "is_bot", "is_thanked_quietly")
# Every table has to be known before they can be compared.
for module in walk_packages(models.__path__, "models."):
    if not module.name.startswith(migrations.__name__):
        import_module(module.name)


@pytest.fixture(params=["sqlite", "postgresql"])
async def empty_url(request, tmp_path):
    """A database of no version at all."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    server = request.getfixturevalue("postgresql")
    name = f"{tmp_path.name}_{os.getpid()}"
    connection = await asyncpg.connect(server)
    await connection.execute(f'CREATE DATABASE "{name}"')
    await connection.close()
    return named(server, name)


@pytest.fixture
async def empty(empty_url):
    database = connect(empty_url)
    yield database
    await database.close()


def is_compared(thing, name, kind, is_reflected, compare_to):
    """Leave out the index of the search, which SQLAlchemy does not know how to describe."""
    return not str(name).startswith("search_fts")


async def asked(database, question):
    async with database.engine.connect() as connection:
        return await connection.run_sync(question)


async def tables(database):
    return set(await asked(database, lambda connection: inspect(connection).get_table_names()))


async def test_migrations_and_models_agree(database):
    options = {"include_object": is_compared, "compare_type": True}

    differences = await asked(
        database,
        lambda connection: compare_metadata(
            MigrationContext.configure(connection, opts=options), Base.metadata
        ),
    )

    assert differences == []


async def test_migrations_go_down_to_nothing_and_up_again(database):
    before = await tables(database)

    await migrations.downgrade(database, "base")
    between = await tables(database)
    await migrations.upgrade(database)

    assert between == {"alembic_version"}
    assert await tables(database) == before
    assert await migrations.current(database) == migrations.newest()


async def test_every_step_can_be_undone_by_itself(database):
    steps = 0
    while await migrations.current(database) is not None:
        await migrations.downgrade(database, "-1")
        steps += 1
    for _ in range(steps):
        await migrations.upgrade(database, "+1")

    assert await migrations.current(database) == migrations.newest()


async def test_whoever_had_said_stop_before_there_was_a_column_for_it_is_silent(database):
    await migrations.downgrade(database, "0006")
    members = table("members", column("muted", JSON()), *map(column, PERSON))
    before_thanks = DIGESTS.STOPPED_BEFORE_THANKS
    people = {
        "UANA": DIGESTS.STOPPED,
        "UBEN": ["pilots.asks"],
        "UCHRIS": before_thanks,
        "UDANA": [*before_thanks, "thanks.ideas"],
    }
    async with database.engine.begin() as connection:
        for member_id, muted in people.items():
            person = {"member_id": member_id, "workspace_id": "T0", "muted": list(muted)}
            flags = dict.fromkeys(("is_lead", "is_bot", "is_thanked_quietly"), False)
            await connection.execute(insert(members), person | flags)

    await migrations.upgrade(database)

    async with database.of("T0")() as session:
        known = await Member.known(session, people)
    kept = {one: (member.is_silent, member.muted) for one, member in known.items()}
    assert kept == {
        "UANA": (True, []),
        "UBEN": (False, ["pilots.asks"]),
        "UCHRIS": (True, []),
        "UDANA": (False, [*before_thanks, "thanks.ideas"]),
    }


async def test_an_empty_database_is_of_no_version(empty):
    assert await migrations.current(empty) is None


async def test_replicas_that_migrate_at_once_do_not_collide(empty_url):
    replicas = [connect(empty_url) for _ in range(6)]

    await asyncio.gather(*(migrations.upgrade(replica) for replica in replicas))

    assert await migrations.current(replicas[0]) == migrations.newest()
    for replica in replicas:
        await replica.close()


async def test_a_second_run_changes_nothing(database):
    before = await tables(database)

    await migrations.upgrade(database)

    assert await tables(database) == before


async def test_a_database_that_is_up_to_date_waits_for_no_writer(database):
    async with database.begin(), asyncio.timeout(5):
        await migrations.upgrade(database)

    assert await migrations.current(database) == migrations.newest()
