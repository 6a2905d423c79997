"""Time, as the community's records keep it: aware, and in UTC."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import DateTime, Dialect, TypeDecorator

Clock = Callable[[], datetime]
A_WEEK = timedelta(days=7)
DAYS_IN_A_WEEK = 7
# When what comes once a week usually comes: on Monday before the first lesson (wall time).
BEFORE_SCHOOL = time(7, 30)


def utc_now() -> datetime:
    return datetime.now(UTC)


class MovableClock:
    """Real time plus an offset that a test or the demo moves forward."""

    def __init__(self, start: datetime | None = None) -> None:
        self._offset = start - utc_now() if start else timedelta()

    def __call__(self) -> datetime:
        return utc_now() + self._offset

    def move(self, by: timedelta) -> None:
        self._offset += by


@cache
def zones() -> frozenset[str]:
    """Return the names of the IANA database. Reading them takes milliseconds, so once is enough."""
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    """Say whether `name` is a time zone of the IANA database, such as America/Denver."""
    return name in zones()


def matching_zones(words: str) -> list[str]:
    """Return the zones whose name contains each of the words, those of a matching city first."""
    wanted = words.casefold().replace("_", " ").split()
    found = [
        name
        for name in sorted(zones())
        if all(word in name.casefold().replace("_", " ") for word in wanted)
    ]
    return sorted(found, key=lambda name: not _city(name).startswith(tuple(wanted)))


def _city(name: str) -> str:
    return name.rpartition("/")[2].casefold().replace("_", " ")


def zone(name: str | None) -> ZoneInfo:
    """Return the zone of that name; an unknown one counts as UTC, so that nothing stops for it."""
    return ZoneInfo(name) if name and is_zone(name) else ZoneInfo("UTC")


def at_wall(day: date, at: time, zone_name: str | None) -> datetime:
    """Return that time of that day in UTC, by the clocks there.

    A time that they leave out is as much later as they leave out; of one that they show twice it is
    the first. (PEP 495 calls both fold=0, whatever `at` says.)
    """
    return datetime.combine(day, at.replace(fold=0), zone(zone_name)).astimezone(UTC)


def week_of(moment: datetime, zone_name: str | None) -> date:
    """Return the Monday of the week that moment falls into, by the clocks there."""
    day = moment.astimezone(zone(zone_name)).date()
    return day - timedelta(days=day.weekday())


def next_daytime(moment: datetime, zone_name: str | None) -> datetime:
    """Return `moment`, or the next 8:00 on a weekday if it falls outside weekdays 8:00 to 18:00."""
    local = moment.astimezone(zone(zone_name))
    if local.weekday() < 5 and time(8) <= local.time() < time(18):
        return moment
    day = local.date()
    if local.time() >= time(8):
        day += timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return at_wall(day, time(8), zone_name)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime, also on SQLite, which itself forgets time zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC)
