"""Asking: when a teacher is asked for the next value, by the rhythm they chose, and when no more.

Daily is every school day, twice a week Monday and Thursday. Weekly is Friday, because a week can
be told of when it is over; fortnightly is every other Friday, from the second week of school on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType

from dateutil.rrule import FR, MO, TH, TU, WE, WEEKLY, rrule
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.pilots.observation import Observation
from models.pilots.pilot import Pilot, Rhythm
from models.pilots.posted import ASK, FINISH_WANTED, ask_key, finish_wanted_key
from models.posts import SAID, Post
from models.time import zone

FRIDAY = 4
# Each rhythm: every how many weeks, and on which days of them.
_DAYS = MappingProxyType(
    {
        Rhythm.DAILY: (1, (MO, TU, WE, TH, FR)),
        Rhythm.TWICE: (1, (MO, TH)),
        Rhythm.WEEKLY: (1, (FR,)),
        Rhythm.FORTNIGHTLY: (2, (FR,)),
    }
)
# Whoever noted a value so shortly before is not asked: so many days count as the same round.
_ONE_ROUND = MappingProxyType(
    {
        Rhythm.DAILY: timedelta(0),
        Rhythm.TWICE: timedelta(days=1),
        Rhythm.WEEKLY: timedelta(days=3),
        Rhythm.FORTNIGHTLY: timedelta(days=6),
    }
)
# A question about last week helps nobody; the one for a decision waits until somebody is back.
ASK_IS_USEFUL, FINISH_IS_USEFUL = timedelta(days=2), timedelta(days=30)


def next_ask(pilot: Pilot, tz: str, after: datetime) -> datetime | None:
    """Return the next moment after `after` to ask for a value; None for never or no more.

    Days and `ask_at` are local in `tz`, so the hour stays the same when clocks change. An hour that
    a day lacks is the one after the change, one it has twice the first of the two.
    """
    if pilot.rhythm == Rhythm.NEVER or not wants_letters(pilot):
        return None
    weeks, days = _DAYS[Rhythm(pilot.rhythm)]
    begins = _at(_first_day(pilot), time())
    rule = rrule(WEEKLY, dtstart=begins, interval=weeks, byweekday=days, until=_at(pilot.ends_on))
    # A day earlier than it can be, since the day is another one elsewhere on earth.
    since = max(_at(pilot.starts_on), _at(after.astimezone(zone(tz)).date())) - timedelta(days=1)
    for day in rule.xafter(since, inc=True):
        moment = _moment(day.date(), pilot.ask_at, tz)
        if moment > after and day.date() >= pilot.starts_on:
            return moment
    return None


def wants_letters(pilot: Pilot) -> bool:
    """Say whether anything is to be asked: it runs, and its teacher neither paused nor stopped."""
    return pilot.is_running and pilot.paused_at is None and not pilot.is_stopped


def finish_moment(pilot: Pilot, tz: str) -> datetime:
    """Return when a decision is asked for: on the first school day after the last day."""
    day = pilot.ends_on + timedelta(days=1)
    while day.weekday() > FRIDAY:
        day += timedelta(days=1)
    return _moment(day, pilot.ask_at, tz)


def plan_next(pilot: Pilot, tz: str, now: datetime) -> None:
    """Set when the pilot's next letter is due: for a value, else once for the decision.

    Whoever is never asked for values is still asked for the decision. Nothing is due for a pilot
    that is paused or over. Whoever stopped the questions is not asked until they change the rhythm.
    """
    if not wants_letters(pilot):
        pilot.next_ask_at = None
        return
    pilot.stopped_rhythm = None
    pilot.next_ask_at = next_ask(pilot, tz, now) or finish_moment(pilot, tz)


def pause(pilot: Pilot, now: datetime) -> None:
    """Ask for nothing until it is resumed; values can be noted all the same."""
    pilot.paused_at = pilot.paused_at or now
    pilot.next_ask_at = None


def resume(pilot: Pilot, tz: str, now: datetime) -> None:
    """Ask again in the same rhythm, from the next time on, after a pause or a stop."""
    pilot.paused_at = pilot.stopped_rhythm = None
    plan_next(pilot, tz, now)


def stop_asking(pilot: Pilot) -> None:
    """Ask for nothing any more, not for the decision either."""
    pilot.stopped_rhythm, pilot.paused_at, pilot.next_ask_at = pilot.rhythm, None, None


async def due(session: AsyncSession, now: datetime, limit: int) -> Sequence[Pilot]:
    """Return the pilots whose teacher is to be asked by now, those who wait longest first.

    Among them are those that lost their next time, because the clock was ahead for a while.
    """
    query = select(Pilot).where(_waits(), or_(Pilot.next_ask_at <= now, _lost(now)))
    query = query.order_by(Pilot.next_ask_at, Pilot.id).limit(limit)
    return (await session.scalars(query)).all()


async def next_moment(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when somebody is asked next."""
    query = select(func.min(Pilot.next_ask_at)).where(_waits(), Pilot.next_ask_at > now)
    return await session.scalar(query)


