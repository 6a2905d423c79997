"""Responding: colleagues press *Me too* or *I can help*, and answer in the thread."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.problems.cards import ME_TOO, OFFER_HELP
from handlers.blocks.problems.notes import interest_noted, offer_thanks
from handlers.blocks.text import unescape
from handlers.home import Home
from handlers.messages import Said
from handlers.problems.drawing import legend_for, redraw_state
from handlers.problems.letters import tell_of_answer, tell_of_offer
from handlers.request import Reply
from models.consultancies import asynchronous
from models.database import Database
from models.members import Member
from models.posts import GONE, Post
from models.problems import Problem
from models.problems.answers import Reply as Answered
from models.problems.posted import CARD, RETURN
from models.time import Clock


def register(app: Any) -> None:
    app.action(ME_TOO)(me_too)
    app.action(OFFER_HELP)(offer_help)


async def me_too(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Count one more who met this, or take it back; the card follows in place."""
    await ack()
    async with db.begin() as session:
        problem = await Problem.visible_to(
            session, action.get("value") or "", member.member_id, to_change=True
        )
        counts = await problem.me_too(session, member.member_id, clock())
        await Post.redraw(session, CARD, problem.id, clock())
        author_id = await problem.author(session)
    await reply(interest_noted(counts=counts))
    await home.refresh(author_id or "")


async def offer_help(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Note who can help and tell the author; pressing twice tells them once."""
    await ack()
    async with db.begin() as session:
        problem = await Problem.visible_to(
            session, action.get("value") or "", member.member_id, to_change=True
        )
        is_news = await problem.offer_help(session, member.member_id, clock())
        if is_news:
            await tell_of_offer(session, problem, member.member_id, clock())
            await Post.redraw(session, CARD, problem.id, clock())
        legend = await legend_for(session, problem)
        author_id = await problem.author(session)
    await reply(offer_thanks(problem, legend))
    await home.refresh(author_id or "")


async def follow_message(session: AsyncSession, said: Said, now: datetime) -> Collection[str]:
    """Count what is said in a problem's thread, and notice when its card is deleted.

    What an asynchronous consultancy gathers as a question reaches the author with the others.
    Returns the author, whose page shows the count.
    """
    post = await Post.standing_at(session, said.channel_id, said.thread_ts or said.ts)
    if post is None or post.kind not in (CARD, RETURN) or post.about_id is None:
        return ()
    if said.ts == post.ts:
        if said.change == "deleted":
            post.ends(GONE)
        return ()
    problem = await session.get(Problem, post.about_id, with_for_update=True)
    if problem is None or problem.deleted_at is not None or said.member_id is None:
        return ()
    if said.change == "deleted":
        await problem.note_reply_deleted(session, said.ts, said.member_id, said.at)
    else:
        await _count(session, problem, said, now)
    await redraw_state(session, problem, now)
    return [author_id] if (author_id := await problem.author(session)) else ()


async def _count(session: AsyncSession, problem: Problem, said: Said, now: datetime) -> None:
    """Count a message, and tell the author of one that answers."""
    is_new = await problem.note_reply(session, said.ts, said.member_id or "", said.at)
    asks = await asynchronous.is_gathered(session, problem, unescape(said.text), said.at)
    await Answered.note_asking(session, problem.id, said.ts, is_question=asks)
    if is_new and not asks:
        await tell_of_answer(session, problem, said, now)
