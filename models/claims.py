"""Claims: which posts a postman may carry now, so that no two carry the same one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.due import ANYTHING_DUE, ANYTHING_FREE, GIVEN_UP, REDRAWABLE, SAYABLE, moments
from models.posts import CLAIM_LASTS, DUE, FAILED, KEPT_FOR, SAID, SENDING, Post

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
    asked = moments(now) | {"busy": list(but_not_in), "limit": limit}
    posts = (await session.scalars(SAYABLE, asked)).all()
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


async def take_stale(
    session: AsyncSession, postman: str, now: datetime, *, limit: int = AT_ONCE
) -> Sequence[Post]:
    """Claim the cards that no longer show what is true, each at most once a redraw pace."""
    posts = (await session.scalars(REDRAWABLE, moments(now) | {"limit": limit})).all()
    for post in posts:
        post.claimed_by, post.claimed_until = postman, now + CLAIM_LASTS
        post.attempts += 1
    return posts


async def is_anything_due(session: AsyncSession, now: datetime) -> bool:
    """Say whether something is still to be said or redrawn, be it on its way or held up."""
    return bool(await session.scalar(ANYTHING_DUE, moments(now)))


async def is_anything_free(
    session: AsyncSession, now: datetime, *, but_not_in: Collection[str] = ()
) -> bool:
    """Say whether a round is worth its transaction: `take` or `take_stale` would find something."""
    asked = moments(now) | {"busy": list(but_not_in)}
    return bool(await session.scalar(ANYTHING_FREE, asked))


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
    return (await session.scalars(GIVEN_UP, moments(now))).all()


async def forget_old(session: AsyncSession, now: datetime) -> None:
    """Delete posts that ended long ago. Those that stand as cards are kept."""
    over = Post.state.not_in([DUE, SENDING, SAID])
    await session.execute(
        delete(Post)
        .where(over, Post.due_at < now - KEPT_FOR)
        .execution_options(synchronize_session=False)
    )
