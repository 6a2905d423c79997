"""Looking after: a community in the hands of somebody who facilitates it, or leads the network."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.errors import NotAllowedError, NotHereError, RuleError
from models.ids import id_from
from models.members import Member

# So many leads are named where a community has no facilitator.
LEADS_NAMED = 2


async def looked_after(
    session: AsyncSession, community_id: object, member: Member, to: str
) -> Community:
    """Return the community if this member may do that there; raises a RuleError if not.

    `to` completes "Only facilitators can …".
    """
    community = await session.get(Community, id_from(community_id) or 0)
    if community is None or not _is_seen(community, member):
        raise NotHereError("That community is not there any more.")
    await require_facilitator(session, community, member, to)
    require_presence(community)
    return community


def require_presence(community: Community) -> None:
    """Raise a RuleError with the way out where the bot could not say anything."""
    if community.archived_at is not None:
        raise RuleError(f"The channel of {community.name} is archived, so nothing happens there.")
    if community.bot_left_at is not None:
        raise RuleError(
            f"I am not in {place_of(community)} any more. Type /invite @Staffroom there and try "
            "again."
        )


def place_of(community: Community) -> str:
    """Return what the community's channel is called, such as #math-circle."""
    return f"#{community.channel_name}" if community.channel_name else community.name


async def require_facilitator(
    session: AsyncSession, community: Community, member: Member, to: str
) -> None:
    """Raise NotAllowedError, naming whom to ask: who facilitates, else the leads."""
    if community.is_run_by(member):
        return
    known = await Member.known(session, community.facilitators)
    here = {one: row.name for one, row in known.items() if row.name and row.left_at is None}
    if here:
        community.require_facilitator(member, to, here)
    raise NotAllowedError(f"Only facilitators can {to}. Ask {await whom_to_ask(session)}.")


async def whom_to_ask(session: AsyncSession) -> str:
    """Return the names of leads, or what leads are called in Slack where none is known."""
    leads = [lead.name for lead in await Member.leads(session) if lead.name]
    return " or ".join(leads[:LEADS_NAMED]) or "an admin of this workspace"


def _is_seen(community: Community, member: Member) -> bool:
    return not community.is_private or community.has_member(member.member_id)
