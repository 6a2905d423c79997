"""Changing a series: what is ahead follows, what is past stays, and each who comes hears once."""

from datetime import UTC, datetime, timedelta

import pytest

from models.hangouts import posted, telling
from models.hangouts.signup import Signup
from models.hangouts.standings import HangoutStanding
from tests.examples import ANA, BEN, CHRIS, DAY, HOUR
from tests.models.hangouts.planning_steps import (
    days,
    hangouts,
    joins,
    local,
    moves,
    plans,
    posts,
    said,
    told,
)

# Between the first hangout and the second one.
LATER = datetime(2026, 12, 8, 16, tzinfo=UTC)


async def test_the_same_rhythm_again_changes_nothing(db, math_circle):
    await plans(db, math_circle, facilitators=[BEN, ANA], holidays="US", skipped_on="2026-12-17")
    before = [(one.id, one.starts_at, one.facilitator_id) for one in await hangouts(db)]
    await joins(db, (await hangouts(db))[0], ANA, CHRIS)

    await plans(db, math_circle, facilitators=[BEN, ANA], holidays="US", skipped_on="2026-12-17")

    after = await hangouts(db)
    assert [(one.id, one.starts_at, one.facilitator_id) for one in after] == before
    assert {one.sequence for one in after} == {0}
    assert await told(db) == {}


async def test_another_time_of_day_moves_what_is_ahead_and_tells_who_comes_once(db, math_circle):
    await plans(db, math_circle)
    [past, second, third, *_] = await hangouts(db)
    await joins(db, past, ANA)
    await joins(db, second, ANA, CHRIS)

    await plans(db, math_circle, now=LATER, at="17:30")

    [same, moved, *_] = await hangouts(db)
    assert (same.starts_at, same.sequence) == (past.starts_at, 0)
    assert (f"{local(moved):%m-%d %H:%M}", moved.moved_from) == ("12-17 17:30", second.starts_at)
    assert (moved.sequence, moved.is_moved, moved.last_change) == (1, False, ["starts_at"])
    # Ben leads them and did it himself.
    assert await told(db) == {(second.id, ANA): 1, (second.id, CHRIS): 1}
    reminders = [post for post in await posts(db, posted.SOON) if post.about_id == second.id]
    assert moved.starts_at - telling.SOON_BEFORE in {post.due_at for post in reminders}
    assert third.id in {one.id for one in await hangouts(db)}


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"link": "https://meet.example/new"}, ["link"]),
        ({"minutes": "90"}, ["minutes"]),
        ({"slots": "3"}, ["slots"]),
        ({"slot_minutes": "25"}, ["slot_minutes"]),
        ({"protocol": "troika"}, ["protocol"]),
        ({"skills": "talk moves"}, ["skill"]),
        ({"facilitators": [CHRIS]}, ["facilitator_id"]),
        ({"skipped_on": "2026-12-03"}, ["called_off_at"]),
        ({"at": "08:00", "minutes": "45"}, ["starts_at", "minutes"]),
    ],
)
async def test_who_comes_is_told_once_of_whatever_changes(db, math_circle, change, names):
    await plans(db, math_circle)
    [first, *_] = await hangouts(db)
    await joins(db, first, ANA)

    for _ in range(2):
        await plans(db, math_circle, **change)

    [changed, *_] = await hangouts(db)
    assert (changed.last_change, changed.sequence) == (names, 1)
    assert (await told(db))[first.id, ANA] == 1


async def test_a_zone_with_the_same_clocks_is_no_news(db, math_circle):
    await plans(db, math_circle)
    [first, *_] = await hangouts(db)
    await joins(db, first, ANA)

    await plans(db, math_circle, tz="America/Phoenix")
    as_before = await told(db)
    await plans(db, math_circle, tz="America/New_York")

    [moved, *_] = await hangouts(db)
    assert as_before == {}
    assert (moved.tz, moved.starts_at) == ("America/New_York", first.starts_at - 2 * HOUR)
    assert await told(db) == {(first.id, ANA): 1}


