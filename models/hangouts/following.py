"""Following: hangouts that were planned before go along when their series is changed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.hangouts import replanned
from models.hangouts.departing import ask_for_a_leader
from models.hangouts.hangout import NOBODY, Hangout
from models.hangouts.heard import forget, heard_of, seats_taken
from models.hangouts.horizon import today_of
from models.hangouts.matching import days_for, may_go_elsewhere
from models.hangouts.occurrences import NOT_IN_RHYTHM, SERIES_ENDED, days_off, local_start
from models.hangouts.series import Series
from models.hangouts.turns import Turn, Turns, last_begun, leading
from models.time import A_WEEK, zone

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Before:
    """How the hangouts ahead and their series were before a change; days off up to `last`."""

    told: Mapping[int, Mapping[str, object]]
    off: Mapping[date, str]
    last: date
    facilitators: Sequence[str]
    skills: Sequence[str]

    @classmethod
    def of(cls, series: Series, ahead: Sequence[Hangout], now: datetime) -> Before:
        last = max(_day(hangout) for hangout in ahead) + A_WEEK
        return cls(
            told={hangout.id: replanned.told_of(hangout) for hangout in ahead},
            # A day more, for the zone may be changed.
            off=days_off(series, today_of(series, now) - A_DAY, last + A_DAY),
            last=last,
            facilitators=list(series.facilitators),
            skills=list(series.skills),
        )


@asynccontextmanager
async def changes(
    session: AsyncSession, series: Series, community: Community, *, by: str, now: datetime
) -> AsyncIterator[None]:
    """Let the hangouts that are ahead follow what is changed of the locked series in between."""
    ahead = await _ahead(session, series, now)
    if not ahead:
        yield
        return
    before = Before.of(series, ahead, now)
    yield
    known = await _known(session, ahead)
    days = await days_for(session, series, ahead, known, now)
    seats = await seats_taken(session, [hangout.id for hangout in ahead])
    off = days_off(series, today_of(series, now) - A_DAY, before.last + A_DAY)
    following = [hangout for hangout in ahead if hangout.id in days]
    for hangout in following:
        was_on = _day(hangout)
        _follow(hangout, series, days[hangout.id], seats.get(hangout.id, 0), now)
        is_news = was_on != _day(hangout) or was_on not in before.off
        _keep_off(hangout, off.get(_day(hangout)), now, is_news=is_news)
    await _take_turns(session, series, community, following, before, now)
    left = [one for one in ahead if one.id not in days and may_go_elsewhere(one)]
    gone = [hangout for hangout in left if hangout.id not in known]
    for hangout in gone:
        await forget(session, hangout)
    _call_off_all([hangout for hangout in left if hangout.id in known], NOT_IN_RHYTHM, now)
    kept = [hangout for hangout in ahead if hangout not in gone]
    await replanned.tell(session, kept, before.told, community, by=by, now=now)


async def end_all(
    session: AsyncSession, series: Series, community: Community, *, by: str, now: datetime
) -> None:
    """Call off what is ahead, for the series ended. It stays listed: the schedule named it."""
    ahead = await _ahead(session, series, now)
    told = {hangout.id: replanned.told_of(hangout) for hangout in ahead}
    _call_off_all(ahead, SERIES_ENDED, now)
    await replanned.tell(session, ahead, told, community, by=by, now=now)


async def hand_on(
    session: AsyncSession, series: Series, community: Community, *, by: str, now: datetime
) -> None:
    """Let the next ones in turn lead what is ahead of those who left, and tell who comes.

    Where nobody is left to lead, those are asked who can find somebody. The series is locked. Where
    nobody left, nothing changes.
    """
    ahead = await _ahead(session, series, now)
    told = {hangout.id: replanned.told_of(hangout) for hangout in ahead}
    _replace_departed(series, community, ahead)
    await replanned.tell(session, ahead, told, community, by=by, now=now)
    for hangout in ahead:
        is_news = told[hangout.id]["facilitator_id"] != NOBODY
        if hangout.is_on and hangout.facilitator_id == NOBODY and is_news:
            await ask_for_a_leader(session, hangout, community, gone=by, now=now)
            break


async def _ahead(session: AsyncSession, series: Series, now: datetime) -> Sequence[Hangout]:
    query = (
        select(Hangout)
        .where(Hangout.community_id == series.community_id, Hangout.starts_at > now)
        .order_by(Hangout.starts_at, Hangout.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(query)).all()


def _follow(hangout: Hangout, series: Series, day: date, seats: int, now: datetime) -> None:
    """Take over everything of the series but who leads it and its skill."""
    hangout.occurs_on, hangout.tz = day, series.tz
    starts_at = local_start(day, series.at, series.tz)
    # Moved by hand it stays there; and today's can't begin at an hour that is past by now.
    if hangout.is_moved or starts_at <= now:
        starts_at = hangout.starts_at
    hangout.takes_place(starts_at, timedelta(minutes=series.minutes))
    hangout.link, hangout.protocol = series.link, series.protocol
    hangout.slots, hangout.slot_minutes = max(series.slots, seats), series.slot_minutes


def _keep_off(hangout: Hangout, why: str | None, now: datetime, *, is_news: bool) -> None:
    """Call it off on a day off, and give back what the series had called off.

    A day that was off before and on which somebody gave it back is no news.
    """
    if hangout.is_on and why is not None and is_news:
        _call_off(hangout, why, now)
    elif hangout.is_off_by_series and why is None:
        hangout.restore(now)
    elif hangout.is_off_by_series:
        hangout.called_off_why = why


def _call_off(hangout: Hangout, why: str, now: datetime) -> None:
    hangout.call_off(why, now)
    hangout.is_off_by_series = True


async def _take_turns(
    session: AsyncSession,
    series: Series,
    community: Community,
    following: Sequence[Hangout],
    before: Before,
    now: datetime,
) -> None:
    """Let facilitators and skills take turns anew where their lists were changed.

    A substitute stays. Who left the community is followed by the next one in turn.
    """
    turns = Turns(series, community, await last_begun(session, series, now))
    has_new_order = series.facilitators != before.facilitators
    has_new_skills = series.skills != before.skills
    for hangout in sorted(following, key=lambda one: (one.starts_at, one.id)):
        facilitator_id, skill = turns.off() if hangout.is_off_by_series else turns.on()
        if has_new_skills:
            hangout.skill = skill
        if has_new_order and not hangout.is_swapped:
            hangout.facilitator_id = facilitator_id
    _replace_departed(series, community, following)


def _replace_departed(series: Series, community: Community, hangouts: Iterable[Hangout]) -> None:
    """Let the next one in turn lead what somebody was to lead who left the community."""
    here = leading(series, community)
    order = series.facilitators if set(series.facilitators) & set(here) else here
    for hangout in hangouts:
        who = hangout.facilitator_id
        if not community.has_member(who):
            hangout.facilitator_id = Turn(order, [who], here).look() or NOBODY
            hangout.is_swapped = False


async def _known(session: AsyncSession, hangouts: Sequence[Hangout]) -> set[int]:
    """Return which of them somebody heard of or changed by hand, so that none just vanishes."""
    by_hand = {one.id for one in hangouts if one.is_moved or one.is_swapped}
    return by_hand | await heard_of(session, [hangout.id for hangout in hangouts])


def _call_off_all(hangouts: Iterable[Hangout], why: str, now: datetime) -> None:
    for hangout in hangouts:
        if hangout.is_on:
            _call_off(hangout, why, now)


def _day(hangout: Hangout) -> date:
    """Return the day on which it is to take place."""
    if hangout.is_moved:
        return hangout.starts_at.astimezone(zone(hangout.tz)).date()
    return hangout.occurs_on
