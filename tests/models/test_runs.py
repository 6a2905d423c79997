"""The ledger of runs."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models.runs import KEPT_FOR, Run
from tests.examples import DAY, HOUR, NOW


@pytest.fixture
def begins(database):
    """Take a moment for a job."""

    async def begin(job="digest", due_at=NOW, now=NOW):
        async with database.begin() as session:
            return await Run.begin(session, job, due_at, now)

    return begin


async def test_a_moment_is_taken_once(begins):
    runs = await asyncio.gather(*(begins() for _ in range(5)))

    assert sum(run is not None for run in runs) == 1


async def test_every_job_and_moment_is_taken_by_itself(begins):
    assert await begins("digest")
    assert await begins("reminders")
    assert await begins("digest", NOW + HOUR)


async def test_the_last_run_is_that_of_the_latest_moment(database, begins):
    await begins(due_at=NOW - HOUR)
    await begins(due_at=NOW)
    await begins(due_at=NOW + DAY)
    await begins("reminders", NOW)

    async with database() as session:
        last = await Run.last(session, "digest", NOW)
        none = await Run.last(session, "surprise", NOW)

    assert (last.job, last.due_at) == ("digest", NOW)
    assert none is None


async def test_the_last_runs_of_many_jobs_are_found_in_one_look(database, begins):
    for due_at in (NOW - HOUR, NOW, NOW + DAY):
        await begins("digest", due_at)
    await begins("reminders", NOW - DAY)
    await begins("of no interest", NOW)

    async with database() as session:
        last = await Run.last_of(session, ["digest", "reminders", "surprise"], NOW)

    assert {job: run.due_at for job, run in last.items()} == {
        "digest": NOW,
        "reminders": NOW - DAY,
    }


async def test_a_run_that_never_ended_is_taken_over_once(database, begins):
    abandoned = await begins()

    async def take_over():
        async with database.begin() as session:
            return await Run.take_over(session, abandoned, NOW + HOUR)

    taken = await asyncio.gather(*(take_over() for _ in range(4)))

    assert [run.started_at for run in taken if run] == [NOW + HOUR]


async def test_a_run_that_ended_is_not_taken_over(database, begins):
    run = await begins()
    async with database.begin() as session:
        (await session.get_one(Run, run.id)).seconds = 0.1

    async with database.begin() as session:
        assert await Run.take_over(session, run, NOW + HOUR) is None


@pytest.mark.parametrize(
    ("seconds", "started", "is_given_up"),
    [
        (None, NOW - 2 * HOUR, True),
        (None, NOW, False),
        (0.1, NOW - 2 * HOUR, False),
    ],
)
def test_a_run_without_an_end_is_given_up_after_a_while(seconds, started, is_given_up):
    run = Run(job="digest", due_at=NOW, started_at=started, seconds=seconds)

    assert run.is_given_up(NOW, HOUR) is is_given_up


async def test_the_latest_run_of_each_job_is_shown(database, begins):
    await begins("reminders")
    await begins("digest", NOW - HOUR)
    await begins("digest", NOW)

    async with database() as session:
        latest = await Run.latest(session)

    assert [(run.job, run.due_at) for run in latest] == [("digest", NOW), ("reminders", NOW)]


async def test_old_runs_are_forgotten(database, begins):
    await begins(now=NOW - KEPT_FOR - timedelta(seconds=1))
    await begins(due_at=NOW + HOUR)

    async with database.begin() as session:
        await Run.forget_old(session, NOW)

    async with database() as session:
        assert await session.scalar(select(func.count()).select_from(Run)) == 1
