"""Members: the people of a workspace, as they are known from first contact."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import JSON, String, UniqueConstraint, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, OfWorkspace, workspace_of
from models.errors import RuleError
from models.search.dialects import insert_into
from models.text import one_line
from models.time import DAYS_IN_A_WEEK, zone

# The letters a member can switch off, each by its name in PostKind.switch.
SWITCHES = (
    "hangouts.reminders",
    "hangouts.seats",
    "hangouts.changes",
    "hangouts.afterwards",
    "hangouts.facilitating",
    "consultancies.questions",
    "problems.answers",
    "problems.offers",
    "problems.changes",
    "pilots.asks",
    "pilots.news",
    "thanks.receiving",
    "thanks.ideas",
    "thanks.showers",
    "materials.news",
    "materials.checks",
    "digests.facilitating",
    "posts.trouble",
)

# When a day begins for somebody who set no quiet hours (local wall time).
MORNING = time(8)
SCHOOL_LENGTH = 80
# A profile is asked for again after this long; user_change events keep it fresh in between.
PROFILE_LASTS = timedelta(days=7)


class QuietHoursError(RuleError):
    """Quiet hours have a beginning and an end, or neither."""

    field = "quiet_until"


class AwayDatesError(RuleError):
    """Being away has a first and a last day, or neither."""

    field = "away_until"


class DaysOffError(RuleError):
    """At least one day of the week is left to write on."""

    field = "days_off"


class SchoolError(RuleError):
    """A school's name is one short line."""

    field = "school"


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What Slack knows about a person. `tz` is an IANA name."""

    name: str
    tz: str | None = None
    is_lead: bool = False
    is_bot: bool = False
    is_gone: bool = False


class Member(OfWorkspace, Base):
    """One person. `member_id` is Slack's user id; quiet hours are local wall time.

    `away_from` and `away_until` are the first and the last day away, both local dates. Thanks to
    somebody who `is_thanked_quietly` stay between giver and receivers. Nothing is sent unasked on
    `days_off`, weekdays from Monday, 0, and to who `is_silent` never. Who `has_digest`, since
    `digest_chosen_at`, gets a letter a week, next at `next_digest_at`; `welcomed_at` is our hello.
    """

    __tablename__ = "members"
    __table_args__ = (UniqueConstraint("workspace_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[str] = mapped_column(String(32))
    name: Mapped[str | None] = mapped_column(String(255))
    tz: Mapped[str | None] = mapped_column(String(64))
    is_lead: Mapped[bool] = mapped_column(default=False)
    is_bot: Mapped[bool] = mapped_column(default=False)
    left_at: Mapped[datetime | None]
    profile_at: Mapped[datetime | None]
    quiet_from: Mapped[time | None]
    quiet_until: Mapped[time | None]
    away_from: Mapped[date | None]
    away_until: Mapped[date | None]
    school: Mapped[str | None] = mapped_column(String(SCHOOL_LENGTH))
    is_thanked_quietly: Mapped[bool] = mapped_column(default=False)
    is_silent: Mapped[bool] = mapped_column(default=False)
    muted: Mapped[list[str]] = mapped_column(JSON, default=list)
    days_off: Mapped[list[int] | None] = mapped_column(JSON)
    subjects: Mapped[str | None] = mapped_column(String(SCHOOL_LENGTH))
    grades: Mapped[str | None] = mapped_column(String(SCHOOL_LENGTH))
    has_digest: Mapped[bool] = mapped_column(default=False)
    digest_chosen_at: Mapped[datetime | None]
    next_digest_at: Mapped[datetime | None] = mapped_column(index=True)
    welcomed_at: Mapped[datetime | None]
    hinted_at: Mapped[datetime | None]
    home_opened_at: Mapped[datetime | None]

    @classmethod
    async def find(cls, session: AsyncSession, member_id: str) -> Member | None:
        return (await session.scalars(select(cls).where(cls.member_id == member_id))).first()

    @classmethod
    async def known(cls, session: AsyncSession, member_ids: Collection[str]) -> dict[str, Member]:
        """Return those of the given people that we know, by their id."""
        query = select(cls).where(cls.member_id.in_(set(member_ids)))
        return {member.member_id: member for member in await session.scalars(query)}

    @classmethod
    async def note_all(cls, session: AsyncSession, member_ids: Collection[str]) -> None:
        """Note people we have only seen the ids of; a tick asks for their profiles."""
        # In one order: two that note the same people at once would wait for each other for ever.
        new = sorted({*member_ids} - {*await cls.known(session, member_ids)})
        if rows := [{"workspace_id": workspace_of(session), "member_id": one} for one in new]:
            await session.execute(insert_into(session, cls).on_conflict_do_nothing(), rows)

    @classmethod
    async def leads(cls, session: AsyncSession) -> Sequence[Member]:
        """Return who sees and sets the whole network: the workspace's admins and owners."""
        query = select(cls).where(cls.is_lead, cls.left_at.is_(None)).order_by(cls.id)
        return (await session.scalars(query)).all()

    @classmethod
    async def strangers(cls, session: AsyncSession, now: datetime, limit: int) -> Sequence[Member]:
        """Return whose profile is missing or old, those never asked for first."""
        old = or_(cls.profile_at.is_(None), cls.profile_at < now - PROFILE_LASTS)
        query = select(cls).where(old, cls.left_at.is_(None), cls.is_bot.is_(False))
        query = query.order_by(cls.profile_at.is_not(None), cls.profile_at, cls.id).limit(limit)
        return (await session.scalars(query)).all()

    def learn(self, profile: Profile, now: datetime) -> None:
        """Take over what Slack says about this person."""
        self.name, self.tz = profile.name, profile.tz or self.tz
        self.is_lead, self.is_bot, self.profile_at = profile.is_lead, profile.is_bot, now
        self.left_at = (self.left_at or now) if profile.is_gone else None

    def needs_profile(self, now: datetime) -> bool:
        return self.profile_at is None or now - self.profile_at > PROFILE_LASTS

    def wants(self, switch: str | None) -> bool:
        """Say whether this person wants what nobody asked for; some of it has no `switch`."""
        return self.left_at is None and not self.is_silent and switch not in self.muted

    def keep_quiet(self, quiet_from: time | None, quiet_until: time | None) -> None:
        """Set the hours in which nothing is sent unasked; the end may be on the next day."""
        if (quiet_from is None) != (quiet_until is None):
            raise QuietHoursError("Please give both a beginning and an end, or leave both empty.")
        if quiet_from is not None and quiet_from == quiet_until:
            raise QuietHoursError("The end is the same as the beginning. Please move one of them.")
        self.quiet_from, self.quiet_until = quiet_from, quiet_until

    def be_away(self, away_from: date | None, away_until: date | None) -> None:
        """Set the days on which nothing is sent unasked, the last one included."""
        if away_from is None and away_until is not None:
            raise AwayDatesError("Please give the first day as well.", field="away_from")
        if away_from is not None and away_until is None:
            raise AwayDatesError("Please give the last day as well.")
        if away_from and away_until and away_until < away_from:
            raise AwayDatesError("The last day is before the first. Please move one of them.")
        self.away_from, self.away_until = away_from, away_until

    def teach_at(self, school: str | None) -> None:
        """Set the school that stands beside what this person shares; an empty one is forgotten."""
        self.school = self._line("school", school)

    def rest_on(self, days: Collection[int]) -> None:
        """Set the weekdays, Monday is 0, on which nothing is sent unasked."""
        chosen = sorted({day for day in days if 0 <= day < DAYS_IN_A_WEEK})
        if len(chosen) == DAYS_IN_A_WEEK:
            raise DaysOffError("Please leave one day, or say stop and I write nothing unasked.")
        self.days_off = chosen or None

    def teach(self, subjects: str | None, grades: str | None) -> None:
        """Set what this person teaches; what is left empty is forgotten."""
        self.subjects = self._line("subjects", subjects)
        self.grades = self._line("grades", grades)

    @staticmethod
    def _line(field: str, typed: str | None) -> str | None:
        line = one_line(typed or "")
        if len(line) > SCHOOL_LENGTH:
            raise SchoolError(f"Please keep it under {SCHOOL_LENGTH} characters.", field=field)
        return line or None

    def was_away(self, moment: datetime) -> bool:
        """Say whether the days away are over."""
        today = moment.astimezone(zone(self.tz)).date()
        return self.away_until is not None and self.away_until < today

    def next_loud_moment(self, moment: datetime) -> datetime:
        """Return `moment`, or the end of the quiet hours, days off or days away it falls into."""
        loud = self._after_quiet_hours(moment)
        while (free_on := self._free_on(loud.astimezone(zone(self.tz)).date())) is not None:
            loud = self._morning_of(free_on)
        return loud

    def _free_on(self, day: date) -> date | None:
        """Return the first day that is neither off nor away after one that is; else None."""
        first = day
        while self.is_away(day) or day.weekday() in (self.days_off or ()):
            last = self.away_until if self.is_away(day) else None
            day = (last or day) + timedelta(days=1)
        return day if day != first else None

    def is_away(self, day: date) -> bool:
        """Say whether the day, a local date, is one of the days away."""
        return bool(self.away_from and self.away_until and self.away_from <= day <= self.away_until)

    def _morning_of(self, day: date) -> datetime:
        """Return 8:00 of that day, or where quiet hours say when it begins their end."""
        begins = MORNING
        if self.quiet_from is not None and self.quiet_until is not None:
            begins = self.quiet_until if self.quiet_from > self.quiet_until else MORNING
        moment = datetime.combine(day, begins, zone(self.tz)).astimezone(UTC)
        return self._after_quiet_hours(moment)

    def _after_quiet_hours(self, moment: datetime) -> datetime:
        if self.quiet_from is None or self.quiet_until is None:
            return moment
        local = moment.astimezone(zone(self.tz))
        clock = local.time().replace(tzinfo=None)
        over_midnight = self.quiet_from > self.quiet_until
        evening, morning = clock >= self.quiet_from, clock < self.quiet_until
        if not (evening or morning if over_midnight else evening and morning):
            return moment
        day = local.date() + timedelta(days=1 if over_midnight and evening else 0)
        return datetime.combine(day, self.quiet_until, zone(self.tz)).astimezone(UTC)
