"""Entering: facilitators sign up a colleague who asked them to.

/hangout signup, [Sign up a colleague]    opens the form: who, for which hangout, to come or present
(its form)                                signs them up, and tells them who did
"""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.hangouts.answers import signed_up
from handlers.blocks.hangouts.bringing import PRESENTS, sign_up_form
from handlers.blocks.hangouts.ids import SIGN_UP, SIGN_UP_FORM
from handlers.hangouts.holding import Held
from handlers.hangouts.placing import LOOKS_AHEAD, NOTHING_AHEAD, Placed, hangout_meant
from handlers.home import Home
from handlers.names import names_of
from handlers.posts import PostKind
from handlers.request import Forms, Reply, Where, said_in
from models.communities import Community
from models.database import Database
from models.errors import RuleError
from models.hangouts import signups, telling
from models.hangouts.hangout import Hangout
from models.hangouts.standings import HangoutStanding
from models.members import Member
from models.time import Clock

POSTS: dict[str, PostKind] = {}


def register(app: Any) -> None:
    app.command("/hangout", "signup", alone=True)(open_signing_up)
    app.action(SIGN_UP)(open_signing_up)
    app.view(SIGN_UP_FORM)(enter)


async def open_signing_up(
    ack: AsyncAck,
    body: dict[str, Any],
    where: Where,
    member: Member,
    db: Database,
    clock: Clock,
    forms: Forms,
) -> None:
    """Open the form for a facilitator."""
    await ack()
    hangout_id = await hangout_meant(body, where, db, clock)
    async with db.begin() as session:
        held = await _to_enter(session, hangout_id, member)
        coming = await Hangout.coming(session, held.community.id, clock(), limit=LOOKS_AHEAD)
        ahead = [one for one in coming if one.is_ahead(clock())]
        if not ahead:
            raise RuleError(NOTHING_AHEAD)
        standings = await HangoutStanding.of_all(session, ahead)
    view = sign_up_form(standings, held.hangout.id, said_in(body))
    await forms.open(view, opener=SIGN_UP, typed={}, value=str(held.hangout.id))


async def enter(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Sign the colleague up, and tell them."""
    answers, asked_in = read_form(view), carried_by(view).get("asked_in")
    colleague_id = str(answers.get("member_id") or "")
    is_presenting = answers.get("what") == PRESENTS
    async with db.begin() as session:
        held = await _to_enter(session, answers.get("hangout_id"), member, for_update=True)
        rule = signups.ask_to_present if is_presenting else signups.join
        await rule(session, held.hangout, colleague_id, clock(), by=member.member_id)
        await telling.tell_of_signing_up(
            session,
            held.hangout,
            colleague_id,
            by=member.member_id,
            request_id=view["id"],
            now=clock(),
        )
        placed = await Placed.at(session, held.hangout, colleague_id)
    await ack()
    message = signed_up(placed.standing, placed.own, placed.known.name(colleague_id))
    is_there = asked_in == held.community.channel_id
    await reply(message, place_id=asked_in if is_there else None)
    await home.refresh(colleague_id)


async def _to_enter(
    session: AsyncSession, hangout_id: object, member: Member, *, for_update: bool = False
) -> Held:
    """Return the hangout if this member may sign others up; raises NotAllowedError if not."""
    hangout = await Hangout.seen_by(
        session, str(hangout_id or ""), member.member_id, for_update=for_update
    )
    community = await session.get_one(Community, hangout.community_id)
    if hangout.facilitator_id != member.member_id:
        names = await names_of(session, community.facilitators)
        community.require_facilitator(member, "sign up others", names)
    return Held(hangout, community)
