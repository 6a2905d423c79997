"""A school year of two replicas: all that is said is what the calendar demands, and nothing else.

Restarts and outages of the bot, of Slack and of the database come at random; messages whose answers
are lost, too.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

import pytest
from sqlalchemy import select

from models.communities import Community
from models.database import connect
from models.digests.ledger import IssuedDigest
from models.posts import Post
from tests.bot.year.calendar import MISSED, NOTHING, POSTED, SKIPPED, Calendar
from tests.bot.year.founding import found
from tests.bot.year.happenings import PRIVATE, THANKS, happenings, marks_in
from tests.bot.year.outages import Outages
from tests.bot.year.running import Year
from tests.bot.year.schools import BEGINS, CIRCLES, DAY, TEACHERS, WEEK, WEEKS, Circle, Teacher
from tests.bot.year.slack import FILE, Utterance

# Another year than this one is as good; that is for whoever looks for trouble.
SEED = int(os.environ.get("SCHOOL_YEAR", "1"))
# PostgreSQL takes three times as long, so there only the weeks until Auckland’s clocks have changed
# and a digest of Denver’s was missed.
AUTUMN = 6
# What is said may wait for Slack's pace, after an unclear answer for a good look, and after the
# death of a replica for the tick's next turn.
AT_ONCE = timedelta(minutes=20)
# Of these the calendar knows when each is said; of the others nothing but that it is said once.
REMINDERS = {
    "hangouts.day_before": (DAY, timedelta(minutes=15)),
    "hangouts.soon": (timedelta(minutes=15), timedelta()),
}


@dataclass(frozen=True)
class Record:
    """What was said in the year, what the ledger has, and the calendar to hold it against."""

    said: Sequence[Utterance]
    changes: Sequence[Utterance]
    fates: dict[str, list[tuple[str, str]]]
    calendar: Calendar
    weeks: int

    @property
    def ends(self) -> datetime:
        return BEGINS + self.weeks * WEEK

    def of(self, kind: str, place_id: str) -> list[Utterance]:
        return [one for one in self.said if (one.kind, one.place_id) == (kind, place_id)]


@pytest.fixture
def is_sole():
    """On SQLite both replicas share one connection pool, on PostgreSQL each has its own."""
    return True


@pytest.fixture
async def record(database, database_url):
    """Live through the weeks, and return what they left."""
    weeks = WEEKS if database.is_sqlite else AUTUMN
    random = Random(SEED)  # noqa: S311 - the same year each time
    outages = Outages.of(random)
    befalls = happenings(random, outages, weeks)
    other = database if database.is_sqlite else connect(database_url)
    year = Year((database, other), random, outages, befalls, weeks)
    try:
        await found(year.db)
        await year.passes()
        async with year.db() as session:
            keys = dict((await session.execute(select(Post.id, Post.key))).all())
            fates = await fates_in(session)
    finally:
        if other is not database:
            await other.close()
    said = [replace(one, key=_key(one.key, keys)) for one in year.slack.record]
    return Record(said, year.slack.changes, fates, Calendar(befalls, outages), weeks)


async def fates_in(session):
    """Return what the ledger has, by channel: the weeks and what became of their digests."""
    rows = await session.execute(
        select(Community.channel_id, IssuedDigest.week, IssuedDigest.fate)
        .join(IssuedDigest, IssuedDigest.community_id == Community.id)
        .order_by(IssuedDigest.week)
    )
    fates = defaultdict(list)
    for channel_id, week, fate in rows:
        fates[channel_id].append((week.isoformat(), fate))
    return fates


def _key(key, keys):
    """Return the key of the post whose file this is, or the key as it stands."""
    if not key.startswith(FILE):
        return key
    return keys[int(key.rpartition(".")[0].rpartition("-")[2])]


async def test_what_is_said_in_a_school_year_is_what_the_calendar_demands(record):
    nothing_is_said_twice(record)
    nobody_is_disturbed(record)
    private_thanks_stay_private(record)
    for circle in CIRCLES:
        each_week_has_its_digest(record, circle)
        the_channel_is_asked_once_a_week(record, circle)
        facilitators_have_their_lists(record, circle)
        those_who_come_are_reminded(record, circle)
    for reader in TEACHERS.values():
        personal_digests_come(record, reader)
        thanks_arrive(record, reader)
    the_year_has_something_of_everything(record)


def nothing_is_said_twice(record):
    assert [
        key for key, times in Counter(one.key for one in record.said).items() if times > 1
    ] == []


def nobody_is_disturbed(record):
    letters = [one for one in record.said if one.place_id in TEACHERS]
    quiet = [one for one in letters if TEACHERS[one.place_id].is_quiet(one.at)]
    assert quiet == []


def private_thanks_stay_private(record):
    private = {one.about: one for one in record.calendar.happenings if one.what == PRIVATE}
    told = [
        (one, private[number])
        for one in [*record.said, *record.changes]
        for number in marks_in(one.words) & private.keys()
    ]
    assert [one for one, thanks in told if one.place_id not in (thanks.who, thanks.to)] == []


def each_week_has_its_digest(record, circle: Circle):
    issues = record.calendar.digests(circle, record.weeks)
    fates = [(one.week.isoformat(), one.fate) for one in issues]
    assert record.fates[circle.channel] == fates
    said = [one for one in issues if one.said_at]
    digests = record.of("digests.weekly", circle.channel)
    assert_said_at(record, digests, [one.said_at for one in said])
    assert [marks_in(one.words) for one in digests] == [one.thanks for one in said]
    for member_id in circle.facilitators:
        told = record.calendar.told_of_missed(circle, TEACHERS[member_id], record.weeks)
        assert_said_at(record, record.of("digests.missed", member_id), told)


def the_channel_is_asked_once_a_week(record, circle: Circle):
    asked, _ = record.calendar.prompts(circle, record.weeks)
    assert_said_at(record, record.of("thanks.prompt", circle.channel), asked)
    for member_id in circle.facilitators:
        told = record.calendar.told_of_silence(circle, TEACHERS[member_id], record.weeks)
        assert_said_at(record, record.of("thanks.prompt_paused", member_id), told)


def facilitators_have_their_lists(record, circle: Circle):
    for member_id in circle.facilitators:
        said = record.of("digests.attention", member_id)
        lists = record.calendar.lists(circle, TEACHERS[member_id], record.weeks)
        assert [one for one in said if not any(is_at_once(one.at, at) for at in lists)] == []
        surely = [at for at, is_sure in lists.items() if is_sure and at < record.ends]
        assert [at for at in surely if not any(is_at_once(one.at, at) for one in said)] == []


def those_who_come_are_reminded(record, circle: Circle):
    members = set(circle.members) - set(circle.facilitators)
    for kind, (before, until) in REMINDERS.items():
        planned = record.calendar.reminders(circle, before, until)
        due = {one: at for one, at in planned.items() if at < record.ends}
        said = {
            (one.place_id, int(one.key.rpartition(":")[2])): one.at
            for one in record.said
            if one.kind == kind and one.place_id in members
        }
        assert said.keys() == due.keys(), kind
        assert [one for one, at in due.items() if not is_at_once(said[one], at)] == []


def personal_digests_come(record, reader: Teacher):
    due = record.calendar.letters(reader, CIRCLES, record.weeks)
    assert_said_at(record, record.of("digests.personal", reader.id), due)


def thanks_arrive(record, reader: Teacher):
    given = [
        one
        for one in record.calendar.happenings
        if one.what in (THANKS, PRIVATE) and one.to == reader.id
    ]
    letters = record.of("thanks.received", reader.id)
    wants = "thanks.receiving" not in reader.muted
    reach = [record.calendar.reaches(reader, one.at) for one in given if wants]
    assert_said_at(record, letters, sorted(reach))


def the_year_has_something_of_everything(record):
    fates = {fate for weeks in record.fates.values() for _, fate in weeks}
    assert {POSTED, MISSED} <= fates
    if record.weeks == WEEKS:
        assert {NOTHING, SKIPPED} <= fates
    assert {"digests.missed", "hangouts.brief", "pilots.ask"} <= {one.kind for one in record.said}


def assert_said_at(record, said: Sequence[Utterance], moments: Sequence[datetime]):
    """Fail unless so many were said, each at its moment, of those that came before the end."""
    moments = [at for at in moments if at < record.ends]
    pairs = list(zip([one.at for one in said], moments, strict=False))
    assert [pair for pair in pairs if not is_at_once(*pair)] == []
    assert len(said) == len(moments), (said[len(pairs) :], moments[len(pairs) :])


def is_at_once(said_at: datetime, due_at: datetime) -> bool:
    return timedelta() <= said_at - due_at < AT_ONCE
