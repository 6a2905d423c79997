"""The ledger: what became of each week's digest of a community, and of a network digest."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from models.database import Base, OfWorkspace
from models.digests.posted import network_key, week_in, weekly_key
from models.posts import FAILED, MISSED, Post
from models.time import A_WEEK

# So many weeks back an earlier digest is looked for: about as far as one can tell of news.
WEEKS_BACK = 8


class Fate(StrEnum):
    """What became of it: said, nothing to say, a day off, or its day went by unseen."""

    POSTED = "posted"
    NOTHING = "nothing"
    SKIPPED = "skipped"
    MISSED = "missed"


class Issued:
    """One week of what comes once a week. `week` is the local date of its Monday."""

    id: Mapped[int] = mapped_column(primary_key=True)
    week: Mapped[date]
    due_at: Mapped[datetime]
    fate: Mapped[str] = mapped_column(String(10))
    noted_at: Mapped[datetime]

    @classmethod
    @abstractmethod
    def _owner(cls) -> InstrumentedAttribute[int]:
        """Return the column with the id of the community, or the network digest, it is of."""

    @property
    @abstractmethod
    def post_key(self) -> str:
        """The key of its post."""

    @classmethod
    async def of(cls, session: AsyncSession, owner_id: int, week: date) -> Self | None:
        """Return what became of that week's digest, once something did."""
        query = select(cls).where(cls._owner() == owner_id, cls.week == week)
        return (await session.scalars(query.execution_options(populate_existing=True))).first()

    @classmethod
    async def posted(cls, session: AsyncSession, posts: Collection[Post]) -> set[str]:
        """Return the keys of those of the posts that stand here as posted."""
        query = select(cls).where(
            cls.fate == Fate.POSTED,
            cls._owner().in_({one.about_id for one in posts}),
            cls.week.in_({week_in(one.key) for one in posts}),
        )
        return {one.post_key for one in await session.scalars(query)} if posts else set()

    @classmethod
    async def told_until(
        cls, session: AsyncSession, owner_id: int, week: date, due_at: datetime
    ) -> datetime:
        """Return until when the last one before that week has told; for the first, a week before.

        `due_at` is when that week's own was due, however late it was noted.

        A digest that Slack never showed has told nothing.
        """
        earlier = await cls._before(session, owner_id, week)
        keys = [one.post_key for one in earlier]
        untold = select(Post.key).where(Post.key.in_(keys), Post.state.in_([MISSED, FAILED]))
        never_seen = set(await session.scalars(untold))
        for one in earlier:
            was_seen = one.post_key not in never_seen
            if one.fate in (Fate.POSTED, Fate.NOTHING) and was_seen:
                return one.noted_at
        return (earlier[-1].due_at if earlier else due_at) - A_WEEK

    @classmethod
    async def _before(cls, session: AsyncSession, owner_id: int, week: date) -> Sequence[Self]:
        query = (
            select(cls)
            .where(cls._owner() == owner_id)
            .where(cls.week < week, cls.week >= week - WEEKS_BACK * A_WEEK)
            .order_by(cls.week.desc())
        )
        return (await session.scalars(query)).all()


class IssuedDigest(Issued, OfWorkspace, Base):
    """One week of one community."""

    __tablename__ = "digests"
    __table_args__ = (UniqueConstraint("community_id", "week"),)

    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))

    @classmethod
    def _owner(cls) -> InstrumentedAttribute[int]:
        return cls.community_id

    @property
    def post_key(self) -> str:
        return weekly_key(self.community_id, self.week)


class IssuedNetworkDigest(Issued, OfWorkspace, Base):
    """One week of one network digest."""

    __tablename__ = "network_digest_weeks"
    __table_args__ = (UniqueConstraint("network_id", "week"),)

    network_id: Mapped[int] = mapped_column(ForeignKey("network_digests.id", ondelete="CASCADE"))

    @classmethod
    def _owner(cls) -> InstrumentedAttribute[int]:
        return cls.network_id

    @property
    def post_key(self) -> str:
        return network_key(self.network_id, self.week)
