"""Telling: what the bot says of a pilot when it is shared, changes, or inspired somebody.

An edited card has a mark on it that everybody sees. So nothing is redrawn unless its readers may
know of what changed: what a teacher does with a private pilot leaves no trace anywhere.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import search
from models.communities import Community
from models.pilots.cycles import is_part_of
from models.pilots.pilot import Circle, Pilot
from models.pilots.posted import CARD, CHAMPIONED, OF_PROBLEM, SPARK, card_key
from models.pilots.sight import is_seen_by
from models.pilots.visibility import KIND, entry_of
from models.posts import Post
from models.problems import Problem
from models.problems.posted import card_key as problem_card_key


async def redraw_cards(session: AsyncSession, pilot: Pilot, now: datetime) -> None:
    """Show the pilot as it is now, on its card and on those of later cycles with its values."""
    await redraw(session, await _cards_with(session, pilot), now)


async def read_on(session: AsyncSession, pilot: Pilot) -> set[int]:
    """Return the ids of the pilots on whose cards something of this one is read, its own as well.

    Nothing of a private one is. Ask before and after a change to who sees it, and `redraw` both.
    """
    return await _cards_with(session, pilot) | await _inspired_by(session, pilot)


async def redraw(session: AsyncSession, pilot_ids: Collection[int], now: datetime) -> None:
    """Show those pilots as they are now, wherever they stand."""
    for pilot_id in sorted(pilot_ids):
        await Post.redraw(session, CARD, pilot_id, now)
        await Post.redraw(session, OF_PROBLEM, pilot_id, now)


async def redraw_begun_with(session: AsyncSession, problem: Problem, now: datetime) -> None:
    """Show a problem's new words on the pilots that say they began with it; none once it is gone.

    A problem without a name is told of nowhere, so nothing moves with it. Ask before its author
    is forgotten.
    """
    if problem.is_without_name:
        return
    query = select(Pilot.id).where(
        Pilot.problem_id == problem.id,
        Pilot.deleted_at.is_(None),
        or_(
            Pilot.circle == Circle.NETWORK,
            and_(Pilot.circle == Circle.COMMUNITY, Pilot.community_id == problem.community_id),
        ),
    )
    await redraw(session, (await session.scalars(query)).all(), now)


async def _cards_with(session: AsyncSession, pilot: Pilot) -> set[int]:
    if pilot.circle == Circle.ME or pilot.deleted_at is not None:
        return set()
    later = (
        select(Pilot)
        .where(Pilot.first_id == pilot.series_id, Pilot.cycle > pilot.cycle)
        .where(Pilot.circle != Circle.ME, Pilot.deleted_at.is_(None))
    )
    shown = [one for one in await session.scalars(later) if is_part_of(pilot, one)]
    return {pilot.id, *(one.id for one in shown)}


async def _inspired_by(session: AsyncSession, pilot: Pilot) -> set[int]:
    """Return the shared pilots whose readers may all know that this one inspired them."""
    if pilot.circle == Circle.ME or pilot.deleted_at is not None:
        return set()
    query = select(Pilot.id).where(
        Pilot.inspired_by_id == pilot.id, Pilot.circle != Circle.ME, Pilot.deleted_at.is_(None)
    )
    if pilot.circle == Circle.COMMUNITY:
        query = query.where(
            Pilot.circle == Circle.COMMUNITY, Pilot.community_id == pilot.community_id
        )
    return set(await session.scalars(query))


async def post_card(session: AsyncSession, pilot: Pilot, now: datetime) -> None:
    """Keep the card of a pilot that is shared, for its community's channel.

    `pilot.circle` and `pilot.shared_at` are set. The thread of the problem it began with hears of
    it as well, where everybody who reads there may see the pilot.
    """
    community = await session.get_one(Community, pilot.community_id)
    await Post.add(
        session,
        card_key(pilot),
        community.channel_id,
        kind=CARD,
        due_at=now,
        about_id=pilot.id,
        cause_id=pilot.member_id,
    )
    await _tell_problem(session, pilot, now)


async def _tell_problem(session: AsyncSession, pilot: Pilot, now: datetime) -> None:
    problem = await session.get(Problem, pilot.problem_id) if pilot.problem_id else None
    if problem is None or not may_be_named(problem):
        return
    if problem.community_id != pilot.community_id and pilot.circle != Circle.NETWORK:
        return
    community = await session.get_one(Community, problem.community_id)
    await Post.add(
        session,
        f"{OF_PROBLEM}:{card_key(pilot)}",
        community.channel_id,
        kind=OF_PROBLEM,
        due_at=now,
        about_id=pilot.id,
        thread_of=problem_card_key(problem.id),
    )


def may_be_named(problem: Problem) -> bool:
    """Say whether a pilot may tell that it began with it: a pilot has a name, so both must."""
    return problem.deleted_at is None and not problem.is_without_name


async def tell_spark(session: AsyncSession, pilot: Pilot, now: datetime) -> None:
    """Keep a letter to whoever inspired a finished pilot, if they may see it; once a pilot."""
    inspired_by = await session.get(Pilot, pilot.inspired_by_id) if pilot.inspired_by_id else None
    if inspired_by is None or inspired_by.deleted_at is not None or pilot.finished_at is None:
        return
    to = inspired_by.member_id
    seen = select(Pilot.id).where(Pilot.id == pilot.id, is_seen_by(to))
    if to == pilot.member_id or await session.scalar(seen) is None:
        return
    await Post.add(session, f"{SPARK}:{pilot.id}", to, kind=SPARK, due_at=now, about_id=pilot.id)


async def tell_of_champion(
    session: AsyncSession, pilot: Pilot, champion_id: str, now: datetime
) -> None:
    """Keep a letter to the teacher with a lead's kind word; one from each lead."""
    await Post.add(
        session,
        f"{CHAMPIONED}:{pilot.id}:{champion_id}",
        pilot.member_id,
        kind=CHAMPIONED,
        due_at=now,
        about_id=pilot.id,
    )


async def keep_findable(session: AsyncSession, pilot: Pilot) -> None:
    """Let the search know what it may show: nothing of a pilot that is private or gone."""
    if pilot.circle == Circle.ME or pilot.deleted_at is not None:
        await search.forget(session, KIND, pilot.id)
    else:
        await search.keep(session, entry_of(pilot))
