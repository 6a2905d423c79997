"""Claims: which posts a postman may carry now, so that no two carry the same one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.posts import (
    CLAIM_LASTS,
    DUE,
    FAILED,
    KEPT_FOR,
    LONGEST_HOLD,
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
    """A post in somebody's hands. `maybe_said`: look in the channel before saying it again.

    `post` is as it was claimed; one that FAILED needs no saying, only somebody to be told.
    """

    post: Post
    maybe_said: bool


async def take(
    session: AsyncSession,
    postman: str,
    now: datetime,
    *,
    but_not_in: Collection[str] = (),
    limit: int = AT_ONCE,
) -> list[Claim]:
    """Claim what is due, at most one post a place, the oldest first.

    A place where a post is on its way, or was said within the last second, waits; so the pace holds
    for all replicas together. `but_not_in` are the places this postman is busy in.
    """
    if session.get_bind().dialect.name == "postgresql":
        # Two postmen could claim two posts of one place at once; this lets one in at a time.
        await session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    query = _free(now, but_not_in).order_by(Post.due_at, Post.id).limit(limit)
    posts = (await session.scalars(query.with_for_update(skip_locked=True))).all()
    return [_claim(post, postman, now) for post in posts]


def _claim(post: Post, postman: str, now: datetime) -> Claim:
    maybe_said = post.maybe_said_since is not None
    post.claimed_by, post.claimed_until = postman, now + CLAIM_LASTS
    if post.state != FAILED:
        post.state = SENDING
        # Should we die from here on, whoever takes over cannot know how far we came.
        post.maybe_said_since = post.maybe_said_since or now
        post.attempts += 1
    return Claim(post, maybe_said)


def _free(now: datetime, but_not_in: Collection[str]) -> Select[Post]:
    """Select the first due post of each place in which nobody is busy."""
    first = (
        select(
            Post.id,
            func.row_number()
            .over(partition_by=(Post.workspace_id, Post.place_id), order_by=(Post.due_at, Post.id))
            .label("rank"),
        )
        .where(_is_due(now), _parent_is_settled(), Post.place_id.not_in(but_not_in))
        .subquery()
    )
    # PostgreSQL looks at a row again once it has the lock, but not at the subquery: what somebody
    # cancelled in between must fail the condition out here.
    is_first = Post.id.in_(select(first.c.id).where(first.c.rank == 1))
    return select(Post).where(is_first, _is_due(now), *_place_is_free(now))


def _is_due(now: datetime) -> ColumnElement[bool]:
    left_behind = and_(Post.state.in_([SENDING, FAILED]), _is_over(Post.claimed_until, now))
    return or_(and_(Post.state == DUE, Post.due_at <= now), left_behind)


def _is_over(claimed_until: Any, now: datetime) -> ColumnElement[bool]:
    """Say whether a claim has run out, or is so far ahead that the clock was set back since."""
    return or_(claimed_until < now, claimed_until > now + LONGEST_HOLD + CLAIM_LASTS)


def _parent_is_settled() -> ColumnElement[bool]:
    # A post that failed may be said after all, and then its replies follow.
    parent = aliased(Post)
    waiting = exists().where(
        parent.workspace_id == Post.workspace_id,
        parent.key == Post.thread_of,
        parent.state.in_([DUE, SENDING, FAILED]),
    )
    return or_(Post.thread_of.is_(None), ~waiting)


def _place_is_free(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    other, earlier = aliased(Post), aliased(Post)
    on_its_way = exists().where(
        other.workspace_id == Post.workspace_id,
        other.place_id == Post.place_id,
        other.state == SENDING,
        ~_is_over(other.claimed_until, now),
    )
    # The upper bound is for a clock that was set back; without it the place would wait for days.
    just_said = exists().where(
        earlier.workspace_id == Post.workspace_id,
        earlier.place_id == Post.place_id,
        earlier.state == SAID,
        earlier.said_at.between(now - PACE, now + PACE),
    )
    return ~on_its_way, ~just_said


async def take_stale(
    session: AsyncSession, postman: str, now: datetime, *, limit: int = AT_ONCE
) -> Sequence[Post]:
    """Claim the cards that no longer show what is true, each at most once a redraw pace."""
    query = _free_cards(now).order_by(Post.redraw_at, Post.id).limit(limit)
    posts = (await session.scalars(query.with_for_update(skip_locked=True))).all()
    for post in posts:
        post.claimed_by, post.claimed_until = postman, now + CLAIM_LASTS
        post.attempts += 1
    return posts


def _free_cards(now: datetime) -> Select[Post]:
    just_drawn = Post.drawn_at.between(now - REDRAW_PACE, now + REDRAW_PACE)
    return select(Post).where(
        _is_stale(now),
        or_(Post.claimed_until.is_(None), _is_over(Post.claimed_until, now)),
        or_(Post.drawn_at.is_(None), ~just_drawn),
    )


def _is_stale(now: datetime) -> ColumnElement[bool]:
    return and_(Post.state == SAID, Post.redraw_at <= now)


async def is_anything_due(session: AsyncSession, now: datetime) -> bool:
    """Say whether something is still to be said or redrawn, be it on its way or held up."""
    unsaid = select(Post).where(_is_due(now), _parent_is_settled())
    # A failure is on its way until somebody was told of it.
    on_its_way = select(Post).where(
        Post.state.in_([SENDING, FAILED]), Post.claimed_until.is_not(None)
    )
    stale = select(Post).where(_is_stale(now))
    return await _is_any(session, unsaid, on_its_way, stale, _late(now))


async def is_anything_free(
    session: AsyncSession, now: datetime, *, but_not_in: Collection[str] = ()
) -> bool:
    """Say whether a round is worth its transaction: `take` or `take_stale` would find something."""
    return await _is_any(session, _free(now, but_not_in), _free_cards(now), _late(now))


async def _is_any(session: AsyncSession, *queries: Select[Post]) -> bool:
    # One after the other each finds its index; in a single query none would be used.
    for query in queries:
        if await session.scalar(query.with_only_columns(Post.id).limit(1)) is not None:
            return True
    return False


async def next_due(session: AsyncSession) -> datetime | None:
    """Return when the next post is due."""
    return await session.scalar(select(func.min(Post.due_at)).where(Post.state == DUE))


async def renew(
    session: AsyncSession, postman: str, post_ids: Collection[int], now: datetime
) -> None:
    """Hold on to what a postman carries, unless another one has taken it over."""
    await session.execute(
        update(Post)
        .where(Post.id.in_(post_ids), Post.claimed_by == postman)
        .values(claimed_until=now + CLAIM_LASTS)
        .execution_options(synchronize_session=False)
    )


async def give_up_on_late_ones(session: AsyncSession, now: datetime) -> Sequence[str]:
    """Mark what is no longer useful as missed and return the keys, for the log."""
    late = _late(now).with_only_columns(Post.id)
    missed = update(Post).where(Post.id.in_(late), Post.state == DUE).values(state=MISSED)
    missed = missed.execution_options(synchronize_session=False)
    return (await session.scalars(missed.returning(Post.key))).all()


def _late(now: datetime) -> Select[Post]:
    # What was perhaps said is looked for first, however late it is.
    return select(Post).where(
        Post.state == DUE, Post.useful_until < now, Post.maybe_said_since.is_(None)
    )


async def forget_old(session: AsyncSession, now: datetime) -> None:
    """Delete posts that ended long ago. Those that stand as cards are kept."""
    over = Post.state.not_in([DUE, SENDING, SAID])
    await session.execute(
        delete(Post)
        .where(over, Post.due_at < now - KEPT_FOR)
        .execution_options(synchronize_session=False)
    )
