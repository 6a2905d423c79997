"""Following up: the question of two and six weeks later, and how a presenter tells colleagues."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from slack_sdk.models.blocks import ActionsBlock, ButtonElement
from slack_sdk.models.views import View

from handlers.blocks.consultancies.outcomes import AFTERWARDS, WEEKS, Outcome
from handlers.blocks.forms import TextField, carried
from handlers.blocks.hangouts.facts import linked, phrase
from handlers.blocks.members import mute_button
from handlers.blocks.message import Message
from handlers.blocks.pilots.ids import start_button
from handlers.blocks.problems.cards import MORE, More
from handlers.blocks.problems.fields import form, warning
from handlers.blocks.text import escape, paragraph, said, words
from models.consultancies.follow_ups import NOTE_LENGTH, FollowUp, Tried
from models.student_data import Suspicion

# One button an answer; their value is the consultancy's id and the number of the question.
TRIED = "consultancies.tried"
NOT_YET = "consultancies.not_yet"
CHANGED = "consultancies.changed"
TELL = "consultancies.tell"
ANSWERS = {TRIED: Tried.TRIED, NOT_YET: Tried.NOT_YET, CHANGED: Tried.CHANGED}

_BUTTONS = {
    TRIED: "Tried it",
    NOT_YET: "Not yet",
    CHANGED: "Changed it",
}
_NOTED = {
    Tried.TRIED: "You tried it. Noted.",
    Tried.NOT_YET: "Not yet. Noted; there is no hurry.",
    Tried.CHANGED: "You changed it on the way. Noted.",
}
NOTE_FIELD = TextField(
    name="note",
    label="What was it like?",
    max_length=NOTE_LENGTH,
    placeholder="Nine more students spoke. The timer helped.",
    is_long=True,
)


def follow_up_letter(outcome: Outcome, number: int) -> Message:
    """Ask what became of it; once answered, show the answer and offer to tell colleagues."""
    consultancy = outcome.consultancy
    about = phrase(
        f"{WEEKS[number]} ago colleagues thought with you about ",
        linked(outcome.about, outcome.link),
        ".",
    )
    answered = next((row for row in outcome.follow_ups if row.number == number), None)
    value = f"{consultancy.id}:{number}"
    if answered is None or answered.answer is None:
        step = consultancy.next_step
        last = f"You wanted to try: {step}" if step else "Did you get to try something?"
        buttons = [*_answers(_BUTTONS, value), _pilot(outcome)]
    else:
        last = _NOTED[Tried(answered.answer)]
        last += f" You told colleagues: {answered.note}" if answered.note else ""
        buttons = _after_answer(outcome, answered, value)
    return Message.of(
        [about.text, escape(last)],
        [
            about.block,
            paragraph(*said(last)),
            ActionsBlock(elements=[*buttons, mute_button(AFTERWARDS)]),
        ],
    )


def _after_answer(outcome: Outcome, answered: FollowUp, value: str) -> list[ButtonElement]:
    """Return what may follow an answer: telling colleagues, and resolving the problem."""
    if answered.answer == Tried.NOT_YET:
        return [*_answers((TRIED, CHANGED), value), _pilot(outcome)]
    buttons = [ButtonElement(text="Tell colleagues", action_id=TELL, value=value), _pilot(outcome)]
    if outcome.problem is not None and outcome.problem.is_open:
        buttons.append(
            ButtonElement(
                text="Resolve my problem",
                action_id=MORE,
                value=More.RESOLVE.about(outcome.problem),
            )
        )
    return buttons


def _answers(action_ids: Iterable[str], value: str) -> list[ButtonElement]:
    return [
        ButtonElement(text=_BUTTONS[action_id], action_id=action_id, value=value)
        for action_id in action_ids
    ]


def _pilot(outcome: Outcome) -> ButtonElement:
    """Return the way from a next step to a small test of it."""
    return start_button(problem_id=outcome.problem.id if outcome.problem else None)


def tell_form(
    outcome: Outcome, number: int, typed: str | None = None, suspicions: Sequence[Suspicion] = ()
) -> View:
    """Return the form in which a presenter tells colleagues how it went."""
    noted = next((row.note for row in outcome.follow_ups if row.number == number), None)
    first = "Goes into the thread of your problem, where colleagues can read it."
    return form(
        TELL,
        "How it went",
        "Keep",
        [
            paragraph(words(first)),
            *warning(suspicions),
            NOTE_FIELD.drawn(noted if typed is None else typed),
        ],
        carried(consultancy_id=outcome.consultancy.id, number=number),
    )
