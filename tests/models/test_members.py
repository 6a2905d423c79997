"""Members: what is known of them, and when they want to be left alone."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta

import pytest

from models.members import (
    PROFILE_LASTS,
    AwayDatesError,
    DaysOffError,
    Member,
    Profile,
    QuietHoursError,
    SchoolError,
)
from tests.examples import NOW


def a_member(**traits) -> Member:
    return Member(**{"member_id": "U_ANA", "muted": [], "tz": "America/Denver"} | traits)


def at(hour: int, minute: int = 0) -> datetime:
    """A winter's day in Denver, seven hours behind UTC."""
    return datetime(2026, 12, 1, hour, minute, tzinfo=UTC) + timedelta(hours=7)


def test_a_profile_is_taken_over():
    ana = a_member()

    ana.learn(Profile(name="Ana", tz="Europe/Berlin", is_lead=True), NOW)

    assert (ana.name, ana.tz, ana.is_lead, ana.left_at) == ("Ana", "Europe/Berlin", True, None)


def test_a_profile_without_a_zone_keeps_the_one_we_know():
    ana = a_member()

    ana.learn(Profile(name="Ana"), NOW)

    assert ana.tz == "America/Denver"


def test_somebody_deactivated_has_left_and_may_come_back():
    ana = a_member()

    ana.learn(Profile(name="Ana", is_gone=True), NOW)
    left = ana.left_at
    ana.learn(Profile(name="Ana"), NOW)

    assert (left, ana.left_at) == (NOW, None)


def test_a_profile_is_asked_for_again_after_a_week():
    ana = a_member(profile_at=NOW)

    assert not ana.needs_profile(NOW + PROFILE_LASTS)
    assert ana.needs_profile(NOW + PROFILE_LASTS + timedelta(seconds=1))


def test_nobody_who_left_wants_letters():
    assert not a_member(left_at=NOW).wants("problems.offers")


def test_a_switched_off_letter_is_not_wanted():
    ana = a_member(muted=["problems.offers"])

    assert not ana.wants("problems.offers")
    assert ana.wants("posts.trouble")


@pytest.mark.parametrize("switch", ["problems.offers", None])
def test_who_is_silent_wants_nothing_unasked_with_a_switch_or_without(switch):
    assert a_member().wants(switch)
    assert not a_member(is_silent=True).wants(switch)


@pytest.mark.parametrize(
    ("moment", "loud"),
    [
        (at(17, 59), at(17, 59)),
        (at(18), at(7) + timedelta(days=1)),
        (at(23), at(7) + timedelta(days=1)),
        (at(6, 59), at(7)),
        (at(7), at(7)),
    ],
)
def test_quiet_hours_over_midnight_end_in_the_morning(moment, loud):
    ana = a_member(quiet_from=time(18), quiet_until=time(7))

    assert ana.next_loud_moment(moment) == loud


@pytest.mark.parametrize(("moment", "loud"), [(at(11), at(11)), (at(12), at(13)), (at(13), at(13))])
def test_quiet_hours_within_a_day_end_on_that_day(moment, loud):
    ana = a_member(quiet_from=time(12), quiet_until=time(13))

    assert ana.next_loud_moment(moment) == loud


def test_quiet_hours_follow_the_clocks_of_the_place():
    # In the night of 8 March 2026 Denver's clocks go from 2:00 to 3:00.
    ana = a_member(quiet_from=time(22), quiet_until=time(7))
    night = datetime(2026, 3, 8, 6, 0, tzinfo=UTC)

    assert ana.next_loud_moment(night) == datetime(2026, 3, 8, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize(("begin", "end"), [(time(18), None), (None, time(7)), (time(7), time(7))])
def test_quiet_hours_need_a_beginning_and_another_end(begin, end):
    with pytest.raises(QuietHoursError):
        a_member().keep_quiet(begin, end)


FIRST, LAST = date(2026, 12, 1), date(2026, 12, 4)
OVER_NIGHT = {"quiet_from": time(18), "quiet_until": time(6, 30)}


@pytest.mark.parametrize(
    ("moment", "loud", "quiet"),
    [
        (at(0) - timedelta(seconds=1), at(0) - timedelta(seconds=1), {}),
        (at(0), at(8) + timedelta(days=4), {}),
        (at(23) + timedelta(days=3), at(8) + timedelta(days=4), {}),
        (at(0) + timedelta(days=4), at(0) + timedelta(days=4), {}),
        (at(12), at(6, 30) + timedelta(days=4), OVER_NIGHT),
        # The quiet evening before leads into the first day away.
        (at(20) - timedelta(days=1), at(6, 30) + timedelta(days=4), OVER_NIGHT),
        (at(12), at(9) + timedelta(days=4), {"quiet_from": time(7), "quiet_until": time(9)}),
    ],
)
def test_days_away_end_on_the_morning_after(moment, loud, quiet):
    ana = a_member(away_from=FIRST, away_until=LAST, **quiet)

    assert ana.next_loud_moment(moment) == loud


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [(FIRST, None, "away_until"), (None, LAST, "away_from"), (LAST, FIRST, "away_until")],
)
def test_days_away_have_a_first_and_a_later_last_one(first, last, field):
    ana = a_member()

    with pytest.raises(AwayDatesError) as caught:
        ana.be_away(first, last)

    assert (caught.value.field, ana.away_from, ana.away_until) == (field, None, None)


