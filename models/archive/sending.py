"""Sending: whose conversations a community's archive goes to, each quarter or when asked for."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.archive.collecting import has_anything
from models.archive.quarters import last_quarter
from models.communities import Community
from models.errors import NotAllowedError, RuleError
from models.materials.posted import ARCHIVE_DOCUMENT, ARCHIVE_TABLES
from models.members import Member
from models.posts import DUE, SENDING, Post

# A quarter's archive that could not be made is made up for so long; rows that say it was made are
# kept for 90 days (models/posts.py), which is less than a quarter.
MADE_UP_FOR = timedelta(days=45)
# So begins, in place of the quarter, what a key holds of an archive that somebody asked for.
ASKED = "asked:"
NOTHING_YET = (
    "There is nothing to keep here yet. The archive holds problems, notes of hangouts, pilots that "
    "are shared, materials and public thanks, as soon as there are some."
)


async def due(session: AsyncSession, now: datetime) -> dict[int, str]:
    """Return whose archive of the quarter was not sent yet: workspaces by community."""
    query = select(Community.id, Community.workspace_id, Community.tz, Community.set_up_at)
    rows = (await session.execute(query.where(Community.archived_at.is_(None)))).all()
    waiting = {
        one.id: (one.workspace_id, quarter.name)
        for one in rows
        if max(one.set_up_at, now - MADE_UP_FOR) < (quarter := last_quarter(now, one.tz)).at
    }
    sent = set[tuple[int | None, str]]()
    for name in {name for _, name in waiting.values()}:
        posts = select(Post.about_id).where(
            Post.kind == ARCHIVE_DOCUMENT, Post.key.startswith(f"{ARCHIVE_DOCUMENT}:{name}:")
        )
        sent |= {(about_id, name) for about_id in await session.scalars(posts)}
    return {
        community_id: workspace_id
        for community_id, (workspace_id, name) in waiting.items()
        if (community_id, name) not in sent
    }


async def send_quarterly(session: AsyncSession, community_id: int, now: datetime) -> bool:
    """Keep this quarter's archive for each facilitator; say whether there was anything to keep.

    Doing so twice is harmless, also for two replicas at once.
    """
    community = await Community.locked(session, community_id)
    quarter = last_quarter(now, community.tz)
    if not await has_anything(session, community.id, quarter.at):
        return False
    readers = await _facilitators(session, community)
    for reader in readers:
        await _add(session, community, reader, quarter.name, reader.next_loud_moment(now))
    return bool(readers)


async def send_to(
    session: AsyncSession, community: Community, member: Member, request_key: str, now: datetime
) -> None:
    """Keep the archive for a facilitator who asks for it; one that is under way is enough.

    Raises NotAllowedError, or RuleError when there is nothing to keep.
    """
    if not community.has_member(member.member_id):
        place = f"#{community.channel_name}" if community.channel_name else "its channel"
        raise NotAllowedError(
            f"The archive is for those who are in {place}. Join the channel, then ask once more."
        )
    names = await Member.known(session, community.facilitators)
    known = {one: row.name for one, row in names.items() if row.name}
    community.require_facilitator(member, "have the archive sent", known)
    if not await has_anything(session, community.id, now):
        raise RuleError(NOTHING_YET)
    if not await _is_under_way(session, community, member):
        await _add(session, community, member, f"{ASKED}{request_key}", now)


async def may_read(session: AsyncSession, community: Community, post: Post) -> bool:
    """Say whether its reader still gets the archive; what was asked for may be drawn later.

    Who said stop gets it only when they ask.
    """
    member = await Member.find(session, post.place_id)
    if member is None or member.left_at is not None:
        return False
    if member.is_silent and not post.key.startswith(f"{post.kind}:{ASKED}"):
        return False
    return community.has_member(member.member_id) and community.is_run_by(member)


async def _facilitators(session: AsyncSession, community: Community) -> list[Member]:
    known = await Member.known(session, community.facilitators)
    return [
        known[one] for one in community.facilitators if one in known and known[one].left_at is None
    ]


async def _is_under_way(session: AsyncSession, community: Community, member: Member) -> bool:
    query = select(Post.id).where(
        Post.kind == ARCHIVE_DOCUMENT,
        Post.about_id == community.id,
        Post.place_id == member.member_id,
        Post.state.in_([DUE, SENDING]),
    )
    return await session.scalar(query.limit(1)) is not None


async def _add(
    session: AsyncSession, community: Community, reader: Member, which: str, due_at: datetime
) -> None:
    for kind in (ARCHIVE_DOCUMENT, ARCHIVE_TABLES):
        await Post.add(
            session,
            f"{kind}:{which}:{community.id}:{reader.member_id}",
            reader.member_id,
            kind=kind,
            due_at=due_at,
            about_id=community.id,
        )
