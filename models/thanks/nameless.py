"""Nameless: which messages belong to the thread of a problem that was shared without a name.

With the names on thanks beside it, colleagues could guess whose problem it is.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.posts import Post
from models.problems.answers import Reply
from models.problems.posted import CARD, RETURN
from models.problems.problem import Problem


async def is_thread_of_one(session: AsyncSession, channel_id: str, thread_ts: str) -> bool:
    """Say whether the message that heads a thread is about a problem without a name."""
    return bool(await _cards_at(session, [thread_ts]) & {(channel_id, thread_ts)})


async def told_without_a_name(
    session: AsyncSession, messages: Collection[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Return those messages, each a channel and a `ts`, that are about problems without a name."""
    moments = {ts for _, ts in messages}
    query = (
        select(Community.channel_id, Reply.ts)
        .join(Problem, Problem.community_id == Community.id)
        .join(Reply, Reply.problem_id == Problem.id)
        .where(Reply.ts.in_(moments), Problem.author_id.is_(None))
    )
    replies = {(channel_id, ts) for channel_id, ts in await session.execute(query)}
    return (replies | await _cards_at(session, moments)) & set(messages)


async def _cards_at(session: AsyncSession, moments: Collection[str]) -> set[tuple[str, str]]:
    query = (
        select(Post.place_id, Post.ts)
        .join(Problem, Problem.id == Post.about_id)
        .where(Post.kind.in_([CARD, RETURN]), Post.ts.in_(moments), Problem.author_id.is_(None))
    )
    return {(place_id, ts) for place_id, ts in await session.execute(query) if ts}
