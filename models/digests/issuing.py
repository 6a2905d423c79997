"""Issuing: each week's digest of a community comes once, on its day, or it is noted why it did not.

The row in the ledger is written in the transaction that keeps the post, so that neither two
replicas nor a change of settings make two of a week.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.digests.collecting import collect
from models.digests.customs import DigestCustoms
from models.digests.digest import Digest
from models.digests.ledger import Fate, IssuedDigest, IssuedNetworkDigest
from models.digests.posted import MISSED, NETWORK, WEEKLY, missed_key, week_in, weekly_key
from models.digests.weekly import end_of_day
from models.hangouts.occurrences import days_off
from models.hangouts.series import Series
from models.members import Member
from models.posts import MISSED as WAS_MISSED
from models.posts import Post
from models.time import A_WEEK, next_daytime, week_of, zone

# A digest that could not be said is looked for as long as this after it was due.
LOOKED_AFTER_FOR = timedelta(days=14)


async def issue(session: AsyncSession, customs_id: int, now: datetime) -> list[Fate]:
    """Note the fate of each week's digest that is due, and return them; usually one.

    Doing so twice is harmless. Where the bot cannot speak nothing is noted.
    """
    query = select(DigestCustoms).where(DigestCustoms.id == customs_id).with_for_update()
    customs = (await session.scalars(query.execution_options(populate_existing=True))).one()
    community = await session.get_one(Community, customs.community_id)
    noted = list[IssuedDigest]()
    for week, moment in customs.take_due(community.tz, now):
        if community.archived_at is None and community.bot_left_at is None:
            noted += await _issue_week(session, customs, community, week, (moment, now))
    missed = [one for one in noted if one.fate == Fate.MISSED]
    if missed:
        await _tell_of_missed(session, customs, community, missed[-1], now)
    return [Fate(one.fate) for one in noted]


async def _issue_week(
    session: AsyncSession,
    customs: DigestCustoms,
    community: Community,
    week: date,
    moments: tuple[datetime, datetime],
) -> list[IssuedDigest]:
    """Issue one week's digest, unless that was done; `moments` are when it was due, and now."""
    if await IssuedDigest.of(session, community.id, week) is not None:
        return []
    due_at, now = moments
    issued = IssuedDigest(community_id=community.id, week=week, due_at=due_at, noted_at=now)
    issued.workspace_id = community.workspace_id
    is_elsewhere = customs.place_in(community) != community.channel_id
    issued.fate = await _fate(session, community, issued, is_elsewhere=is_elsewhere)
    session.add(issued)
    await session.flush()
    if issued.fate == Fate.POSTED:
        await _post(session, customs, community, issued)
    return [issued]


async def _fate(
    session: AsyncSession, community: Community, issued: IssuedDigest, *, is_elsewhere: bool
) -> Fate:
    """Return it by the date alone where that decides, for there is much to collect otherwise."""
    here = zone(community.tz)
    on = issued.due_at.astimezone(here).date()
    series = await Series.of_community(session, community.id)
    if series is not None and on in days_off(series, on, on):
        return Fate.SKIPPED
    if issued.noted_at.astimezone(here).date() != on:
        return Fate.MISSED
    digest = await digest_of(session, community, issued, is_elsewhere=is_elsewhere)
    return Fate.POSTED if digest.has_news else Fate.NOTHING


async def _post(
    session: AsyncSession, customs: DigestCustoms, community: Community, issued: IssuedDigest
) -> None:
    place_id = customs.place_in(community)
    is_elsewhere = place_id != community.channel_id
    await Post.add(
        session,
        weekly_key(community.id, issued.week),
        place_id,
        kind=WEEKLY,
        due_at=issued.noted_at,
        about_id=community.id,
        # In another channel nobody of this community may notice that it does not come.
        cause_id=customs.changed_by if is_elsewhere else None,
        useful_until=end_of_day(issued.due_at, community.tz),
    )


async def _tell_of_missed(
    session: AsyncSession,
    customs: DigestCustoms,
    community: Community,
    issued: IssuedDigest,
    now: datetime,
) -> None:
    """Keep a letter to each facilitator, for the day, if there was anything to tell that week."""
    if not (await digest_of(session, community, issued)).has_news:
        return
    for member_id in await readers_of(session, community):
        await Post.add(
            session,
            missed_key(community.id, issued.week, member_id),
            member_id,
            kind=MISSED,
            due_at=next_daytime(now, community.tz),
            about_id=community.id,
            useful_until=customs.next_at,
        )


async def readers_of(session: AsyncSession, community: Community) -> list[str]:
    """Return who looks after the community: its facilitators that are still here, else leads."""
    known = await Member.known(session, community.facilitators)
    here = [one for one in community.facilitators if one in known and known[one].left_at is None]
    return here or [lead.member_id for lead in await Member.leads(session)]


async def digest_of(
    session: AsyncSession,
    community: Community,
    issued: IssuedDigest,
    *,
    is_elsewhere: bool = False,
) -> Digest:
    """Return the digest of that week, as things stand: all since the last one that was said."""
    since = await IssuedDigest.told_until(session, community.id, issued.week, issued.due_at)
    return await collect(session, community, since, issued.noted_at, is_elsewhere=is_elsewhere)


async def digest_now(
    session: AsyncSession, community: Community, now: datetime, *, is_elsewhere: bool = False
) -> Digest:
    """Return what would be posted at this moment."""
    following = week_of(now, community.tz) + A_WEEK
    since = await IssuedDigest.told_until(session, community.id, following, now)
    return await collect(session, community, since, now, is_elsewhere=is_elsewhere)


async def unsaid(session: AsyncSession, now: datetime) -> Sequence[Post]:
    """Return the digests whose day went by while Slack could not be reached, still to be noted."""
    query = (
        select(Post)
        .where(Post.state == WAS_MISSED, Post.due_at > now - LOOKED_AFTER_FOR)
        .where(Post.kind.in_([WEEKLY, NETWORK]))
    )
    posts = (await session.scalars(query)).all()
    posted = await IssuedDigest.posted(session, posts)
    posted |= await IssuedNetworkDigest.posted(session, posts)
    return [one for one in posts if one.key in posted]


async def note_unsaid(session: AsyncSession, post: Post, now: datetime) -> bool:
    """Note that this digest was missed, and tell who looks after it; say whether that is news."""
    customs = await DigestCustoms.of(session, post.about_id or 0, for_update=True)
    issued = await IssuedDigest.of(session, post.about_id or 0, week_in(post.key))
    if customs is None or issued is None or issued.fate != Fate.POSTED:
        return False
    issued.fate = Fate.MISSED
    community = await session.get_one(Community, customs.community_id)
    await _tell_of_missed(session, customs, community, issued, now)
    return True
