"""When a teacher is asked for the next value: by rhythm, across changing clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from models.pilots import asking
from models.pilots.entries import Entry
from models.pilots.measures import Value
from models.pilots.observation import Observation
from models.pilots.observing import log
from models.pilots.pilot import Pilot, Rhythm
from models.pilots.posted import ASK, FINISH_WANTED
from models.posts import SAID, Post
from tests.examples import ANA, DAY, NOW, a_community, a_pilot

DENVER = "America/Denver"
TUESDAY = date(2026, 11, 17)
ZONES = (DENVER, "Europe/Berlin", "Pacific/Auckland", "America/Sao_Paulo", "Asia/Kathmandu", "UTC")


def asks(pilot: Pilot, tz: str = DENVER, after: datetime = NOW - 7 * DAY) -> list[datetime]:
    """Return every moment at which the pilot's teacher is asked, in local time."""
    moments = []
    moment = asking.next_ask(pilot, tz, after)
    while moment is not None:
        moments.append(moment.astimezone(ZoneInfo(tz)))
        moment = asking.next_ask(pilot, tz, moment)
    return moments


def days(pilot: Pilot, **more) -> list[str]:
    return [f"{moment:%a %d %b}" for moment in asks(pilot, **more)]


def two_weeks(**traits) -> Pilot:
    """A pilot from a Tuesday to the Tuesday two weeks later."""
    return a_pilot(**{"starts_on": TUESDAY, "ends_on": TUESDAY + timedelta(weeks=2)} | traits)


def test_every_school_day_is_monday_to_friday():
    pilot = two_weeks(rhythm=Rhythm.DAILY, ends_on=TUESDAY + timedelta(days=7))

    assert days(pilot) == [
        "Tue 17 Nov",
        "Wed 18 Nov",
        "Thu 19 Nov",
        "Fri 20 Nov",
        "Mon 23 Nov",
        "Tue 24 Nov",
    ]


def test_twice_a_week_is_monday_and_thursday():
    pilot = two_weeks(rhythm=Rhythm.TWICE)

    assert days(pilot) == ["Thu 19 Nov", "Mon 23 Nov", "Thu 26 Nov", "Mon 30 Nov"]


def test_weekly_is_friday_when_the_week_can_be_told_of():
    assert days(two_weeks(rhythm=Rhythm.WEEKLY)) == ["Fri 20 Nov", "Fri 27 Nov"]


def test_fortnightly_is_every_other_friday_from_the_second_week_on():
    pilot = two_weeks(rhythm=Rhythm.FORTNIGHTLY, ends_on=TUESDAY + timedelta(weeks=6))

    assert days(pilot) == ["Fri 27 Nov", "Fri 11 Dec", "Fri 25 Dec"]


def test_a_pilot_that_starts_on_a_weekend_is_asked_about_in_the_weeks_after():
    saturday = date(2026, 11, 21)
    pilot = a_pilot(starts_on=saturday, ends_on=saturday + timedelta(weeks=4))

    pilot.rhythm = Rhythm.WEEKLY
    assert days(pilot)[:2] == ["Fri 27 Nov", "Fri 04 Dec"]
    pilot.rhythm = Rhythm.FORTNIGHTLY
    assert days(pilot)[:2] == ["Fri 04 Dec", "Fri 18 Dec"]
    pilot.rhythm = Rhythm.DAILY
    assert days(pilot)[0] == "Mon 23 Nov"


@pytest.mark.parametrize(
    "traits",
    [
        {"rhythm": Rhythm.NEVER},
        {"paused_at": NOW},
        {"finished_at": NOW},
        {"deleted_at": NOW},
    ],
)
def test_nobody_is_asked_who_wants_none_or_is_done(traits):
    assert asking.next_ask(two_weeks(**traits), DENVER, NOW) is None


