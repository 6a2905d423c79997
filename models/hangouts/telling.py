"""Telling: which posts a hangout needs, so that everybody concerned hears of it once.

Each is added in the transaction of what it tells of and drawn when it is due, from what is true
then. Their keys hold what makes them stale: a reminder names the start it reminds of, so that of a
hangout that was moved only the new one is said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.hangouts.calendars import attach_calendar
from models.hangouts.hangout import NOBODY, Hangout
from models.hangouts.posted import (
    ATTENDANCE,
    BRIEF,
    CHANGED,
    DAY_BEFORE,
    INVITATION,
    NOTES_WANTED,
    OFFER,
    SCHEDULE,
    SIGNED_UP,
    SOON,
    invitation_key,
    letter_key,
    say_after_all,
    schedule_key,
)
from models.hangouts.series import Series
from models.hangouts.signup import Signup
from models.posts import DUE, GONE, Post
from models.problems.posted import CARD
from models.time import next_daytime

INVITED_BEFORE = timedelta(days=7)
A_DAY_BEFORE = timedelta(days=1)
SOON_BEFORE = timedelta(minutes=15)
ASKED_AFTERWARDS = timedelta(minutes=10)
# After this long nobody remembers who was there.
AFTERWARDS_IS_USEFUL_FOR = timedelta(days=3)


async def post_schedule(
    session: AsyncSession, series: Series, community: Community, now: datetime
) -> None:
    """Keep the community's schedule to be said now; one that was deleted in Slack is said anew."""
    standing = await Post.keyed(session, schedule_key(series))
    if standing is not None and standing.state == GONE:
        series.schedule_number += 1
    await Post.add(
        session,
        schedule_key(series),
        community.channel_id,
        kind=SCHEDULE,
        due_at=now,
        about_id=series.id,
        cause_id=series.planned_by,
    )
    await Post.redraw(session, SCHEDULE, series.id, now)


async def redraw_cards(session: AsyncSession, hangout: Hangout, now: datetime) -> None:
    """Show how the hangout stands now: on the schedule, its invitation, and what is brought."""
    await redraw_all(session, [hangout], now)


async def redraw_all(session: AsyncSession, hangouts: Collection[Hangout], now: datetime) -> None:
    """Show how each of these hangouts stands now."""
    ids = [one.id for one in hangouts]
    await Post.redraw(session, SCHEDULE, {one.series_id for one in hangouts}, now)
    await Post.redraw(session, INVITATION, ids, now)
    brought = await session.scalars(select(Signup.problem_id).where(Signup.hangout_id.in_(ids)))
    await Post.redraw(session, CARD, {one for one in brought if one is not None}, now)


async def post_invitation(session: AsyncSession, hangout: Hangout, community: Community) -> None:
    """Keep the invitation to be said a week before, by day; moved, it moves along.

    One that was dropped because the hangout was called off meanwhile is said after all.
    """
    due_at = next_daytime(hangout.starts_at - INVITED_BEFORE, hangout.tz)
    due_at = min(due_at, hangout.starts_at)
    key = invitation_key(hangout.id)
    invitation = await Post.add(
        session,
        key,
        community.channel_id,
        kind=INVITATION,
        due_at=due_at,
        about_id=hangout.id,
        useful_until=hangout.starts_at,
    )
    await session.execute(
        update(Post)
        .where(Post.key == key, Post.state == DUE)
        .values(due_at=due_at, useful_until=hangout.starts_at),
        execution_options={"synchronize_session": False},
    )
    say_after_all(session, invitation, due_at, hangout.starts_at)


async def brief_facilitator(session: AsyncSession, hangout: Hangout, now: datetime) -> None:
    """Keep the facilitator's letters: the brief, the reminder, the wish for notes afterwards.

    A brief that was dropped because somebody else led meanwhile is said after all.
    """
    who, start = hangout.facilitator_id, hangout.starts_at
    if who == NOBODY:
        return
    due_at = max(now, start - A_DAY_BEFORE)
    brief = await _letter(session, BRIEF, hangout, who, due_at, start)
    say_after_all(session, brief, due_at, start)
    await attach_calendar(session, hangout, who, brief.key, due_at)
    if start - SOON_BEFORE > now:
        await _letter(session, SOON, hangout, who, start - SOON_BEFORE, start)
    after = hangout.ends_at + ASKED_AFTERWARDS
    until = after + AFTERWARDS_IS_USEFUL_FOR
    await _letter(session, NOTES_WANTED, hangout, who, after, until)