async def test_another_weekday_takes_each_hangout_along_with_who_signed_up(db, math_circle):
    await plans(db, math_circle)
    before = await hangouts(db)
    await joins(db, before[1], ANA, presents=True)

    await plans(db, math_circle, first_on="2026-12-01")

    after = await hangouts(db)
    assert days(after) == ["12-01", "12-15", "12-29", "01-12", "01-26"]
    assert [one.id for one in after] == [one.id for one in before]
    assert {one.uid for one in after} == {one.uid for one in before}
    async with db() as session:
        standing = await HangoutStanding.of(session, after[1])
    assert [signup.member_id for signup in standing.seats] == [ANA]
    invitations = {post.about_id: post.due_at for post in await posts(db, posted.INVITATION)}
    assert invitations[after[1].id] == after[1].starts_at - 7 * DAY


async def test_another_weekday_forwards_works_as_well(db, math_circle):
    await plans(db, math_circle)

    await plans(db, math_circle, first_on="2026-12-07")

    assert days(await hangouts(db)) == ["12-07", "12-21", "01-04", "01-18", "02-01"]
    assert len(await hangouts(db)) == 5


async def test_more_often_adds_dates_and_keeps_the_others(db, math_circle):
    await plans(db, math_circle)
    before = {one.id for one in await hangouts(db)}

    await plans(db, math_circle, every_weeks="1")

    after = await hangouts(db)
    assert days(after)[:4] == ["12-03", "12-10", "12-17", "12-24"]
    assert before <= {one.id for one in after}
    assert all(one.sequence == 0 for one in after)


async def test_less_often_calls_off_what_people_know_of_and_removes_the_rest(db, math_circle):
    await plans(db, math_circle, every_weeks="1")
    [_, second, third, fourth, *_] = await hangouts(db)
    await joins(db, second, ANA)
    await said(db, posted.INVITATION, fourth)

    await plans(db, math_circle, every_weeks="6")

    after = await hangouts(db)
    assert days(after) == ["12-03", "01-14", "02-25"]
    off = {one.id: one.called_off_why for one in after if not one.is_on}
    assert off == {second.id: "The rhythm changed", fourth.id: "The rhythm changed"}
    assert await told(db) == {(second.id, ANA): 1}
    assert third.id not in {post.about_id for post in await posts(db, posted.INVITATION)}


async def test_what_the_rhythm_called_off_comes_back_with_it(db, math_circle):
    await plans(db, math_circle, every_weeks="1")
    [_, second, *_] = await hangouts(db)
    await joins(db, second, ANA)
    await plans(db, math_circle, every_weeks="6")

    await plans(db, math_circle, every_weeks="1")

    again = next(one for one in await hangouts(db) if one.id == second.id)
    assert (again.is_on, again.called_off_why, again.sequence) == (True, None, 2)
    assert await told(db) == {(second.id, ANA): 2}


async def test_a_later_beginning_calls_off_what_was_before_it(db, math_circle):
    await plans(db, math_circle)
    [first, *_] = await hangouts(db)
    await joins(db, first, ANA)

    await plans(db, math_circle, first_on="2027-02-04")

    assert days(await hangouts(db)) == ["02-04", "02-18", "03-04", "03-18", "04-01"]
    assert await told(db) == {(first.id, ANA): 1}


async def test_a_hangout_moved_by_hand_stays_where_it_is(db, math_circle):
    await plans(db, math_circle)
    [first, *_] = await hangouts(db)
    friday = first.starts_at + DAY
    await moves(db, math_circle, first, friday)

    await plans(db, math_circle, at="17:30", minutes="90")
    await plans(db, math_circle, first_on="2026-12-02", at="17:30", minutes="90")

    moved = next(one for one in await hangouts(db) if one.id == first.id)
    assert (moved.starts_at, moved.minutes) == (friday, 90)
    assert days(await hangouts(db))[:2] == ["12-04", "12-16"]


async def test_one_put_off_over_the_next_date_keeps_its_place_and_is_not_planned_again(
    db, math_circle
):
    await plans(db, math_circle)
    [first, *_] = await hangouts(db)
    await moves(db, math_circle, first, first.starts_at + 7 * DAY)

    await plans(db, math_circle, now=LATER, link="https://meet.example/new")

    after = await hangouts(db)
    assert days(after)[:3] == ["12-10", "12-17", "12-31"]
    assert after[0].link == "https://meet.example/new"