def test_one_day_away_is_enough_and_none_takes_it_back():
    ana = a_member()

    ana.be_away(FIRST, FIRST)
    assert ana.next_loud_moment(at(12)) == at(8) + timedelta(days=1)
    ana.be_away(None, None)

    assert ana.next_loud_moment(at(12)) == at(12)


async def test_strangers_are_those_never_asked_for_and_then_the_oldest(db):
    async with db.begin() as session:
        for name, profile_at in {
            "U_NEW": None,
            "U_OLD": NOW - timedelta(days=30),
            "U_OLDER": NOW - timedelta(days=60),
            "U_KNOWN": NOW,
        }.items():
            session.add(Member(member_id=name, muted=[], profile_at=profile_at))

    async with db() as session:
        strangers = await Member.strangers(session, NOW, limit=10)

    assert [one.member_id for one in strangers] == ["U_NEW", "U_OLDER", "U_OLD"]


async def test_newcomers_to_two_channels_at_once_are_noted_once(db):
    async def join(*people):
        async with db.begin() as session:
            await Member.note_all(session, people)
            await asyncio.sleep(0.02)

    await asyncio.gather(join("U_ANA", "U_BEN", "U_ANA"), join("U_BEN", "U_ANA"))
    await join("U_ANA")

    async with db() as session:
        assert set(await Member.known(session, ["U_ANA", "U_BEN"])) == {"U_ANA", "U_BEN"}


async def test_leads_are_the_admins_who_are_still_here(db):
    async with db.begin() as session:
        session.add(Member(member_id="U_DANA", muted=[], is_lead=True))
        session.add(Member(member_id="U_GONE", muted=[], is_lead=True, left_at=NOW))
        session.add(Member(member_id="U_ANA", muted=[]))

    async with db() as session:
        assert [lead.member_id for lead in await Member.leads(session)] == ["U_DANA"]


@pytest.mark.parametrize(
    ("typed", "kept"), [(" Lincoln \n High ", "Lincoln High"), ("\u200b", None), (None, None)]
)
def test_a_school_is_one_line_or_forgotten(typed, kept):
    ana = a_member(school="Before")

    ana.teach_at(typed)

    assert ana.school == kept


def test_a_school_with_a_very_long_name_is_refused():
    ana = a_member(school="Before")

    with pytest.raises(SchoolError) as refused:
        ana.teach_at("a" * 81)

    assert (refused.value.field, ana.school) == ("school", "Before")


# 1 December 2026 is a Tuesday; these are the days until Monday.
@pytest.mark.parametrize(
    ("moment", "loud", "traits"),
    [
        (at(12), at(12), {"days_off": [5, 6]}),
        (at(12) + timedelta(days=4), at(8) + timedelta(days=6), {"days_off": [5, 6]}),
        (at(12), at(8) + timedelta(days=1), {"days_off": [1]}),
        # The days away end on a Friday, and the weekend is off.
        (at(12), at(8) + timedelta(days=6), {"days_off": [5, 6], "away": (FIRST, LAST)}),
        # The quiet evening before leads into a day off.
        (at(20), at(6, 30) + timedelta(days=2), {"days_off": [2], **OVER_NIGHT}),
    ],
)
def test_on_days_off_nothing_is_said_until_the_morning_after(moment, loud, traits):
    first, last = traits.get("away", (None, None))
    kept = {name: trait for name, trait in traits.items() if name != "away"}
    ana = a_member(away_from=first, away_until=last, **kept)

    assert ana.next_loud_moment(moment) == loud


def test_one_day_of_the_week_is_left_to_write_on():
    ana = a_member()

    with pytest.raises(DaysOffError):
        ana.rest_on(range(7))
    ana.rest_on([6, 5, 5, 9])

    assert ana.days_off == [5, 6]
