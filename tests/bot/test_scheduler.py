"""The timetable: each moment once, whatever sleeps, dies, fails or jumps."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select, text

from bot.scheduler import GIVEN_UP_AFTER, TIMETABLE, UTC_ZONE, Scheduler, latest_moment
from models.runs import Run
from tests.bot.patience import until
from tests.examples import DAY, HOUR, NOW

HOURLY = CronTrigger(minute=0, timezone=UTC_ZONE)
SUNDAYS = CronTrigger(day_of_week="sun", hour=18, timezone=UTC_ZONE)


@pytest.fixture
def ran():
    """The names of the ticks that ran, in order."""
    return []


@pytest.fixture
def a_tick(ran):
    """Make a tick that notes its name; `does` is what else it does."""

    def a_tick(name="digest", does=None):
        async def tick(db, clock, client):
            ran.append(name)
            if does is not None:
                await does()
            return f"{name} done"

        tick.__name__ = name
        return tick

    return a_tick


@pytest.fixture
def scheduler(database, clock):
    """Make a replica's scheduler for a timetable."""

    def scheduler(timetable):
        return Scheduler(database, clock, AsyncWebClient(), timetable)

    return scheduler


async def ledger(database):
    async with database() as session:
        return (await session.scalars(select(Run).order_by(Run.id))).all()


async def fails():
    raise ArithmeticError("no pupils\n[parameters: ('secret words',)]")


async def test_every_tick_of_the_timetable_is_waited_for(database, clock):
    scheduler = Scheduler(database, clock, AsyncWebClient())

    scheduler.start()
    waited_for = scheduler.jobs
    await scheduler.stop(within=5)

    names = [tick.__name__ for tick in TIMETABLE]
    assert waited_for == {*names, "catch_up"}
    assert len(set(names)) == len(names)


async def test_the_ledger_has_what_ran_when_and_what_it_said(database, clock, scheduler, a_tick):
    await scheduler({a_tick(): HOURLY}).catch_up()

    [run] = await ledger(database)
    assert (run.job, run.said, run.error) == ("digest", "digest done", None)
    assert run.due_at == NOW
    assert run.started_at - NOW < timedelta(minutes=1)
    assert 0 <= run.seconds < 60


async def test_a_moment_is_run_once(scheduler, a_tick, ran):
    replica = scheduler({a_tick(): HOURLY})

    for _ in range(3):
        await replica.catch_up()

    assert ran == ["digest"]


async def test_two_replicas_run_a_moment_once(clock, scheduler, a_tick, ran):
    tick = a_tick(does=lambda: asyncio.sleep(0.05))
    replicas = [scheduler({tick: HOURLY}) for _ in range(4)]

    await asyncio.gather(*(replica.catch_up() for replica in replicas))
    clock.move(HOUR)
    await asyncio.gather(*(replica.catch_up() for replica in replicas))

    assert ran == ["digest", "digest"]


async def test_what_was_missed_is_caught_up_once(database, clock, scheduler, a_tick, ran):
    tick = a_tick()
    await scheduler({tick: HOURLY}).catch_up()

    clock.move(3 * DAY)
    await scheduler({tick: HOURLY}).catch_up()

    assert len(ran) == 2
    assert [run.due_at for run in await ledger(database)] == [NOW, NOW + 3 * DAY]


async def test_a_tick_that_fails_is_noted_and_the_others_go_on(database, scheduler, a_tick, ran):
    await scheduler({a_tick("first", fails): HOURLY, a_tick("second"): HOURLY}).catch_up()

    first, second = await ledger(database)
    assert (first.said, first.error) == (None, "ArithmeticError: no pupils")
    assert second.said == "second done"
    assert ran == ["first", "second"]


async def test_a_tick_is_run_at_its_time(database, scheduler, a_tick, ran):
    replica = scheduler({a_tick(): IntervalTrigger(seconds=1, timezone=UTC_ZONE)})

    replica.start()
    await until(lambda: len(ran) >= 3)
    await replica.stop(within=5)

    moments = [run.due_at for run in await ledger(database)]
    assert moments == sorted(set(moments))


