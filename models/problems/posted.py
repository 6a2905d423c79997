"""What the bot says of a problem: its card, letters to its author, and when it is brought back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.posts import DUE, Post
from models.problems.problem import Problem
from models.time import next_daytime
from models.workspaces import Workspace

CARD = "problems.card"
RETURN = "problems.return"
# In the thread of the card: what was learned, and what the author answers without a name.
RESOLUTION, ANSWER = "problems.resolution", "problems.answer"
# A letter to the author: who answered.
HEARD = "problems.heard"
# A question that could not be brought back for this long is in nobody's mind any more.
RETURN_IS_USEFUL_FOR = timedelta(days=5)
# Two questions brought back at once are read like a list of duties.
BETWEEN_RETURNS = timedelta(hours=1)


def card_key(problem_id: int) -> str:
    return f"{CARD}:{problem_id}"


async def post_card(session: AsyncSession, problem: Problem, community: Community) -> None:
    """Keep the card to be said now, and the question to be brought back if nobody answers."""
    await Post.add(
        session,
        card_key(problem.id),
        community.channel_id,
        kind=CARD,
        due_at=problem.shared_at,
        about_id=problem.id,
        # Empty for a problem without a name, which no row beside it may give away, and where the
        # bot is known to be away, because then the author was told at once.
        cause_id=problem.author_id if community.bot_left_at is None else None,
    )
    due_at = await _return_moment(session, problem, community)
    await Post.add(
        session,
        f"{RETURN}:{problem.id}",
        community.channel_id,
        kind=RETURN,
        due_at=due_at,
        about_id=problem.id,
        useful_until=due_at + RETURN_IS_USEFUL_FOR,
    )


async def put_off_return(
    session: AsyncSession, problem: Problem, community: Community, until: datetime
) -> None:
    """Bring the problem back no sooner than that: until then colleagues think about it anyway."""
    due_at = next_daytime(until, community.tz)
    await session.execute(
        update(Post)
        .where(Post.key == f"{RETURN}:{problem.id}", Post.state == DUE, Post.due_at < due_at)
        .values(due_at=due_at, useful_until=due_at + RETURN_IS_USEFUL_FOR),
        execution_options={"synchronize_session": False},
    )


async def card_links(session: AsyncSession, problem_ids: Collection[int]) -> dict[int, str]:
    """Return the addresses of those problems' cards that stand in Slack, by problem id."""
    if not problem_ids:
        return {}
    cards = await Post.standing(session, CARD, list(problem_ids))
    address = await Workspace.address(session)
    links = {card.about_id: card.permalink(address) for card in cards}
    return {about_id: link for about_id, link in links.items() if about_id is not None and link}


async def newest_letter(session: AsyncSession, kind: str, problem_id: int) -> Post | None:
    """Return the letter of that kind which was kept last, said or not."""
    query = select(Post).where(Post.kind == kind, Post.about_id == problem_id)
    return (await session.scalars(query.order_by(Post.id.desc()).limit(1))).first()


async def forget_letters(session: AsyncSession, kinds: Collection[str], problem_id: int) -> None:
    """Remove the rows of letters about a problem: whom they went to tells who shared it."""
    await session.execute(delete(Post).where(Post.kind.in_(kinds), Post.about_id == problem_id))


async def _return_moment(session: AsyncSession, problem: Problem, community: Community) -> datetime:
    """Return when to bring the problem back: by day, well apart from others of that channel."""
    moment = problem.return_due_at(community.tz)
    planned = await session.scalars(
        select(Post.due_at)
        .where(Post.kind == RETURN, Post.place_id == community.channel_id, Post.state == DUE)
        .where(Post.due_at > moment - BETWEEN_RETURNS)
        .order_by(Post.due_at)
    )
    for other in planned:
        if abs(other - moment) < BETWEEN_RETURNS:
            moment = next_daytime(other + BETWEEN_RETURNS, community.tz)
    return moment
