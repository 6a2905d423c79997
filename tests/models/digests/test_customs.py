"""What facilitators may choose for the weekly digest."""

from datetime import UTC, datetime, time

import pytest

from models.digests.customs import Choice, DigestCustoms
from models.digests.weekly import DigestPlaceError, DigestTimeError
from models.time import week_of
from tests.examples import MATH_CIRCLE, a_community
from tests.models.digests.weekly_steps import FRIDAY, wants
from tests.models.thanks.belonging import a_circle


@pytest.mark.parametrize(
    ("weekday", "at", "field"), [(4, None, "at"), (7, time(9), "weekday"), (99, None, "weekday")]
)
def test_a_digest_has_a_day_of_the_week_and_a_time(weekday, at, field):
    with pytest.raises(DigestTimeError) as refused:
        Choice.of(a_community(), weekday=weekday, at=at)

    assert refused.value.field == field


def test_the_digest_of_a_private_channel_stays_in_it():
    private = a_community(is_private=True)

    assert Choice.of(private, weekday=4, at=time(9), channel_id=MATH_CIRCLE).channel_id is None
    with pytest.raises(DigestPlaceError):
        Choice.of(private, weekday=4, at=time(9), channel_id="C0STAFF")


def test_a_week_begins_on_monday_by_the_clocks_of_the_place():
    sunday_evening_in_denver = datetime(2026, 11, 23, 5, tzinfo=UTC)

    assert week_of(sunday_evening_in_denver, "America/Denver").isoformat() == "2026-11-16"
    assert week_of(sunday_evening_in_denver, "Europe/Berlin").isoformat() == "2026-11-23"


async def test_choosing_again_changes_what_was_chosen_and_keeps_the_hour_of_one_switched_off(db):
    circle = await a_circle(db)
    first = await wants(db, circle)

    again = await wants(db, circle, weekday=None, at=None)

    assert (again.id, again.weekday, again.at, again.next_at) == (first.id, None, time(14), None)


async def test_the_next_digest_of_all_communities_is_known_before_it_comes(db):
    await wants(db, await a_circle(db))

    async with db() as session:
        assert await DigestCustoms.next_moment(session, FRIDAY.replace(day=19)) == FRIDAY
        assert await DigestCustoms.due(session, FRIDAY.replace(day=19)) == []
