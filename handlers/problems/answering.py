"""Answering: whoever shared without a name answers in the thread without it, too."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.problems.changing import ANSWER_FORM, answer_form
from handlers.blocks.problems.fields import doubts_about
from handlers.blocks.problems.letters import OPEN_ANSWER
from handlers.blocks.problems.notes import answer_noted
from handlers.problems.holding import tell_thread, to_answer
from handlers.request import Forms, Reply, said_in
from models.database import Database
from models.members import Member
from models.problems import Answer, written
from models.problems.posted import ANSWER
from models.time import Clock


def register(app: Any) -> None:
    app.action(OPEN_ANSWER)(open_answer)
    app.view(ANSWER_FORM)(answer)


async def open_answer(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    member: Member,
    db: Database,
    forms: Forms,
) -> None:
    """Open the form for an answer without a name, from the letter about an offer."""
    await ack()
    problem_id = str(action.get("value") or "")
    async with db.begin() as session:
        held = await to_answer(session, problem_id, member)
    view = answer_form(held.problem, asked_in=said_in(body))
    await forms.open(view, opener=OPEN_ANSWER, typed={}, value=problem_id)


async def answer(
    ack: AsyncAck, view: dict[str, Any], member: Member, db: Database, clock: Clock, reply: Reply
) -> None:
    """Say an answer in the thread for whoever shared the problem without a name."""
    answers, facts = read_form(view), carried_by(view)
    text = written("answer", answers.get("answer"))
    doubts = doubts_about(text, answers)
    async with db.begin() as session:
        held = await to_answer(session, facts.get("problem_id"), member)
        if not doubts:
            kept = await Answer.keep(session, held.problem.id, text, view["id"], clock())
            await tell_thread(session, held, ANSWER, view["id"], clock, kept.id)
    if doubts:
        asked_in = facts.get("asked_in")
        again = answer_form(held.problem, typed=text, suspicions=doubts, asked_in=asked_in)
        await ack(response_action="update", view=again)
        return
    await ack()
    is_letter = str(facts.get("asked_in") or "").startswith("D")
    await reply(answer_noted(), place_id=None if is_letter else held.community.channel_id)
