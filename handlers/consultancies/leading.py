"""Leading: the threads of a hangout, step by step.

(a hangout begins)     a card for each seat: who presents, on what, who leads
[Start]                the first step's prompt in the card's thread
[Start anyway]         the same, for whoever was told that another one is still running
[Next step]            the next one; after the last step it is finished
[2 more minutes]       the present step lasts longer
[Finish]               ends it at once
(a step's time is up)  a gentle word in the thread
(a hangout is over)    it is closed; two hours later what nobody ended is finished
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.consultancies.pressing import (
    FINISH,
    GO_ON,
    MORE_TIME,
    START,
    START_ANYWAY,
    Seen,
    another_runs,
)
from handlers.blocks.request import plain
from handlers.consultancies.drawing import POSTS
from handlers.names import names_of
from handlers.request import Reply
from models.communities import Community
from models.consultancies import leading, opening
from models.consultancies.consultancy import Consultancy
from models.consultancies.opening import next_moment
from models.database import Database
from models.errors import NotHereError
from models.hangouts.hangout import Hangout
from models.members import Member
from models.time import Clock

__all__ = ["POSTS", "lead_consultancies", "next_moment", "register"]

logger = logging.getLogger(__name__)

AT_ONCE = 100


def register(app: Any) -> None:
    app.action(START)(start)
    app.action(START_ANYWAY)(start_anyway)
    app.action(GO_ON)(go_on)
    app.action(MORE_TIME)(give_more_time)
    app.action(FINISH)(finish)


@dataclass(frozen=True)
class Led:
    """A consultancy in the hands of somebody who leads it, and what their button showed.

    Nobody else changes it until the transaction ends.
    """

    consultancy: Consultancy
    community: Community
    seen: Seen


async def start(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Say the first step in the thread, unless the group is still at another one of its hangout."""
    await ack()
    async with db.begin() as session:
        led = await _to_lead(session, action, member)
        begins = led.consultancy.step is None and led.consultancy.finished_at is None
        other = await leading.running_beside(session, led.consultancy) if begins else None
        if other is None:
            await leading.start(session, led.consultancy, led.community, clock())
        names = await names_of(session, [other.presenter_id or ""] if other else [])
    if other is not None:
        await reply(another_runs(other, led.consultancy, names))


async def start_anyway(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
) -> None:
    """Say the first step in the thread, also while another one is running."""
    await ack()
    async with db.begin() as session:
        led = await _to_lead(session, action, member)
        await leading.start(session, led.consultancy, led.community, clock())
    await reply(plain("Started. The first step is in its thread."), replace=True)


async def go_on(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, clock: Clock
) -> None:
    """Say the next step, if the button still showed the present one; after the last, finish."""
    await ack()
    async with db.begin() as session:
        led = await _to_lead(session, action, member)
        if led.seen.step is not None:
            await leading.go_on(session, led.consultancy, led.community, led.seen.step, clock())


async def give_more_time(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, clock: Clock
) -> None:
    """Let the step last longer, once for each end that was shown."""
    await ack()
    async with db.begin() as session:
        led = await _to_lead(session, action, member)
        if led.seen.step is not None:
            expected = led.seen.step, led.seen.ends_at
            await leading.extend(session, led.consultancy, led.community, expected, clock())


async def finish(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, clock: Clock
) -> None:
    """End it, wherever it stands."""
    await ack()
    async with db.begin() as session:
        led = await _to_lead(session, action, member)
        await leading.finish(session, led.consultancy, clock())


async def _to_lead(session: AsyncSession, action: dict[str, Any], member: Member) -> Led:
    """Return what was pressed, for whoever may; raises NotHereError, NotAllowedError."""
    seen = Seen.read(str(action.get("value") or ""))
    consultancy = await Consultancy.seen_by(
        session, seen.consultancy_id, member.member_id, for_update=True
    )
    if consultancy.is_asynchronous or consultancy.hangout_id is None:
        raise NotHereError("This one goes on by itself, day by day.")
    community = await session.get_one(Community, consultancy.community_id)
    hangout = await session.get_one(Hangout, consultancy.hangout_id)
    names = await names_of(session, [hangout.facilitator_id, *community.facilitators])
    consultancy.require_leader(member, hangout, community, names)
    return Led(consultancy, community, seen)


async def lead_consultancies(db: Database, clock: Clock, _: AsyncWebClient) -> str:
    """Open what begins, close what is over and finish what nobody ended."""
    now = clock()
    opened = await _each(db, opening.due_to_open(now), lambda s, one: _open(s, one, now))
    closed = await _each(db, opening.due_to_close(now), lambda s, one: _close(s, one, now))
    ended = await _each(db, opening.due_to_finish(now), lambda s, one: _finish(s, one, now))
    return f"opened {opened} consultancies, closed {closed} hangouts, ended {ended} consultancies"


async def _each(
    db: Database,
    due: Select[str, datetime, int],
    work: Callable[[AsyncSession, int], Awaitable[int]],
) -> int:
    """Do the work for each row that is due, in a transaction of its own; return how much it was."""
    done, last = 0, opening.FIRST
    while True:
        async with db.everywhere()() as session:
            page = await opening.a_page(session, due, AT_ONCE, after=last)
        for workspace_id, moment, row_id in page:
            last = moment, row_id
            try:
                async with db.of(workspace_id).begin() as session:
                    done += await work(session, row_id)
            except Exception:
                logger.exception("Could not lead %s of %s", row_id, workspace_id)
        if len(page) < AT_ONCE:
            return done


async def _open(session: AsyncSession, hangout_id: int, now: datetime) -> int:
    hangout = await Hangout.of(session, hangout_id, for_update=True)
    community = await session.get_one(Community, hangout.community_id)
    if community.archived_at is not None:
        return 0
    return len(await opening.open_for_hangout(session, hangout, community, now))


async def _close(session: AsyncSession, hangout_id: int, now: datetime) -> int:
    hangout = await Hangout.of(session, hangout_id, for_update=True)
    return int(await opening.close(session, hangout, now))


async def _finish(session: AsyncSession, consultancy_id: int, now: datetime) -> int:
    consultancy = await Consultancy.of(session, consultancy_id, for_update=True)
    return int(await opening.finish_by_itself(session, consultancy, now))
