"""Championing: a lead says a kind word about a shared pilot; its teacher and the card have it."""

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.message import Message
from handlers.blocks.pilots.championing import (
    CHAMPION_FORM,
    champion_form,
    champion_letter,
    championed,
)
from handlers.blocks.pilots.facts import Known
from handlers.blocks.pilots.ids import CHAMPION
from handlers.blocks.problems.fields import doubts_about
from handlers.names import names_of
from handlers.posts import PostKind
from handlers.request import Forms, Reply, said_in
from models.database import Database
from models.members import Member
from models.pilots.championing import champion, kind_word, to_champion, words_of
from models.pilots.pilot import Pilot
from models.pilots.posted import CHAMPIONED, NEWS
from models.posts import Post
from models.time import Clock


def register(app: Any) -> None:
    app.action(CHAMPION)(open_form)
    app.view(CHAMPION_FORM)(champion_pilot)


async def open_form(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, forms: Forms
) -> None:
    """Open the form for leads; others learn kindly what it is for."""
    await ack()
    async with db() as session:
        pilot = await to_champion(session, action.get("value"), member)
        said = await words_of(session, pilot.id, member.member_id)
        teacher = await _teacher(session, pilot)
    form = champion_form(pilot, teacher, said.words if said else None, asked_in=said_in(forms.body))
    await forms.open(form, opener=CHAMPION, typed={}, value=str(pilot.id))


async def champion_pilot(
    ack: AsyncAck, view: dict[str, Any], member: Member, db: Database, clock: Clock, reply: Reply
) -> None:
    """Keep the kind word: on the card, and in a letter to the teacher."""
    answers, carries = read_form(view), carried_by(view)
    words = kind_word(answers.get("words"))
    doubts = doubts_about(words, answers)
    async with db.begin() as session:
        pilot = await to_champion(session, carries.get("pilot_id"), member)
        is_new = not doubts and await champion(session, pilot, member, words, clock())
        teacher = await _teacher(session, pilot)
    asked_in = carries.get("asked_in")
    if doubts:
        form = champion_form(pilot, teacher, words, doubts, asked_in)
        await ack(response_action="update", view=form)
        return
    await ack()
    if is_new:
        await reply(championed(teacher), place_id=asked_in)


async def draw_championed(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the lead's words as they are now, unless the pilot is gone."""
    pilot = await session.get(Pilot, post.about_id)
    champion_id = post.key.rpartition(":")[2]
    if pilot is None or pilot.deleted_at is not None:
        return None
    said = await words_of(session, pilot.id, champion_id)
    if said is None:
        return None
    return champion_letter(pilot, said, Known(names=await names_of(session, [champion_id])))


async def _teacher(session: AsyncSession, pilot: Pilot) -> str:
    return Known(names=await names_of(session, [pilot.member_id])).name(pilot.member_id)


POSTS = {CHAMPIONED: PostKind(draw_championed, switch=NEWS)}
