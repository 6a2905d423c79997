"""Changing: author and facilitators edit, resolve, reopen and delete."""

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.models.views import View
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.consultancies.beginning import begin_form
from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.materials.attaching import attach_here_button
from handlers.blocks.problems.cards import MORE, More, chosen
from handlers.blocks.problems.changing import (
    DELETE_FORM,
    EDIT_FORM,
    RESOLVE_FORM,
    answer_form,
    delete_form,
    edit_form,
    resolve_form,
)
from handlers.blocks.problems.fields import doubts_about
from handlers.blocks.problems.notes import edited, open_already, reopened, resolved, withdrawn
from handlers.home import Home
from handlers.names import names_of
from handlers.problems.drawing import redraw_state, redraw_words
from handlers.problems.holding import Held, tell_thread, to_answer, to_change
from handlers.problems.letters import Changed, take_letters_away, tell_author, tell_of_change
from handlers.problems.sharing import wording_of
from handlers.request import Again, Forms, Reply
from models import search
from models.consultancies import asynchronous
from models.consultancies.forgetting import forget_words
from models.database import Database
from models.errors import NotHereError
from models.findable import keep_problem_findable
from models.materials.material import About
from models.members import Member
from models.pilots.telling import redraw_begun_with
from models.problems import forget_letters, written
from models.problems.posted import RESOLUTION
from models.problems.visibility import KIND
from models.thanks import suggesting
from models.thanks.posted import SUGGESTION_OF_PROBLEM
from models.time import Clock


def register(app: Any) -> None:
    app.action(MORE)(open_choice)
    app.view(EDIT_FORM)(keep_edit)
    app.view(RESOLVE_FORM)(resolve)
    app.view(DELETE_FORM)(delete)


async def open_choice(
    ack: AsyncAck,
    action: dict[str, Any],
    member: Member,
    db: Database,
    forms: Forms,
    clock: Clock,
    reply: Reply,
    home: Home,
    again: Again,
) -> None:
    """Open what was chosen in the card's menu, for those who may."""
    await ack()
    # The menu's choice, or that of the button which stands for it when the form did not open.
    option = action.get("selected_option") or action
    value = str(option.get("value") or "")
    choice, problem_id = chosen(value)
    if choice is More.ATTACH:
        # Whoever sees the problem may, so it is as if a button of its own had been pressed.
        attach = attach_here_button(About.PROBLEM, problem_id).to_dict()
        await again(forms.body | {"actions": [attach]})
        return
    async with db.begin() as session:
        allowed = to_answer if choice is More.ANSWER else to_change
        held = await allowed(session, problem_id, member)
        was_open = held.problem.is_open
        if choice is More.REOPEN and not was_open:
            held.problem.reopen()
            await redraw_state(session, held.problem, clock())
        author_id = await held.problem.author(session)
        view = None
        if choice is not More.REOPEN:
            view = await _form_for(session, choice, held, member, clock())
    if view is None:
        await reply(open_already() if was_open else reopened())
        await home.refresh(member.member_id, author_id or "")
        return
    await forms.open(view, opener=MORE, typed={}, value=value)


async def _form_for(
    session: AsyncSession, choice: More | None, held: Held, member: Member, now: datetime
) -> View:
    problem = held.problem
    match choice:
        case More.EDIT:
            return edit_form(problem)
        case More.RESOLVE:
            return resolve_form(problem)
        case More.ANSWER:
            return answer_form(problem)
        case More.CONSULT:
            plan = await asynchronous.plan(session, problem, held.community, now)
            is_own = await problem.is_by(session, member.member_id)
            return begin_form(problem, plan, held.community.tz, is_own=is_own)
        case More.DELETE:
            return delete_form(problem)
        case _:
            raise NotHereError("I do not know that choice. Please open the menu again.")


async def keep_edit(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Keep the new words and redraw the card in place."""
    answers = read_form(view)
    wording = wording_of(answers)
    learned = written("learned", answers["learned"]) if "learned" in answers else ""
    doubts = doubts_about(f"{wording.everything}\n{learned}", answers)
    async with db.begin() as session:
        held = await to_change(session, carried_by(view).get("problem_id"), member)
        if not doubts:
            before = held.problem.wanted_help
            held.problem.edit(wording, clock())
            if learned and not held.problem.is_open:
                held.problem.resolve(learned, clock())
            await asynchronous.follow_wish(session, held.problem, held.community, before, clock())
            await keep_problem_findable(session, held.problem, held.community)
            await redraw_words(session, held.problem, clock())
            await redraw_begun_with(session, held.problem, clock())
            await tell_of_change(session, held.problem, Changed(More.EDIT, member, view), clock())
        author_id = await held.problem.author(session)
    if doubts:
        again = edit_form(held.problem, typed=answers, suspicions=doubts)
        await ack(response_action="update", view=again)
        return
    await ack()
    await reply(edited(), place_id=held.community.channel_id)
    await home.refresh(member.member_id, author_id or "")


async def resolve(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Keep what was learned, tell the thread, and make it findable."""
    answers = read_form(view)
    learned = written("learned", answers.get("learned"))
    doubts = doubts_about(learned, answers)
    async with db.begin() as session:
        held = await to_change(session, carried_by(view).get("problem_id"), member)
        if not doubts:
            held.problem.resolve(learned, clock())
            await asynchronous.end(session, held.problem, clock())
            await keep_problem_findable(session, held.problem, held.community)
            await tell_thread(session, held, RESOLUTION, view["id"], clock, held.problem.id)
            await redraw_state(session, held.problem, clock())
            await tell_of_change(
                session, held.problem, Changed(More.RESOLVE, member, view), clock()
            )
            await suggesting.after_resolving(session, held.problem, member.member_id, clock())
        author_id = await held.problem.author(session)
        helpers = await suggesting.for_problem(session, held.problem, member.member_id)
        names = await names_of(session, helpers.member_ids if helpers else ())
    if doubts:
        again = resolve_form(held.problem, typed=learned, suspicions=doubts)
        await ack(response_action="update", view=again)
        return
    await ack()
    done = resolved(held.problem, helpers, names, is_own=author_id == member.member_id)
    await reply(done, place_id=held.community.channel_id)
    await home.refresh(member.member_id, author_id or "")


async def delete(
    ack: AsyncAck,
    view: dict[str, Any],
    member: Member,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Withdraw the problem: the card says so, its words are gone everywhere."""
    async with db.begin() as session:
        held = await to_change(session, carried_by(view).get("problem_id"), member)
        author_id, named_id = await held.problem.author(session), held.problem.author_id
        await redraw_begun_with(session, held.problem, clock())
        await held.problem.withdraw(session, clock())
        await asynchronous.forget(session, held.problem, clock())
        await forget_words(session, held.problem.id, clock())
        await search.forget(session, KIND, held.problem.id)
        await redraw_words(session, held.problem, clock())
        await take_letters_away(session, held.problem)
        await forget_letters(session, [SUGGESTION_OF_PROBLEM], held.problem.id)
        done = Changed(More.DELETE, member, view)
        await tell_author(session, held.problem, named_id, done, clock())
    await ack()
    await reply(withdrawn(), place_id=held.community.channel_id)
    await home.refresh(member.member_id, author_id or "")
