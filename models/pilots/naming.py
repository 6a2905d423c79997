"""Naming: which pilot somebody means by a few words of its name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.pilots.pilot import Pilot
from models.pilots.sight import is_seen_by

# rapidfuzz gives 0 to 100; below this a name only shares letters with what was typed.
NEAR_ENOUGH = 75
# Nobody names a pilot that so many newer ones have followed; the search still finds it.
LOOKED_AT = 300
MOST_CHOICES = 5


async def named(session: AsyncSession, words: str, member_id: str) -> list[Pilot]:
    """Return the pilots this person sees that the words may mean, one's own first.

    One of exactly that name is the only one meant, whatever resembles it, and of its cycles the
    newest. At most MOST_CHOICES.
    """
    query = (
        select(Pilot)
        .where(is_seen_by(member_id))
        .order_by(Pilot.member_id != member_id, Pilot.started_at.desc(), Pilot.id.desc())
        .limit(LOOKED_AT)
    )
    return nearest(words, (await session.scalars(query)).all(), member_id)


def nearest(words: str, pilots: Sequence[Pilot], member_id: str) -> list[Pilot]:
    """Return those of the pilots that this person's words may mean, in the order given."""
    wanted = _spoken(words)
    own = [one for one in pilots if one.member_id == member_id and one.cycle > 1]
    if cycle := [one for one in own if wanted == _spoken(one.own_name)]:
        return cycle[:MOST_CHOICES]
    exact = [one for one in pilots if wanted in (_spoken(one.name), _spoken(one.practice_name))]
    if exact:
        return _newest_cycles(exact)[:MOST_CHOICES]
    names = {number: _spoken(one.name) for number, one in enumerate(pilots)}
    near = process.extract(
        wanted, names, scorer=fuzz.WRatio, score_cutoff=NEAR_ENOUGH, limit=MOST_CHOICES
    )
    return [pilots[number] for number in sorted(number for *_, number in near)]


def _spoken(name: str) -> str:
    """Return a name as it is said: a comma or a dot is left out by whoever types it on a phone."""
    return " ".join(re.findall(r"\w+", name.casefold()))


def _newest_cycles(pilots: Sequence[Pilot]) -> list[Pilot]:
    newest: dict[int, int] = {}
    for one in pilots:
        newest[one.series_id] = max(one.cycle, newest.get(one.series_id, 0))
    return [one for one in pilots if one.cycle == newest[one.series_id]]
