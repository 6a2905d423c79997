"""Leading: the threads of a hangout, step by step.

(a hangout begins)     a card for each seat: who presents, on what, who leads
[Start]                the first step's prompt in the card's thread
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

from handlers.blocks.consultancies.leading import (
    FINISH,
    GO_ON,
    MORE_TIME,
    START,
    Scene,
    Seen,
    headline_card,
    step_message,
    time_is_up,
)
from handlers.blocks.message import Message
from handlers.posts import PostKind
from models.communities import Community
from models.consultancies import leading, opening
from models.consultancies.consultancy import Consultancy
from models.consultancies.opening import next_moment
from models.consultancies.telling import HEADLINE, STEP, TIME_IS_UP, step_in
from models.database import Database
from models.errors import NotHereError
from models.hangouts.hangout import Hangout
from models.members import Member
from models.posts import Post
from models.problems import Problem
from models.problems.posted import card_links
from models.time import Clock

__all__ = ["POSTS", "lead_consultancies", "next_moment", "register"]

logger = logging.getLogger(__name__)

AT_ONCE = 100


def register(app: Any) -> None:
    app.action(START)(start)
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
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, clock: Clock
) -> None:
    """Say the first step in the thread; its time counts from now."""
    await ack()
    async with db.begin() as session:
        led = await _to_lead(session, action, member)
        await leading.start(session, led.consultancy, led.community, clock())


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
    names = await _names(session, [hangout.facilitator_id, *community.facilitators])
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


async def draw_headline(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the card as things stand; one that was called off or ended before is not said."""
    scene = await _scene(session, post)
    if scene is None:
        return None
    is_over = scene.consultancy.finished_at is not None or not scene.hangout.is_on
    return None if post.ts is None and is_over else headline_card(scene)


async def draw_step(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw a step's prompt; one that the group has left before it was said is not said."""
    scene, step = await _scene(session, post), step_in(post)
    if scene is None:
        return None
    is_present = scene.consultancy.is_running and scene.consultancy.step == step
    return None if post.ts is None and not is_present else step_message(scene, step)


async def draw_time_is_up(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw the word at a step's end, unless the group went on or took more time."""
    scene, step = await _scene(session, post), step_in(post)
    if scene is None or not scene.consultancy.is_running:
        return None
    expected = f"{step}:{post.key.rpartition(':')[2]}"
    stands = f"{scene.consultancy.step}:{scene.consultancy.step_end}"
    return time_is_up(scene, step) if expected == stands else None


async def _scene(session: AsyncSession, post: Post) -> Scene | None:
    consultancy = await session.get(Consultancy, post.about_id)
    if consultancy is None or consultancy.hangout_id is None:
        return None
    hangout = await session.get_one(Hangout, consultancy.hangout_id)
    problem_id = consultancy.problem_id
    problem = await session.get(Problem, problem_id) if problem_id is not None else None
    links = await card_links(session, [problem.id] if problem is not None else [])
    people = [hangout.facilitator_id, consultancy.presenter_id or ""]
    return Scene(
        consultancy=consultancy,
        hangout=hangout,
        problem=problem,
        link=links.get(problem_id or 0),
        names=await _names(session, people),
    )


async def _names(session: AsyncSession, member_ids: list[str]) -> dict[str, str]:
    known = await Member.known(session, member_ids)
    return {member_id: one.name for member_id, one in known.items() if one.name}


POSTS = {
    HEADLINE: PostKind(draw_headline),
    STEP: PostKind(draw_step),
    TIME_IS_UP: PostKind(draw_time_is_up),
}
