"""Keeping: how long the network's records are kept.

/staffroom retention, [Change how long]   leads choose; others are told what holds
(a month before the first records go)     all leads get a letter
(each night)                              what nobody touched for so long is removed, step by step
"""

from __future__ import annotations

import logging
from collections import Counter
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.exports.ids import RETENTION
from handlers.blocks.exports.keeping import (
    FOR_EVER,
    keeping_chosen,
    keeping_form,
    removal_near,
    rule_words,
)
from handlers.blocks.forms import read_form
from handlers.blocks.message import Message
from handlers.home import Home
from handlers.posts import PostKind
from handlers.request import Forms, Reply
from models.database import Database
from models.exports import keeping
from models.exports.posted import REMOVAL_NEAR
from models.exports.removing import EMPTYING, REMOVING, Step
from models.exports.sending import require_lead
from models.ids import id_from
from models.members import Member
from models.posts import Post
from models.time import Clock

logger = logging.getLogger(__name__)

# Rows a transaction: others wait no longer than that for their turn to write.
AT_ONCE = 20
# Rows of one kind a night, so that redrawn cards do not keep Slack from what is said by day.
A_NIGHT = 500


def register(app: Any) -> None:
    app.command("/staffroom", "retention", alone=True)(open_keeping)
    app.action(RETENTION)(open_keeping)
    app.view(RETENTION)(choose)


async def open_keeping(ack: AsyncAck, member: Member, db: Database, forms: Forms) -> None:
    """Open the form for leads; tell others what holds and who may change it."""
    await ack()
    async with db() as session:
        workspace = await keeping.rule_of(session)
        await require_lead(session, member, keeping.TO_CHOOSE, also=rule_words(workspace))
    await forms.open(keeping_form(workspace), opener=RETENTION, typed={})


async def choose(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Keep what was chosen, and tell all leads if the first records are near their end."""
    chosen = str(read_form(view).get("keeps_months") or "")
    months = None if chosen == FOR_EVER else id_from(chosen) or 0
    async with db.begin() as session:
        workspace = await keeping.choose(session, member, months, clock())
    await ack()
    await reply(keeping_chosen(workspace, member.tz))
    await home.refresh(member.member_id)


async def remove_old_records(db: Database, clock: Clock, _: AsyncWebClient) -> str:
    """Announce and remove what is too old; one workspace's trouble holds up no other."""
    async with db.everywhere()() as session:
        workspaces = await keeping.with_a_rule(session)
    done, announced, failed = Counter[str](), 0, 0
    for workspace_id in workspaces:
        try:
            own = db.of(workspace_id)
            announced += await _announce(own, clock)
            await _remove(own, clock, done)
        except Exception:
            logger.exception("Could not remove the old records of workspace %s", workspace_id)
            failed += 1
    said = [f"{count} {what} removed" for what, count in done.items() if count]
    said += [f"{announced} announced"] * bool(announced) + [f"{failed} failed"] * bool(failed)
    return ", ".join(said) or "nothing is too old"


async def _announce(db: Database, clock: Clock) -> bool:
    async with db.begin() as session:
        workspace = await keeping.rule_of(session, for_update=True)
        return await keeping.announce(session, workspace, clock())


async def _remove(db: Database, clock: Clock, done: Counter[str]) -> None:
    for what, empty in EMPTYING.items():
        done[what] += await _in_steps(db, clock, empty, A_NIGHT)
    for step in REMOVING:
        # As many as were emptied in a night, whatever they are.
        await _in_steps(db, clock, step, A_NIGHT * len(EMPTYING))


async def _in_steps(db: Database, clock: Clock, step: Step, most: int) -> int:
    """Go on until nothing is left for this night; each step asks anew what leads have chosen."""
    count = 0
    while count < most:
        async with db.begin() as session:
            workspace, now = await keeping.rule_of(session, for_update=True), clock()
            begins = keeping.removes_from(workspace)
            if begins is None or begins > now:
                break
            made = await step(session, keeping.cutoff(workspace, now), now, AT_ONCE)
        count += made
        if not made:
            break
    return count


async def next_moment(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when the first records of some workspace may go."""
    return await keeping.next_moment(session, now)


async def draw_removal_near(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the letter, unless leads have chosen otherwise since."""
    workspace = await keeping.is_still_so(session, post)
    lead = await Member.find(session, post.place_id)
    if workspace is None or lead is None or not lead.is_lead:
        return None
    return removal_near(workspace, lead.tz)


POSTS = {REMOVAL_NEAR: PostKind(draw_removal_near, is_unasked=True)}
