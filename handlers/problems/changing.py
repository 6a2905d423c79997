"""Changing: author and facilitators edit, resolve, reopen and delete; an author answers unnamed."""

from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.models.views import View
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.problems.cards import MORE, More, chosen
from handlers.blocks.problems.forms import (
    ANSWER_FORM,
    DELETE_FORM,
    EDIT_FORM,
    RESOLVE_FORM,
    answer_form,
    delete_form,
    edit_form,
    resolve_form,
)
from handlers.blocks.problems.notes import ANSWER as ANSWER_BUTTON
from handlers.blocks.request import plain
from handlers.home import Home
from handlers.problems.drawing import ANSWER, CARD, RESOLUTION, card_key
from handlers.problems.sharing import KIND, entry_of, wording_of
from handlers.request import Forms, Reply
from models import search
from models.communities import Community
from models.database import Database
from models.errors import NotAllowedError, NotHereError
from models.members import Member
from models.posts import Post
from models.problems import Answer, Problem, written
from models.student_data import Suspicion, suspicions
from models.time import Clock


def register(app: Any) -> None:
    app.action(MORE)(open_choice)
    app.action(ANSWER_BUTTON)(open_answer)
    app.view(EDIT_FORM)(keep_edit)
    app.view(RESOLVE_FORM)(resolve)
    app.view(DELETE_FORM)(delete)
    app.view(ANSWER_FORM)(answer)


@dataclass(frozen=True)
class Change:
    """A problem in the hands of somebody who may change it."""

    problem: Problem
    community: Community


async def _to_change(session: AsyncSession, problem_id: Any, member: Member) -> Change:
    """Return the problem if this member may change it; raises NotHereError, NotAllowedError."""
    problem = await Problem.visible_to(session, str(problem_id), member.member_id, to_change=True)
    community = await session.get_one(Community, problem.community_id)
    known = await Member.known(session, community.facilitators)
    names = {one: row.name for one, row in known.items() if row.name}
    await problem.require_changer(session, member, community, names)
    return Change(problem, community)


async def _to_answer(session: AsyncSession, problem_id: Any, member: Member) -> Problem:
    """Return the problem if this member shared it without their name."""
    problem = await Problem.visible_to(session, str(problem_id), member.member_id, to_change=True)
    if not problem.is_without_name or not await problem.is_by(session, member.member_id):
        raise NotAllowedError(
            "Only whoever shared this problem can answer it without a name. "
            "Your own answer is welcome in its thread."
        )
    return problem


async def open_choice(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    forms: Forms,
    reply: Reply,
) -> None:
    """Open what was chosen in the card's menu, for those who may."""
    await ack()
    choice, problem_id = chosen(str((action.get("selected_option") or {}).get("value") or ""))
    if choice is More.REOPEN:
        await _reopen(problem_id, member, db, clock)
        await reply(plain("It is open again. What was learned so far is kept."))
        return
    async with db.begin() as session:
        if choice is More.ANSWER:
            view = answer_form(await _to_answer(session, problem_id, member))
        else:
            problem = (await _to_change(session, problem_id, member)).problem
            view = _form_for(choice, problem)
    await forms.open(view, opener=MORE, typed={})


def _form_for(choice: More | None, problem: Problem) -> View:
    match choice:
        case More.EDIT:
            return edit_form(problem)
        case More.RESOLVE:
            return resolve_form(problem)
        case More.DELETE:
            return delete_form(problem)
        case _:
            raise NotHereError("I do not know that choice. Please open the menu again.")


async def open_answer(
    ack: AsyncAck, action: dict[str, Any], member: Member, db: Database, forms: Forms
) -> None:
    """Open the form for an answer without a name, from the letter about an offer."""
    await ack()
    async with db.begin() as session:
        problem = await _to_answer(session, action.get("value"), member)
    await forms.open(answer_form(problem), opener=ANSWER_BUTTON, typed={})


