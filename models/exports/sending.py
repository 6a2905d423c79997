"""Sending: an export goes to the lead who asked for it, and to nobody else."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from models.database import announce
from models.deliveries import is_coming
from models.errors import NotAllowedError, RuleError
from models.exports.gathering import communities_for
from models.exports.posted import FILE, file_key
from models.members import Member
from models.posts import DUE, Post

# Who gathers the records says so at least this often. When nothing is heard for as long, somebody
# else gathers them: the process has died.
GATHERED_WITHIN = timedelta(minutes=1)
# So many leads are named where somebody else asks.
LEADS_NAMED = 2
NOTHING_YET = (
    "There is no community yet that I could export. Type `/staffroom setup` in a channel to make "
    "it one."
)


async def require_lead(session: AsyncSession, member: Member, to: str, also: str = "") -> None:
    """Raise NotAllowedError, naming whom to ask; `to` completes "Only leads can …".

    `also` is a sentence that everybody may know.
    """
    if member.is_lead:
        return
    leads = [lead.name for lead in await Member.leads(session) if lead.name][:LEADS_NAMED]
    ask = f"Ask {' or '.join(leads)}." if leads else ""
    only = f"Only leads, the workspace’s admins and owners, can {to}."
    raise NotAllowedError(" ".join(part for part in (also, only, ask) if part))


async def ask(session: AsyncSession, member: Member, request_key: str, now: datetime) -> str | None:
    """Keep the file, to be sent once its records are gathered, and return its key.

    None when one is on its way already, or has just come. Raises NotAllowedError, or RuleError when
    nothing is there.
    """
    await require_lead(session, member, "export the network’s records")
    if not await communities_for(session, member.member_id):
        raise RuleError(NOTHING_YET)
    key = file_key(request_key, member.member_id)
    is_coming_already = await is_coming(session, member.member_id, now, FILE)
    if is_coming_already or await Post.keyed(session, key) is not None:
        return None
    due_at = now + GATHERED_WITHIN
    await Post.add(session, key, member.member_id, kind=FILE, due_at=due_at)
    return key


async def wait_for(session: AsyncSession, key: str, now: datetime) -> None:
    """Note that the records are still being gathered."""
    await _be_due(session, key, now + GATHERED_WITHIN)


async def is_ready(session: AsyncSession, key: str, now: datetime) -> None:
    """Send the file now."""
    await _be_due(session, key, now)
    announce(session)


async def may_read(session: AsyncSession, member_id: str) -> bool:
    """Say whether this person still gets exports; what was asked for may be drawn later."""
    member = await Member.find(session, member_id)
    return member is not None and member.is_lead and member.left_at is None


async def _be_due(session: AsyncSession, key: str, due_at: datetime) -> None:
    await session.execute(
        update(Post).where(Post.key == key, Post.state == DUE).values(due_at=due_at),
        execution_options={"synchronize_session": False},
    )