@pytest.mark.parametrize(
    ("tz", "change"),
    [
        (DENVER, date(2027, 3, 14)),
        (DENVER, date(2026, 11, 1)),
        ("Europe/Berlin", date(2027, 3, 28)),
        ("Europe/Berlin", date(2026, 10, 25)),
        ("Pacific/Auckland", date(2026, 9, 27)),
        ("Pacific/Auckland", date(2027, 4, 4)),
    ],
)
def test_half_past_three_stays_half_past_three_when_clocks_change(tz, change):
    pilot = a_pilot(
        starts_on=change - timedelta(days=10),
        ends_on=change + timedelta(days=10),
        rhythm=Rhythm.DAILY,
        ask_at=time(15, 30),
    )

    moments = asks(pilot, tz, datetime.combine(pilot.starts_on, time(), UTC) - 2 * DAY)

    assert {moment.time() for moment in moments} == {time(15, 30)}
    assert len({moment.utcoffset() for moment in moments}) == 2
    assert len({moment.date() for moment in moments}) == len(moments) >= 14


def test_an_hour_that_a_day_lacks_is_the_one_after_the_change():
    # Only on Sundays in these zones, so a day of school is made of one: Friday 29 March 2024 in
    # Jerusalem had no 2:30.
    friday = date(2024, 3, 29)
    pilot = a_pilot(
        starts_on=friday, ends_on=friday + 3 * DAY, rhythm=Rhythm.DAILY, ask_at=time(2, 30)
    )

    moment = asking.next_ask(pilot, "Asia/Jerusalem", datetime(2024, 3, 28, 12, tzinfo=UTC))

    assert moment == datetime(2024, 3, 29, 0, 30, tzinfo=UTC)


def test_an_hour_that_comes_twice_asks_once():
    sunday = date(2026, 11, 1)
    pilot = a_pilot(
        starts_on=sunday - 7 * DAY,
        ends_on=sunday + 7 * DAY,
        rhythm=Rhythm.DAILY,
        ask_at=time(1, 30),
    )

    moments = asks(pilot, DENVER, datetime(2026, 10, 20, tzinfo=UTC))

    assert len({moment.date() for moment in moments}) == len(moments)


@given(
    starts_on=st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    length=st.integers(0, 60),
    rhythm=st.sampled_from([one for one in Rhythm if one != Rhythm.NEVER]),
    ask_at=st.times(),
    tz=st.sampled_from(ZONES),
    hours=st.integers(-100, 2000),
)
def test_the_next_time_is_ahead_within_the_pilot_and_on_a_school_day(
    starts_on, length, rhythm, ask_at, tz, hours
):
    pilot = a_pilot(
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=length),
        rhythm=rhythm,
        ask_at=ask_at.replace(microsecond=0),
    )
    after = datetime.combine(starts_on, time(), UTC) + timedelta(hours=hours)

    moment = asking.next_ask(pilot, tz, after)

    if moment is not None:
        local = moment.astimezone(ZoneInfo(tz))
        assert moment > after
        assert local.weekday() < 5
        assert pilot.starts_on <= local.date() <= pilot.ends_on
        # What was skipped lies before: from any moment in between the answer is the same.
        assert asking.next_ask(pilot, tz, after + (moment - after) / 2) == moment
    finish = asking.finish_moment(pilot, tz).astimezone(ZoneInfo(tz))
    assert finish.date() > pilot.ends_on
    assert finish.weekday() < 5


def test_after_the_last_value_comes_the_question_for_a_decision_and_then_nothing():
    pilot = two_weeks(rhythm=Rhythm.WEEKLY)

    asking.plan_next(pilot, DENVER, NOW + 12 * DAY)

    # The last Friday is over; the last day is Tuesday 1 December.
    assert pilot.next_ask_at == datetime(2026, 12, 2, 22, 0, tzinfo=UTC)


def test_whoever_wants_no_questions_for_values_is_asked_for_the_decision():
    pilot = two_weeks(rhythm=Rhythm.NEVER)

    asking.plan_next(pilot, DENVER, NOW)

    assert pilot.next_ask_at == asking.finish_moment(pilot, DENVER)


