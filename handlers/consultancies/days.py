"""Days: a consultancy in the thread of a problem, over some days.

[Asynchronous consultancy]      shows what would happen when, to author and facilitators
(the form)                      begins it; its steps come by themselves, on working mornings
(a step begins)                 the thread hears who writes what, until when
(a question in the thread)      is gathered; so are its edits and its deletion
(a step for questions is over)  the presenter gets them in a letter
[See the questions]             shows them to whoever asks, in private
(it is over)                    the thread hears what came together
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.consultancies.beginning import BEGIN, BEGIN_FORM, begin_form, begun
from handlers.blocks.consultancies.days import SEE_QUESTIONS, Days, closing_post, step_post
from handlers.blocks.consultancies.questions import questions_letter, questions_so_far
from handlers.blocks.forms import carried_by
from handlers.blocks.message import Message
from handlers.blocks.posts import deleted_since
from handlers.blocks.problems.notes import withdrawn_since
from handlers.blocks.text import unescape
from handlers.home import Home
from handlers.messages import Said
from handlers.posts import PostKind
from handlers.request import Forms, Reply
from models.communities import Community
from models.consultancies import asynchronous, moving_on
from models.consultancies.consultancy import Consultancy
from models.consultancies.moving_on import ASYNC_STEP, END, QUESTIONS
from models.consultancies.questions import Gathered, Question
from models.database import Database
from models.members import Member
from models.posts import Post
from models.problems import Problem
from models.problems.posted import CARD, card_key
from models.time import Clock
from models.workspaces import Workspace

logger = logging.getLogger(__name__)

MOVED_A_TICK = 100


def register(app: Any) -> None:
    app.action(BEGIN)(open_beginning)
    app.view(BEGIN_FORM)(begin)
    app.action(SEE_QUESTIONS)(show_questions)


async def open_beginning(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    forms: Forms,
) -> None:
    """Show what would happen on which day."""
    await ack()
    problem_id = str(action.get("value") or "")
    async with db.begin() as session:
        problem, community = await _to_begin(session, problem_id, member)
        plan = await asynchronous.plan(session, problem, community, clock())
        is_own = await problem.is_by(session, member.member_id)
    view = begin_form(problem, plan, community.tz, is_own=is_own)
    await forms.open(view, opener=BEGIN, typed={}, value=problem_id)


async def begin(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Begin the consultancy; sent twice, it is the same one."""
    async with db.begin() as session:
        problem_id = str(carried_by(view).get("problem_id"))
        problem, community = await _to_begin(session, problem_id, member)
        now = clock()
        consultancy = await asynchronous.begin(session, problem, community, now)
        author_id = await problem.author(session)
    await ack()
    note = begun(consultancy, community.tz, is_new=consultancy.opened_at == now)
    await reply(note, place_id=community.channel_id)
    await home.refresh(member.member_id, author_id or "")


async def show_questions(
    ack: AsyncAck, action: dict[str, Any], member_id: str, db: Database, reply: Reply
) -> None:
    """Show what was asked so far and by whom."""
    await ack()
    async with db() as session:
        consultancy = await Consultancy.seen_by(session, action.get("value"), member_id)
        problem = await Problem.visible_to(session, consultancy.problem_id or 0, member_id)
        questions = await Question.of(session, consultancy.id)
        days = await _days(session, consultancy, problem, questions)
    await reply(questions_so_far(days, questions))


async def follow_message(session: AsyncSession, said: Said, now: datetime) -> None:
    """Gather what is asked in the thread in a step for questions, and follow what becomes of it."""
    if said.thread_ts is None or said.ts == said.thread_ts or said.member_id is None:
        return
    post = await Post.standing_at(session, said.channel_id, said.thread_ts)
    if post is None or post.kind != CARD or post.about_id is None:
        return
    found = await asynchronous.asked_during(session, post.about_id, said.at)
    # Without a name everybody's questions are kept alike: what is missing would tell who presents.
    if found is None or said.member_id == found[0].presenter_id:
        return
    question = Question(
        consultancy_id=found[0].id,
        ts=said.ts,
        member_id=said.member_id,
        step=found[1],
        text=await _as_seen(session, said.text),
        asked_at=said.at,
    )
    match said.change:
        case "new":
            await question.keep(session)
        case "changed":
            await question.reword(session)
        case "deleted":
            await question.take_back(session, now)


