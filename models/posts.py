"""Posts: everything the bot says unasked, kept as rows until it is said."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import (
    Index,
    String,
    UniqueConstraint,
    func,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, OfWorkspace, announce

DUE, SENDING, SAID = "due", "sending", "said"
# DROPPED drew nothing, MISSED came too late, FAILED met a permanent error,
# GONE was deleted in Slack.
DROPPED, MISSED, FAILED, GONE = "dropped", "missed", "failed", "gone"

# A claim is renewed every few seconds; one not renewed this long belongs to a dead process.
CLAIM_LASTS = timedelta(seconds=8)
# Slack: one message a second a channel.
PACE = timedelta(seconds=1)
# chat.update is Tier 3, about 50 a minute: a card is redrawn at most once in this time.
REDRAW_PACE = timedelta(seconds=1.2)
KEPT_FOR = timedelta(days=90)


class Post(OfWorkspace, Base):
    """One message to one place. It lives on as a card when what it shows can change.

    `place_id` is a channel's or a person's id; `thread_of` the key of the post whose thread it
    belongs to. `channel_id` and `ts` say where it stands once it is said. `wanted` counts the
    changes of what it shows, `drawn` how many of them the card shows.
    """

    __tablename__ = "posts"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index("ix_posts_due", "state", "due_at"),
        Index("ix_posts_place", "place_id", "state"),
        Index("ix_posts_about", "kind", "about_id"),
        Index("ix_posts_message", "channel_id", "ts"),
        Index("ix_posts_stale", "redraw_at", postgresql_where=text("redraw_at IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(60))
    about_id: Mapped[int | None]
    place_id: Mapped[str] = mapped_column(String(32))
    thread_of: Mapped[str | None] = mapped_column(String(200))
    due_at: Mapped[datetime]
    useful_until: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(10), default=DUE)
    claimed_by: Mapped[str | None] = mapped_column(String(64))
    claimed_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    unsure_since: Mapped[datetime | None]
    channel_id: Mapped[str | None] = mapped_column(String(32))
    ts: Mapped[str | None] = mapped_column(String(32))
    said_at: Mapped[datetime | None]
    wanted: Mapped[int] = mapped_column(default=0)
    drawn: Mapped[int] = mapped_column(default=0)
    redraw_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(String(200))

    @classmethod
    async def add(
        cls,
        session: AsyncSession,
        key: str,
        place_id: str,
        *,
        kind: str,
        due_at: datetime,
        about_id: int | None = None,
        thread_of: str | None = None,
        useful_until: datetime | None = None,
    ) -> Post:
        """Keep a post, to be said at `due_at`. A key that exists already is left as it is."""
        existing = (await session.scalars(select(cls).where(cls.key == key))).first()
        if existing is not None:
            return existing
        post = cls(
            key=key,
            kind=kind,
            about_id=about_id,
            place_id=place_id,
            thread_of=thread_of,
            due_at=due_at,
            useful_until=useful_until,
        )
        session.add(post)
        await session.flush()
        announce(session)
        return post

    @classmethod
    async def redraw(cls, session: AsyncSession, kind: str, about_id: int, now: datetime) -> None:
        """Mark every card of that kind about that thing as stale, in this transaction."""
        await session.execute(
            update(cls)
            .where(cls.kind == kind, cls.about_id == about_id, cls.state.in_([DUE, SENDING, SAID]))
            .values(wanted=cls.wanted + 1, redraw_at=func.coalesce(cls.redraw_at, now)),
            execution_options={"synchronize_session": False},
        )
        announce(session)

    @classmethod
    async def keyed(cls, session: AsyncSession, key: str) -> Post | None:
        return (await session.scalars(select(cls).where(cls.key == key))).first()

    @classmethod
    async def standing_at(cls, session: AsyncSession, channel_id: str, ts: str) -> Post | None:
        """Return the post that is the message `ts` of that channel."""
        query = select(cls).where(cls.channel_id == channel_id, cls.ts == ts)
        return (await session.scalars(query)).first()
