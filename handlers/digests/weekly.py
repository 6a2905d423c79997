"""The weekly digest in a community’s channel, and that of a network in its own.

(at its day and hour)      one short message; nothing new, nothing posted
(its day went by)          a letter to facilitators, or to the lead who set up that of a network;
                           the next one tells of both weeks
"""

import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.digests.networks import network_blocks, network_missed
from handlers.blocks.digests.weekly import digest_blocks, missed_letter, taken_back
from handlers.blocks.message import Message
from handlers.posts import PostKind
from models.communities import Community
from models.database import Database
from models.digests import issuing, network_issuing
from models.digests.customs import DigestCustoms
from models.digests.ledger import Fate, IssuedDigest, IssuedNetworkDigest
from models.digests.network_news import news_of
from models.digests.networks import NetworkDigest
from models.digests.posted import (
    FACILITATING,
    MISSED,
    NETWORK,
    NETWORK_MISSED,
    WEEKLY,
    week_in,
)
from models.posts import Post
from models.time import Clock

logger = logging.getLogger(__name__)

Issue = Callable[[AsyncSession, int, datetime], Awaitable[list[Fate]]]

# What comes once a week, and how each is issued and found not to have been said.
ISSUING: Mapping[type[DigestCustoms] | type[NetworkDigest], Issue] = {
    DigestCustoms: issuing.issue,
    NetworkDigest: network_issuing.issue,
}
NOTING: Mapping[str, Callable[[AsyncSession, Post, datetime], Awaitable[bool]]] = {
    WEEKLY: issuing.note_unsaid,
    NETWORK: network_issuing.note_unsaid,
}


def register(_: Any) -> None:
    """Connect nothing: members press what handlers.digests.previewing answers."""


async def issue_digests(db: Database, clock: Clock, _: AsyncWebClient) -> str:
    """Issue each digest that is due; what goes wrong with one holds up no other."""
    async with db.everywhere()() as session:
        waiting = [
            (table, one.id, one.workspace_id)
            for table in ISSUING
            for one in await table.due(session, clock())
        ]
        unsaid = [
            (one.kind, one.id, one.workspace_id) for one in await issuing.unsaid(session, clock())
        ]
    told: Counter[str] = Counter()
    for table, row_id, workspace_id in waiting:
        with _noted(told, f"{table.__tablename__} {row_id}"):
            async with db.of(workspace_id).begin() as session:
                fates = await ISSUING[table](session, row_id, clock())
            told.update(fates)
    for kind, post_id, workspace_id in unsaid:
        with _noted(told, f"post {post_id}"):
            async with db.of(workspace_id).begin() as session:
                post = await session.get_one(Post, post_id)
                is_news = await NOTING[kind](session, post, clock())
            told[Fate.MISSED] += is_news
    # A count that came to nothing is not worth a word.
    return ", ".join(f"{many} {fate}" for fate, many in told.items() if many) or "none due"


@contextmanager
def _noted(told: Counter[str], what: str) -> Iterator[None]:
    """Note what goes wrong with one, and go on."""
    try:
        yield
    except Exception:
        logger.exception("Could not issue a digest, %s", what)
        told["failed"] += 1


async def next_moment(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when the digest of some community, or of a network, is due next."""
    moments = [await table.next_moment(session, now) for table in ISSUING]
    return min((one for one in moments if one is not None), default=None)


async def draw_digest(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the digest of its week without what was taken back since; of nothing left only that."""
    found = await _issued(session, post)
    if found is None:
        return None
    community, issued = found
    if community.archived_at is not None and post.ts is None:
        return None
    is_elsewhere = post.place_id != community.channel_id
    if is_elsewhere and community.is_private:
        # The channel was closed after the post was kept; what is said there stays there.
        return None if post.ts is None else taken_back()
    digest = await issuing.digest_of(session, community, issued, is_elsewhere=is_elsewhere)
    if not digest.has_news:
        return None if post.ts is None else taken_back()
    return digest_blocks(digest)


async def draw_missed(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the letter, if its reader still looks after the community."""
    found = await _issued(session, post)
    if found is None:
        return None
    community, issued = found
    if community.archived_at is not None:
        return None
    if post.place_id not in await issuing.readers_of(session, community):
        return None
    customs = await DigestCustoms.of(session, community.id)
    return missed_letter(community, issued.due_at, customs.next_at if customs else None)


async def _issued(session: AsyncSession, post: Post) -> tuple[Community, IssuedDigest] | None:
    community = await session.get(Community, post.about_id or 0)
    if community is None:
        return None
    issued = await IssuedDigest.of(session, community.id, week_in(post.key))
    return (community, issued) if issued else None


async def draw_network(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw a network's digest of its week without what was taken back, or is private, since."""
    network = await NetworkDigest.of(session, post.about_id)
    if network is None or (post.ts is None and network.channel_id != post.place_id):
        return None
    issued = await IssuedNetworkDigest.of(session, network.id, week_in(post.key))
    if issued is None or (post.ts is None and network.ended_at is not None):
        return None
    news = await news_of(session, network, issued)
    if not news.has_news:
        return None if post.ts is None else taken_back()
    return network_blocks(news)


async def draw_network_missed(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the letter, if its reader still looks after a digest that still comes."""
    network = await NetworkDigest.of(session, post.about_id)
    if network is None or network.ended_at is not None:
        return None
    issued = await IssuedNetworkDigest.of(session, network.id, week_in(post.key))
    if issued is None or post.place_id not in await network_issuing.readers_of(session, network):
        return None
    return network_missed(network, issued.due_at)


POSTS = {
    WEEKLY: PostKind(draw_digest),
    MISSED: PostKind(draw_missed, switch=FACILITATING),
    NETWORK: PostKind(draw_network),
    NETWORK_MISSED: PostKind(draw_network_missed, switch=FACILITATING),
}
