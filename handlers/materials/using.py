"""Using: who used a material and how it went.

[I used this]           asks how it went, and in which pilot; pressed again it can be changed
(a day has passed)      whoever saved it reads of all who used it since, in one letter
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.models.views import View
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.materials.checking import withdrawn_letter
from handlers.blocks.materials.ids import USED as USED_BUTTON
from handlers.blocks.materials.using import (
    USE_FORM,
    use_form,
    use_kept,
    use_taken_back,
    used_letter,
)
from handlers.blocks.message import Message
from handlers.blocks.posts import deleted_since
from handlers.blocks.problems.fields import doubts_about
from handlers.home import Home
from handlers.materials.drawing import known_of, told_in
from handlers.posts import PostKind
from handlers.request import Forms, Reply, said_in
from models.database import Database
from models.ids import id_from
from models.materials import using
from models.materials.posted import NEWS, USED
from models.materials.using import NotMyPilotError, Told
from models.posts import Post
from models.time import Clock


def register(app: Any) -> None:
    app.action(USED_BUTTON)(open_form)
    app.view(USE_FORM)(keep_use)


async def open_form(
    ack: AsyncAck, action: dict[str, Any], member_id: str, db: Database, forms: Forms
) -> None:
    """Ask how it went, with what this person said before."""
    await ack()
    async with db() as session:
        material = await using.to_use(session, action.get("value"), member_id)
        use = await using.use_of(session, material.id, member_id)
        pilots = await using.my_pilots(session, member_id)
        known = await known_of(session, [material], member_id)
    view = use_form(
        material,
        known.name(material.owner_id),
        pilots,
        Told(use.how, use.pilot_id) if use else None,
        asked_in=said_in(forms.body),
        is_known=use is not None,
    )
    await forms.open(view, opener=USED_BUTTON, typed={}, value=str(material.id))


async def keep_use(
    ack: AsyncAck,
    view: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Keep how it went, or take it back; ask first when a student may be named."""
    answers, carries = read_form(view), carried_by(view)
    said = Told(using.how_it_went(answers.get("how")), _pilot_id(answers.get("pilot")))
    asked_in = carries.get("asked_in")
    done: Message | View
    async with db.begin() as session:
        material = await using.to_use(session, carries.get("material_id"), member_id)
        known = await known_of(session, [material], member_id)
        owner = known.name(material.owner_id)
        if answers.get("not_used"):
            await using.take_back(session, material, member_id, clock())
            done = use_taken_back(material, known)
        elif doubts := doubts_about(said.how or "", answers):
            pilots, is_known = await using.my_pilots(session, member_id), "not_used" in answers
            done = use_form(material, owner, pilots, said, doubts, asked_in, is_known=is_known)
        else:
            is_new = await using.use(session, material, member_id, said, clock())
            done = use_kept(material, owner, known, is_new=is_new)
    if isinstance(done, View):
        await ack(response_action="update", view=done)
        return
    await ack()
    await reply(done, place_id=asked_in)
    await home.refresh(member_id)


def _pilot_id(chosen: object) -> int | None:
    """Return the pilot chosen, None for none; raises a NotMyPilotError for what is no id."""
    if not chosen:
        return None
    number = id_from(chosen)
    if number is None:
        raise NotMyPilotError("Please choose one of your own pilots, or none.")
    return number


async def draw_used(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw who used it since the last letter, unless all of it was taken back or it is gone."""
    material = await told_in(session, post)
    if material is None:
        return withdrawn_letter() if post.ts is not None else None
    news = await using.news_in(session, post)
    if not news:
        return deleted_since() if post.ts is not None else None
    people = {one.use.member_id for one in news}
    return used_letter(material, news, await known_of(session, [material], post.place_id, people))


POSTS = {USED: PostKind(draw_used, switch=NEWS)}
