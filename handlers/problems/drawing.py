"""How what the bot says of problems is drawn, at the moment it is said."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.beside import EVERYBODY, materials_beside
from handlers.blocks.message import Message
from handlers.blocks.problems.cards import problem_card
from handlers.blocks.problems.facts import Legend
from handlers.blocks.problems.notes import (
    answer_without_name,
    resolution,
    return_message,
    withdrawn_since,
)
from handlers.posts import PostKind
from models.communities import Community
from models.consultancies import asynchronous
from models.consultancies.telling import redraw_headlines
from models.digests.telling import redraw_digests
from models.hangouts.bringing import hangouts_of
from models.materials.material import About
from models.members import Member
from models.posts import Post
from models.problems import Answer, Problem, Standing
from models.problems.posted import ANSWER, CARD, RESOLUTION, RETURN, card_links


async def legend_of(session: AsyncSession, standings: Collection[Standing]) -> Legend:
    """Return what drawing these problems takes: names, addresses, and how far colleagues are."""
    people = {one for standing in standings for one in standing.helper_ids}
    people |= {one.problem.author_id for one in standings if one.problem.author_id}
    names = {one: row.name for one, row in (await Member.known(session, people)).items()}
    ids = [one.problem.id for one in standings]
    return Legend(
        names={one: name for one, name in names.items() if name},
        links=await card_links(session, ids),
        consultancies=await asynchronous.running_for(session, ids),
        hangouts=await hangouts_of(session, ids),
    )


async def legend_for(session: AsyncSession, problem: Problem, *people: str) -> Legend:
    """Return names and addresses for drawing one problem and naming these people."""
    return await legend_of(session, [Standing(problem=problem, helper_ids=people)])


async def draw_card(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the card as things stand; one withdrawn before it was said is not said."""
    problem = await session.get(Problem, post.about_id)
    if problem is None or (problem.deleted_at is not None and post.ts is None):
        return None
    standing = await Standing.of(session, problem)
    beside = await materials_beside(session, About.PROBLEM, [problem.id], EVERYBODY)
    return problem_card(standing, await legend_of(session, [standing]), beside.get(problem.id))


async def draw_return(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw the question once more, unless somebody answered; once said, draw what became of it."""
    problem = await _unless_withdrawn(session, post.about_id)
    if problem is None:
        return _taken_back(post)
    standing = await Standing.of(session, problem)
    if post.ts is None and not standing.is_unanswered:
        return None
    community = await session.get_one(Community, problem.community_id)
    # Redrawn after an edit, it still names the day it named before.
    told_at = post.said_at or now
    return return_message(standing, await legend_for(session, problem), community.tz, told_at)


async def draw_resolution(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw what was learned, unless the problem was reopened or withdrawn meanwhile."""
    problem = await _unless_withdrawn(session, post.about_id)
    if problem is None:
        return _taken_back(post)
    return resolution(problem) if problem.resolved_at is not None else None


async def draw_answer(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw an answer of whoever shared without a name."""
    answer = await session.get(Answer, post.about_id)
    problem = await _unless_withdrawn(session, answer.problem_id if answer else None)
    if answer is None or problem is None:
        return _taken_back(post)
    return answer_without_name(answer.text)


async def _unless_withdrawn(session: AsyncSession, problem_id: int | None) -> Problem | None:
    problem = await session.get(Problem, problem_id) if problem_id is not None else None
    return problem if problem is not None and problem.deleted_at is None else None


def _taken_back(post: Post) -> Message | None:
    """Return what stands in place of something said about a problem that was withdrawn since."""
    return withdrawn_since() if post.ts is not None else None


async def redraw_state(session: AsyncSession, problem: Problem, now: datetime) -> None:
    """Show how the problem stands now, on its card and where it was brought back."""
    await Post.redraw(session, CARD, problem.id, now)
    await Post.redraw(session, RETURN, problem.id, now)


async def redraw_words(session: AsyncSession, problem: Problem, now: datetime) -> None:
    """Show new words wherever the old ones stand for everybody; after a withdrawal, none."""
    await redraw_state(session, problem, now)
    await redraw_digests(session, problem.community_id, problem.shared_at, now)
    await redraw_headlines(session, problem.id, now)
    if not problem.is_open:
        await Post.redraw(session, RESOLUTION, problem.id, now)
    if problem.deleted_at is not None:
        for answer_id in await Answer.ids_of(session, problem.id):
            await Post.redraw(session, ANSWER, answer_id, now)


def channel_name(communities: Sequence[Community]) -> str | None:
    """Return what the channel is called when there is just one."""
    if len(communities) != 1:
        return None
    [community] = communities
    return f"#{community.channel_name}" if community.channel_name else community.name


POSTS = {
    CARD: PostKind(draw_card),
    RETURN: PostKind(draw_return),
    RESOLUTION: PostKind(draw_resolution),
    ANSWER: PostKind(draw_answer),
}
