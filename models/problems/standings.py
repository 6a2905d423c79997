"""Where problems stand: how many answered, who met the same, who can help. Lists come in pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community, Membership
from models.problems.answers import Helper, Interest, Reply
from models.problems.authors import HiddenAuthor
from models.problems.problem import Problem
from models.problems.sight import is_seen_by

PAGE_SIZE = 5
# By then a class has moved on; and a page that is looked at often does not count ten years.
WAITS_FOR = timedelta(weeks=26)


def page_within(number: int, total: int) -> int:
    """Return the number of a page that exists: it may be forged, or what it showed is gone."""
    return max(0, min(number, (total - 1) // PAGE_SIZE))


class Listing(StrEnum):
    """Which problems of a community a list shows."""

    ALL = "all"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, kw_only=True)
class Page:
    """A few problems, newest first. `number` counts from 0; `total` is of all pages."""

    standings: tuple[Standing, ...]
    number: int
    total: int

    @property
    def has_earlier(self) -> bool:
        return (self.number + 1) * PAGE_SIZE < self.total

    @property
    def has_later(self) -> bool:
        return self.number > 0


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A problem and what colleagues did with it.

    `replies` counts the thread's messages, `answers` those that are neither gathered questions nor
    the named author's own. Without a name everybody's count alike, or the number would give the
    author away.
    """

    problem: Problem
    replies: int = 0
    answers: int = 0
    interested: int = 0
    helper_ids: tuple[str, ...] = ()

    @property
    def is_unanswered(self) -> bool:
        return self.problem.is_open and self.answers == 0

    @classmethod
    async def of(cls, session: AsyncSession, problem: Problem) -> Standing:
        [standing] = await cls._of_all(session, [problem])
        return standing

    @classmethod
    async def listed(
        cls,
        session: AsyncSession,
        community_id: int,
        member_id: str,
        listing: Listing = Listing.ALL,
        page: int = 0,
    ) -> Page:
        """Return a community's problems as far as this person may see them."""
        chosen = (
            Problem.community_id == community_id,
            Problem.community_id.in_(
                select(Community.id).where(is_seen_by(member_id)),
            ),
            *_conditions(listing),
        )
        return await cls._page(session, chosen, page)

    @classmethod
    async def unanswered_since(
        cls, session: AsyncSession, community_id: int, member_id: str, since: datetime
    ) -> Page:
        """Return the community's problems that wait for an answer and were shared since then."""
        chosen = (
            Problem.community_id == community_id,
            Problem.community_id.in_(select(Community.id).where(is_seen_by(member_id))),
            Problem.shared_at > since,
            *_conditions(Listing.UNANSWERED),
        )
        return await cls._page(session, chosen, 0)

    @classmethod
    async def mine(cls, session: AsyncSession, member_id: str, page: int = 0) -> Page:
        """Return what this person shared, also without their name: for their own eyes only."""
        hidden = HiddenAuthor.problems_of(member_id)
        return await cls._page(
            session, (or_(Problem.author_id == member_id, Problem.id.in_(hidden)),), page
        )

    @classmethod
    async def waiting_for(cls, session: AsyncSession, member_id: str, now: datetime) -> Page:
        """Return what waits for this person's answer in their communities, the newest first.

        What waited for half a year is in the lists only. What they shared without their name stays
        in: it is like anybody's.
        """
        theirs = select(Membership.community_id).where(
            Membership.member_id == member_id, Membership.left_at.is_(None)
        )
        is_others = Problem.author_id.is_distinct_from(member_id)
        chosen = (
            Problem.community_id.in_(theirs),
            Problem.shared_at > now - WAITS_FOR,
            is_others,
            *_conditions(Listing.UNANSWERED),
        )
        return await cls._page(session, chosen, 0)

    @classmethod
    async def among(
        cls, session: AsyncSession, problem_ids: Sequence[int], member_id: str
    ) -> tuple[Standing, ...]:
        """Return those of the problems that exist for this person, in the order given."""
        query = (
            select(Problem)
            .join(Community, Community.id == Problem.community_id)
            .where(Problem.id.in_(problem_ids), Problem.deleted_at.is_(None))
            .where(is_seen_by(member_id))
        )
        problems = {problem.id: problem for problem in await session.scalars(query)}
        there = [problems[one] for one in problem_ids if one in problems]
        return await cls._of_all(session, there)

    @classmethod
    async def _page(
        cls, session: AsyncSession, chosen: tuple[ColumnElement[bool], ...], page: int
    ) -> Page:
        wanted = (*chosen, Problem.deleted_at.is_(None))
        total = await session.scalar(select(func.count(Problem.id)).where(*wanted)) or 0
        number = page_within(page, total)
        query = (
            select(Problem)
            .where(*wanted)
            .order_by(Problem.shared_at.desc(), Problem.id.desc())
            .limit(PAGE_SIZE)
            .offset(number * PAGE_SIZE)
        )
        problems = (await session.scalars(query)).all()
        return Page(standings=await cls._of_all(session, problems), number=number, total=total)

    @classmethod
    async def _of_all(
        cls, session: AsyncSession, problems: Sequence[Problem]
    ) -> tuple[Standing, ...]:
        """Count for all problems at once, in three queries however many they are."""
        ids = [problem.id for problem in problems]
        replies = await _replies(session, ids)
        interested = await _interested(session, ids)
        helpers = await _helpers(session, ids)
        return tuple(
            cls(
                problem=problem,
                replies=replies[problem.id][0],
                answers=replies[problem.id][1],
                interested=interested[problem.id],
                helper_ids=tuple(helpers[problem.id]),
            )
            for problem in problems
        )