async def remind(session: AsyncSession, hangout: Hangout, member_id: str, now: datetime) -> None:
    """Keep the reminders of somebody who comes, and the question whether they came.

    What would be said at once is left out: they know, they have just signed up or been told.
    """
    start = hangout.starts_at
    for kind, before in ((DAY_BEFORE, A_DAY_BEFORE), (SOON, SOON_BEFORE)):
        if start - before > now:
            await _letter(session, kind, hangout, member_id, start - before, start)
    if start - A_DAY_BEFORE > now:
        key = letter_key(DAY_BEFORE, hangout, member_id)
        await attach_calendar(session, hangout, member_id, key, start - A_DAY_BEFORE)
    after = hangout.ends_at + ASKED_AFTERWARDS
    until = after + AFTERWARDS_IS_USEFUL_FOR
    await _letter(session, ATTENDANCE, hangout, member_id, after, until)


async def tell_of_change(
    session: AsyncSession,
    hangout: Hangout,
    community: Community,
    *,
    by: str,
    now: datetime,
    told: Collection[str] = (),
) -> None:
    """Tell whoever is concerned that it was moved, called off or given back, and remind anew.

    `by` is who changed it and knows, `told` who hears of it otherwise. Adds one to the hangout's
    sequence, which the letters' keys hold: of several changes in a row only the last is said.
    """
    for member_id in await note_change(session, hangout, now):
        if member_id != by and member_id not in told:
            await post_change(session, hangout, member_id, now)
    await remind_anew(session, hangout, community, now)


async def note_change(session: AsyncSession, hangout: Hangout, now: datetime) -> list[str]:
    """Count a change and show it on the cards; return whom it concerns: who comes, and who leads.

    Whoever calls this tells them, and calls `remind_anew` after that.
    """
    hangout.sequence += 1
    await redraw_cards(session, hangout, now)
    await Post.redraw(session, OFFER, hangout.id, now)
    leads = [] if hangout.facilitator_id == NOBODY else [hangout.facilitator_id]
    return list(dict.fromkeys([*await _concerned(session, hangout), *leads]))


async def post_change(
    session: AsyncSession, hangout: Hangout, member_id: str, now: datetime
) -> None:
    """Keep the letter about one changed hangout, with a file for calendars."""
    key = f"{CHANGED}:{hangout.id}:{member_id}:{hangout.sequence}"
    await Post.add(
        session,
        key,
        member_id,
        kind=CHANGED,
        due_at=now,
        about_id=hangout.id,
        useful_until=max(hangout.starts_at, now),
    )
    await attach_calendar(session, hangout, member_id, key, now)


async def remind_anew(
    session: AsyncSession, hangout: Hangout, community: Community, now: datetime
) -> None:
    """Let the invitation and the reminders follow a hangout that was changed."""
    if hangout.is_ahead(now):
        await post_invitation(session, hangout, community)
        await brief_facilitator(session, hangout, now)
        for member_id in await _concerned(session, hangout):
            await remind(session, hangout, member_id, now)


async def tell_of_signing_up(
    session: AsyncSession,
    hangout: Hangout,
    member_id: str,
    *,
    by: str,
    request_id: str,
    now: datetime,
) -> None:
    """Tell somebody who signed them up; a form sent twice, with the same id, is told once."""
    if by == member_id:
        return
    await Post.add(
        session,
        f"{SIGNED_UP}:{hangout.id}:{member_id}:{request_id}",
        member_id,
        kind=SIGNED_UP,
        due_at=now,
        about_id=hangout.id,
        cause_id=by,
        useful_until=hangout.starts_at,
    )


async def _concerned(session: AsyncSession, hangout: Hangout) -> Iterable[str]:
    query = select(Signup.member_id).where(Signup.hangout_id == hangout.id, Signup.is_coming)
    return (await session.scalars(query.order_by(Signup.id))).all()


async def _letter(
    session: AsyncSession,
    kind: str,
    hangout: Hangout,
    member_id: str,
    due_at: datetime,
    useful_until: datetime,
) -> Post:
    return await Post.add(
        session,
        letter_key(kind, hangout, member_id),
        member_id,
        kind=kind,
        due_at=due_at,
        about_id=hangout.id,
        useful_until=useful_until,
    )