async def test_one_brought_forward_that_is_over_is_not_planned_again(db, math_circle):
    await plans(db, math_circle)
    second = (await hangouts(db))[1]
    await moves(db, math_circle, second, datetime(2026, 12, 4, 16, tzinfo=UTC))

    await plans(db, math_circle, now=LATER, at="17:00")

    assert days(await hangouts(db)) == ["12-03", "12-04", "12-31", "01-14", "01-28"]


async def test_todays_hangout_keeps_its_hour_when_the_new_one_is_past(db, math_circle):
    await plans(db, math_circle)
    noon = datetime(2026, 12, 3, 19, tzinfo=UTC)

    await plans(db, math_circle, now=noon, at="10:00")

    starts = [f"{local(one):%m-%d %H:%M}" for one in await hangouts(db)]
    assert starts[:2] == ["12-03 16:00", "12-17 10:00"]


async def test_a_hangout_that_has_begun_does_not_change(db, math_circle):
    await plans(db, math_circle)
    [first, *_] = await hangouts(db)
    await joins(db, first, ANA)

    during = first.starts_at + timedelta(minutes=20)
    await plans(db, math_circle, now=during, link="https://meet.example/new", first_on="2026-12-17")

    [same, *_] = await hangouts(db)
    assert (same.link, same.sequence, same.is_on) == (None, 0, True)


async def test_a_removed_hangouts_id_is_never_used_again(db, math_circle):
    await plans(db, math_circle, every_weeks="1")
    known = {one.id for one in await hangouts(db)}

    await plans(db, math_circle, first_on="2027-03-04", every_weeks="8")

    assert not known & {one.id for one in await hangouts(db)}
    async with db() as session:
        assert await session.get(Signup, 1) is None


async def test_a_date_typed_a_year_too_far_leaves_nothing_behind(db, math_circle):
    far = datetime(2027, 10, 1, 16, tzinfo=UTC)
    await plans(db, math_circle, first_on="2028-02-29", today=far.date(), facilitators=[BEN, ANA])
    await joins(db, (await hangouts(db))[1], CHRIS)

    await plans(db, math_circle, first_on="2026-12-01", facilitators=[BEN, ANA])

    [*near, known] = await hangouts(db)
    assert days(near) == ["12-01", "12-15", "12-29", "01-12", "01-26"]
    assert [one.facilitator_id for one in near] == [BEN, ANA, BEN, ANA, BEN]
    assert [one.skill for one in near][:2] == ["wait time", "exit tickets"]
    assert (known.is_on, known.called_off_why) == (False, "The rhythm changed")
    assert (await told(db))[known.id, CHRIS] == 1


async def test_a_far_date_of_the_new_rhythm_stays_for_who_signed_up_and_turns_go_on(
    db, math_circle
):
    far = datetime(2027, 10, 1, 16, tzinfo=UTC)
    await plans(db, math_circle, first_on="2028-02-22", today=far.date(), facilitators=[BEN, ANA])
    await joins(db, (await hangouts(db))[1], CHRIS)

    await plans(db, math_circle, first_on="2026-12-01", facilitators=[BEN, ANA])

    [*near, known] = await hangouts(db)
    assert days(near) == ["12-01", "12-15", "12-29", "01-12", "01-26"]
    assert [one.facilitator_id for one in near] == [BEN, ANA, BEN, ANA, BEN]
    assert (f"{local(known):%Y-%m-%d}", known.is_on) == ("2028-03-07", True)


async def test_of_a_new_plan_each_hears_once_with_one_file(db, math_circle):
    await plans(db, math_circle)
    [first, second, third, *_] = await hangouts(db)
    for one in (first, second):
        await joins(db, one, ANA)
    await joins(db, third, CHRIS)

    await plans(db, math_circle, at="17:30", by=ANA)
    await plans(db, math_circle, at="17:30", by=ANA)

    replanned = await posts(db, posted.REPLANNED)
    assert [post.place_id for post in replanned] == [BEN]
    assert len(posted.replanned_in(replanned[0].key)) == 5
    assert [post.place_id for post in await posts(db, posted.CHANGED)] == [CHRIS]
    files = await posts(db, posted.REPLANNED_CALENDAR)
    assert [(post.place_id, post.thread_of) for post in files] == [(BEN, replanned[0].key)]
    assert {len(post.key) <= 200 for post in files} == {True}
