"""Replanned: each member hears in one letter of all that a change of the plan changed for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.hangouts import telling
from models.hangouts.hangout import Hangout
from models.hangouts.posted import CHANGES_IN_A_LETTER, REPLANNED, REPLANNED_CALENDAR, replanned_key
from models.hangouts.seats import promote
from models.posts import Post

# What those who come are told of.
_TOLD = (
    "starts_at",
    "minutes",
    "link",
    "slots",
    "slot_minutes",
    "protocol",
    "facilitator_id",
    "skill",
    "called_off_at",
)


def told_of(hangout: Hangout) -> dict[str, object]:
    """Return everything about a hangout that those who come are told of when it changes."""
    told = {name: getattr(hangout, name) for name in _TOLD}
    # When it was called off is no news, whether it is.
    return told | {"called_off_at": not hangout.is_on}


async def tell(
    session: AsyncSession,
    hangouts: Iterable[Hangout],
    before: Mapping[int, Mapping[str, object]],
    community: Community,
    *,
    by: str,
    now: datetime,
) -> None:
    """Tell of each hangout what is new, if anything is; who waits may have a seat now.

    `before` is what `told_of` was, by hangout; `by` is who changed it and knows.
    """
    changed = [one for one in hangouts if _is_news(one, before[one.id])]
    concerned: dict[str, list[Hangout]] = {}
    for hangout in changed:
        for member_id in await telling.note_change(session, hangout, now):
            concerned.setdefault(member_id, []).append(hangout)
    concerned.pop(by, None)
    for member_id, theirs in concerned.items():
        for first in range(0, len(theirs), CHANGES_IN_A_LETTER):
            letter = theirs[first : first + CHANGES_IN_A_LETTER]
            await _tell_one(session, letter, member_id, now)
    for hangout in changed:
        await telling.remind_anew(session, hangout, community, now)
        await promote(session, hangout, now)


def _is_news(hangout: Hangout, was: Mapping[str, object]) -> bool:
    """Say whether somebody has to hear of it, and keep on the hangout what is new."""
    told = told_of(hangout)
    what = [name for name in _TOLD if was[name] != told[name]]
    if not what or (was["called_off_at"] is True and not hangout.is_on):
        return False
    hangout.last_change = what
    return True


async def _tell_one(
    session: AsyncSession, hangouts: Sequence[Hangout], member_id: str, now: datetime
) -> None:
    if len(hangouts) == 1:
        await telling.post_change(session, hangouts[0], member_id, now)
        return
    series_id, until = hangouts[0].series_id, max(one.starts_at for one in hangouts)
    key = replanned_key(hangouts, member_id)
    calendar_key = f"{REPLANNED_CALENDAR}:{key}"
    for kind, its_key, thread_of in (
        (REPLANNED, key, None),
        (REPLANNED_CALENDAR, calendar_key, key),
    ):
        await Post.add(
            session,
            its_key,
            member_id,
            kind=kind,
            due_at=now,
            about_id=series_id,
            thread_of=thread_of,
            useful_until=max(until, now),
        )
