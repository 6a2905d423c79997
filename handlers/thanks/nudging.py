"""Nudging: a private word about a colleague not thanked yet.

(every hour, by day)    at most once in two weeks a letter names one colleague worked with
[Say thanks]            the form, with who and what about already in it
[Not now]               that colleague is not brought up again for three months
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.message import Message
from handlers.blocks.thanks.nudging import NOT_NOW, left_in_peace, nudge_letter
from handlers.posts import PostKind
from handlers.request import Reply
from models.database import Database
from models.members import Member
from models.posts import Post
from models.thanks import nudging
from models.thanks.nudge import Nudge
from models.thanks.pointing import pointers_of
from models.thanks.posted import IDEAS, NUDGE
from models.thanks.thanks import Thanks
from models.time import Clock
from models.workspaces import Workspace

logger = logging.getLogger(__name__)


def register(app: Any) -> None:
    app.action(NOT_NOW)(leave_in_peace)


async def nudge(db: Database, clock: Clock, _: AsyncWebClient) -> str:
    """Remind whoever may be reminded now; what goes wrong with one member holds up no other."""
    nudged, failed = 0, 0
    for workspace_id in await _workspaces(db):
        here = db.of(workspace_id)
        async with here.begin() as session:
            members = await nudging.to_consider(session, clock())
            await nudging.note_looks(session, [one.member_id for one in members], clock())
        for member in members:
            try:
                nudged += await _nudge(here, member.member_id, clock())
            except Exception:
                logger.exception("Could not nudge somebody")
                failed += 1
    return f"{nudged} nudged" + (f", {failed} failed" if failed else "")


async def _workspaces(db: Database) -> Sequence[str]:
    async with db.everywhere()() as session:
        living = select(Workspace.id).where(Workspace.gone_at.is_(None)).order_by(Workspace.id)
        return (await session.scalars(living)).all()


async def _nudge(db: Database, member_id: str, now: datetime) -> bool:
    # Most members have nobody to be reminded of; nothing waits for them to be looked at.
    async with db() as session:
        if await nudging.somebody_for(session, member_id, now) is None:
            return False
    async with db.begin() as session:
        return await nudging.nudge(session, member_id, now) is not None


async def leave_in_peace(
    ack: AsyncAck, action: dict[str, Any], member_id: str, db: Database, reply: Reply
) -> None:
    """Take the letter's buttons away; its nudge counts on, so the colleague is not named again."""
    await ack()
    async with db() as session:
        await nudging.own(session, action.get("value"), member_id)
    await reply(left_in_peace(), replace=True)


async def draw_nudge(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw the letter, unless the colleague was thanked meanwhile or is not near any more."""
    about = await session.get(Nudge, post.about_id)
    meant = await nudging.still_meant(session, about, now) if about else None
    if about is None or meant is None:
        return None
    alike = Thanks(
        id=0, community_id=meant.community_id, about_kind=meant.why_kind, about_id=meant.why_id
    )
    pointers = await pointers_of(session, [alike], about.member_id)
    name = await _name_of(session, meant.member_id)
    return nudge_letter(meant, name, pointers.get(0), about.id)


async def _name_of(session: AsyncSession, member_id: str) -> str:
    member = await Member.find(session, member_id)
    return member.name if member and member.name else "a colleague"


POSTS = {NUDGE: PostKind(draw_nudge, switch=IDEAS)}
