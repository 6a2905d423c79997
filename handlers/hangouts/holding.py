"""Holding: a community or a hangout in the hands of somebody who may plan or change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.looking_after import require_facilitator
from models.communities import Community
from models.hangouts.hangout import Hangout
from models.hangouts.series import Series
from models.ids import id_from
from models.members import Member

# How many hangouts a form offers; Slack's selects take 100.
OFFERED_AT_MOST = 100


@dataclass(frozen=True)
class Held:
    """A hangout and its community; nobody else changes the hangout until the transaction ends."""

    hangout: Hangout
    community: Community


async def to_change(session: AsyncSession, hangout_id: object, member: Member, to: str) -> Held:
    """Return the hangout if this member may change it; raises NotHereError, NotAllowedError.

    `to` completes "Only facilitators can …".
    """
    found = await Hangout.seen_by(session, id_from(hangout_id) or 0, member.member_id)
    # The series first and then the hangout, as everywhere: two who wait for each other never end.
    await Series.of_community(session, found.community_id, for_update=True)
    hangout = await Hangout.of(session, found.id, for_update=True)
    community = await session.get_one(Community, hangout.community_id)
    if hangout.facilitator_id != member.member_id:
        await require_facilitator(session, community, member, to)
    return Held(hangout, community)


async def changeable(
    session: AsyncSession, community: Community, member: Member, now: datetime, to: str
) -> Sequence[Hangout]:
    """Return what is coming and this member may change, the next one first.

    Raises NotAllowedError when that is nothing for lack of permission; `to` as for `to_change`.
    """
    coming = await Hangout.coming(session, community.id, now, limit=OFFERED_AT_MOST)
    own = [one for one in coming if one.facilitator_id == member.member_id]
    if not own:
        await require_facilitator(session, community, member, to)
    return coming if community.is_run_by(member) else own
