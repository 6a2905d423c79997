"""Problems: one that nobody answered is withdrawn; of an answered one the title stays.

Without it colleagues' answers could not be understood. Everything else that was written about it
is deleted, and it stands there as from someone who has left.

Who shared one without a name is forgotten at once as well, but its words go days later, each
problem's at a time drawn by lot: whatever changed together with the rest, or always as long after
it, would tell whose it was.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import delete, func, select, union, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import search
from models.communities import Community
from models.consultancies import asynchronous
from models.consultancies.consultancy import Consultancy
from models.consultancies.forgetting import forget_words
from models.consultancies.telling import redraw_headlines
from models.digests.posted import ATTENTION
from models.digests.telling import redraw_digests
from models.findable import keep_problem_findable
from models.hangouts.signup import Signup
from models.my_data.nobody import SOMEBODY
from models.pilots.pilot import Pilot
from models.pilots.telling import redraw_begun_with
from models.posts import Post
from models.problems import Answer, Helper, HiddenAuthor, Interest, Problem, Reply
from models.problems.posted import ANSWER, CARD, RESOLUTION, RETURN
from models.problems.visibility import KIND
from models.time import at_wall, next_daytime, zone

# What stands where words were that the card cannot do without.
DELETED = "The rest of these words was deleted."
LEARNED_DELETED = "deleted."
# On one of so many days after it all that is seen of a problem without a name changes, or on the
# next day of school. The third is more than two whole days later.
FIRST_DAY, LAST_DAY = 3, 14
# From that time on, within so many minutes.
MORNING, BY_DAY = time(8), 9 * 60


async def forget_problems(session: AsyncSession, member_id: str, now: datetime) -> Counter[str]:
    """Forget what they shared with their name, and that the rest is theirs."""
    query = select(Problem).where(Problem.author_id == member_id).order_by(Problem.id)
    query = query.with_for_update().execution_options(populate_existing=True)
    named = (await session.scalars(query)).all()
    await _forget(session, named, member_id, now)
    nameless = await _let_go(session, member_id, now)
    return Counter({Problem.__tablename__: len(named), HiddenAuthor.__tablename__: nameless})


async def forget_nameless(session: AsyncSession, problem_id: int, now: datetime) -> bool:
    """Forget what somebody shared without a name before all about them was deleted, if it is time.

    Says whether it was; two at once forget it once.
    """
    query = select(Problem).where(Problem.id == problem_id, Problem.forgets_at <= now)
    query = query.with_for_update().execution_options(populate_existing=True)
    problem = await session.scalar(query)
    if problem is None:
        return False
    problem.forgets_at = None
    # Whoever else is gone needs no title to understand their answers by.
    await _forget(session, [problem], SOMEBODY, now)
    return True


async def waiting(session: AsyncSession, now: datetime) -> dict[int, str]:
    """Return the problems without a name whose words are to go by now, with their workspaces."""
    query = select(Problem.id, Problem.workspace_id).where(Problem.forgets_at <= now)
    rows = await session.execute(query.order_by(Problem.forgets_at, Problem.id))
    return {one.id: one.workspace_id for one in rows}


async def next_moment(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when the words of one go next."""
    query = select(func.min(Problem.forgets_at)).where(Problem.forgets_at > now)
    return await session.scalar(query)


async def forget_answers(session: AsyncSession, member_id: str, now: datetime) -> Counter[str]:
    """Forget whom they wanted to help and what they met too; their place in threads is nobody's."""
    gone: Counter[str] = Counter()
    for table in (Interest, Helper):
        mine = delete(table).where(table.member_id == member_id).returning(table.problem_id)
        for problem_id in sorted((await session.scalars(mine)).all()):
            await _redraw_state(session, problem_id, now)
            gone[table.__tablename__] += 1
    # The message itself is in Slack. That there is one keeps the card's count true.
    said = (
        update(Reply)
        .where(Reply.member_id == member_id)
        .values(member_id=SOMEBODY)
        .returning(Reply.id)
    )
    replies = await session.scalars(said, execution_options={"synchronize_session": False})
    gone[Reply.__tablename__] = len(replies.all())
    return gone


