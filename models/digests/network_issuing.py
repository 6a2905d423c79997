"""Network issuing: each week's network digest comes once, on its day, or it is noted why not.

As with the digests of communities, the row in the ledger is written in the transaction that keeps
the post.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.digests.ledger import Fate, IssuedNetworkDigest
from models.digests.network_news import news_of, summed_up
from models.digests.networks import NetworkDigest
from models.digests.posted import (
    NETWORK,
    NETWORK_MISSED,
    network_key,
    network_missed_key,
    week_in,
)
from models.digests.weekly import end_of_day
from models.hangouts.occurrences import days_off
from models.hangouts.series import Series
from models.members import Member
from models.posts import Post
from models.time import next_daytime, zone


async def issue(session: AsyncSession, network_id: int, now: datetime) -> list[Fate]:
    """Note the fate of each week's digest that is due, and return them; usually one.

    Doing so twice is harmless.
    """
    network = await NetworkDigest.of(session, network_id, for_update=True)
    if network is None or network.ended_at is not None:
        return []
    noted = list[IssuedNetworkDigest]()
    for week, due_at in network.take_due(network.tz, now):
        if await IssuedNetworkDigest.of(session, network.id, week) is None:
            noted.append(await _issue_week(session, network, week, due_at, now))
    missed = [one for one in noted if one.fate == Fate.MISSED]
    if missed:
        await _tell_of_missed(session, network, missed[-1], now)
    return [Fate(one.fate) for one in noted]


async def _issue_week(
    session: AsyncSession, network: NetworkDigest, week: date, due_at: datetime, now: datetime
) -> IssuedNetworkDigest:
    issued = IssuedNetworkDigest(network_id=network.id, week=week, due_at=due_at, noted_at=now)
    issued.workspace_id = network.workspace_id
    issued.fate = await _fate(session, network, issued)
    session.add(issued)
    await session.flush()
    if issued.fate == Fate.POSTED:
        await Post.add(
            session,
            network_key(network.id, week),
            str(network.channel_id),
            kind=NETWORK,
            due_at=now,
            about_id=network.id,
            # Nobody facilitates that channel.
            cause_id=network.changed_by,
            useful_until=end_of_day(due_at, network.tz),
        )
    return issued


async def _fate(session: AsyncSession, network: NetworkDigest, issued: IssuedNetworkDigest) -> Fate:
    """Return it by the date alone where that decides, for there is much to collect otherwise."""
    here = zone(network.tz)
    on = issued.due_at.astimezone(here).date()
    communities = await summed_up(session, network)
    if await _are_off(session, {one.id for one in communities}, on):
        return Fate.SKIPPED
    if issued.noted_at.astimezone(here).date() != on:
        return Fate.MISSED
    news = await news_of(session, network, issued)
    return Fate.POSTED if news.has_news else Fate.NOTHING


async def _are_off(session: AsyncSession, community_ids: Collection[int], on: date) -> bool:
    """Say whether all of these communities have a day off; one without hangouts has none."""
    query = select(Series).where(Series.community_id.in_(community_ids))
    off = {one.community_id for one in await session.scalars(query) if on in days_off(one, on, on)}
    return bool(off) and off == set(community_ids)


async def _tell_of_missed(
    session: AsyncSession, network: NetworkDigest, issued: IssuedNetworkDigest, now: datetime
) -> None:
    """Keep a letter to whoever set it up, for the day, if there was anything to tell that week."""
    if not (await news_of(session, network, issued)).has_news:
        return
    for member_id in await readers_of(session, network):
        await Post.add(
            session,
            network_missed_key(network.id, issued.week, member_id),
            member_id,
            kind=NETWORK_MISSED,
            due_at=next_daytime(now, network.tz),
            about_id=network.id,
            useful_until=network.next_at,
        )


async def readers_of(session: AsyncSession, network: NetworkDigest) -> list[str]:
    """Return who looks after it: the lead who set it up, or all leads once that one is none."""
    leads = [one.member_id for one in await Member.leads(session)]
    return [network.set_up_by] if network.set_up_by in leads else leads


async def note_unsaid(session: AsyncSession, post: Post, now: datetime) -> bool:
    """Note that this digest was missed, and tell who looks after it; say whether that is news."""
    network = await NetworkDigest.of(session, post.about_id, for_update=True)
    if network is None:
        return False
    issued = await IssuedNetworkDigest.of(session, network.id, week_in(post.key))
    if issued is None or issued.fate != Fate.POSTED:
        return False
    issued.fate = Fate.MISSED
    await _tell_of_missed(session, network, issued, now)
    return True