def test_a_pause_asks_nothing_and_going_on_asks_the_next_time():
    pilot = two_weeks(rhythm=Rhythm.DAILY)

    asking.pause(pilot, NOW)
    assert pilot.next_ask_at is None

    asking.resume(pilot, DENVER, NOW + 3 * DAY)
    assert pilot.next_ask_at == datetime(2026, 11, 20, 22, 0, tzinfo=UTC)


def test_stopped_is_stopped_for_good():
    pilot = two_weeks(rhythm=Rhythm.DAILY, next_ask_at=NOW)

    asking.stop_asking(pilot)

    assert pilot.next_ask_at is None
    assert asking.next_ask(pilot, DENVER, NOW) is None


def test_a_stop_outlasts_a_longer_plan_and_ends_with_another_rhythm_or_by_asking():
    pilot = two_weeks(rhythm=Rhythm.DAILY)
    asking.stop_asking(pilot)

    pilot.ends_on += 7 * DAY
    asking.plan_next(pilot, DENVER, NOW)
    assert pilot.next_ask_at is None

    asking.resume(pilot, DENVER, NOW)
    assert (pilot.rhythm, pilot.next_ask_at) == (Rhythm.DAILY, asking.next_ask(pilot, DENVER, NOW))

    asking.stop_asking(pilot)
    pilot.rhythm = Rhythm.WEEKLY
    asking.plan_next(pilot, DENVER, NOW)
    assert pilot.next_ask_at == asking.next_ask(pilot, DENVER, NOW) is not None


async def test_a_clock_that_was_ahead_for_a_while_silences_nobody_for_good(db, database, weekly):
    for _ in range(2):
        await tick(db, weekly, NOW + 90 * DAY)
    async with db() as session:
        assert (await session.get_one(Pilot, weekly.id)).next_ask_at is None

    async with database.everywhere()() as session:
        assert [one.id for one in await asking.due(session, NOW, 10)] == [weekly.id]
    assert not await tick(db, weekly, NOW)

    async with db() as session:
        row = await session.get_one(Pilot, weekly.id)
        assert row.next_ask_at == asking.next_ask(row, DENVER, NOW)
        assert await asking.due(session, NOW, 10) == []


@pytest.mark.parametrize("traits", [{"paused_at": NOW}, {"stopped_rhythm": Rhythm.WEEKLY}])
async def test_who_wants_no_questions_is_not_planned_anew(db, database, traits):
    await kept(db, rhythm=Rhythm.WEEKLY, **traits)

    async with database.everywhere()() as session:
        assert await asking.due(session, NOW + DAY, 10) == []


@pytest.fixture
async def weekly(db):
    """Ana's pilot, asked about on Fridays at 15:00 in Denver."""
    return await kept(db, rhythm=Rhythm.WEEKLY)


async def kept(db, **traits) -> Pilot:
    async with db.begin() as session:
        session.add(community := a_community())
        await session.flush()
        pilot = two_weeks(**{"community_id": community.id} | traits)
        asking.plan_next(pilot, DENVER, NOW)
        session.add(pilot)
    return pilot


async def tick(db, pilot: Pilot, now: datetime) -> bool:
    async with db.begin() as session:
        row = await session.get_one(Pilot, pilot.id, with_for_update=True)
        return await asking.ask(session, row, DENVER, now)


async def letters(db) -> list[Post]:
    async with db() as session:
        return list(await session.scalars(select(Post).order_by(Post.id)))


async def test_a_letter_is_kept_when_it_is_due_and_only_once(db, weekly):
    friday = weekly.next_ask_at

    assert not await tick(db, weekly, friday - timedelta(minutes=1))
    assert await tick(db, weekly, friday)
    assert not await tick(db, weekly, friday)

    [letter] = await letters(db)
    assert (letter.kind, letter.place_id, letter.about_id) == (ASK, ANA, weekly.id)
    assert letter.due_at == friday
    assert letter.useful_until == friday + 2 * DAY


