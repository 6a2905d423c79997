"""Findable: the search forgets all that somebody shared at once, for one by one takes long."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.materials import visibility as materials
from models.materials.material import Material
from models.pilots import visibility as pilots
from models.pilots.pilot import Pilot
from models.problems import Problem
from models.problems import visibility as problems
from models.search.entries import SearchEntry
from models.search.sight import sight_of
from models.search.vocabulary import EVERY_ENTRY, Changes, tally


async def forget_findable(session: AsyncSession, member_id: str, _: datetime) -> Counter[str]:
    """Take it out of the search; what stays in another form is put in anew later.

    The index still has to be written anew (models.search.dialects.leave_no_trace).
    """
    gone = delete(SearchEntry).where(_theirs(member_id))
    columns = (SearchEntry.kind, SearchEntry.is_open, SearchEntry.community_id, SearchEntry.words)
    rows = await session.execute(
        gone.returning(*columns), execution_options={"synchronize_session": False}
    )
    changes, number = Changes(), 0
    for one in rows:
        sight = sight_of(one.kind, one.is_open, one.community_id)
        changes.subtract((sight, word) for word in (EVERY_ENTRY, *one.words.split()))
        number += 1
    await tally(session, changes)
    return Counter({SearchEntry.__tablename__: number})


def _theirs(member_id: str) -> ColumnElement[bool]:
    # What was shared without a name is found until it goes itself.
    shared = select(Problem.id).where(Problem.author_id == member_id)
    tried = select(Pilot.id).where(Pilot.member_id == member_id)
    saved = select(Material.id).where(Material.owner_id == member_id)
    return or_(
        *(
            and_(SearchEntry.kind == kind, SearchEntry.about_id.in_(ids))
            for kind, ids in (
                (problems.KIND, shared),
                (pilots.KIND, tried),
                (materials.KIND, saved),
            )
        )
    )
