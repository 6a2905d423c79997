"""Suggesting: who helped, after a hangout or when a problem is resolved. Never thanked by itself.

(a hangout is over)                 each presenter hears who was there, mostly the next morning
[Say thanks]                        the form, for those who are known to have been there by then
(I resolve my problem)              the answer names who wrote along
(a colleague resolves my problem)   a letter does
"""

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.message import Message
from handlers.blocks.thanks.suggesting import (
    FOR_HANGOUT,
    after_hangout,
    after_resolving,
    nobody_to_thank,
)
from handlers.names import names_of
from handlers.posts import PostKind
from handlers.request import Forms, Reply, Where
from handlers.thanks.filling import open_form
from models.database import Database
from models.hangouts.hangout import Hangout
from models.ids import id_from
from models.posts import Post
from models.problems import Problem
from models.problems.posted import card_links
from models.thanks import suggesting
from models.thanks.pointing import pointers_of
from models.thanks.posted import IDEAS, SUGGESTION, SUGGESTION_OF_PROBLEM
from models.thanks.suggesting import Suggestion
from models.thanks.thanks import About, Thanks


def register(app: Any) -> None:
    app.action(FOR_HANGOUT)(open_for_hangout)


async def open_for_hangout(
    ack: AsyncAck,
    action: dict[str, Any],
    member_id: str,
    db: Database,
    where: Where,
    forms: Forms,
    reply: Reply,
) -> None:
    """Open the form for those whom this presenter may thank now, whatever the letter said."""
    await ack()
    async with db() as session:
        hangout = await session.get(Hangout, id_from(action.get("value")) or 0)
        found = await suggesting.for_hangout(session, hangout, member_id) if hangout else None
    if found is None:
        await reply(nobody_to_thank())
        return
    typed = {
        "receiver_ids": list(found.member_ids),
        "about": f"{found.about_kind}:{found.about_id}",
        "community_id": found.community_id,
    }
    await open_form(where, forms, typed)


async def draw_after_hangout(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw who was there, unless all of them were thanked meanwhile or have left."""
    hangout = await session.get(Hangout, post.about_id)
    found = await suggesting.for_hangout(session, hangout, post.place_id) if hangout else None
    if hangout is None or found is None:
        return None
    alike = Thanks(
        id=0, community_id=hangout.community_id, about_kind=About.HANGOUT, about_id=hangout.id
    )
    pointers = await pointers_of(session, [alike], post.place_id)
    return after_hangout(found, await _names(session, found), pointers.get(0))


async def draw_after_resolving(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw who wrote along, unless the problem was opened again or all were thanked meanwhile."""
    problem = await session.get(Problem, post.about_id)
    if problem is None or problem.resolved_at is None:
        return None
    found = await suggesting.for_problem(session, problem, post.place_id)
    if found is None:
        return None
    url = (await card_links(session, [problem.id])).get(problem.id)
    return after_resolving(found, await _names(session, found), problem.title, url)


async def _names(session: AsyncSession, found: Suggestion) -> dict[str, str]:
    return await names_of(session, found.member_ids)


POSTS = {
    SUGGESTION: PostKind(draw_after_hangout, switch=IDEAS),
    SUGGESTION_OF_PROBLEM: PostKind(draw_after_resolving, switch=IDEAS),
}