async def move_days_on(db: Database, clock: Clock, client: AsyncWebClient) -> str:
    """Bring each consultancy to the step that fits now; one that fails is tried again next time."""
    async with db.everywhere()() as session:
        found = await moving_on.due(session, clock(), MOVED_A_TICK)
    moved = 0
    for one in found:
        try:
            async with db.of(one.workspace_id).begin() as session:
                consultancy = await moving_on.held(session, one.id)
                if consultancy is not None:
                    await moving_on.move_on(session, consultancy, clock())
            moved += 1
        except Exception:
            logger.exception("Could not move the consultancy %s on", one.id)
    return f"moved {moved} of {len(found)} on"


async def next_moment(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when the next step of any of them comes."""
    return await moving_on.next_change(session, now)


async def draw_step(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw a step, or the last word, unless the consultancy has gone on or ended meanwhile."""
    consultancy = await session.get_one(Consultancy, post.about_id)
    problem = await session.get(Problem, consultancy.problem_id or 0)
    if problem is None or problem.deleted_at is not None:
        return withdrawn_since() if post.ts is not None else None
    which = post.key.rpartition(":")[2]
    if post.ts is None and not (problem.is_open and _is_at(consultancy, which)):
        return None
    days = await _days(session, consultancy, problem)
    if which == END:
        return closing_post(days, await Gathered.in_thread(session, consultancy))
    return step_post(days, int(which))


async def draw_questions(session: AsyncSession, post: Post, _: datetime) -> Message | None:
    """Draw what others asked in the steps that the key names, if there is anything."""
    consultancy = await session.get_one(Consultancy, post.about_id)
    problem = await session.get(Problem, consultancy.problem_id or 0)
    over = deleted_since() if post.ts is not None else None
    if problem is None or not problem.is_open:
        return over
    first, last = post.key.rpartition(":")[2].split("-")
    questions = [
        one
        for one in await Question.of(session, consultancy.id)
        if int(first) <= one.step <= int(last) and one.member_id != post.place_id
    ]
    if not questions:
        return over
    return questions_letter(await _days(session, consultancy, problem, questions), questions)


def _is_at(consultancy: Consultancy, which: str) -> bool:
    """Say whether it is at the step of that number, or over when that is the end."""
    if which == END:
        return consultancy.finished_at is not None
    return consultancy.is_running and str(consultancy.step) == which


async def _to_begin(
    session: AsyncSession, problem_id: str, member: Member
) -> tuple[Problem, Community]:
    """Return the problem and its community if this member may change it; its id may be forged."""
    problem = await Problem.visible_to(session, problem_id, member.member_id, to_change=True)
    community = await session.get_one(Community, problem.community_id)
    known = await Member.known(session, community.facilitators)
    names = {one: row.name for one, row in known.items() if row.name}
    await problem.require_changer(session, member, community, names)
    return problem, community


async def _days(
    session: AsyncSession,
    consultancy: Consultancy,
    problem: Problem,
    questions: Sequence[Question] = (),
) -> Days:
    """Return what drawing it takes: names, and where the thread is."""
    people = {one.member_id for one in questions} | {consultancy.presenter_id or ""}
    known = await Member.known(session, people)
    community = await session.get_one(Community, consultancy.community_id)
    card = await Post.keyed(session, card_key(problem.id))
    address = await Workspace.address(session)
    is_there = address and card is not None and card.channel_id
    return Days(
        consultancy=consultancy,
        problem=problem,
        tz=community.tz,
        names={one: row.name for one, row in known.items() if row.name},
        place=f"{address}archives/{card.channel_id}" if is_there and card else None,
        card_ts=card.ts if card else None,
    )


async def _as_seen(session: AsyncSession, text: str) -> str:
    """Return a message's words as their writer sees them."""
    named = [part.partition(">")[0] for part in text.split("<@")[1:]]
    known = await Member.known(session, named) if named else {}
    return unescape(text, {one: row.name for one, row in known.items() if row.name})


POSTS = {
    ASYNC_STEP: PostKind(draw_step),
    QUESTIONS: PostKind(draw_questions, switch=QUESTIONS),
}
