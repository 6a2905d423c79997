"""Personal: a letter once a week to whoever wants one, about what concerns them everywhere.

[Send me my own each week]    it comes on Monday mornings, when there is something in it
[Stop my weekly letter]       it comes no more
(every minute)                keeps the letters that are due: after quiet hours and days away
"""

import logging
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.digests.personal import (
    CHOOSE,
    UNCHOOSE,
    ForMe,
    chosen,
    personal_letter,
    unchosen,
)
from handlers.blocks.message import Message
from handlers.blocks.posts import deleted_since
from handlers.names import names_of
from handlers.posts import PostKind
from handlers.request import Reply
from models.database import Database
from models.digests import personal
from models.digests.concerning import concerning
from models.digests.posted import PERSONAL
from models.members import Member
from models.posts import Post
from models.time import Clock, zone

logger = logging.getLogger(__name__)

# So many members are looked for at once; then the next ones, until nobody waits.
AT_ONCE = 200


def register(app: Any) -> None:
    app.action(CHOOSE)(choose)
    app.action(UNCHOOSE)(unchoose)


async def choose(ack: AsyncAck, member: Member, db: Database, clock: Clock, reply: Reply) -> None:
    """Write to this member once a week."""
    await ack()
    async with db.begin() as session:
        mine = await session.get_one(Member, member.id, with_for_update=True)
        personal.choose(session, mine, clock())
    await reply(chosen(is_silent=mine.is_silent))


async def unchoose(ack: AsyncAck, member: Member, db: Database, clock: Clock, reply: Reply) -> None:
    """Write to this member no more."""
    await ack()
    async with db.begin() as session:
        mine = await session.get_one(Member, member.id, with_for_update=True)
        personal.unchoose(session, mine, clock())
    await reply(unchosen())


async def write_personal(db: Database, clock: Clock, _: AsyncWebClient) -> str:
    """Write to whoever waits for it; what goes wrong with one member holds up no other."""
    written, failed, looked_at = 0, 0, set[int]()
    while due := await _due(db, clock(), looked_at):
        for row_id, workspace_id in due.items():
            # Once a tick, whatever comes of it, so that none keeps it busy for ever.
            looked_at.add(row_id)
            try:
                async with db.of(workspace_id).begin() as session:
                    written += await personal.issue(session, row_id, clock())
            except Exception:
                logger.exception("Could not write a personal digest")
                failed += 1
    return f"{written} written" + (f", {failed} failed" if failed else "")


async def _due(db: Database, now: datetime, looked_at: set[int]) -> dict[int, str]:
    """Return the workspaces of the members who wait, by the number of their row."""
    async with db.everywhere()() as session:
        members = await personal.due(session, now, AT_ONCE + len(looked_at))
    return {one.id: one.workspace_id for one in members if one.id not in looked_at}


async def next_moment(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when somebody gets their letter next."""
    return await personal.next_moment(session, now)


async def draw_personal(session: AsyncSession, post: Post, now: datetime) -> Message | None:
    """Draw the letter as things are now, if there is anything new to tell and it is still wanted.

    One that was said is drawn as of then, without what was deleted since.
    """
    is_said, now = post.ts is not None, post.said_at or now
    member = await Member.find(session, post.place_id)
    if member is None or not (is_said or personal.wants_it(member)):
        return None
    since = await personal.told_until(session, post, now)
    told_at = await personal.last_said(session, post)
    concerns = await concerning(session, member.member_id, since, now, told_at)
    if not is_said and not concerns.is_news:
        return None
    if concerns.is_nothing:
        return deleted_since()
    names = await names_of(session, concerns.people)
    today = now.astimezone(zone(member.tz)).date()
    shown = ForMe(concerns=concerns, reader_id=member.member_id, today=today, names=names)
    return personal_letter(shown)


POSTS = {PERSONAL: PostKind(draw_personal, is_unasked=True)}
