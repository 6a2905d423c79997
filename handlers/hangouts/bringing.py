"""Bringing: from a problem's card to a seat at one of the next hangouts.

[Bring to a hangout]    whoever shared it, or a facilitator for them, chooses one of the next
(its form)              gives them a seat with this problem, or a place on the list
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.hangouts.answers import prepared, signed_up
from handlers.blocks.hangouts.bringing import Bringing, bring_form
from handlers.blocks.hangouts.ids import BRING, BRING_FORM
from handlers.blocks.message import Message
from handlers.hangouts.placing import LOOKS_AHEAD, NOTHING_AHEAD, Placed, to_sign_up
from handlers.home import Home
from handlers.names import names_of
from handlers.posts import PostKind
from handlers.request import Forms, Reply, said_in
from models.communities import Community
from models.database import Database
from models.errors import NotHereError, RuleError
from models.hangouts import signups, telling
from models.hangouts.bringing import bring, require_bringer
from models.hangouts.hangout import Hangout
from models.hangouts.standings import HangoutStanding
from models.members import Member
from models.problems import Problem, written
from models.student_data import Suspicion, suspicions
from models.text import one_line
from models.time import Clock

# How many of the next hangouts are offered; Slack takes 10 radio buttons.
OFFERED_AT_MOST = 5
POSTS: dict[str, PostKind] = {}


def register(app: Any) -> None:
    app.action(BRING)(open_bringing)
    app.view(BRING_FORM)(bring_it)


async def open_bringing(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    forms: Forms,
) -> None:
    """Open the form for whoever shared the problem, or for a facilitator in their place."""
    await ack()
    value = str(action.get("value") or "")
    async with db.begin() as session:
        bringing = await _bringing(session, value, member, clock())
    view = bring_form(bringing, asked_in=said_in(body))
    await forms.open(view, opener=BRING, typed={}, value=value)


async def bring_it(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Give whoever shared the problem a seat with it, or a place on the list."""
    answers, facts = read_form(view), carried_by(view)
    question = one_line(written("question", answers.get("question"))) or None
    async with db.begin() as session:
        bringing = await _bringing(session, str(facts.get("problem_id")), member, clock())
        hangout = await _chosen(session, answers.get("hangout_id"), bringing, member, clock())
        doubts = _doubts(question, bringing.problem, answers)
        if not doubts:
            await _seat(session, hangout, bringing.problem, question, member, clock())
            await telling.tell_of_signing_up(
                session,
                hangout,
                bringing.presenter_id,
                by=member.member_id,
                request_id=view["id"],
                now=clock(),
            )
        placed = await Placed.at(session, hangout, bringing.presenter_id)
    asked_in = facts.get("asked_in")
    if doubts:
        again = bring_form(bringing, asked_in=asked_in, typed=answers, suspicions=doubts)
        await ack(response_action="update", view=again)
        return
    await ack()
    is_there = asked_in == bringing.community.channel_id
    await reply(_noted(placed, bringing, clock()), place_id=asked_in if is_there else None)
    await home.refresh(bringing.presenter_id)


async def _chosen(
    session: AsyncSession, hangout_id: object, bringing: Bringing, member: Member, now: datetime
) -> Hangout:
    """Return the chosen hangout, which nobody else changes meanwhile. Its id may be forged."""
    hangout = await to_sign_up(session, hangout_id, member.member_id, now)
    if hangout.community_id != bringing.community.id:
        raise NotHereError("That hangout is of another community. Please choose one of these.")
    return hangout


def _doubts(
    question: str | None, problem: Problem, answers: Mapping[str, Any]
) -> Sequence[Suspicion]:
    """Return what may tell who a student is; the problem’s own words were asked about before."""
    if question in (None, problem.question) or answers.get("nobody_recognised"):
        return []
    return suspicions(question or "")


def _noted(placed: Placed, bringing: Bringing, now: datetime) -> Message:
    if bringing.author:
        return signed_up(placed.standing, placed.own, bringing.author)
    return prepared(placed.standing, placed.own, placed.known, now, is_shared=False)


async def _bringing(
    session: AsyncSession, problem_id: str, member: Member, now: datetime
) -> Bringing:
    """Return what the form shows; raises RuleError where nothing may or can be brought."""
    problem = await Problem.visible_to(session, problem_id, member.member_id)
    community = await session.get_one(Community, problem.community_id)
    names = await names_of(session, [problem.author_id] if problem.author_id else [])
    author_id = await require_bringer(session, problem, community, member, names)
    coming = await Hangout.coming(session, community.id, now, limit=LOOKS_AHEAD)
    ahead = [one for one in coming if one.is_ahead(now)][:OFFERED_AT_MOST]
    if not ahead:
        raise RuleError(NOTHING_AHEAD)
    is_for_them = author_id != member.member_id
    return Bringing(
        problem=problem,
        community=community,
        standings=await HangoutStanding.of_all(session, ahead),
        author=names.get(author_id, "A colleague") if is_for_them else None,
    )


async def _seat(
    session: AsyncSession,
    hangout: Hangout,
    problem: Problem,
    question: str | None,
    member: Member,
    now: datetime,
) -> None:
    """Ask for a seat for whoever shared the problem, and note that this is what they bring."""
    author_id = problem.author_id or ""
    await signups.ask_to_present(session, hangout, author_id, now, by=member.member_id)
    await bring(session, hangout, author_id, problem=problem, question=question, now=now)
