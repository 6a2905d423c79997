"""Finishing: what came of a pilot beside its prediction, the decision, and taking it up again."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from handlers.blocks.forms import carried_by, read_form
from handlers.blocks.pilots.finishing import (
    FINISH_FORM,
    finish_form,
    finished,
    nothing_to_finish,
    which_to_finish,
)
from handlers.blocks.pilots.ids import FINISH, REOPEN
from handlers.blocks.problems.fields import doubts_about
from handlers.blocks.text import unescape
from handlers.home import Home
from handlers.pilots.drawing import draw_spark, view_of
from handlers.posts import PostKind
from handlers.request import Forms, Reply, said_in
from models.database import Database
from models.pilots import finding, naming
from models.pilots.evidence import Evidence
from models.pilots.finishing import Outcome, finish, reopen
from models.pilots.pilot import Pilot
from models.pilots.posted import NEWS, SPARK
from models.text import clean
from models.time import Clock

POSTS = {SPARK: PostKind(draw_spark, switch=NEWS)}


def register(app: Any) -> None:
    app.command("/pilot", "finish")(finish_named)
    app.action(FINISH)(open_form)
    app.view(FINISH_FORM)(keep_outcome)
    app.action(REOPEN)(take_up_again)


async def finish_named(
    ack: AsyncAck,
    body: dict[str, Any],
    member_id: str,
    db: Database,
    forms: Forms,
    reply: Reply,
) -> None:
    """Open the form for my running pilot, or for the one of that name; of several it asks which."""
    await ack()
    _, _, name = clean(unescape(str(body.get("text") or ""))).partition(" ")
    async with db() as session:
        pilots = list(await finding.running(session, member_id))
        meant = naming.nearest(name, pilots, member_id) if name.strip() else pilots
        evidence = None
        if len(meant) == 1:
            evidence = await Evidence.of(session, meant[0], reader_id=member_id)
    if evidence is not None:
        await _open(meant[0], evidence, forms)
    elif pilots:
        await reply(which_to_finish((meant or pilots)[: naming.MOST_CHOICES]))
    else:
        await reply(nothing_to_finish())


async def open_form(
    ack: AsyncAck, action: dict[str, Any], member_id: str, db: Database, forms: Forms
) -> None:
    """Open the form of the pilot whose button was pressed; of a finished one to change it."""
    await ack()
    async with db() as session:
        pilot = await finding.owned_by(session, action.get("value"), member_id)
        evidence = await Evidence.of(session, pilot, reader_id=member_id)
    await _open(pilot, evidence, forms)


async def keep_outcome(
    ack: AsyncAck,
    view: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Keep the outcome, redraw its card, and say what fits next."""
    answers, carries = read_form(view), carried_by(view)
    outcome = _outcome_of(answers)
    doubts = doubts_about(outcome.everything, answers)
    async with db.begin() as session:
        pilot = await finding.owned_by(session, carries.get("pilot_id"), member_id, for_update=True)
        is_new = not doubts and await finish(session, pilot, outcome, clock())
        evidence = await Evidence.of(session, pilot, reader_id=member_id)
    if doubts:
        again = finish_form(pilot, evidence, answers, doubts, carries.get("asked_in"))
        await ack(response_action="update", view=again)
        return
    await ack()
    # The very same form, delivered twice, is answered once.
    if is_new:
        await reply(finished(pilot), place_id=carries.get("asked_in"))
        await home.refresh(member_id)


async def take_up_again(
    ack: AsyncAck,
    action: dict[str, Any],
    member_id: str,
    db: Database,
    clock: Clock,
    reply: Reply,
    home: Home,
) -> None:
    """Let a finished pilot run on."""
    await ack()
    async with db.begin() as session:
        pilot = await finding.owned_by(session, action.get("value"), member_id, for_update=True)
        await reopen(session, pilot, now := clock())
        kept = "It runs on. What you wrote is kept."
        message = await view_of(session, pilot, member_id, now, kept)
    await reply(message)
    await home.refresh(member_id)


async def _open(pilot: Pilot, evidence: Evidence, forms: Forms) -> None:
    form = finish_form(pilot, evidence, asked_in=said_in(forms.body))
    await forms.open(form, opener=FINISH, typed={}, value=str(pilot.id))


def _outcome_of(answers: dict[str, Any]) -> Outcome:
    names = ("result", "matched", "learned", "decision", "why", "as_planned")
    return Outcome.of(**{name: answers.get(name) for name in names})
