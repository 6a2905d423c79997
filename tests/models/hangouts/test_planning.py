"""Planning a series: always eight weeks ahead, each hangout once, days off listed."""

import asyncio
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import event

from models.communities import Community
from models.errors import RuleError
from models.hangouts import planning, posted
from models.hangouts.hangout import NOBODY, Hangout
from models.hangouts.occurrences import SERIES_ENDED
from models.hangouts.planning import NobodyHereError
from models.hangouts.series import Series
from tests.examples import ANA, BEN, CHRIS, DAY, HOUR, NOW, a_hangout
from tests.models.hangouts.planning_steps import (
    days,
    hangouts,
    local,
    plans,
    posts,
    series_of,
    ticks,
)


async def test_a_series_is_planned_for_eight_weeks_from_its_first_date(db, math_circle):
    await plans(db, math_circle, link="https://meet.example/circle")

    planned = await hangouts(db)
    first = planned[0]
    assert days(planned) == ["12-03", "12-17", "12-31", "01-14", "01-28"]
    assert {f"{local(one):%H:%M}" for one in planned} == {"16:00"}
    assert (first.minutes, first.slots, first.slot_minutes, first.protocol) == (60, 2, 20, "mini")
    assert (first.link, first.facilitator_id) == ("https://meet.example/circle", BEN)
    assert len({one.uid for one in planned}) == len(planned)


async def test_what_the_bot_will_say_is_kept_with_the_plan(db, math_circle):
    await plans(db, math_circle)

    planned = await hangouts(db)
    invitations = await posts(db, posted.INVITATION)
    assert [post.about_id for post in invitations] == [one.id for one in planned]
    assert invitations[0].due_at == planned[0].starts_at - 7 * DAY
    assert {post.place_id for post in await posts(db, posted.BRIEF)} == {BEN}
    assert len(await posts(db, posted.SCHEDULE)) == 1
    assert await posts(db, posted.CHANGED) == []


@pytest.mark.parametrize("weeks", [1, 3, 26])
async def test_eight_weeks_are_planned_at_every_hour_of_a_year(db, math_circle, weeks):
    await plans(db, math_circle, first_on="2026-11-19", every_weeks=str(weeks))

    now = NOW
    while now < NOW + 365 * DAY:
        await ticks(db, now)
        ahead = [one for one in await hangouts(db) if one.starts_at > now]
        assert ahead[-1].starts_at + timedelta(weeks=weeks) > now + timedelta(weeks=8)
        assert len(ahead) >= 2
        now += timedelta(days=23, hours=7)


@pytest.mark.parametrize(
    "tz", ["America/New_York", "Europe/London", "Australia/Lord_Howe", "America/Phoenix"]
)
async def test_a_year_of_hangouts_begins_at_the_same_time_of_day(db, math_circle, tz):
    await plans(db, math_circle, tz=tz)

    for week in range(0, 54, 8):
        await ticks(db, NOW + timedelta(weeks=week))

    year = [local(one) for one in await hangouts(db)]
    assert len(year) > 26
    assert {(f"{start:%A %H:%M}") for start in year} == {"Thursday 16:00"}
    assert {later.date() - start.date() for start, later in pairwise(year)} == {14 * DAY}


async def test_a_tick_with_nothing_due_plans_nothing(db, math_circle):
    await plans(db, math_circle)

    assert await ticks(db, NOW + HOUR) == 0
    assert len(await hangouts(db)) == 5


async def test_a_tick_that_comes_late_plans_no_hangout_of_the_past(db, math_circle):
    await plans(db, math_circle)

    late = datetime(2027, 6, 1, 12, tzinfo=UTC)
    await ticks(db, late)

    added = (await hangouts(db))[5:]
    assert all(one.starts_at > late for one in added)
    assert days(added)[0] == "06-03"


