"""Guides: the steps by which a facilitator gets a new community running, and where they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.digests.customs import DigestCustoms
from models.hangouts.series import Series
from models.posts import Post
from models.thanks.customs import Customs

# A letter to whoever set up the community; it stands, and shows what is done.
GUIDE = "communities.guide"


class Step(StrEnum):
    """What is worth choosing once the community is there, in this order."""

    HANGOUTS = "hangouts"
    DIGEST = "digest"
    THANKS = "thanks"


@dataclass(frozen=True, kw_only=True)
class Guide:
    """What is chosen by now, and which steps were put off."""

    community: Community
    series: Series | None = None
    digest: DigestCustoms | None = None
    thanks: Customs | None = None
    later: frozenset[Step] = frozenset()

    @property
    def done(self) -> frozenset[Step]:
        """The steps in which something is chosen, if only that there shall be none."""
        chosen = {
            Step.HANGOUTS: self.series,
            Step.DIGEST: self.digest,
            Step.THANKS: self.thanks,
        }
        return frozenset(step for step, row in chosen.items() if row is not None)

    @property
    def next(self) -> Step | None:
        """The first step that is neither done nor put off."""
        return next((one for one in Step if one not in self.done | self.later), None)


async def begin(session: AsyncSession, community: Community, member_id: str, now: datetime) -> None:
    """Keep the letter to whoever set up the community; beginning twice keeps one."""
    key = f"{GUIDE}:{community.id}:{member_id}"
    await Post.add(session, key, member_id, kind=GUIDE, due_at=now, about_id=community.id)


async def follow(session: AsyncSession, community_id: int, now: datetime) -> None:
    """Show in the letter what has just been chosen."""
    await Post.redraw(session, GUIDE, community_id, now)


async def guide_of(session: AsyncSession, community: Community) -> Guide:
    """Return where the community is."""
    series = await Series.of_community(session, community.id)
    thanks = select(Customs).where(Customs.community_id == community.id)
    return Guide(
        community=community,
        series=series if series is None or series.ended_at is None else None,
        digest=await DigestCustoms.of(session, community.id),
        thanks=(await session.scalars(thanks)).first(),
        later=frozenset(step for step in Step if step in (community.put_off or ())),
    )


async def put_off(session: AsyncSession, community_id: int, step: Step, now: datetime) -> None:
    """Go on with the next step; putting off twice is harmless."""
    community = await Community.locked(session, community_id)
    community.put_off = sorted({*(community.put_off or ()), step})
    await session.flush()
    await follow(session, community_id, now)