async def _reopen(problem_id: str, member: Member, db: Database, clock: Clock) -> None:
    async with db.begin() as session:
        change = await _to_change(session, problem_id, member)
        change.problem.reopen()
        await Post.redraw(session, CARD, change.problem.id, clock())


async def keep_edit(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    home: Home,
) -> None:
    """Keep the new words and redraw the card in place."""
    answers = read_form(view)
    wording = wording_of(answers)
    async with db.begin() as session:
        change = await _to_change(session, carried_by(view).get("problem_id"), member)
        doubts = _doubts(answers, wording.everything)
        if not doubts:
            change.problem.edit(wording, clock())
            await search.keep(session, entry_of(change.problem, change.community))
            await Post.redraw(session, CARD, change.problem.id, clock())
        author_id = await change.problem.author(session)
    if doubts:
        again = edit_form(change.problem, typed=answers, suspicions=doubts)
        await ack(response_action="update", view=again)
        return
    await ack()
    await home.refresh(member.member_id, author_id or "")


async def resolve(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    home: Home,
) -> None:
    """Keep what was learned, tell the thread, and make it findable."""
    answers = read_form(view)
    learned = written("learned", answers.get("learned"))
    async with db.begin() as session:
        change = await _to_change(session, carried_by(view).get("problem_id"), member)
        problem = change.problem
        doubts = _doubts(answers, learned)
        if not doubts:
            problem.resolve(learned, clock())
            await search.keep(session, entry_of(problem, change.community))
            await _tell_thread(session, problem, change.community, RESOLUTION, view, clock)
            await Post.redraw(session, CARD, problem.id, clock())
        author_id = await problem.author(session)
    if doubts:
        again = resolve_form(problem, typed=learned, suspicions=doubts)
        await ack(response_action="update", view=again)
        return
    await ack()
    await home.refresh(member.member_id, author_id or "")


async def answer(
    ack: AsyncAck, view: dict[str, Any], member: Member, db: Database, clock: Clock
) -> None:
    """Say an answer in the thread for whoever shared the problem without a name."""
    answers = read_form(view)
    text = written("answer", answers.get("answer"))
    async with db.begin() as session:
        problem = await _to_answer(session, carried_by(view).get("problem_id"), member)
        doubts = _doubts(answers, text)
        if not doubts:
            community = await session.get_one(Community, problem.community_id)
            kept = await Answer.keep(session, problem.id, text, view["id"], clock())
            await _tell_thread(session, problem, community, ANSWER, view, clock, kept.id)
    if doubts:
        again = answer_form(problem, typed=text, suspicions=doubts)
        await ack(response_action="update", view=again)
        return
    await ack()


async def delete(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    home: Home,
) -> None:
    """Withdraw the problem: the card says so, its words are gone everywhere."""
    async with db.begin() as session:
        change = await _to_change(session, carried_by(view).get("problem_id"), member)
        author_id = await change.problem.author(session)
        await change.problem.withdraw(session, clock())
        await search.forget(session, KIND, change.problem.id)
        await Post.redraw(session, CARD, change.problem.id, clock())
    await ack()
    await home.refresh(member.member_id, author_id or "")


def _doubts(answers: dict[str, Any], text: str) -> list[Suspicion]:
    """Return what may tell who a student is, unless the writer has said that nothing does."""
    return [] if answers.get("nobody_recognised") else suspicions(text)


async def _tell_thread(
    session: AsyncSession,
    problem: Problem,
    community: Community,
    kind: str,
    view: dict[str, Any],
    clock: Clock,
    about_id: int | None = None,
) -> None:
    # The form's id makes the key unique, so a form sent twice is said once.
    await Post.add(
        session,
        f"{kind}:{problem.id}:{view['id']}",
        community.channel_id,
        kind=kind,
        due_at=clock(),
        about_id=about_id or problem.id,
        thread_of=card_key(problem.id),
    )
