"""Forgetting: nothing that was written about a problem stays once the problem is withdrawn."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.consultancies.afterwards import FOLLOW_UP, NEXT_STEP, OUTCOME, THANKS, of_problem
from models.consultancies.consultancy import Consultancy
from models.consultancies.follow_ups import FollowUp
from models.consultancies.telling import HEADLINE
from models.findable import keep_hangout_findable
from models.hangouts import posted, telling
from models.hangouts.hangout import Hangout
from models.hangouts.signups import Signup
from models.posts import Post
from models.problems import forget_letters


async def forget_words(session: AsyncSession, problem_id: int, now: datetime) -> None:
    """Forget what was written about a problem that is withdrawn, and end its consultancies.

    Who presented at a hangout stays: their name was public, and says nothing of the problem.
    """
    for signup in await session.scalars(select(Signup).where(Signup.problem_id == problem_id)):
        signup.problem_id = signup.question = None
        hangout = await session.get_one(Hangout, signup.hangout_id)
        await telling.redraw_cards(session, hangout, now)
    for consultancy in await of_problem(session, problem_id):
        consultancy.question = consultancy.outcome = None
        consultancy.next_step = consultancy.thanks = None
        consultancy.finished_at = consultancy.finished_at or now
        for row in await FollowUp.of(session, consultancy.id):
            row.note = None
        for kind in (OUTCOME, THANKS, HEADLINE):
            await Post.redraw(session, kind, consultancy.id, now)
        await forget_letters(session, [NEXT_STEP, FOLLOW_UP], consultancy.id)
        await _forget_in_notes(session, consultancy, now)


async def _forget_in_notes(session: AsyncSession, consultancy: Consultancy, now: datetime) -> None:
    """Take what came of it out of the hangout's notes, and out of what the search knows of them."""
    hangout = await session.get(Hangout, consultancy.hangout_id or 0)
    if hangout is None or hangout.noted_at is None:
        return
    await session.flush()
    community = await session.get_one(Community, hangout.community_id)
    await keep_hangout_findable(session, hangout, community)
    await Post.redraw(session, posted.NOTES, hangout.id, now)
