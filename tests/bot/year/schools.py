"""Three communities in three zones for a school year, and how their members want to be written to.

One zone changes its clocks in the north, one in the south beyond the date line, one never.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
# A Monday; the last day of the fortieth week is in June.
FIRST, WEEKS = date(2026, 8, 31), 40
BEGINS = datetime(2026, 8, 30, 12, tzinfo=UTC)
ENDS = BEGINS + WEEKS * WEEK
MORNING, SEVEN_THIRTY = time(8), time(7, 30)


def is_by_day(here: datetime) -> bool:
    """Say whether that local time is on a weekday, from 8 to 18."""
    return here.weekday() < 5 and time(8) <= here.time() < time(18)


@dataclass(frozen=True)
class Teacher:
    """Somebody with settings. `quiet` are wall times, `away` the first and the last day."""

    id: str
    tz: str
    quiet: tuple[time, time] | None = None
    away: tuple[date, date] | None = None
    days_off: tuple[int, ...] = ()
    muted: tuple[str, ...] = ()
    has_digest: bool = False
    is_lead: bool = False

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(self.tz))

    def monday(self, week: int) -> datetime:
        """Return when the personal digest of a week is due."""
        day = FIRST + week * WEEK
        return datetime.combine(day, SEVEN_THIRTY, ZoneInfo(self.tz)).astimezone(UTC)

    def is_off(self, day: date) -> bool:
        is_away = self.away is not None and self.away[0] <= day <= self.away[1]
        return is_away or day.weekday() in self.days_off

    def is_quiet(self, moment: datetime) -> bool:
        """Say whether nothing may reach them unasked."""
        here = self.local(moment)
        return self.is_off(here.date()) or self._sleeps(here.time())

    def _sleeps(self, at: time) -> bool:
        if self.quiet is None:
            return False
        begins, ends = self.quiet
        return begins <= at < ends if begins < ends else at >= begins or at < ends

    def loud(self, moment: datetime) -> datetime:
        """Return the moment, or the first one after it that is not quiet: a day begins at 8."""
        if not self.is_quiet(moment):
            return moment
        was_off = self.is_off(self.local(moment).date())
        step = timedelta(minutes=15)
        later = datetime.fromtimestamp(moment.timestamp() // 900 * 900, UTC)
        while True:
            later += step
            here = self.local(later)
            was_off = was_off or self.is_off(here.date())
            begins = self._begin() if was_off else time()
            if not self.is_quiet(later) and here.time() >= begins:
                return later

    def _begin(self) -> time:
        over_night = self.quiet is not None and self.quiet[0] > self.quiet[1]
        return self.quiet[1] if self.quiet and over_night else MORNING


@dataclass(frozen=True)
class Circle:
    """A community. `digest` and `prompt` are a weekday and a wall time, Monday is 0."""

    channel: str
    tz: str
    facilitators: tuple[str, ...]
    members: tuple[str, ...]
    digest: tuple[int, time]
    prompt: tuple[int, time] | None
    first_hangout: date
    every_weeks: int
    hangout_at: time
    holidays: tuple[tuple[date, date], ...]
    # How likely somebody thanks in public in a week.
    thanks: float
    # Weeks, counted from 0, in which nothing happens.
    silent: range = field(default=range(0))

    def at(self, week: int, weekday: int, at: time) -> datetime:
        """Return the moment of a week's day; an hour the clocks leave out comes after it."""
        day = FIRST + week * WEEK + weekday * DAY
        return datetime.combine(day, at, ZoneInfo(self.tz)).astimezone(UTC)

    def local_day(self, moment: datetime) -> date:
        return moment.astimezone(ZoneInfo(self.tz)).date()

    def is_off(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.holidays)

    def is_at_school(self, moment: datetime) -> bool:
        """Say whether it is by day there."""
        return is_by_day(moment.astimezone(ZoneInfo(self.tz)))

    def first_morning(self, week: int) -> datetime | None:
        """Return when the facilitators' list is due; None in a week of holidays."""
        for weekday in range(5):
            if not self.is_off(FIRST + week * WEEK + weekday * DAY):
                return self.at(week, weekday, SEVEN_THIRTY)
        return None

    def hangouts(self) -> list[datetime]:
        """Return when the hangouts of the year begin; those on days off do not take place."""
        starts, day = [], self.first_hangout
        while day < ENDS.date() - 2 * DAY:
            if not self.is_off(day):
                start = datetime.combine(day, self.hangout_at, ZoneInfo(self.tz))
                starts.append(start.astimezone(UTC))
            day += self.every_weeks * WEEK
        return starts


# Ben keeps Mondays free, Gra's evenings begin early, Dev wants no lists of facilitators.
TEACHERS = {
    one.id: one
    for one in (
        Teacher("UANA", "America/Denver", quiet=(time(18), time(7, 30)), has_digest=True),
        Teacher("UBEN", "America/Denver", days_off=(0,), quiet=(time(20), time(6))),
        Teacher("UCHRIS", "America/Denver", muted=("hangouts.reminders", "pilots.asks")),
        Teacher("UDEV", "Asia/Kolkata", muted=("digests.facilitating",)),
        Teacher(
            "UESHA",
            "Asia/Kolkata",
            away=(date(2026, 10, 10), date(2026, 10, 23)),
            has_digest=True,
        ),
        Teacher("UFAY", "Europe/Berlin", quiet=(time(22), time(7)), muted=("thanks.receiving",)),
        Teacher("UGRA", "Pacific/Auckland", quiet=(time(17, 30), time(8, 30))),
        Teacher("UHEMI", "Pacific/Auckland", quiet=(time(6), time(9)), has_digest=True),
        Teacher("UIHA", "Pacific/Auckland", away=(date(2027, 2, 1), date(2027, 2, 28))),
        Teacher("ULEE", "America/Denver", is_lead=True, quiet=(time(17), time(9))),
    )
}
CIRCLES = (
    Circle(
        channel="CDENVER",
        tz="America/Denver",
        facilitators=("UBEN",),
        members=("UANA", "UBEN", "UCHRIS"),
        digest=(0, time(7, 30)),
        prompt=(3, time(15)),
        first_hangout=date(2026, 9, 10),
        every_weeks=5,
        hangout_at=time(16),
        holidays=(
            (date(2026, 11, 23), date(2026, 11, 27)),
            (date(2026, 12, 21), date(2027, 1, 1)),
            (date(2027, 5, 31), date(2027, 5, 31)),
        ),
        thanks=0.8,
        silent=range(22, 25),
    ),
    Circle(
        channel="CKOLKATA",
        tz="Asia/Kolkata",
        facilitators=("UDEV", "UESHA"),
        members=("UDEV", "UESHA", "UFAY"),
        digest=(4, time(16, 15)),
        prompt=None,
        first_hangout=date(2026, 9, 16),
        every_weeks=7,
        hangout_at=time(17, 30),
        holidays=((date(2026, 11, 6), date(2026, 11, 12)),),
        thanks=0.45,
        silent=range(10, 24),
    ),
    # On two Sundays there its clocks skip or repeat half past two.
    Circle(
        channel="CAUCKLAND",
        tz="Pacific/Auckland",
        facilitators=("UGRA",),
        members=("UGRA", "UHEMI", "UIHA"),
        digest=(6, time(2, 30)),
        prompt=(6, time(2, 30)),
        first_hangout=date(2026, 9, 22),
        every_weeks=8,
        hangout_at=time(8),
        holidays=((date(2026, 12, 17), date(2027, 2, 3)),),
        thanks=0.3,
        silent=range(30, 33),
    ),
)
