"""Calendars: when a member gets a hangout as a file for their own calendar."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.hangouts.hangout import Hangout
from models.hangouts.posted import CALENDAR, say_after_all
from models.posts import DROPPED, DUE, SAID, SENDING, Post

# Whoever asked for a calendar file does not wait for it longer than this.
FILE_IS_WAITED_FOR = timedelta(hours=1)


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


async def has_calendar(session: AsyncSession, hangout_id: int, thread_of_key: str) -> bool:
    """Say whether a calendar file is, or is going to be, in the thread of that letter.

    Where Slack took no file of this hangout from somebody else it will take no other.
    """
    post = await Post.keyed(session, f"{CALENDAR}:{thread_of_key}")
    if post is None or post.state not in (DUE, SENDING, SAID):
        return False
    refused = select(Post.id).where(Post.kind == CALENDAR, Post.about_id == hangout_id)
    refused = refused.where(Post.state == DROPPED, Post.error.is_not(None)).limit(1)
    return await session.scalar(refused) is None


async def send_calendar(
    session: AsyncSession, hangout: Hangout, member_id: str, now: datetime
) -> datetime | None:
    """Keep a calendar file for somebody who asked for it: as it is now, once a day.

    Returns when they asked for it before, if they did.
    """
    key = f"{CALENDAR}:{hangout.id}:{member_id}:{hangout.sequence}:{now:%Y%m%d}"
    until = now + FILE_IS_WAITED_FOR
    before = await Post.keyed(session, key)
    asked_at = before.due_at if before is not None else None
    post = await Post.add(
        session,
        key,
        member_id,
        kind=CALENDAR,
        due_at=now,
        about_id=hangout.id,
        useful_until=until,
    )
    say_after_all(session, post, now, until)
    return asked_at
