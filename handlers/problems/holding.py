"""Holding: a problem in the hands of somebody who may change it, or answer it without a name."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.errors import NotAllowedError
from models.members import Member
from models.posts import Post
from models.problems import Problem
from models.problems.posted import card_key
from models.time import Clock


@dataclass(frozen=True)
class Held:
    """A problem and its community; nobody else changes the problem until the transaction ends."""

    problem: Problem
    community: Community


async def to_change(session: AsyncSession, problem_id: object, member: Member) -> Held:
    """Return the problem if this member may change it; raises NotHereError, NotAllowedError."""
    held = await _held(session, problem_id, member)
    known = await Member.known(session, held.community.facilitators)
    names = {one: row.name for one, row in known.items() if row.name}
    await held.problem.require_changer(session, member, held.community, names)
    return held


async def to_answer(session: AsyncSession, problem_id: object, member: Member) -> Held:
    """Return the problem if this member shared it without their name; raises like `to_change`."""
    held = await _held(session, problem_id, member)
    is_theirs = await held.problem.is_by(session, member.member_id)
    if not held.problem.is_without_name or not is_theirs:
        raise NotAllowedError(
            "Only whoever shared this problem can answer it without a name. "
            "Your own answer is welcome in its thread."
        )
    return held


async def _held(session: AsyncSession, problem_id: object, member: Member) -> Held:
    problem = await Problem.visible_to(session, str(problem_id), member.member_id, to_change=True)
    return Held(problem, await session.get_one(Community, problem.community_id))


async def tell_thread(
    session: AsyncSession, held: Held, kind: str, request_id: str, clock: Clock, about_id: int
) -> None:
    """Keep a post for the problem's thread; a form sent twice, with the same id, is said once."""
    await Post.add(
        session,
        f"{kind}:{held.problem.id}:{request_id}",
        held.community.channel_id,
        kind=kind,
        due_at=clock(),
        about_id=about_id,
        thread_of=card_key(held.problem.id),
    )
