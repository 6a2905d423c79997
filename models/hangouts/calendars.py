"""Calendars: when a member gets a hangout as a file for their own calendar."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from models.hangouts.hangout import Hangout
from models.hangouts.posted import CALENDAR, say_after_all
from models.posts import Post

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
    say_after_all(session, post, now, until)
