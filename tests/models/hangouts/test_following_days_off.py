"""Changing a series: days off come and go, and what a person called off stays so."""

import pytest

from models.communities import Community
from models.hangouts import planning, posted
from models.hangouts.series import Series
from models.posts import DUE
from tests.examples import ANA, BEN, DAY, NOW
from tests.models.hangouts.planning_steps import (
    calls_off,
    days,
    gives_back,
    hangouts,
    joins,
    local,
    moves,
    plans,
    posts,
    series_of,
    told,
)


async def test_a_day_off_counts_where_a_hangout_was_moved_to(db, math_circle):
    await plans(db, math_circle)
    [first, *_] = await hangouts(db)
    await moves(db, math_circle, first, first.starts_at + DAY)

    await plans(db, math_circle, skipped_on="2026-12-03")
    elsewhere = days(await hangouts(db))[0]
    await plans(db, math_circle, skipped_on="2026-12-04")
    there = days(await hangouts(db))[0]

    assert (elsewhere, there) == ("12-04", "12-17")


async def test_a_day_off_taken_away_gives_its_hangout_back(db, math_circle):
    await plans(db, math_circle)
    [_, second, *_] = await hangouts(db)
    await joins(db, second, ANA)
    winter = [["2026-12-14", "2026-12-24", "Winter break"]]
    await plans(db, math_circle, school_days=winter, name="district.ics")
    off = (await hangouts(db))[1]

    await plans(db, math_circle, school_days=[])

    on = (await hangouts(db))[1]
    assert (off.is_on, off.called_off_why) == (False, "Winter break")
    assert (on.is_on, on.called_off_why, on.sequence) == (True, None, 2)
    assert await told(db) == {(second.id, ANA): 2}
    assert (await series_of(db, math_circle)).school_calendar is None


async def test_a_day_planned_as_off_is_announced_once_it_is_given_back(db, math_circle):
    await plans(db, math_circle, skipped_on="2026-12-17")

    await plans(db, math_circle, skipped_on="")

    second = (await hangouts(db))[1]
    assert second.is_on
    assert second.id in {post.about_id for post in await posts(db, posted.INVITATION)}


async def test_a_school_calendar_stays_when_none_is_sent(db, math_circle):
    winter = [["2026-12-14", "2026-12-24", "Winter break"]]
    await plans(db, math_circle, school_days=winter, name="district.ics")

    await plans(db, math_circle, at="17:00")

    series = await series_of(db, math_circle)
    assert (series.school_days, series.school_calendar) == (winter, "district.ics")
    assert not (await hangouts(db))[1].is_on


@pytest.mark.parametrize("why", ["Ben is ill", "Skipped"])
async def test_what_a_person_called_off_is_not_given_back_by_a_day_off(db, math_circle, why):
    await plans(db, math_circle)
    [first, *_] = await hangouts(db)
    await calls_off(db, math_circle, first, why)

    await plans(db, math_circle, skipped_on="2026-12-03")
    await plans(db, math_circle, skipped_on="")

    [still, *_] = await hangouts(db)
    assert (still.is_on, still.called_off_why, still.sequence) == (False, why, 1)


async def test_what_a_person_called_off_does_not_move_to_another_day(db, math_circle):
    await plans(db, math_circle)
    [first, *_] = await hangouts(db)
    await calls_off(db, math_circle, first)

    await plans(db, math_circle, first_on="2026-12-02")

    [new, old, *_] = await hangouts(db)
    assert (f"{local(new):%m-%d}", new.is_on) == ("12-02", True)
    assert (old.id, old.starts_at, old.is_on) == (first.id, first.starts_at, False)


async def test_a_day_off_that_a_person_gave_back_stays_on(db, math_circle):
    await plans(db, math_circle, skipped_on="2026-12-03")
    [first, *_] = await hangouts(db)
    await gives_back(db, math_circle, first)

    await plans(db, math_circle, skipped_on="2026-12-03\n2026-12-17")

    assert days(await hangouts(db)) == ["12-03", "12-31", "01-14", "01-28"]


async def test_a_new_reason_for_the_same_day_off_is_shown_and_told_to_nobody(db, math_circle):
    await plans(db, math_circle, skipped_on="2026-12-03")
    [first, *_] = await hangouts(db)

    await plans(db, math_circle, skipped_on="", school_days=[["2026-12-03", "2026-12-03", "Snow"]])

    [renamed, *_] = await hangouts(db)
    assert (renamed.called_off_why, renamed.sequence) == ("Snow", 0)
    assert first.called_off_why == "Skipped"


async def test_ending_a_series_tells_who_comes_and_planning_anew_gives_it_back(db, math_circle):
    series = await plans(db, math_circle)
    [first, *_] = await hangouts(db)
    await joins(db, first, ANA)
    async with db.begin() as session:
        ending = await session.get_one(Series, series.id)
        community = await session.get_one(Community, math_circle.id)
        await planning.end(session, ending, community, by=BEN, now=NOW)
    ended = await hangouts(db)

    await plans(db, math_circle)

    assert {(one.is_on, one.called_off_why) for one in ended} == {(False, "The series ended")}
    assert [one.id for one in await hangouts(db)] == [one.id for one in ended]
    assert days(await hangouts(db)) == ["12-03", "12-17", "12-31", "01-14", "01-28"]
    assert await told(db) == {(first.id, ANA): 2}
    assert (await series_of(db, math_circle)).ended_at is None


async def test_an_invitation_dropped_while_it_was_off_is_said_after_all(db, math_circle):
    await plans(db, math_circle)
    [first, *_] = await hangouts(db)
    await plans(db, math_circle, skipped_on="2026-12-03")
    async with db.begin() as session:
        for post in await posts(db, posted.INVITATION):
            if post.about_id == first.id:
                (await session.merge(post)).ends("dropped")

    await plans(db, math_circle, skipped_on="", now=NOW + 10 * DAY, first_on="2026-12-03")

    [invitation] = [p for p in await posts(db, posted.INVITATION) if p.about_id == first.id]
    assert invitation.state == DUE
