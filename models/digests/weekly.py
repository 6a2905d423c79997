"""Weekly: the day and hour of a digest, and the weeks that follow from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Self

from sqlalchemy import String, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.errors import RuleError
from models.time import A_WEEK, BEFORE_SCHOOL, DAYS_IN_A_WEEK, at_wall, week_of, zone

# What a form begins with: the first thing of a week.
USUAL_WEEKDAY, USUAL_AT = 0, BEFORE_SCHOOL
# After a longer silence the weeks before are not worth a note each.
WEEKS_NOTED = 4


class DigestTimeError(RuleError):
    """A digest has a day of the week and a time, or neither."""

    field = "at"


class DigestPlaceError(RuleError):
    """The digest cannot be posted in that channel."""

    field = "channel_id"


class Weekly:
    """What comes once a week, as somebody chose it.

    `weekday` counts from Monday as 0 and is empty for never; `at` is wall time in a zone that the
    caller knows. `next_at` is when the next one is due, in UTC. `channel_id` is where it comes.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    weekday: Mapped[int | None]
    at: Mapped[time]
    next_at: Mapped[datetime | None] = mapped_column(index=True)
    channel_id: Mapped[str | None] = mapped_column(String(32))
    changed_by: Mapped[str] = mapped_column(String(32))
    changed_at: Mapped[datetime]

    @classmethod
    async def due(cls, session: AsyncSession, now: datetime) -> Sequence[Self]:
        """Return those that are due, those that wait longest first."""
        query = select(cls).where(cls.next_at <= now).order_by(cls.next_at)
        return (await session.scalars(query)).all()

    @classmethod
    async def next_moment(cls, session: AsyncSession, now: datetime) -> datetime | None:
        """Return when some of them is due next."""
        return await session.scalar(select(func.min(cls.next_at)).where(cls.next_at > now))

    @classmethod
    async def move(cls, session: AsyncSession, old_id: str, new_id: str) -> None:
        """Follow a channel to its new id."""
        query = update(cls).where(cls.channel_id == old_id).values(channel_id=new_id)
        await session.execute(query.execution_options(synchronize_session=False))

    def moment_in(self, week: date, tz: str) -> datetime | None:
        """Return when it is due in the week that begins on that Monday; None if never."""
        if self.weekday is None:
            return None
        return at_wall(week + timedelta(days=self.weekday), self.at, tz)

    def planned(self, tz: str, now: datetime, *, is_issued: bool) -> datetime | None:
        """Return the next moment by what is chosen now. No week has two, and none loses its.

        `is_issued` tells whether this week has its own. Where this week's new moment has passed
        already, it comes when it was to come before.
        """
        this = week_of(now, tz)
        if is_issued:
            return self.moment_in(this + A_WEEK, tz)
        moment = self.moment_in(this, tz)
        if moment is None or moment > now:
            return moment
        if self.next_at is not None and week_of(self.next_at, tz) <= this:
            return self.next_at
        return self.moment_in(this + A_WEEK, tz)

    def take_due(self, tz: str, now: datetime) -> Iterator[tuple[date, datetime]]:
        """Yield the Monday of each week that is due, with its moment, and plan the one after."""
        before = self.next_at
        for week in _weeks(before, tz, now):
            self.next_at = moment = self.moment_in(week, tz)
            if moment is None or moment > now:
                # The clocks that count were changed since it was planned.
                break
            self.next_at = self.moment_in(week + A_WEEK, tz)
            if before is not None and week == week_of(before, tz):
                # One that was planned before its day was changed comes when it was to come.
                moment = before
            yield week, moment


def end_of_day(moment: datetime, tz: str) -> datetime:
    """Return the last second of the local day."""
    following = moment.astimezone(zone(tz)).date() + timedelta(days=1)
    return at_wall(following, time(), tz) - timedelta(seconds=1)


def require_time(weekday: int | None, at: time | None) -> None:
    """Raise DigestTimeError unless that is a day with a time, or no day."""
    if weekday is not None and not 0 <= weekday < DAYS_IN_A_WEEK:
        raise DigestTimeError("Please choose a day of the list.", field="weekday")
    if weekday is not None and at is None:
        raise DigestTimeError("Please choose a time as well.")


def _weeks(planned: datetime | None, tz: str, now: datetime) -> Iterable[date]:
    """Return the Mondays of the weeks from the planned one to this one, if it is due."""
    if planned is None or planned > now:
        return
    this = week_of(now, tz)
    week = max(week_of(planned, tz), this - WEEKS_NOTED * A_WEEK)
    while week <= this:
        yield week
        week += A_WEEK