async def test_days_off_stay_listed_with_the_reason_and_are_not_announced(db, math_circle):
    await plans(
        db,
        math_circle,
        skipped_on="2026-12-17",
        holidays="US",
        school_days=[["2026-12-21", "2027-01-04", "Winter break"]],
        name="district.ics",
    )

    planned = await hangouts(db)
    assert days(planned) == ["12-03", "01-14", "01-28"]
    assert [one.called_off_why for one in planned[:3]] == [None, "Skipped", "Winter break"]
    invited = {post.about_id for post in await posts(db, posted.INVITATION)}
    assert invited == {one.id for one in planned if one.is_on}


async def test_a_public_holiday_is_a_day_off_where_it_is_chosen(db, math_circle):
    await plans(db, math_circle, first_on="2026-11-26", holidays="US")

    planned = await hangouts(db)
    assert (planned[0].is_on, planned[0].called_off_why) == (False, "Thanksgiving Day")


async def test_facilitators_and_skills_take_turns_and_a_day_off_takes_none(db, math_circle):
    await plans(db, math_circle, facilitators=[BEN, ANA, CHRIS], skipped_on="2026-12-17")

    led = [(one.facilitator_id, one.skill) for one in await hangouts(db) if one.is_on]
    assert led == [
        (BEN, "wait time"),
        (ANA, "exit tickets"),
        (CHRIS, "peer feedback"),
        (BEN, "wait time"),
    ]


async def test_turns_go_on_from_the_last_planned_hangout(db, math_circle):
    await plans(db, math_circle, facilitators=[BEN, ANA, CHRIS])
    [*_, last] = await hangouts(db)

    await ticks(db, NOW + timedelta(weeks=5))

    added = [one for one in await hangouts(db) if one.occurs_on > last.occurs_on]
    assert (last.facilitator_id, last.skill) == (ANA, "exit tickets")
    assert [(one.facilitator_id, one.skill) for one in added] == [(CHRIS, "peer feedback")]


async def test_a_substitute_does_not_change_whose_turn_is_next(db, math_circle):
    await plans(db, math_circle, facilitators=[BEN, ANA, CHRIS])
    async with db.begin() as session:
        last = await Hangout.of(session, (await hangouts(db))[-1].id)
        last.facilitator_id, last.is_swapped = BEN, True

    await ticks(db, NOW + timedelta(weeks=5))

    assert (await hangouts(db))[-1].facilitator_id == CHRIS


async def leaves(db, community, *members):
    async with db.begin() as session:
        found = await session.get_one(Community, community.id)
        for member_id in members:
            found.farewell(member_id, NOW)


async def test_a_facilitator_who_left_is_passed_over(db, math_circle):
    await plans(db, math_circle, facilitators=[BEN, ANA, CHRIS])
    await leaves(db, math_circle, CHRIS)

    await ticks(db, NOW + timedelta(weeks=5))

    assert (await hangouts(db))[-1].facilitator_id == BEN


async def test_when_all_of_the_rotation_left_a_facilitator_of_the_community_leads(db, math_circle):
    await plans(db, math_circle, facilitators=[ANA, CHRIS])
    await leaves(db, math_circle, ANA, CHRIS)

    await ticks(db, NOW + timedelta(weeks=5))

    assert (await hangouts(db))[-1].facilitator_id == BEN


async def test_when_nobody_is_left_to_lead_it_is_whoever_planned(db, math_circle):
    await plans(db, math_circle, facilitators=[ANA], by=CHRIS)
    await leaves(db, math_circle, ANA, BEN)

    await ticks(db, NOW + timedelta(weeks=5))

    assert (await hangouts(db))[-1].facilitator_id == CHRIS


async def test_when_everyone_left_who_could_lead_nobody_does_and_nobody_is_briefed(db, math_circle):
    await plans(db, math_circle, facilitators=[ANA], by="U0DANA")
    before = len(await posts(db, posted.BRIEF))
    await leaves(db, math_circle, ANA, BEN, CHRIS)

    await ticks(db, NOW + timedelta(weeks=5))

    assert (await hangouts(db))[-1].facilitator_id == NOBODY
    assert len(await posts(db, posted.BRIEF)) == before


