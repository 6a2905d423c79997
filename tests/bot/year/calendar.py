"""What the calendar demands of the year, told from settings, happenings and outages alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tests.bot.year.happenings import (
    ANSWER,
    MATERIAL,
    PRIVATE,
    QUESTION,
    SIGN_UP,
    THANKS,
    Happening,
)
from tests.bot.year.outages import HOUR, Outages
from tests.bot.year.schools import BEGINS, DAY, FIRST, TEACHERS, WEEK, Circle, Teacher, is_by_day

POSTED, NOTHING, SKIPPED, MISSED = "posted", "nothing", "skipped", "missed"
# A question that is older is in no digest. One is news in the first digest after it was asked.
EIGHT_WEEKS = 8 * WEEK
# A question put to the channel so much later is left out; after so many without thanks, all are.
HELPS_FOR, SILENCES_AT_MOST = 8 * HOUR, 4


@dataclass(frozen=True)
class Issue:
    """One week's digest: what becomes of it, when it is said if it is, and which thanks it has.

    Of one that was missed although there was something to tell facilitators hear at `missed_at`,
    by day.
    """

    week: date
    fate: str
    said_at: datetime | None = None
    thanks: frozenset[int] = frozenset()
    missed_at: datetime | None = None


@dataclass(frozen=True)
class Calendar:
    """The year as it was planned and as it went."""

    happenings: Sequence[Happening]
    outages: Outages

    def digests(self, circle: Circle, weeks: int) -> list[Issue]:
        """Return the digests of a community, week by week."""
        told: list[tuple[datetime, bool]] = []
        issues = []
        for week in range(weeks):
            due_at = circle.at(week, *circle.digest)
            noted_at = self.outages.bot_is_up(due_at)
            issue = self._issue(circle, week, due_at, self._since(told, due_at))
            issues.append(issue)
            was_told = issue.fate in (POSTED, NOTHING)
            told.append((noted_at if was_told else due_at, was_told))
        return issues

    def _since(self, told: Sequence[tuple[datetime, bool]], due_at: datetime) -> datetime:
        """Return until when the last digest told, or a week before the first was due."""
        lately = told[-8:]
        last = max((at for at, was_told in lately if was_told), default=None)
        return last or (lately[0][0] if lately else due_at) - WEEK

    def _issue(self, circle: Circle, week: int, due_at: datetime, since: datetime) -> Issue:
        monday, noted_at = FIRST + week * WEEK, self.outages.bot_is_up(due_at)
        day = circle.local_day(due_at)
        if circle.is_off(day):
            return Issue(monday, SKIPPED)
        has_news = self._has_news(circle, since, noted_at, noted_at)
        if circle.local_day(noted_at) != day:
            missed_at = _at_school(circle, noted_at) if has_news else None
            return Issue(monday, MISSED, missed_at=missed_at)
        if not has_news:
            return Issue(monday, NOTHING)
        said_at = self.outages.all_is_up(noted_at)
        if circle.local_day(said_at) != day:
            return Issue(monday, MISSED, missed_at=_at_school(circle, said_at))
        if not self._has_news(circle, since, noted_at, said_at):
            return Issue(monday, POSTED)
        thanks = [one for one in self._thanks_in(circle) if since < one.at <= noted_at]
        return Issue(monday, POSTED, said_at, frozenset(int(one.about) for one in thanks))

    def _thanks_in(self, circle: Circle) -> list[Happening]:
        return [one for one in self.happenings if one.circle is circle and one.what == THANKS]

    def _has_news(
        self, circle: Circle, since: datetime, until: datetime, drawn_at: datetime
    ) -> bool:
        mine = [one for one in self.happenings if one.circle is circle]
        answered = {one.about for one in mine if one.what == ANSWER and one.at <= drawn_at}
        for one in mine:
            if not since < one.at <= until:
                continue
            is_asked = one.what == QUESTION and until - EIGHT_WEEKS < one.at
            if one.what in (THANKS, MATERIAL) or (is_asked and one.about not in answered):
                return True
        return False

    def prompts(self, circle: Circle, weeks: int) -> tuple[list[datetime], datetime | None]:
        """Return when the channel is asked whom it would thank, and when that is given up."""
        asked, silences, last = list[datetime](), 0, None
        for week in range(weeks) if circle.prompt is not None else ():
            due_at = circle.at(week, *circle.prompt)
            noted_at, day = self.outages.bot_is_up(due_at), circle.local_day(due_at)
            if circle.is_off(day) or noted_at - due_at >= HELPS_FOR:
                continue
            thanked = [
                circle.local_day(one.at) for one in self._thanks_in(circle) if one.at <= due_at
            ]
            silences = 0 if last is None or any(on >= last for on in thanked) else silences + 1
            if silences == SILENCES_AT_MOST:
                return asked, noted_at
            last, said_at = day, self.outages.all_is_up(noted_at)
            if said_at - due_at <= HELPS_FOR:
                asked.append(said_at)
        return asked, None

    def told_of_silence(self, circle: Circle, reader: Teacher, weeks: int) -> list[datetime]:
        """Return when a facilitator hears that the channel is asked no more: at school hours."""
        _, moment = self.prompts(circle, weeks)
        if moment is None:
            return []
        return [self.reaches(reader, _at_school(circle, moment))]

    def letters(self, reader: Teacher, circles: Sequence[Circle], weeks: int) -> list[datetime]:
        """Return when somebody who chose it gets their personal digest."""
        said: list[datetime] = []
        if not reader.has_digest:
            return said
        for week in range(weeks):
            written_at = self._written(reader, reader.monday(week))
            said_at = self.outages.all_is_up(written_at)
            is_of_its_week = written_at < reader.monday(week + 1)
            if not is_of_its_week or said_at - written_at > 2 * DAY or reader.is_quiet(said_at):
                continue
            since = max(said[-1] if said else BEGINS - WEEK, said_at - 4 * WEEK)
            if self._concerns(reader, circles, since, said_at):
                said.append(said_at)
        return said

    def _written(self, reader: Teacher, planned: datetime) -> datetime:
        """Return when the bot keeps a personal digest; one that is late waits for the day."""
        while True:
            up_at = self.outages.bot_is_up(planned)
            by_day = up_at
            while up_at - planned > HOUR and not is_by_day(reader.local(by_day)):
                by_day = _following_quarter(by_day)
            planned = reader.loud(by_day)
            if planned == up_at:
                return up_at

    def _concerns(
        self, reader: Teacher, circles: Sequence[Circle], since: datetime, now: datetime
    ) -> bool:
        mine = [one for one in circles if reader.id in one.members]
        starts = [start for one in mine for start in one.hangouts()]
        if any(now < start + HOUR and start < now + WEEK for start in starts):
            return True
        return any(
            one.what in (THANKS, PRIVATE) and one.to == reader.id and since < one.at <= now
            for one in self.happenings
        )

    def lists(self, circle: Circle, reader: Teacher, weeks: int) -> dict[datetime, bool]:
        """Return when a facilitator may get a list, and whether one surely comes then.

        It does when seats at the next hangout are free, and the list before did not have it.
        """
        if "digests.facilitating" in reader.muted:
            return {}
        found: dict[datetime, bool] = {}
        told_of = None
        for week in range(weeks):
            due_at = circle.first_morning(week)
            if due_at is None:
                continue
            written_at = self.outages.bot_is_up(due_at)
            if written_at - due_at > HOUR:
                written_at = _at_school(circle, written_at)
            said_at = self.reaches(reader, written_at)
            if said_at < due_at + 4 * DAY:
                near = [one for one in circle.hangouts() if said_at < one < said_at + 2 * WEEK]
                following = min(near, default=None)
                found[said_at] = following not in (None, told_of)
                told_of = following
        return found

    def reminders(
        self, circle: Circle, before: timedelta, until: timedelta
    ) -> dict[tuple[str, int], datetime]:
        """Return who is reminded of which start, and when: so long before it.

        What is held up until `until` before it, or longer, is not said.
        """
        found = {}
        for one in self.happenings:
            if one.what != SIGN_UP or one.circle is not circle:
                continue
            assert isinstance(one.about, datetime)
            reader, start = TEACHERS[one.who], one.about
            said_at = self.reaches(reader, start - before)
            if "hangouts.reminders" not in reader.muted and said_at < start - until:
                found[reader.id, int(start.timestamp())] = said_at
        return found

    def told_of_missed(self, circle: Circle, reader: Teacher, weeks: int) -> list[datetime]:
        """Return when a facilitator hears of a digest that could not come, before the next one."""
        if "digests.facilitating" in reader.muted:
            return []
        found = []
        for week, issue in enumerate(self.digests(circle, weeks)):
            if issue.missed_at is not None:
                said_at = self.reaches(reader, issue.missed_at)
                if said_at <= circle.at(week + 1, *circle.digest):
                    found.append(said_at)
        return found

    def reaches(self, reader: Teacher, moment: datetime) -> datetime:
        """Return the moment, or the first one after it at which a letter may and can be said."""
        while (later := self.outages.all_is_up(reader.loud(moment))) > moment:
            moment = later
        return moment


def _at_school(circle: Circle, moment: datetime) -> datetime:
    """Return the moment, or the first one after it at which it is by day there, on a weekday."""
    while not circle.is_at_school(moment):
        moment = _following_quarter(moment)
    return moment


def _following_quarter(moment: datetime) -> datetime:
    return datetime.fromtimestamp(moment.timestamp() // 900 * 900 + 900, UTC)
