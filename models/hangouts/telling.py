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
from models.database import announce
from models.hangouts.hangout import Hangout
from models.hangouts.series import Series
from models.hangouts.signup import Signup
from models.posts import DROPPED, DUE, GONE, MISSED, Post
from models.problems.posted import CARD
from models.time import next_daytime

# In the channel. The schedule and the invitation are cards that live on.
SCHEDULE = "hangouts.schedule"
INVITATION = "hangouts.invitation"
NOTES = "hangouts.notes"
# Letters to one member each.
DAY_BEFORE = "hangouts.day_before"
SOON = "hangouts.soon"
CHANGED = "hangouts.changed"
BRIEF = "hangouts.brief"
ATTENDANCE = "hangouts.attendance"
NOTES_WANTED = "hangouts.notes_wanted"
OFFER = "hangouts.offer"
LAPSED = "hangouts.lapsed"
SIGNED_UP = "hangouts.signed_up"
SWAP_ASKED = "hangouts.swap_asked"
SWAP_ANSWERED = "hangouts.swap_answered"
# A calendar file, in the thread of the letter it belongs to or by itself for whoever asked for it.
CALENDAR = "hangouts.calendar"

INVITED_BEFORE = timedelta(days=7)
A_DAY_BEFORE = timedelta(days=1)
SOON_BEFORE = timedelta(minutes=15)
ASKED_AFTERWARDS = timedelta(minutes=10)
# After this long nobody remembers who was there.
AFTERWARDS_IS_USEFUL_FOR = timedelta(days=3)
# Whoever asked for a calendar file does not wait for it longer than this.
FILE_IS_WAITED_FOR = timedelta(hours=1)


def moment_in(hangout: Hangout) -> int:
    """Return the start as the number of seconds that keys hold."""
    return int(hangout.starts_at.timestamp())


def is_about_this_start(post: Post, hangout: Hangout) -> bool:
    """Say whether a letter was written for the start the hangout still has."""
    return post.key.rpartition(":")[2] == str(moment_in(hangout))


def schedule_key(series: Series) -> str:
    return f"{SCHEDULE}:{series.id}:{series.schedule_number}"


def invitation_key(hangout_id: int) -> str:
    return f"{INVITATION}:{hangout_id}"


def letter_key(kind: str, hangout: Hangout, member_id: str) -> str:
    """Return the key of a letter that is stale once the hangout is moved."""
    return f"{kind}:{hangout.id}:{member_id}:{moment_in(hangout)}"


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
    await Post.redraw(session, SCHEDULE, hangout.series_id, now)
    await Post.redraw(session, INVITATION, hangout.id, now)
    brought = select(Signup.problem_id).where(
        Signup.hangout_id == hangout.id, Signup.problem_id.is_not(None)
    )
    for problem_id in (await session.scalars(brought)).all():
        if problem_id is not None:
            await Post.redraw(session, CARD, problem_id, now)


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
    _say_after_all(session, invitation, due_at, hangout.starts_at)


async def brief_facilitator(session: AsyncSession, hangout: Hangout, now: datetime) -> None:
    """Keep the facilitator's letters: the brief, the reminder, the wish for notes afterwards.

    A brief that was dropped because somebody else led meanwhile is said after all.
    """
    who, start = hangout.facilitator_id, hangout.starts_at
    due_at = max(now, start - A_DAY_BEFORE)
    brief = await _letter(session, BRIEF, hangout, who, due_at, start)
    _say_after_all(session, brief, due_at, start)
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
    hangout.sequence += 1
    await redraw_cards(session, hangout, now)
    await Post.redraw(session, OFFER, hangout.id, now)
    concerned = await _concerned(session, hangout)
    for member_id in dict.fromkeys([*concerned, hangout.facilitator_id]):
        if member_id != by and member_id not in told:
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
    if hangout.is_ahead(now):
        await post_invitation(session, hangout, community)
        await brief_facilitator(session, hangout, now)
        for member_id in concerned:
            await remind(session, hangout, member_id, now)


async def attach_calendar(
    session: AsyncSession, hangout: Hangout, member_id: str, thread_of_key: str, due_at: datetime
) -> None:
    """Keep a calendar file for the thread of a letter; without the letter there is no file."""
    await Post.add(
        session,
        f"{CALENDAR}:{thread_of_key}",
        member_id,
        kind=CALENDAR,
        due_at=due_at,
        about_id=hangout.id,
        thread_of=thread_of_key,
        useful_until=max(hangout.starts_at, due_at),
    )


async def send_calendar(
    session: AsyncSession, hangout: Hangout, member_id: str, now: datetime
) -> None:
    """Keep a calendar file for somebody who asked for it: as it is now, once a day."""
    key = f"{CALENDAR}:{hangout.id}:{member_id}:{hangout.sequence}:{now:%Y%m%d}"
    until = now + FILE_IS_WAITED_FOR
    post = await Post.add(
        session,
        key,
        member_id,
        kind=CALENDAR,
        due_at=now,
        about_id=hangout.id,
        useful_until=until,
    )
    _say_after_all(session, post, now, until)


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


def _say_after_all(
    session: AsyncSession, post: Post, due_at: datetime, useful_until: datetime
) -> None:
    """Say a post that came to nothing before; whatever speaks against it is asked again then."""
    if post.state in (DROPPED, MISSED):
        post.state, post.due_at, post.useful_until = DUE, due_at, useful_until
        announce(session)


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
