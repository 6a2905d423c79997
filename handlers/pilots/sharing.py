"""Sharing: a teacher lets a community or the network see a pilot, and takes it back at will."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.pilots.ids import SHARE, TAKE_BACK
from handlers.blocks.pilots.sharing import (
    SHARE_FORM,
    private_already,
    share_form,
    shared,
    taken_back_now,
)
from handlers.home import Home
from handlers.pilots.drawing import draw_card, draw_of_problem
from handlers.posts import PostKind
from handlers.request import Forms, Reply, said_in
from models.communities import Community
from models.database import Database
from models.members import Member
from models.pilots.pilot import Circle
from models.pilots.posted import CARD, OF_PROBLEM
from models.pilots.sharing import series_of, share, take_back
from models.time import Clock

POSTS = {CARD: PostKind(draw_card), OF_PROBLEM: PostKind(draw_of_problem, is_optional=True)}


def register(app: Any) -> None:
    app.action(SHARE)(open_form)
    app.view(SHARE_FORM)(share_pilot)
    app.action(TAKE_BACK)(take_pilot_back)


async def open_form(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, forms: Forms
) -> None:
    """Ask with whom, and say who will see what."""
    await ack()
    async with db() as session:
        series = await series_of(session, action.get("value"), member.member_id)
        community = await session.get_one(Community, series.pilot.community_id)
    form = share_form(series, community, said_in(forms.body), asks_school=not member.school)
    await forms.open(form, opener=SHARE, typed={}, value=str(series.pilot.id))


async def share_pilot(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Let them see it: the card goes to the community's channel."""
    answers, carries = read_form(view), carried_by(view)
    async with db.begin() as session:
        pilot_id = carries.get("pilot_id")
        series = await series_of(session, pilot_id, member.member_id, for_update=True)
        if school := answers.get("school"):
            (await session.get_one(Member, member.id, with_for_update=True)).teach_at(school)
        is_whole = bool(answers.get("whole"))
        is_new = await share(session, series, answers.get("circle"), clock(), is_whole=is_whole)
        community = await session.get_one(Community, series.pilot.community_id)
    await ack()
    if is_new:
        await reply(shared(series.pilot, community), place_id=carries.get("asked_in"))
        await home.refresh(member.member_id)


async def take_pilot_back(
    ack: AsyncAck,
    action: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Let nobody else see it any more; its card says so."""
    await ack()
    async with db.begin() as session:
        series = await series_of(session, action.get("value"), member_id, for_update=True)
        pilot = series.pilot
        done = taken_back_now(
            pilot, had_card=pilot.shared_at is not None, along=len(series.came_along)
        )
        if pilot.circle == Circle.ME:
            done = private_already(pilot)
        else:
            await take_back(session, series, clock())
    await reply(done)
    await home.refresh(member_id)