async def _let_go(session: AsyncSession, member_id: str, now: datetime) -> int:
    """Forget who shared what without a name, and plan when the rest of it goes; say how many."""
    hidden = HiddenAuthor.problems_of(member_id)
    query = select(Problem).where(Problem.id.in_(hidden)).order_by(Problem.id).with_for_update()
    for problem in (await session.scalars(query)).all():
        community = await session.get_one(Community, problem.community_id)
        problem.forgets_at = _some_day(now, community.tz)
        problem.request_key = f"gone:{problem.id}"
    mine = delete(HiddenAuthor).where(HiddenAuthor.member_id == member_id)
    rows = await session.scalars(mine.returning(HiddenAuthor.problem_id))
    return len(rows.all())


def _some_day(now: datetime, tz: str) -> datetime:
    """Return a moment by day that tells nothing of when it was drawn, nor of the others drawn."""
    later = FIRST_DAY + secrets.randbelow(LAST_DAY - FIRST_DAY + 1)
    day = now.astimezone(zone(tz)).date() + timedelta(days=later)
    morning = next_daytime(at_wall(day, MORNING, tz), tz)
    return morning + timedelta(minutes=secrets.randbelow(BY_DAY))


async def _forget(
    session: AsyncSession, problems: Sequence[Problem], member_id: str, now: datetime
) -> None:
    """Leave no more of them than colleagues' answers need; `member_id` is whose count not."""
    await _forget_beside(session, problems, now)
    answered = await _answered(session, problems, member_id)
    kept = [one for one in problems if one.deleted_at is None and one.id in answered]
    withdrawn = [one for one in problems if one not in kept]
    for problem in problems:
        problem.request_key = f"gone:{problem.id}"
    for problem in kept:
        _keep_title(problem)
    for problem in withdrawn:
        await problem.withdraw(session, now)
    await session.flush()
    await search.forget(session, KIND, *(one.id for one in withdrawn))
    here = select(Community).where(Community.id.in_({one.community_id for one in kept}))
    communities = {one.id: one for one in await session.scalars(here)}
    for problem in kept:
        await keep_problem_findable(session, problem, communities[problem.community_id])
    for problem in problems:
        await _redraw_state(session, problem.id, now)
        await redraw_digests(session, problem.community_id, problem.shared_at, now)
        await Post.redraw(session, ATTENTION, problem.community_id, now)
        await Post.redraw(session, RESOLUTION, problem.id, now)


async def _forget_beside(session: AsyncSession, problems: Sequence[Problem], now: datetime) -> None:
    """Forget what was answered through the bot, and what was said of them at consultancies.

    Most problems never came to one, and no pilot began with them; these are not asked one by one.
    """
    ids = [one.id for one in problems]
    theirs = delete(Answer).where(Answer.problem_id.in_(ids)).returning(Answer.id)
    await Post.redraw(session, ANSWER, (await session.scalars(theirs)).all(), now)
    pilots = select(Pilot.problem_id).where(Pilot.problem_id.in_(ids))
    begun_with = set(await session.scalars(pilots))
    at_consultancies = union(
        select(Consultancy.problem_id).where(Consultancy.problem_id.in_(ids)),
        select(Signup.problem_id).where(Signup.problem_id.in_(ids)),
    )
    brought = set(await session.scalars(at_consultancies))
    for problem in problems:
        if problem.id in begun_with:
            await redraw_begun_with(session, problem, now)
        if problem.id in brought:
            await asynchronous.forget(session, problem, now)
            await forget_words(session, problem.id, now)
            await redraw_headlines(session, problem.id, now)


def _keep_title(problem: Problem) -> None:
    """Keep of it what colleagues answered to, as from somebody who is gone."""
    problem.author_id = None if problem.is_without_name else SOMEBODY
    problem.happening = DELETED
    problem.tried = problem.question = problem.source_permalink = None
    problem.learned = LEARNED_DELETED if problem.learned else None
    problem.topics = []


async def _answered(session: AsyncSession, problems: Sequence[Problem], member_id: str) -> set[int]:
    """Return in whose threads somebody else wrote."""
    query = select(Reply.problem_id).where(
        Reply.problem_id.in_([one.id for one in problems]),
        Reply.member_id != member_id,
        Reply.deleted_at.is_(None),
    )
    return set(await session.scalars(query.distinct()))


async def _redraw_state(session: AsyncSession, problem_id: int, now: datetime) -> None:
    await Post.redraw(session, CARD, problem_id, now)
    await Post.redraw(session, RETURN, problem_id, now)