async def test_a_run_whose_process_died_shows_and_blocks_nothing(
    database, clock, scheduler, a_tick, ran
):
    async with database.begin() as session:
        session.add(Run(job="digest", due_at=NOW, started_at=NOW))
    replica = scheduler({a_tick(): HOURLY})

    await replica.catch_up()
    clock.move(HOUR)
    await replica.catch_up()

    dead, alive = await ledger(database)
    assert (dead.seconds, dead.said) == (None, None)
    assert (alive.due_at, alive.said) == (NOW + HOUR, "digest done")
    assert ran == ["digest"]


async def test_a_run_whose_process_died_is_run_again_after_a_while(
    database, clock, scheduler, a_tick, ran
):
    async with database.begin() as session:
        session.add(Run(job="digest", due_at=NOW - DAY, started_at=NOW))
    replicas = [scheduler({a_tick(): SUNDAYS}) for _ in range(3)]

    await replicas[0].catch_up()
    before = list(ran)
    clock.move(GIVEN_UP_AFTER + timedelta(seconds=1))
    await asyncio.gather(*(replica.catch_up() for replica in replicas))

    assert (before, ran) == ([], ["digest"])
    [run] = await ledger(database)
    assert run.said == "digest done"


async def test_catching_up_waits_for_the_end_of_what_is_under_way(database, scheduler, a_tick):
    replica = scheduler({a_tick(does=lambda: asyncio.sleep(0.3)): HOURLY})
    replica.start()
    await begun(database)

    await replica.catch_up()

    [run] = await ledger(database)
    assert run.said == "digest done"
    await replica.stop(within=5)


async def test_a_stop_lets_a_tick_finish(database, scheduler, a_tick):
    replica = scheduler({a_tick(does=lambda: asyncio.sleep(0.3)): HOURLY})
    replica.start()
    await begun(database)

    await replica.stop(within=5)

    [run] = await ledger(database)
    assert run.said == "digest done"


async def test_a_tick_that_is_broken_off_by_a_stop_is_run_at_the_next_start(
    database, scheduler, a_tick, ran
):
    replica = scheduler({a_tick(does=lambda: asyncio.sleep(60)): HOURLY})
    replica.start()
    await begun(database)

    await replica.stop(within=0.1)
    await scheduler({a_tick(): HOURLY}).catch_up()

    [run] = await ledger(database)
    assert run.said == "digest done"
    assert ran == ["digest", "digest"]


async def begun(database):
    """Wait until a run is in the ledger."""
    async with asyncio.timeout(10):
        while not await ledger(database):  # noqa: ASYNC110  # a row sets no event
            await asyncio.sleep(0.02)


async def test_a_clock_that_was_ahead_for_a_while_stops_nothing(
    database, clock, scheduler, a_tick, ran
):
    tick = a_tick()
    clock.move(30 * DAY)
    await scheduler({tick: HOURLY}).catch_up()
    clock.move(-30 * DAY)
    await scheduler({tick: HOURLY}).catch_up()
    clock.move(HOUR)
    await scheduler({tick: HOURLY}).catch_up()

    assert len(ran) == 3


async def test_a_database_that_is_not_well_for_a_while_stops_nothing(
    database, scheduler, a_tick, ran
):
    replica = scheduler({a_tick(): HOURLY})
    await run_sql(database, "ALTER TABLE runs RENAME TO runs_elsewhere")
    await replica.catch_up()
    before = list(ran)

    await run_sql(database, "ALTER TABLE runs_elsewhere RENAME TO runs")
    await replica.catch_up()

    assert (before, ran) == ([], ["digest"])


async def run_sql(database, statement):
    async with database.engine.begin() as connection:
        await connection.execute(text(statement))


@pytest.mark.parametrize(
    ("trigger", "last", "moment"),
    [
        (HOURLY, NOW, None),
        (HOURLY, NOW - HOUR, NOW),
        (HOURLY, NOW - 400 * DAY, NOW),
        (HOURLY, None, NOW),
        (SUNDAYS, None, datetime(2026, 11, 15, 18, 0, tzinfo=UTC)),
        (SUNDAYS, NOW - 14 * DAY, datetime(2026, 11, 15, 18, 0, tzinfo=UTC)),
        (SUNDAYS, datetime(2026, 11, 15, 18, 0, tzinfo=UTC), None),
    ],
)
def test_the_latest_moment_is_found(trigger, last, moment):
    assert latest_moment(trigger, last, NOW + timedelta(seconds=30)) == moment
