"""Drawing: how a consultancy at a hangout looks at the moment it is said."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.consultancies.leading import (
    Scene,
    headline_card,
    step_message,
    time_is_up,
)
from handlers.blocks.message import Message
from handlers.names import names_of
from handlers.posts import PostKind
from models.communities import Community
from models.consultancies.consultancy import Consultancy
from models.consultancies.leading import leaders
from models.consultancies.telling import HEADLINE, STEP, TIME_IS_UP, step_in
from models.hangouts.hangout import Hangout
from models.posts import Post
from models.problems import Problem
from models.problems.posted import card_links


async def draw_headline(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the card as things stand; one that was called off or ended before is not said."""
    scene = await _scene(session, post)
    if scene is None:
        return None
    is_over = scene.consultancy.finished_at is not None or not scene.hangout.is_on
    return None if post.ts is None and is_over else headline_card(scene)


async def draw_step(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw a step's prompt; one that the group has left before it was said is not said."""
    scene, step = await _scene(session, post), step_in(post)
    if scene is None:
        return None
    is_present = scene.consultancy.is_running and scene.consultancy.step == step
    return None if post.ts is None and not is_present else step_message(scene, step)


async def draw_time_is_up(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the word at a step's end, unless the group went on or took more time."""
    scene, step = await _scene(session, post), step_in(post)
    if scene is None or not scene.consultancy.is_running:
        return None
    expected = f"{step}:{post.key.rpartition(':')[2]}"
    stands = f"{scene.consultancy.step}:{scene.consultancy.step_end}"
    return time_is_up(scene, step) if expected == stands else None


async def _scene(session: AsyncSession, post: Post) -> Scene | None:
    consultancy = await session.get(Consultancy, post.about_id)
    if consultancy is None or consultancy.hangout_id is None:
        return None
    hangout = await session.get_one(Hangout, consultancy.hangout_id)
    problem_id = consultancy.problem_id
    problem = await session.get(Problem, problem_id) if problem_id is not None else None
    links = await card_links(session, [problem.id] if problem is not None else [])
    community = await session.get_one(Community, consultancy.community_id)
    leader_ids = await leaders(session, hangout, community)
    people = [*leader_ids, consultancy.presenter_id or ""]
    return Scene(
        consultancy=consultancy,
        hangout=hangout,
        problem=problem,
        link=links.get(problem_id or 0),
        leader_ids=leader_ids,
        names=await names_of(session, people),
    )


POSTS = {
    HEADLINE: PostKind(draw_headline),
    STEP: PostKind(draw_step),
    TIME_IS_UP: PostKind(draw_time_is_up),
}
