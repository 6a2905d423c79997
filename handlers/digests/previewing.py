"""The digest as it would be now, and all of one that was posted, for one reader.

/staffroom digest          what would be posted now; facilitators change day and hour from there
[See all]                  all of a digest, a page at a time
"""

from datetime import date
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.digests.ids import BACK, FURTHER, PREVIEW, SEE_ALL
from handlers.blocks.digests.personal import choice_button
from handlers.blocks.digests.weekly import preview, whole_digest
from handlers.blocks.message import Message
from handlers.request import Reply, Where
from models.communities import Community
from models.database import Database
from models.digests import issuing
from models.digests.customs import DigestCustoms
from models.digests.ledger import Fate, IssuedDigest
from models.errors import NotHereError
from models.ids import id_from
from models.members import Member
from models.time import Clock

GONE = "That digest is not there any more. /staffroom digest shows what there is now."
# No digest has more pages; a number beyond is forged.
PAGES_AT_MOST = 100


def register(app: Any) -> None:
    app.action(PREVIEW)(show_preview_of)
    app.action(SEE_ALL)(see_all)
    app.action(FURTHER)(turn_page)
    app.action(BACK)(turn_page)


async def show_preview(
    ack: AsyncAck, member: Member, where: Where, db: Database, clock: Clock, reply: Reply
) -> None:
    """Show what would be posted now in the community that is meant."""
    await ack()
    community = await where.community()
    await reply(await _preview(db, community.id, member, clock))


async def show_preview_of(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    where: Where,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Show the same for the community that the button names."""
    await ack()
    named = id_from(action.get("value") or "") or (await where.community()).id
    await reply(await _preview(db, named, member, clock))


async def _preview(db: Database, community_id: int, member: Member, clock: Clock) -> Message:
    async with db() as session:
        community = await _seen(session, community_id, member)
        customs = await DigestCustoms.of(session, community.id)
        is_elsewhere = _is_outside(community, member) or (
            customs is not None and customs.place_in(community) != community.channel_id
        )
        digest = await issuing.digest_now(session, community, clock(), is_elsewhere=is_elsewhere)
    return preview(
        digest,
        customs,
        may_change=community.is_run_by(member),
        more=[choice_button(has_digest=member.has_digest)],
    )


async def see_all(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Show all of the digest whose button was pressed, as far as this reader may see it."""
    await ack()
    await reply(await _whole(db, str(action.get("value") or ""), member, clock))


async def turn_page(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Show the page the button leads to, in place of this one."""
    await ack()
    await reply(await _whole(db, str(action.get("value") or ""), member, clock), replace=True)


async def _whole(db: Database, value: str, member: Member, clock: Clock) -> Message:
    """Return the page that a button names. Its value may be forged."""
    number, _, rest = value.partition(":")
    week, _, page = rest.partition(":")
    async with db() as session:
        community = await _seen(session, id_from(number) or 0, member)
        is_elsewhere = _is_outside(community, member)
        if not week:
            digest = await issuing.digest_now(
                session, community, clock(), is_elsewhere=is_elsewhere
            )
        else:
            issued = await _issued(session, community, week)
            digest = await issuing.digest_of(session, community, issued, is_elsewhere=is_elsewhere)
    return whole_digest(digest, week, min(id_from(page) or 0, PAGES_AT_MOST))


async def _issued(session: AsyncSession, community: Community, week: str) -> IssuedDigest:
    try:
        monday = date.fromisoformat(week)
    except ValueError as error:
        raise NotHereError(GONE) from error
    issued = await IssuedDigest.of(session, community.id, monday)
    if issued is None or issued.fate != Fate.POSTED:
        raise NotHereError(GONE)
    return issued


async def _seen(session: AsyncSession, community_id: int, member: Member) -> Community:
    """Return the community if this member may see it; raises NotHereError."""
    community = await session.get(Community, community_id)
    if community is None or (community.is_private and not community.has_member(member.member_id)):
        raise NotHereError(GONE)
    return community


def _is_outside(community: Community, member: Member) -> bool:
    return not community.has_member(member.member_id)
