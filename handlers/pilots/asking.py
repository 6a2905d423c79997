"""Asking: the bot asks for a value by the rhythm of each pilot, and for the decision at the end.

(by the rhythm, at its hour)    a letter: how did it go? a reply with a number is enough
(the last day is over)          a letter, once: what did you find, and what becomes of it?
[Pause], [Resume]               nothing is asked for meanwhile
[⋯ Stop asking]                 nothing is asked for any more, until [Ask me again]
"""

from __future__ import annotations

import logging
from datetime import date, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.message import Message
from handlers.blocks.pilots.chart_words import short_words
from handlers.blocks.pilots.ids import PAUSE, RESUME, STOP_ASKING
from handlers.blocks.pilots.letters import ask_letter, finish_letter, paused, resumed, stopped
from handlers.home import Home
from handlers.pilots.noting import zone_of
from handlers.posts import PostKind
from handlers.request import Reply
from models.database import Database
from models.members import Member
from models.pilots import asking, finding, observing
from models.pilots.evidence import Evidence
from models.pilots.pilot import Pilot, Rhythm
from models.pilots.posted import ASK, ASKS, FINISH_WANTED, finish_wanted_key
from models.posts import Post
from models.time import Clock

logger = logging.getLogger(__name__)

# So many pilots are looked for at once; then the next ones, until nobody waits.
AT_ONCE = 200


def register(app: Any) -> None:
    app.action(PAUSE)(pause)
    app.action(RESUME)(resume)
    app.action(STOP_ASKING)(stop_asking)


async def ask_for_values(db: Database, clock: Clock, _: AsyncWebClient) -> str:
    """Ask whoever is due to be asked; what goes wrong with one pilot holds up no other."""
    asked, failed, looked_at = 0, 0, set[int]()
    while waiting := await _waiting(db, clock(), looked_at):
        for pilot_id, workspace_id in waiting.items():
            # Once a tick, whatever comes of it, so that none keeps it busy for ever.
            looked_at.add(pilot_id)
            try:
                async with db.of(workspace_id).begin() as session:
                    asked += await _ask(session, pilot_id, clock())
            except Exception:
                logger.exception("Could not ask about pilot %s", pilot_id)
                failed += 1
    return f"{asked} asked" + (f", {failed} failed" if failed else "")


async def _waiting(db: Database, now: datetime, looked_at: set[int]) -> dict[int, str]:
    """Return the workspaces of pilots whose teacher is to be asked, by pilot."""
    async with db.everywhere()() as session:
        pilots = await asking.due(session, now, AT_ONCE + len(looked_at))
    return {one.id: one.workspace_id for one in pilots if one.id not in looked_at}


async def _ask(session: AsyncSession, pilot_id: int, now: datetime) -> bool:
    query = select(Pilot).where(Pilot.id == pilot_id).with_for_update()
    pilot = (await session.scalars(query)).one()
    return await asking.ask(session, pilot, await zone_of(session, pilot), now)


async def next_moment(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when somebody is asked next."""
    return await asking.next_moment(session, now)


async def pause(
    ack: AsyncAck,
    action: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Ask for nothing about this pilot for now."""
    await ack()
    async with db.begin() as session:
        pilot = await _running(session, action.get("value"), member_id)
        asking.pause(pilot, clock())
    await reply(paused(pilot))
    await home.refresh(member_id)


async def resume(
    ack: AsyncAck,
    action: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Ask again, from the next time on."""
    await ack()
    async with db.begin() as session:
        pilot = await _running(session, action.get("value"), member_id)
        asking.resume(pilot, await zone_of(session, pilot), clock())
    await reply(resumed(pilot))
    await home.refresh(member_id)


async def stop_asking(
    ack: AsyncAck,
    action: dict[str, Any],
    member_id: str,
    db: Database,
    reply: Reply,
    home: Home,
) -> None:
    """Ask for nothing about this pilot any more."""
    await ack()
    async with db.begin() as session:
        pilot = await _running(session, action.get("value"), member_id)
        asking.stop_asking(pilot)
    await reply(stopped(pilot))
    await home.refresh(member_id)


async def _running(session: AsyncSession, pilot_id: object, member_id: str) -> Pilot:
    pilot = await finding.owned_by(session, pilot_id, member_id, for_update=True)
    observing.require_running(pilot)
    return pilot


async def draw_ask(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the question, unless the value is there already or nothing is to be asked any more."""
    pilot = await session.get(Pilot, post.about_id)
    if pilot is None or not asking.wants_letters(pilot) or pilot.rhythm == Rhythm.NEVER:
        return None
    if await _was_away(session, pilot, asking.asked_on(post)):
        return None
    if await asking.is_answered(session, pilot, asking.asked_on(post)):
        return None
    evidence = await Evidence.of(session, pilot, reader_id=pilot.member_id)
    totals = [point.total for point in evidence.points if point.total]
    return ask_letter(pilot, _summary(evidence), totals[-1] if totals else None)


async def draw_finish(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the question for a decision, unless it was made or the pilot goes on longer."""
    pilot = await session.get(Pilot, post.about_id)
    if pilot is None or not asking.wants_letters(pilot):
        return None
    if post.key != finish_wanted_key(pilot):
        return None
    return finish_letter(
        pilot, _summary(await Evidence.of(session, pilot, reader_id=pilot.member_id))
    )


async def _was_away(session: AsyncSession, pilot: Pilot, on: date) -> bool:
    """Say whether the teacher was away on the one school day that is asked about."""
    member = await Member.find(session, pilot.member_id)
    return pilot.rhythm == Rhythm.DAILY and member is not None and member.is_away(on)


def _summary(evidence: Evidence) -> str:
    return short_words(evidence) if evidence.observed else ""


POSTS = {
    ASK: PostKind(draw_ask, switch=ASKS),
    FINISH_WANTED: PostKind(draw_finish, switch=ASKS),
}
