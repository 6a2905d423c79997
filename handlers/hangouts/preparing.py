"""Preparing: what somebody brings to the seat they have, or to the one they wait for.

[What I bring]    opens the form, with what is brought so far
(its form)        keeps the problem and the question; a problem that is new is shared as well
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.hangouts.answers import prepared
from handlers.blocks.hangouts.forms import Preparation, prepare_form
from handlers.blocks.hangouts.ids import PREPARE, PREPARE_FORM
from handlers.blocks.problems.fields import doubts_about
from handlers.hangouts.holding import Held
from handlers.hangouts.placing import Placed, to_sign_up
from handlers.home import Home
from handlers.posts import PostKind
from handlers.request import Forms, Reply, said_in
from models.communities import Community
from models.database import Database
from models.errors import RuleError
from models.findable import keep_problem_findable
from models.hangouts.bringing import bring, own_problems
from models.hangouts.hangout import Hangout
from models.ids import id_from
from models.members import Member
from models.problems import Author, Problem, WantedHelp, Wording, written
from models.problems.posted import post_card
from models.text import one_line
from models.time import Clock

POSTS: dict[str, PostKind] = {}


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What the form says: a problem that was chosen or one that is new, and a question."""

    problem_id: int | None
    wording: Wording | None
    question: str | None

    @classmethod
    def of(cls, answers: Mapping[str, Any]) -> Brought:
        """Return what was filled in; raises a RuleError that names the field at fault."""
        chosen = id_from(answers.get("problem_id"))
        title, happening = answers.get("title"), answers.get("happening")
        question = one_line(written("question", answers.get("question"))) or None
        if not title and not happening:
            if chosen is None and question is None:
                raise RuleError(
                    "Choose a problem, write one, or ask a question. Closing this form keeps what "
                    "you have.",
                    field="question",
                )
            return cls(problem_id=chosen, wording=None, question=question)
        if chosen is not None:
            raise RuleError(
                "You chose a problem and wrote a new one. Please clear one of them.", field="title"
            )
        wording = Wording.of(
            title=title, happening=happening, question=question, wanted_help=WantedHelp.HANGOUT
        )
        return cls(problem_id=None, wording=wording, question=None)

    @property
    def everything(self) -> str:
        """All that was written, for a look at what it may give away."""
        return self.wording.everything if self.wording else self.question or ""


def register(app: Any) -> None:
    app.action(PREPARE)(open_preparation)
    app.view(PREPARE_FORM)(prepare)


async def open_preparation(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    member: Member,
    db: Database,
    forms: Forms,
) -> None:
    """Open the form for whoever has a seat or waits for one."""
    await ack()
    value = str(action.get("value") or "")
    async with db.begin() as session:
        hangout = await Hangout.seen_by(session, value, member.member_id)
        preparation = await preparation_of(
            session, await Placed.at(session, hangout, member.member_id)
        )
    view = prepare_form(preparation, asked_in=said_in(body))
    await forms.open(view, opener=PREPARE, typed={}, value=value)


async def preparation_of(session: AsyncSession, placed: Placed) -> Preparation:
    """Return what the form shows; raises RuleError for who neither has a seat nor waits."""
    signup = placed.own.signup
    if signup is None:
        raise RuleError("First ask for a seat with *Present a problem*; `/hangout` has the button.")
    community_id = placed.hangout.community_id
    mine = await own_problems(session, signup.member_id, community_id, brought_id=signup.problem_id)
    community = await session.get_one(Community, community_id)
    return Preparation(own=placed.own, community=community, mine=mine)


async def prepare(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Keep what somebody brings, or ask once more when a student may be named."""
    answers, asked_in = read_form(view), carried_by(view).get("asked_in")
    brought = Brought.of(answers)
    doubts = doubts_about(brought.everything, answers)
    async with db.begin() as session:
        hangout_id = carried_by(view).get("hangout_id")
        hangout = await to_sign_up(session, hangout_id, member.member_id, clock())
        community = await session.get_one(Community, hangout.community_id)
        held = Held(hangout, community)
        if not doubts:
            await _keep(session, held, member, brought, f"form:{view['id']}", clock())
        placed = await Placed.at(session, hangout, member.member_id)
        preparation = await preparation_of(session, placed)
    if doubts:
        again = prepare_form(preparation, asked_in=asked_in, typed=answers, suspicions=doubts)
        await ack(response_action="update", view=again)
        return
    await ack()
    is_shared = brought.wording is not None
    message = prepared(placed.standing, placed.own, placed.known, clock(), is_shared=is_shared)
    is_there = asked_in == community.channel_id
    await reply(message, place_id=asked_in if is_there else None)
    await home.refresh(member.member_id)


async def _keep(
    session: AsyncSession,
    held: Held,
    member: Member,
    brought: Brought,
    request_key: str,
    now: datetime,
) -> None:
    """Keep what is brought; `request_key` names the form, so that one sent twice shares once."""
    problem = None
    if brought.wording is not None:
        problem = await Problem.share(
            session,
            brought.wording,
            author=Author(member.member_id),
            community=held.community,
            request_key=request_key,
            now=now,
        )
        if problem.shared_at == now:
            await post_card(session, problem, held.community)
            await keep_problem_findable(session, problem, held.community)
    elif brought.problem_id is not None:
        problem = await Problem.visible_to(session, brought.problem_id, member.member_id)
    await bring(
        session,
        held.hangout,
        member.member_id,
        problem=problem,
        question=brought.question,
        now=now,
    )
