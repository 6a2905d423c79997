"""Network news: what a network digest tells of, from each of its communities by name.

Nothing is in it that only the members of a community may see, and nothing is compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.digests.collecting import collect_all
from models.digests.digest import Digest
from models.digests.ledger import IssuedNetworkDigest
from models.digests.networks import NetworkDigest, open_communities
from models.time import A_WEEK, week_of

# A hangout of a community without other news is told of when it is this near.
SOON = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class NetworkNews:
    """What there is, `at` a moment, in those communities in which there is something."""

    network: NetworkDigest
    at: datetime
    chapters: Sequence[Digest]

    @property
    def has_news(self) -> bool:
        """Say whether it is worth a message; hangouts alone have their invitations already."""
        return any(one.has_news for one in self.chapters)


async def news_of(
    session: AsyncSession, network: NetworkDigest, issued: IssuedNetworkDigest
) -> NetworkNews:
    """Return what that week's digest tells, as things stand: all since the last that was said."""
    until = issued.noted_at
    since = await IssuedNetworkDigest.told_until(session, network.id, issued.week, issued.due_at)
    return await _news(session, network, since, until)


async def news_now(session: AsyncSession, network: NetworkDigest, now: datetime) -> NetworkNews:
    """Return what would be posted at this moment."""
    following = week_of(now, network.tz) + A_WEEK
    since = await IssuedNetworkDigest.told_until(session, network.id, following, now)
    return await _news(session, network, since, now)


async def _news(
    session: AsyncSession, network: NetworkDigest, since: datetime, until: datetime
) -> NetworkNews:
    communities = await summed_up(session, network)
    digests = await collect_all(session, communities, since, until, is_elsewhere=True)
    return NetworkNews(
        network=network, at=until, chapters=[one for one in digests if _is_told(one)]
    )


async def summed_up(session: AsyncSession, network: NetworkDigest) -> list[Community]:
    """Return the communities it sums up by now, by name; never one that is private."""
    return [one for one in await open_communities(session) if network.sums_up(one.id)]


def has_hangout_soon(digest: Digest) -> bool:
    meeting = digest.meeting
    return meeting is not None and meeting.hangout.starts_at - digest.at <= SOON


def _is_told(digest: Digest) -> bool:
    return digest.has_news or has_hangout_soon(digest)
