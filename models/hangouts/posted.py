"""Posted: the kinds of what is said about hangouts, and the keys of these posts.

A key holds what makes its post stale: a reminder names the start it reminds of, so that of a
hangout that was moved only the new one is said.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.database import announce
from models.hangouts.hangout import Hangout
from models.hangouts.series import Series
from models.posts import DROPPED, DUE, MISSED, Post

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


def say_after_all(
    session: AsyncSession, post: Post, due_at: datetime, useful_until: datetime
) -> None:
    """Let a post be said that came to nothing before, unless something still speaks against it."""
    if post.state in (DROPPED, MISSED):
        post.state, post.due_at, post.useful_until = DUE, due_at, useful_until
        announce(session)
