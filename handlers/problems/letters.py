"""Letters to a problem's author: who can help, who answered, and what a facilitator changed.

A letter's row says whom it goes to, so those about a problem without a name go when the problem
does, and its withdrawal itself is written to nobody whose name was never known.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.message import Message
from handlers.blocks.problems.cards import More
from handlers.blocks.problems.letters import (
    ANSWERS,
    CHANGES,
    OFFERS,
    answers_letter,
    change_letter,
    offer_notice,
)
from handlers.messages import Said
from handlers.posts import PostKind
from handlers.problems.drawing import legend_for
from models.members import Member
from models.posts import DUE, Post
from models.problems import Problem, Reply, forget_letters, newest_letter
from models.problems.posted import HEARD

OFFER = "problems.offer"
CHANGE = "problems.change"
# Answers that come within this time of the last letter about them wait and share the next one.
BETWEEN_LETTERS = timedelta(hours=1)


async def tell_of_offer(
    session: AsyncSession, problem: Problem, helper_id: str, now: datetime
) -> None:
    """Keep a letter that tells the author who can help."""
    if author_id := await problem.author(session):
        key = f"{OFFER}:{problem.id}:{helper_id}"
        await Post.add(session, key, author_id, kind=OFFER, due_at=now, about_id=problem.id)


async def tell_of_answer(
    session: AsyncSession, problem: Problem, said: Said, now: datetime
) -> None:
    """Keep a letter about an answer: the first is told at once, more of them once an hour."""
    author_id = await problem.author(session)
    if author_id in (None, said.member_id):
        return
    last = await newest_letter(session, HEARD, problem.id)
    if last is not None and last.state == DUE:
        # It is drawn when it is sent, with this answer in it.
        return
    due_at = now if last is None else max(now, last.due_at + BETWEEN_LETTERS)
    key = f"{HEARD}:{problem.id}:{said.ts}"
    await Post.add(session, key, author_id, kind=HEARD, due_at=due_at, about_id=problem.id)


@dataclass(frozen=True)
class Changed:
    """What this member did to a problem, with the form `view`."""

    change: More
    member: Member
    view: Mapping[str, Any]


async def tell_of_change(
    session: AsyncSession, problem: Problem, done: Changed, now: datetime
) -> None:
    """Keep a letter about what somebody else did with the author's problem."""
    await tell_author(session, problem, await problem.author(session), done, now)


async def tell_author(
    session: AsyncSession, problem: Problem, author_id: str | None, done: Changed, now: datetime
) -> None:
    """Keep that letter for a known author. Of a withdrawn problem only a named one may be known."""
    changer_id = done.member.member_id
    if author_id and author_id != changer_id:
        key = f"{CHANGE}:{done.change}:{changer_id}:{problem.id}:{done.view['id']}"
        await Post.add(session, key, author_id, kind=CHANGE, due_at=now, about_id=problem.id)


async def take_letters_away(session: AsyncSession, problem: Problem) -> None:
    """Leave no row that tells who shared a problem which is withdrawn."""
    await forget_letters(session, list(LETTERS), problem.id)


async def draw_offer(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw who can help, unless the problem is over meanwhile."""
    problem = await session.get(Problem, post.about_id)
    if problem is None or not problem.is_open:
        return None
    helper_id = post.key.rpartition(":")[2]
    return offer_notice(problem, helper_id, await legend_for(session, problem, helper_id))


async def draw_answers(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw who answered since the letter before, unless all of it was deleted meanwhile."""
    problem = await session.get(Problem, post.about_id)
    if problem is None or problem.deleted_at is not None:
        return None
    since = post.key.rpartition(":")[2]
    who = await Reply.writers_since(session, problem.id, since, but_not=post.place_id)
    if not who:
        return None
    return answers_letter(problem, who, await legend_for(session, problem, *who))


async def draw_change(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw what somebody did, unless it does not hold any more."""
    problem = await session.get(Problem, post.about_id)
    if problem is None:
        return None
    change, changer_id = More(post.key.split(":")[1]), post.key.split(":")[2]
    is_gone, is_over = problem.deleted_at is not None, problem.resolved_at is not None
    if is_gone != (change is More.DELETE) or (change is More.RESOLVE and not is_over):
        return None
    return change_letter(
        problem, change, changer_id, await legend_for(session, problem, changer_id)
    )


LETTERS = {
    OFFER: PostKind(draw_offer, switch=OFFERS),
    HEARD: PostKind(draw_answers, switch=ANSWERS),
    CHANGE: PostKind(draw_change, switch=CHANGES),
}