async def test_only_people_of_the_community_can_be_chosen_to_lead(db, math_circle):
    with pytest.raises(NobodyHereError, match="Not everyone here is in Math circle") as error:
        await plans(db, math_circle, facilitators=[BEN, "U0STRANGER"])

    assert error.value.field == "facilitators"
    assert await series_of(db, math_circle) is None


async def test_a_rotation_of_which_everyone_left_has_to_be_chosen_anew(db, math_circle):
    await plans(db, math_circle, facilitators=[ANA])
    await leaves(db, math_circle, ANA)

    with pytest.raises(NobodyHereError, match="all left"):
        await plans(db, math_circle, facilitators=[ANA])


async def test_an_archived_community_is_not_planned(db, math_circle):
    await plans(db, math_circle)
    async with db.begin() as session:
        (await session.get_one(Community, math_circle.id)).archived_at = NOW

    added = await ticks(db, NOW + timedelta(weeks=5))
    again = (await series_of(db, math_circle)).next_plan_at
    with pytest.raises(RuleError, match="archived"):
        await plans(db, math_circle)

    assert (added, again) == (0, NOW + timedelta(weeks=5) + DAY)


async def test_two_replicas_plan_each_hangout_once(db, math_circle):
    await plans(db, math_circle)
    later = NOW + timedelta(weeks=6)

    added = await asyncio.gather(*(ticks(db, later) for _ in range(4)))

    planned = await hangouts(db)
    assert sum(added) == len(planned) - 5
    assert len({one.occurs_on for one in planned}) == len(planned)
    assert len(await posts(db, posted.INVITATION)) == len(planned)


async def test_two_facilitators_planning_at_once_make_one_series(db, math_circle):
    await asyncio.gather(
        plans(db, math_circle, by=BEN), plans(db, math_circle, by=ANA), plans(db, math_circle)
    )

    assert days(await hangouts(db)) == ["12-03", "12-17", "12-31", "01-14", "01-28"]


async def test_ending_a_series_calls_off_all_its_dates_which_stay_listed(db, math_circle):
    series = await plans(db, math_circle)

    for _ in range(2):
        async with db.begin() as session:
            ending = await session.get_one(Series, series.id)
            community = await session.get_one(Community, math_circle.id)
            await planning.end(session, ending, community, by=BEN, now=NOW)

    ended = await hangouts(db)
    assert [(one.is_on, one.called_off_why) for one in ended] == [(False, SERIES_ENDED)] * 5
    assert {one.sequence for one in ended} == {1}
    assert await ticks(db, NOW + 90 * DAY) == 0


async def test_what_a_tick_costs_does_not_grow_with_the_history(db, database, math_circle):
    series = await plans(db, math_circle)
    costs = []

    for years, weeks in ((1, 5), (5, 7)):
        async with db.begin() as session:
            session.add_all(a_past(series, math_circle, years))
        with counted(database) as seen:
            assert await ticks(db, NOW + timedelta(weeks=weeks)) == 1
        costs.append(dict(seen))

    assert costs[0] == costs[1]
    assert costs[0]["rows read"] < 40


def a_past(series, community, years):
    for number in range(0 if years == 1 else 26, 26 * years):
        starts_at = datetime(2026, 11, 5, 23, tzinfo=UTC) - number * 14 * DAY
        yield a_hangout(
            community_id=community.id,
            series_id=series.id,
            starts_at=starts_at,
            occurs_on=date(2026, 11, 5) - number * 14 * DAY,
        )


@contextmanager
def counted(database):
    """Count statements, and the hangouts read from rows."""
    seen = Counter()

    def executed(*_):
        seen["statements"] += 1

    def read(*_):
        seen["rows read"] += 1

    event.listen(database.engine.sync_engine, "before_cursor_execute", executed)
    event.listen(Hangout, "load", read)
    yield seen
    event.remove(database.engine.sync_engine, "before_cursor_execute", executed)
    event.remove(Hangout, "load", read)
