"""Customs: how a community thanks, and its weekly prompt.

/thanks customs     facilitators: the reasons, the emoji that seconds, a day and time to ask
(once a week)       the channel is asked whom it would like to thank, where it wants that
(nobody answers)    after some weeks it is asked no more, and the facilitators hear how to go on
"""

import logging
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import answer_place, carried_by, read_form, remembering
from handlers.blocks.hangouts.forms import place_of
from handlers.blocks.message import Message
from handlers.blocks.thanks.customs import (
    customs_form,
    customs_kept,
    prompt_message,
    prompt_paused,
)
from handlers.blocks.thanks.ids import CUSTOMS
from handlers.blocks.wordings.filling import filled
from handlers.looking_after import looked_after
from handlers.posts import PostKind
from handlers.request import Forms, Reply, Where
from models import guides
from models.communities import Community
from models.database import Database
from models.ids import id_from
from models.members import Member
from models.posts import Post
from models.thanks import habits, prompting
from models.thanks.habits import Habits
from models.thanks.posted import PROMPT, PROMPT_PAUSED
from models.time import Clock, zone
from models.wordings.rewording import wording_of
from models.wordings.wording import Spot

logger = logging.getLogger(__name__)

TO_CHANGE = "change how the community says thanks"


def register(app: Any) -> None:
    app.command("/thanks", "customs", alone=True)(open_customs)
    app.action(CUSTOMS)(open_from_button)
    app.view(CUSTOMS)(keep_customs)


async def open_customs(
    ack: AsyncAck, member: Member, where: Where, db: Database, forms: Forms
) -> None:
    """Open the form with what is chosen now, for those who may change it."""
    await ack()
    await _open((await where.community()).id, member, db, forms)


async def open_from_button(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    where: Where,
    db: Database,
    forms: Forms,
) -> None:
    """Open the form of the community that the button names, or of the one that is meant."""
    await ack()
    named = id_from(action.get("value") or "")
    await _open(named or (await where.community()).id, member, db, forms)


async def _open(community_id: int, member: Member, db: Database, forms: Forms) -> None:
    async with db() as session:
        community = await looked_after(session, community_id, member, TO_CHANGE)
        customs = await habits.customs_of(session, community.id)
    form = remembering(customs_form(community, customs), was_between_us=forms.is_between_us)
    await forms.open(form, opener=CUSTOMS, typed={}, value=str(community.id))


async def keep_customs(
    ack: AsyncAck, view: dict[str, Any], member: Member, db: Database, clock: Clock, reply: Reply
) -> None:
    """Keep what was chosen, or leave the form open with what does not fit."""
    answers = read_form(view)
    weekday = id_from(answers.get("prompt_weekday"))
    chosen = Habits.of(
        reasons=answers.get("reasons"),
        emoji=answers.get("emoji"),
        prompt_weekday=weekday,
        # Slack lets nobody empty a time; without a day it means nothing.
        prompt_at=answers.get("prompt_at") if weekday is not None else None,
    )
    async with db.begin() as session:
        community_id = carried_by(view).get("community_id")
        community = await looked_after(session, community_id, member, TO_CHANGE)
        # Two facilitators who keep it at once: the second waits, and finds the first one's row.
        await Community.locked(session, community.id)
        customs = await habits.change(session, community, chosen, by=member.member_id, now=clock())
        await guides.follow(session, community.id, clock())
    await ack()
    await reply(customs_kept(customs), place_id=answer_place(view, community.channel_id))


async def prompt_for_thanks(db: Database, clock: Clock, _: AsyncWebClient) -> str:
    """Ask each channel that is due; what goes wrong with one holds up no other."""
    async with db.everywhere()() as session:
        waiting = [(one.id, one.workspace_id) for one in await habits.due(session, clock())]
    prompted, failed = 0, 0
    for customs_id, workspace_id in waiting:
        try:
            async with db.of(workspace_id).begin() as session:
                prompted += await prompting.prompt(session, customs_id, clock())
        except Exception:
            logger.exception("Could not prompt for thanks, customs %s", customs_id)
            failed += 1
    return f"{prompted} prompted" + (f", {failed} failed" if failed else "")


async def next_moment(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when some channel is asked next."""
    return await habits.next_moment(session, now)


async def draw_prompt(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw the question, unless the community does not want it any more."""
    customs = await habits.customs_of(session, post.about_id or 0)
    if customs.prompt_weekday is None:
        return None
    week = post.due_at.toordinal() // 7
    own = await wording_of(session, post.about_id, Spot.PROMPT)
    if own is None:
        return prompt_message(week)
    community = await session.get_one(Community, post.about_id)
    day = f"{now.astimezone(zone(community.tz)):%A}"
    words = {"community": place_of(community), "day": day}
    return prompt_message(week, filled(own, words))


async def draw_paused(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw why the channel is asked no more, unless a facilitator has seen to it since."""
    customs = await habits.customs_of(session, post.about_id or 0)
    community = await session.get(Community, post.about_id)
    if community is None or customs.paused_at is None:
        return None
    return prompt_paused(community)


POSTS = {PROMPT: PostKind(draw_prompt), PROMPT_PAUSED: PostKind(draw_paused, is_unasked=True)}