async def test_what_came_due_while_the_bot_was_down_is_asked_once_and_only_if_it_is_of_use(db):
    daily = await kept(db, rhythm=Rhythm.DAILY)
    friday = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)

    # Since Tuesday nothing ran; of four questions the last one alone is of use.
    assert not await tick(db, daily, friday)
    async with db() as session:
        row = await session.get_one(Pilot, daily.id)

    assert await letters(db) == []
    assert row.next_ask_at == datetime(2026, 11, 23, 22, 0, tzinfo=UTC)


async def test_the_decision_is_asked_for_once_however_often_it_is_planned(db, weekly):
    over = asking.finish_moment(weekly, DENVER)

    for _ in range(2):
        async with db.begin() as session:
            row = await session.get_one(Pilot, weekly.id)
            asking.plan_next(row, DENVER, over + timedelta(minutes=1))
        await tick(db, weekly, over + timedelta(minutes=2))

    [letter] = await letters(db)
    assert letter.kind == FINISH_WANTED


async def test_those_who_wait_longest_come_first_and_the_others_are_not_due(db, database):
    first = await kept(db, rhythm=Rhythm.DAILY)
    async with db.begin() as session:
        for number, traits in enumerate(
            (
                {"next_ask_at": NOW - DAY},
                {"next_ask_at": NOW + DAY},
                {"next_ask_at": NOW - 2 * DAY, "finished_at": NOW},
                {"next_ask_at": NOW - 2 * DAY, "deleted_at": NOW},
                {"next_ask_at": NOW - 2 * DAY},
            )
        ):
            session.add(
                two_weeks(request_key=f"V9{number}", community_id=first.community_id, **traits)
            )

    async with database.everywhere()() as session:
        due = await asking.due(session, NOW, 10)

    assert [pilot.request_key for pilot in due] == ["V94", "V90"]


@pytest.mark.parametrize(
    ("rhythm", "days_before", "is_answered"),
    [
        (Rhythm.DAILY, 0, True),
        (Rhythm.DAILY, 1, False),
        (Rhythm.TWICE, 1, True),
        (Rhythm.TWICE, 2, False),
        (Rhythm.WEEKLY, 3, True),
        (Rhythm.WEEKLY, 4, False),
        (Rhythm.FORTNIGHTLY, 6, True),
        (Rhythm.FORTNIGHTLY, 7, False),
    ],
)
async def test_whoever_noted_a_value_of_this_round_is_not_asked(
    db, rhythm, days_before, is_answered
):
    pilot = await kept(db, rhythm=rhythm)
    friday = date(2026, 11, 20)

    async with db.begin() as session:
        row = await session.get_one(Pilot, pilot.id)
        await log(session, row, value_on(friday - days_before * DAY), request_key="E1", now=NOW)

        assert await asking.is_answered(session, row, friday) is is_answered


async def test_a_letter_waits_for_a_value_until_one_is_noted_or_it_is_old(db, weekly):
    friday = weekly.next_ask_at
    await tick(db, weekly, friday)
    async with db.begin() as session:
        [letter] = await session.scalars(select(Post))
        letter.state, letter.said_at = SAID, friday

    async with db.begin() as session:
        hour = timedelta(hours=1)
        assert await asking.awaiting(session, ANA, friday + hour) == [weekly.id]
        assert await asking.awaiting(session, "U0BEN", friday + hour) == []
        assert await asking.awaiting(session, ANA, friday + 3 * DAY) == []

        row = await session.get_one(Pilot, weekly.id)
        entry = value_on(date(2026, 11, 20))
        await log(session, row, entry, request_key="E1", now=friday + hour)

        assert await asking.awaiting(session, ANA, friday + 2 * hour) == []

        [noted] = await session.scalars(select(Observation))
        noted.deleted_at = friday + 2 * hour
        assert await asking.awaiting(session, ANA, friday + 3 * hour) == [weekly.id]


def value_on(day: date) -> Entry:
    return Entry.of(Value(18.0, 26), {}, on_date=day, today=date(2027, 1, 1))
