"""Posts: everything the bot says unasked, kept as rows until it is said."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Index, String, UniqueConstraint, case, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.database import Base, OfWorkspace, announce, workspace_of
from models.redrawing import put_off_in
from models.search.dialects import insert_into

DUE, SENDING, SAID = "due", "sending", "said"
# DROPPED drew nothing, MISSED came too late, FAILED met a permanent error,
# GONE was deleted in Slack.
DROPPED, MISSED, FAILED, GONE = "dropped", "missed", "failed", "gone"

# A claim is renewed every few seconds; one not renewed this long belongs to a dead process.
CLAIM_LASTS = timedelta(seconds=8)
# Slack never asks us to wait longer; what waits longer waits because a clock was set back.
LONGEST_HOLD = timedelta(hours=1)
# Slack: one message a second a channel.
PACE = timedelta(seconds=1)
# chat.update is Tier 3, about 50 a minute: a card is redrawn at most once in this time.
REDRAW_PACE = timedelta(seconds=1.2)
KEPT_FOR = timedelta(days=90)
# What the ids of people begin with.
PEOPLE = ("U", "W")


class Post(OfWorkspace, Base):
    """One message to one place. It lives on as a card when what it shows can change.

    `place_id` is a channel's or a person's id; `thread_of` the key of the post whose thread it
    belongs to; `cause_id` the member to be told when it cannot be said. `channel_id` and `ts` say
    where it stands once it is said. `wanted` counts the changes of what it shows, `drawn` how many
    of them the card shows. `maybe_said_since` is when the first attempt began whose outcome is
    unknown. `attempts` counts those in a row that came to nothing.
    """

    __tablename__ = "posts"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index("ix_posts_due", "state", "due_at"),
        Index("ix_posts_place", "place_id", "state", "said_at"),
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
    cause_id: Mapped[str | None] = mapped_column(String(32))
    due_at: Mapped[datetime]
    useful_until: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(10), default=DUE)
    claimed_by: Mapped[str | None] = mapped_column(String(64))
    claimed_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    maybe_said_since: Mapped[datetime | None]
    channel_id: Mapped[str | None] = mapped_column(String(32))
    ts: Mapped[str | None] = mapped_column(String(32))
    said_at: Mapped[datetime | None]
    wanted: Mapped[int] = mapped_column(default=0)
    drawn: Mapped[int] = mapped_column(default=0)
    redraw_at: Mapped[datetime | None]
    drawn_at: Mapped[datetime | None]
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
        cause_id: str | None = None,
        useful_until: datetime | None = None,
    ) -> Post:
        """Keep a post, to be said at `due_at`. A key that exists already is left as it is."""
        values = {
            "workspace_id": workspace_of(session),
            "key": key,
            "kind": kind,
            "about_id": about_id,
            "place_id": place_id,
            "thread_of": thread_of,
            "cause_id": cause_id,
            "due_at": due_at,
            "useful_until": useful_until,
        }
        insert = insert_into(session, cls).on_conflict_do_nothing().returning(cls)
        post: Post | None = (await session.scalars(insert, values)).one_or_none()
        if post is None:
            # Perhaps another process added it at this very moment; its row is readable now.
            return (await session.scalars(select(cls).where(cls.key == key))).one()
        announce(session)
        return post

    @classmethod
    def _at_once(cls, now: datetime) -> ColumnElement[datetime]:
        """Return when a change is drawn: now, unless the card has waited for its turn already."""
        return case((cls.redraw_at < now, cls.redraw_at), else_=now)

    @classmethod
    async def redraw(
        cls, session: AsyncSession, kind: str, about: int | Collection[int], now: datetime
    ) -> None:
        """Mark every card of that kind about that thing, or those, as stale, in this transaction.

        Where it is put off (models/redrawing.py) it is done later in the same transaction.
        """
        ids = [about] if isinstance(about, int) else about
        if (stale := put_off_in(session)) is not None:
            stale.cards[kind].update(ids)
        elif ids:
            await cls._mark(session, now, cls.kind == kind, cls.about_id.in_(ids))

    @classmethod
    async def redraw_keyed(
        cls, session: AsyncSession, key: str | Sequence[str], now: datetime
    ) -> None:
        """Mark one card, or several, as stale, in this transaction."""
        keys = [key] if isinstance(key, str) else key
        if keys:
            await cls._mark(session, now, cls.key.in_(keys))

    @classmethod
    async def _mark(cls, session: AsyncSession, now: datetime, *which: ColumnElement[bool]) -> None:
        await session.execute(
            update(cls)
            .where(*which, cls.state.in_([DUE, SENDING, SAID]))
            .values(wanted=cls.wanted + 1, redraw_at=cls._at_once(now)),
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

    @classmethod
    async def standing(
        cls, session: AsyncSession, kind: str, about_ids: Sequence[int]
    ) -> Sequence[Post]:
        """Return the messages of that kind about those things that stand in Slack."""
        query = select(cls).where(cls.kind == kind, cls.about_id.in_(about_ids), cls.state == SAID)
        return (await session.scalars(query)).all()

    @classmethod
    async def move(cls, session: AsyncSession, old_id: str, new_id: str) -> None:
        """Follow a channel to its new id."""
        for column in (cls.place_id, cls.channel_id):
            await session.execute(
                update(cls).where(column == old_id).values({column: new_id}),
                execution_options={"synchronize_session": False},
            )

    @classmethod
    async def end_all(cls, session: AsyncSession) -> None:
        """Drop what is still to be said or redrawn."""
        free = {"claimed_by": None, "claimed_until": None, "redraw_at": None}
        for which, values in (
            (cls.state.in_([DUE, SENDING]), {"state": DROPPED}),
            (cls.redraw_at.is_not(None), {}),
        ):
            await session.execute(
                update(cls).where(which).values(values | free),
                execution_options={"synchronize_session": False},
            )

    def permalink(self, address: str | None) -> str | None:
        """Return where the message is read; `address` is the workspace's, ending with a slash."""
        if not address or not self.ts:
            return None
        return f"{address}archives/{self.channel_id}/p{self.ts.replace('.', '')}"

    def was_said(self, channel_id: str, ts: str | None, *, drawn: int, now: datetime) -> None:
        """Note where the message stands and which of its changes it shows.

        Of a shared file Slack may not have told the `ts`.
        """
        self.state, self.maybe_said_since = SAID, None
        self.channel_id, self.ts, self.said_at = channel_id, ts, now
        self.was_drawn(drawn, now)

    def was_drawn(self, drawn: int, now: datetime, error: str | None = None) -> None:
        """Note which changes the card shows; if more came meanwhile it is drawn again.

        With an `error` Slack did not let us, and the same drawing is not tried again.
        """
        self.drawn, self.drawn_at, self.error, self.attempts = drawn, now, error, 0
        self.redraw_at = None if drawn >= self.wanted else self.redraw_at or now
        self.put_down()

    def ends(self, state: str, error: str | None = None) -> None:
        """Stop carrying this post: DROPPED, MISSED, FAILED or GONE."""
        self.state, self.error, self.redraw_at = state, error, None
        self.put_down()

    def fails(self, error: str) -> None:
        """Stop carrying this post, but keep it claimed until somebody was told."""
        self.state, self.error, self.maybe_said_since = FAILED, error, None

    def hold(self, until: datetime, *, is_unsure: bool) -> None:
        """Keep its place waiting for it until then, for every postman, so that the order stays.

        `is_unsure`: it may have been said although nobody told us.
        """
        self.claimed_by, self.claimed_until = None, until
        if not is_unsure:
            self.maybe_said_since, self.attempts = None, 0

    def put_back(self, due_at: datetime, *, is_unsure: bool) -> None:
        """Carry the post at another time; what is behind it in its place need not wait."""
        self.state, self.due_at = DUE, due_at
        if not is_unsure:
            self.maybe_said_since = None
        self.put_down()

    def revive(self, now: datetime) -> None:
        """Try again what had failed, unless it is too late to be useful."""
        if self.state == FAILED and (self.useful_until is None or self.useful_until > now):
            self.state, self.error, self.attempts, self.due_at = DUE, None, 0, now
            self.put_down()

    def put_down(self) -> None:
        """Let go of the claim."""
        self.claimed_by = self.claimed_until = None
