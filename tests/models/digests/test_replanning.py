"""What a change of day, clocks or zone does to a digest: no week has two, and none loses its."""

from datetime import UTC, datetime, time, timedelta

import pytest

from models.communities import Community
from models.digests import customs
from models.digests.ledger import Fate
from tests.examples import DAY, HOUR, NOW
from tests.models.digests.weekly_steps import (
    FRIDAY,
    WEEK,
    asks,
    change_community,
    issued,
    ledger,
    next_at,
    wants,
)
from tests.models.thanks.belonging import a_circle

MONDAY = "2026-11-16"


@pytest.fixture
async def circle(db):
    """The math circle in a week in which Ana asked something."""
    circle = await a_circle(db)
    await asks(db, circle)
    return circle


@pytest.mark.parametrize(
    ("changed_at", "weekday", "at", "comes_at"),
    [
        # It came already: the week has its digest.
        (FRIDAY + HOUR, 4, time(20), FRIDAY + WEEK + 6 * HOUR),
        # To a later hour or day of this week.
        (FRIDAY - HOUR, 4, time(15), FRIDAY + HOUR),
        (FRIDAY - 2 * DAY, 5, time(14), FRIDAY + DAY),
        # To an hour or a day that has passed: this week's comes when it was to come.
        (FRIDAY - HOUR, 4, time(7), FRIDAY),
        (FRIDAY - HOUR, 0, time(7), FRIDAY),
        # In the minute between its hour and the tick.
        (FRIDAY + timedelta(seconds=20), 0, time(7), FRIDAY + timedelta(seconds=20)),
    ],
)
async def test_settings_changed_on_the_day_make_neither_two_of_a_week_nor_none(
    db, circle, changed_at, weekday, at, comes_at
):
    chosen = await wants(db, circle)
    if changed_at == FRIDAY + HOUR:
        await issued(db, chosen, FRIDAY)
        await asks(db, circle, FRIDAY + DAY)

    await wants(db, circle, weekday, at, now=changed_at)

    early = max(changed_at, comes_at - timedelta(minutes=1))
    fates = [await issued(db, chosen, one) for one in (early, comes_at)]
    is_at_once = early == comes_at
    assert fates == ([[Fate.POSTED], []] if is_at_once else [[], [Fate.POSTED]])
    weeks = [week for week, fate in await ledger(db) if fate == "posted"]
    assert weeks == [MONDAY, "2026-11-23"][: 2 if comes_at > FRIDAY + 2 * DAY else 1]


async def test_a_digest_that_is_switched_off_comes_no_more_and_back_on_comes_next(db, circle):
    chosen = await wants(db, circle)

    await wants(db, circle, weekday=None, at=None)

    assert await issued(db, chosen, FRIDAY) == []
    again = await wants(db, circle, now=FRIDAY + HOUR)
    assert again.next_at == FRIDAY + WEEK


async def test_when_clocks_change_it_comes_at_the_same_hour_of_the_day(db):
    circle = await a_circle(db)
    # Sunday 7 March 2027; a week later clocks in Denver leave out 2:00 to 3:00.
    chosen = await wants(db, circle, 6, time(2, 30), datetime(2027, 3, 3, tzinfo=UTC))
    assert chosen.next_at == datetime(2027, 3, 7, 9, 30, tzinfo=UTC)

    await issued(db, chosen, chosen.next_at)

    assert await next_at(db, chosen) == datetime(2027, 3, 14, 9, 30, tzinfo=UTC)


async def test_a_community_that_moved_west_has_its_digest_at_its_new_hour(db, circle):
    chosen = await wants(db, circle)
    await change_community(db, circle, tz="America/Los_Angeles")

    fates = [await issued(db, chosen, one) for one in (FRIDAY, FRIDAY + HOUR)]

    assert fates == [[], [Fate.POSTED]]


async def test_planning_anew_after_a_move_east_makes_it_come_earlier(db, circle):
    chosen = await wants(db, circle)
    await change_community(db, circle, tz="America/New_York")

    async with db.begin() as session:
        await customs.replan(session, await session.get_one(Community, circle.id), NOW)

    assert await next_at(db, chosen) == FRIDAY - 2 * HOUR
