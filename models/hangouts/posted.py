"""Posted: the kinds of what is said about hangouts, and the keys of these posts.

A key holds what makes its post stale: a reminder names the start it reminds of, so that of a
hangout that was moved only the new one is said.
"""

from __future__ import annotations

from collections.abc import Sequence
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
# All that a change of the plan changed for one member, with the entries for their calendar.
REPLANNED = "hangouts.replanned"
REPLANNED_CALENDAR = "hangouts.replanned_calendar"
# To who can find somebody to lead, after the one who was to do so left.
LEADER_WANTED = "hangouts.leader_wanted"
SWAP_ASKED = "hangouts.swap_asked"
SWAP_ANSWERED = "hangouts.swap_answered"
# A calendar file, in the thread of the letter it belongs to or by itself for whoever asked for it.
CALENDAR = "hangouts.calendar"

# So many fit into the 200 characters of a post's key, with room for seven digits each.
CHANGES_IN_A_LETTER = 10


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


def replanned_key(hangouts: Sequence[Hangout], member_id: str) -> str:
    """Return the key of the letter about these hangouts of one series, each as it is now."""
    changes = ",".join(f"{hangout.id}-{hangout.sequence}" for hangout in hangouts)
    return f"{REPLANNED}:{hangouts[0].series_id}:{member_id}:{changes}"


def replanned_in(key: str) -> dict[int, int]:
    """Return which hangouts such a letter is about, each with the sequence it had then.

    It is told of the calendar that belongs to the letter as well.
    """
    changes = (one.split("-") for one in key.rpartition(":")[2].split(","))
    return {int(hangout_id): int(sequence) for hangout_id, sequence in changes}


def leader_wanted_key(hangout: Hangout, gone: str, member_id: str) -> str:
    return f"{LEADER_WANTED}:{hangout.id}:{hangout.sequence}:{gone}:{member_id}"


def gone_in(key: str) -> str:
    """Return who left, from the key of a letter that asks for a leader."""
    return key.split(":")[3]


def say_after_all(
    session: AsyncSession, post: Post, due_at: datetime, useful_until: datetime
) -> None:
    """Let a post be said that came to nothing before, unless something still speaks against it."""
    if post.state in (DROPPED, MISSED):
        post.state, post.due_at, post.useful_until = DUE, due_at, useful_until
        announce(session)