def is_unanswered() -> ColumnElement[bool]:
    """Return the condition on problems that wait for a first answer."""
    is_answer = or_(Problem.author_id.is_(None), Reply.member_id != Problem.author_id)
    answered = (
        select(Reply.id)
        .where(Reply.problem_id == Problem.id, Reply.deleted_at.is_(None), is_answer)
        .where(Reply.is_question.is_(False))
        .exists()
    )
    return and_(Problem.resolved_at.is_(None), ~answered)


def _conditions(listing: Listing) -> tuple[ColumnElement[bool], ...]:
    match listing:
        case Listing.UNANSWERED:
            return (is_unanswered(),)
        case Listing.ALL:
            return ()


async def _replies(session: AsyncSession, ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return the number of replies, and of those that are answers, by problem."""
    is_no_answer = or_(Reply.is_question, Problem.author_id == Reply.member_id)
    query = (
        select(Reply.problem_id, func.count(Reply.id), func.sum(case((is_no_answer, 0), else_=1)))
        .join(Problem, Problem.id == Reply.problem_id)
        .where(Reply.problem_id.in_(ids), Reply.deleted_at.is_(None))
        .group_by(Reply.problem_id)
    )
    counts: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for problem_id, replies, answers in await session.execute(query):
        counts[problem_id] = (replies, answers)
    return counts


async def _interested(session: AsyncSession, ids: Collection[int]) -> dict[int, int]:
    query = (
        select(Interest.problem_id, func.count(Interest.id))
        .where(Interest.problem_id.in_(ids))
        .group_by(Interest.problem_id)
    )
    counts: dict[int, int] = defaultdict(int)
    for problem_id, people in await session.execute(query):
        counts[problem_id] = people
    return counts


async def _helpers(session: AsyncSession, ids: Collection[int]) -> dict[int, list[str]]:
    query = (
        select(Helper.problem_id, Helper.member_id)
        .where(Helper.problem_id.in_(ids))
        .order_by(Helper.id)
    )
    helpers: dict[int, list[str]] = defaultdict(list)
    for problem_id, member_id in await session.execute(query):
        helpers[problem_id].append(member_id)
    return helpers
