"""Holding: a community or a hangout in the hands of somebody who may plan or change it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.errors import NotAllowedError, NotHereError, RuleError
from models.hangouts.hangout import Hangout
from models.hangouts.series import Series
from models.ids import id_from
from models.members import Member

# How many hangouts a form offers; Slack's selects take 100.
OFFERED_AT_MOST = 100
TO_PLAN = "plan the hangouts"
# So many leads are named where a community has no facilitator.
LEADS_NAMED = 2


@dataclass(frozen=True)
class Held:
    """A hangout and its community; nobody else changes the hangout until the transaction ends."""

    hangout: Hangout
    community: Community


async def to_plan(
    session: AsyncSession, community_id: object, member: Member, to: str = TO_PLAN
) -> Community:
    """Return the community if this member may plan its series; raises a RuleError if not.

    `to` completes "Only facilitators can …".
    """
    community = await session.get(Community, id_from(community_id) or 0)
    if community is None or not _is_seen(community, member):
        raise NotHereError("That community is not there any more.")
    await _require_facilitator(session, community, member, to)
    require_presence(community)
    return community


def require_presence(community: Community) -> None:
    """Raise a RuleError with the way out where the bot could not say anything."""
    if community.archived_at is not None:
        raise RuleError(f"The channel of {community.name} is archived, so nobody can meet there.")
    if community.bot_left_at is not None:
        raise RuleError(
            f"I am not in {place_of(community)} any more. Type /invite @Staffroom there and try "
            "again."
        )


def place_of(community: Community) -> str:
    """Return what the community's channel is called, such as #math-circle."""
    return f"#{community.channel_name}" if community.channel_name else community.name


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
        await _require_facilitator(session, community, member, to)
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
        await _require_facilitator(session, community, member, to)
    return coming if community.is_run_by(member) else own


async def names_of(session: AsyncSession, member_ids: Collection[str]) -> dict[str, str]:
    """Return the display names of those people that are known, by id."""
    known = await Member.known(session, member_ids)
    return {one: row.name for one, row in known.items() if row.name}


async def _require_facilitator(
    session: AsyncSession, community: Community, member: Member, to: str
) -> None:
    """Raise NotAllowedError, naming whom to ask: who facilitates, else the leads."""
    if community.is_run_by(member):
        return
    known = await Member.known(session, community.facilitators)
    here = {one: row.name for one, row in known.items() if row.name and row.left_at is None}
    if here:
        community.require_facilitator(member, to, here)
    leads = [lead.name for lead in await Member.leads(session) if lead.name][:LEADS_NAMED]
    ask = f" Ask {' or '.join(leads)}." if leads else ""
    raise NotAllowedError(f"Only facilitators can {to}.{ask}")


def _is_seen(community: Community, member: Member) -> bool:
    return not community.is_private or community.has_member(member.member_id)
