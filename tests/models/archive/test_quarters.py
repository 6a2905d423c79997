"""An archive is due at nine o'clock on the first weekday of a quarter, where its community is."""

from datetime import UTC, datetime

import pytest

from models.archive.quarters import last_quarter, next_moment_of

DENVER = "America/Denver"


@pytest.mark.parametrize(
    ("now", "name", "local", "then"),
    [
        # 2027-01-01 is a Friday, 2026-10-01 a Thursday.
        ("2026-11-17T16:00", "2026-10", "2026-10-01T15:00", "2027-01-01T16:00"),
        ("2027-01-01T15:59", "2026-10", "2026-10-01T15:00", "2027-01-01T16:00"),
        ("2027-01-01T16:00", "2027-01", "2027-01-01T16:00", "2027-04-01T15:00"),
        # 2028-01-01 is a Saturday, so Monday the third.
        ("2028-01-02T12:00", "2027-10", "2027-10-01T15:00", "2028-01-03T16:00"),
    ],
)
def test_a_quarter_begins_on_its_first_weekday_whatever_the_season(now, name, local, then):
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)

    quarter = last_quarter(moment, DENVER)

    assert quarter.name == name
    assert quarter.at == datetime.fromisoformat(local).replace(tzinfo=UTC)
    assert next_moment_of(moment, DENVER) == datetime.fromisoformat(then).replace(tzinfo=UTC)


def test_where_it_is_morning_already_the_quarter_has_begun():
    now = datetime(2027, 1, 1, 0, 30, tzinfo=UTC)

    assert last_quarter(now, "Pacific/Auckland").name == "2027-01"
    assert last_quarter(now, DENVER).name == "2026-10"
