"""Outcomes: what came of a consultancy, in the thread of its problem."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.consultancies.outcomes import Outcome, outcome_message
from handlers.blocks.message import Message
from handlers.posts import PostKind
from models.communities import Community
from models.consultancies import afterwards
from models.consultancies.consultancy import Consultancy
from models.consultancies.follow_ups import FollowUp
from models.findable import keep_problem_findable
from models.members import Member
from models.posts import Post
from models.workspaces import Workspace

KEPT = "Kept. It stands in the thread of your problem."


async def show(session: AsyncSession, consultancy: Consultancy, now: datetime) -> None:
    """Show what came of it in the problem's thread, and let the search find it."""
    await afterwards.post_outcome(session, consultancy, now)
    problem = await afterwards.problem_of(session, consultancy)
    if problem is not None:
        community = await session.get_one(Community, consultancy.community_id)
        await keep_problem_findable(session, problem, community)


async def outcome_of(session: AsyncSession, consultancy: Consultancy) -> Outcome:
    problem = await afterwards.problem_of(session, consultancy)
    known = await Member.known(session, [consultancy.presenter_id or ""])
    card = await Post.keyed(session, f"problems.card:{problem.id}") if problem else None
    return Outcome(
        consultancy=consultancy,
        problem=problem,
        follow_ups=await FollowUp.of(session, consultancy.id),
        names={one: row.name for one, row in known.items() if row.name},
        link=card.permalink(await Workspace.address(session)) if card else None,
    )


async def living_outcome(session: AsyncSession, post: Post) -> Outcome | None:
    """Return what a letter is about, unless its problem was withdrawn."""
    consultancy = await session.get(Consultancy, post.about_id)
    if consultancy is None:
        return None
    outcome = await outcome_of(session, consultancy)
    if outcome.problem is not None and outcome.problem.deleted_at is not None:
        return None
    return outcome


async def draw_outcome(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw what came of it, as it is now."""
    consultancy = await session.get(Consultancy, post.about_id)
    if consultancy is None:
        return None
    outcome = await outcome_of(session, consultancy)
    is_gone = outcome.problem is not None and outcome.problem.deleted_at is not None
    if post.ts is None and (is_gone or not (consultancy.outcome or consultancy.next_step)):
        return None
    return outcome_message(outcome)


POSTS = {afterwards.OUTCOME: PostKind(draw_outcome)}
