"""Claims: which posts a postman may carry now, so that no two carry the same one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.posts import (
    CLAIM_LASTS,
    DUE,
    KEPT_FOR,
    MISSED,
    PACE,
    REDRAW_PACE,
    SAID,
    SENDING,
    Post,
)

# Any number will do, as long as no other program locks the same one in our database.
LOCK = 7_428_134
AT_ONCE = 50


@dataclass(frozen=True)
class Claim:
    """A post in somebody's hands. `maybe_said`: look in the channel before saying it again."""

    post: Post
    maybe_said: bool


async def take(
    session: AsyncSession, postman: str, now: datetime, *, but_not_in: Collection[str] = ()
) -> list[Claim]:
    """Claim what is due, at most one post a place, the oldest first.

    A place where a post is on its way, or was said within the last second, waits; so the pace holds
    for all replicas together. `but_not_in` are places this postman keeps waiting itself.
    """
    if session.get_bind().dialect.name == "postgresql":
        # Two postmen could claim two posts of one place at once; this lets one in at a time.
        await session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    first = (
        select(
            Post.id,
            func.row_number()
            .over(partition_by=(Post.workspace_id, Post.place_id), order_by=(Post.due_at, Post.id))
            .label("rank"),
        )
        .where(_is_due(now), _parent_is_settled(), ~_place_is_busy(now))
        .where(Post.place_id.not_in(but_not_in))
        .subquery()
    )
    query = (
        select(Post)
        .where(Post.id.in_(select(first.c.id).where(first.c.rank == 1)))
        .order_by(Post.due_at, Post.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    posts = (await session.scalars(query)).all()
    return [_claim(post, postman, now) for post in posts]


def _claim(post: Post, postman: str, now: datetime) -> Claim:
    maybe_said = post.maybe_said_since is not None
    post.state, post.claimed_by, post.claimed_until = SENDING, postman, now + CLAIM_LASTS
    # Should we die from here on, whoever takes over cannot know how far we came.
    post.maybe_said_since = post.maybe_said_since or now
    post.attempts += 1
    return Claim(post, maybe_said)


def _is_due(now: datetime) -> ColumnElement[bool]:
    abandoned = and_(Post.state == SENDING, Post.claimed_until < now)
    return or_(and_(Post.state == DUE, Post.due_at <= now), abandoned)


def _parent_is_settled() -> ColumnElement[bool]:
    parent = aliased(Post)
    waiting = exists().where(
        parent.workspace_id == Post.workspace_id,
        parent.key == Post.thread_of,
        parent.state.in_([DUE, SENDING]),
    )
    return or_(Post.thread_of.is_(None), ~waiting)


def _place_is_busy(now: datetime) -> ColumnElement[bool]:
    other = aliased(Post)
    on_its_way = and_(other.state == SENDING, other.claimed_until >= now)
    just_said = and_(other.state == SAID, other.said_at > now - PACE)
    return exists().where(
        other.workspace_id == Post.workspace_id,
        other.place_id == Post.place_id,
        or_(on_its_way, just_said),
    )


async def take_stale(session: AsyncSession, postman: str, now: datetime) -> Sequence[Post]:
    """Claim the cards that no longer show what is true, each at most once a redraw pace."""
    query = (
        select(Post)
        .where(
            Post.state == SAID,
            Post.redraw_at <= now,
            or_(Post.claimed_until.is_(None), Post.claimed_until < now),
            or_(Post.drawn_at.is_(None), Post.drawn_at <= now - REDRAW_PACE),
        )
        .order_by(Post.redraw_at, Post.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    posts = (await session.scalars(query)).all()
    for post in posts:
        post.claimed_by, post.claimed_until = postman, now + CLAIM_LASTS
    return posts


async def is_anything_due(session: AsyncSession, now: datetime) -> bool:
    """Say whether a round is worth its transaction."""
    waiting = select(Post.id).where(or_(_is_due(now), and_(Post.state == SAID, _is_stale(now))))
    return await session.scalar(waiting.limit(1)) is not None


def _is_stale(now: datetime) -> ColumnElement[bool]:
    return Post.redraw_at <= now


async def next_due(session: AsyncSession) -> datetime | None:
    """Return when the next post is due."""
    return await session.scalar(select(func.min(Post.due_at)).where(Post.state == DUE))


async def renew(session: AsyncSession, post_ids: Collection[int], now: datetime) -> None:
    """Hold on to what a postman carries."""
    await session.execute(
        update(Post)
        .where(Post.id.in_(post_ids))
        .values(claimed_until=now + CLAIM_LASTS)
        .execution_options(synchronize_session=False)
    )


async def give_up_on_late_ones(session: AsyncSession, now: datetime) -> Sequence[str]:
    """Mark what is no longer useful as missed and return the keys, for the log."""
    late = (Post.state == DUE, Post.useful_until < now, Post.maybe_said_since.is_(None))
    keys = (await session.scalars(select(Post.key).where(*late))).all()
    if keys:
        await session.execute(
            update(Post)
            .where(*late)
            .values(state=MISSED)
            .execution_options(synchronize_session=False)
        )
    return keys


async def forget_old(session: AsyncSession, now: datetime) -> None:
    """Delete posts that ended long ago. Those that stand as cards are kept."""
    over = Post.state.not_in([DUE, SENDING, SAID])
    await session.execute(
        delete(Post)
        .where(over, Post.due_at < now - KEPT_FOR)
        .execution_options(synchronize_session=False)
    )