async def ask(session: AsyncSession, pilot: Pilot, tz: str, now: datetime) -> bool:
    """Keep the letter that is due, set when the next one is, and say whether there was one.

    The pilot is locked. What was due so long ago that it is of no use any more, because the bot was
    down, is left out.
    """
    moment = pilot.next_ask_at
    if moment is None:
        plan_next(pilot, tz, now)
        return False
    if moment > now or not wants_letters(pilot):
        return False
    on = moment.astimezone(zone(tz)).date()
    if on > pilot.ends_on:
        pilot.next_ask_at = None
        await _ask_for_decision(session, pilot, now)
        return True
    plan_next(pilot, tz, now)
    useful_until = moment + ASK_IS_USEFUL
    if following := next_ask(pilot, tz, moment):
        useful_until = min(useful_until, following)
    if useful_until <= now:
        return False
    await Post.add(
        session,
        ask_key(pilot, on),
        pilot.member_id,
        kind=ASK,
        due_at=moment,
        about_id=pilot.id,
        useful_until=useful_until,
    )
    return True


async def _ask_for_decision(session: AsyncSession, pilot: Pilot, now: datetime) -> None:
    await Post.add(
        session,
        finish_wanted_key(pilot),
        pilot.member_id,
        kind=FINISH_WANTED,
        due_at=now,
        about_id=pilot.id,
        useful_until=now + FINISH_IS_USEFUL,
    )


def asked_on(post: Post) -> date:
    """Return the local day for which an ASK letter asks."""
    return date.fromisoformat(post.key.rpartition(":")[2])


async def is_answered(session: AsyncSession, pilot: Pilot, on: date) -> bool:
    """Say whether there is a value already for the round that ends on that day."""
    rhythm = Rhythm(pilot.rhythm)
    since = on - _ONE_ROUND.get(rhythm, timedelta(0))
    query = select(Observation.id).where(
        Observation.pilot_id == pilot.id,
        Observation.deleted_at.is_(None),
        Observation.on_date >= since,
    )
    return await session.scalar(query.limit(1)) is not None


async def awaiting(session: AsyncSession, member_id: str, now: datetime) -> Sequence[int]:
    """Return the running pilots whose letter to this person waits for a value, the latest first.

    A value noted since the letter was said has answered it, and so has its end of use.
    """
    noted = select(Observation.id).where(
        Observation.pilot_id == Pilot.id,
        Observation.logged_at >= Post.said_at,
        Observation.deleted_at.is_(None),
    )
    query = (
        select(Pilot.id)
        .join(Post, and_(Post.about_id == Pilot.id, Post.kind == ASK, Post.state == SAID))
        .where(Post.place_id == member_id, Post.said_at > now - ASK_IS_USEFUL)
        .where(Pilot.member_id == member_id, _waits(), ~noted.exists())
        .order_by(Post.said_at.desc(), Post.id.desc())
    )
    return list(dict.fromkeys(await session.scalars(query)))


def _waits() -> ColumnElement[bool]:
    return and_(Pilot.deleted_at.is_(None), Pilot.finished_at.is_(None))


def _lost(now: datetime) -> ColumnElement[bool]:
    """Return whether nothing is planned although there is something to ask for.

    What ends tomorrow at the earliest is still running wherever it is.
    """
    is_stopped = and_(Pilot.stopped_rhythm.is_not(None), Pilot.stopped_rhythm == Pilot.rhythm)
    return and_(
        Pilot.next_ask_at.is_(None),
        Pilot.paused_at.is_(None),
        ~is_stopped,
        Pilot.ends_on > now.date(),
    )


def _first_day(pilot: Pilot) -> date:
    """Return the day from which weeks are counted; every other week begins with the second."""
    first = pilot.starts_on
    if pilot.rhythm != Rhythm.FORTNIGHTLY:
        return first
    return first + timedelta(days=(FRIDAY - first.weekday()) % 7 + 7)


def _at(day: date, at: time = time()) -> datetime:
    """Return the day as dateutil counts with it, which knows no zones here."""
    return datetime.combine(day, at)


def _moment(day: date, at: time, tz: str) -> datetime:
    return datetime.combine(day, at, zone(tz)).astimezone(UTC)
