"""What is seen once colleagues have thought along: the next step, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement
from slack_sdk.models.views import View

from handlers.blocks.forms import TextField, TickField, carried
from handlers.blocks.hangouts.facts import linked, name_of, phrase
from handlers.blocks.members import mute_button
from handlers.blocks.message import Message
from handlers.blocks.problems.cards import MORE, More
from handlers.blocks.text import escape, excerpt, first_upper, paragraph, plain, said, words
from models.consultancies.afterwards import LENGTHS
from models.consultancies.consultancy import Consultancy
from models.consultancies.follow_ups import NOTE_LENGTH, FollowUp, Tried
from models.problems import Problem
from models.student_data import Suspicion

NEXT_STEP = "consultancies.next_step"
# One button an answer; their value is the consultancy's id and the number of the question.
TRIED = "consultancies.tried"
NOT_YET = "consultancies.not_yet"
CHANGED = "consultancies.changed"
TELL = "consultancies.tell"
AFTERWARDS = "hangouts.afterwards"
ANSWERS = {TRIED: Tried.TRIED, NOT_YET: Tried.NOT_YET, CHANGED: Tried.CHANGED}
ABOUT_LENGTH = 150

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
_TOLD = {
    Tried.TRIED: "tried it",
    Tried.NOT_YET: "has not come to it yet",
    Tried.CHANGED: "changed it on the way",
}
_WEEKS = ("Two weeks", "Six weeks")
NEXT_STEP_FIELD = TextField(
    name="next_step",
    label="What will you try?",
    max_length=LENGTHS["next_step"],
    placeholder="Thirty seconds of writing before anyone speaks, in period 3.",
    hint="One small thing. I ask you in two weeks how it went.",
    is_long=True,
)
OUTCOME_FIELD = TextField(
    name="outcome",
    label="What do you take along?",
    max_length=LENGTHS["outcome"],
    placeholder="Quiet students write first; then everybody has something to say.",
    is_long=True,
    is_optional=True,
)
THANKS_FIELD = TextField(
    name="thanks",
    label="A word of thanks",
    max_length=LENGTHS["thanks"],
    placeholder="Thank you, Ben: your question about the first minute was the one.",
    hint="Goes into the thread where colleagues thought along. Leave it empty for none.",
    is_long=True,
    is_optional=True,
)
NOTE_FIELD = TextField(
    name="note",
    label="What was it like?",
    max_length=NOTE_LENGTH,
    placeholder="Nine more students spoke. The timer helped.",
    is_long=True,
)
NOBODY_RECOGNISED = TickField(
    name="nobody_recognised",
    label="Is a student named?",
    choice="Nobody can be recognised, keep it as it is",
)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A consultancy and what came of it. `link` leads to the problem's card."""

    consultancy: Consultancy
    problem: Problem | None
    follow_ups: Sequence[FollowUp]
    names: Mapping[str, str]
    link: str | None = None

    @property
    def about(self) -> str:
        """What it was about, in one line."""
        focus = self.problem.focus if self.problem and not self.problem.deleted_at else ""
        return excerpt(self.consultancy.question or focus or "what you brought", ABOUT_LENGTH)

    @property
    def presenter(self) -> str:
        """Who presented; whoever shared without a name has none here either."""
        if self.consultancy.presenter_id is None:
            return "Whoever brought it"
        return first_upper(name_of(self.consultancy.presenter_id, self.names))


def next_step_letter(outcome: Outcome) -> Message:
    """Ask the presenter for one next step; once there is one, show it."""
    value = str(outcome.consultancy.id)
    about = phrase("Colleagues thought with you about ", linked(outcome.about, outcome.link), ".")
    if outcome.consultancy.next_step:
        last, label = f"Your next step: {outcome.consultancy.next_step}", "Change it"
    else:
        last = "What will you try next? One sentence is plenty, and a thank-you fits in as well."
        label = "Note my next step"
    button = ButtonElement(text=label, action_id=NEXT_STEP, value=value)
    return Message.of(
        [about.text, escape(last)],
        [
            about.block,
            paragraph(*said(last)),
            ActionsBlock(elements=[button, mute_button(AFTERWARDS)]),
        ],
    )


def next_step_form(
    outcome: Outcome,
    typed: Mapping[str, str] | None = None,
    suspicions: Sequence[Suspicion] = (),
) -> View:
    """Return the form for the next step, with what is there already or what was `typed`."""
    consultancy = outcome.consultancy
    shown = typed or {
        "next_step": consultancy.next_step or "",
        "outcome": consultancy.outcome or "",
    }
    who = "Your name is not shown. " if consultancy.presenter_id is None else ""
    first = f"Goes into the thread of your problem, where colleagues can read it. {who}".strip()
    fields = [NEXT_STEP_FIELD, OUTCOME_FIELD]
    if consultancy.presenter_id is not None:
        # The word of thanks names who says it.
        fields.append(THANKS_FIELD)
    return _form(
        NEXT_STEP,
        "My next step",
        [
            paragraph(words(first)),
            *_warning(suspicions),
            *(field.drawn(shown.get(field.name)) for field in fields),
        ],
        carried(consultancy_id=consultancy.id),
    )


def follow_up_letter(outcome: Outcome, number: int) -> Message:
    """Ask what became of it; once answered, show the answer and offer to tell colleagues."""
    consultancy = outcome.consultancy
    about = phrase(
        f"{_WEEKS[number]} ago colleagues thought with you about ",
        linked(outcome.about, outcome.link),
        ".",
    )
    answered = next((row for row in outcome.follow_ups if row.number == number), None)
    value = f"{consultancy.id}:{number}"
    if answered is None or answered.answer is None:
        step = consultancy.next_step
        last = f"You wanted to try: {step}" if step else "Did you get to try something?"
        buttons = [
            ButtonElement(text=label, action_id=action_id, value=value)
            for action_id, label in _BUTTONS.items()
        ]
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
        return [ButtonElement(text="Tried it", action_id=TRIED, value=value)]
    buttons = [ButtonElement(text="Tell colleagues", action_id=TELL, value=value)]
    if outcome.problem is not None and outcome.problem.is_open:
        buttons.append(
            ButtonElement(
                text="Resolve my problem",
                action_id=MORE,
                value=More.RESOLVE.about(outcome.problem),
            )
        )
    return buttons


def tell_form(
    outcome: Outcome, number: int, typed: str | None = None, suspicions: Sequence[Suspicion] = ()
) -> View:
    """Return the form in which a presenter tells colleagues how it went."""
    noted = next((row.note for row in outcome.follow_ups if row.number == number), None)
    first = "Goes into the thread of your problem, where colleagues can read it."
    return _form(
        TELL,
        "How it went",
        [
            paragraph(words(first)),
            *_warning(suspicions),
            NOTE_FIELD.drawn(noted if typed is None else typed),
        ],
        carried(consultancy_id=outcome.consultancy.id, number=number),
    )


def outcome_message(outcome: Outcome) -> Message:
    """Return what stands in the problem's thread: outcome, next step and what became of it."""
    consultancy = outcome.consultancy
    problem = outcome.problem
    if problem is not None and problem.deleted_at is not None:
        gone = "What was said here belonged to a problem that was withdrawn."
        return Message.of([gone], [paragraph(words(gone))])
    lines, blocks = [], []
    for label, text in (
        ("What came of thinking about it together", consultancy.outcome),
        (f"{outcome.presenter} will try", consultancy.next_step),
        *_became(outcome),
    ):
        if text:
            lines.append(f"{escape(label)}: {escape(text)}")
            blocks.append(paragraph(words(f"{label}: ", bold=True), *said(text)))
    if not blocks:
        empty = "The outcome was taken back."
        return Message.of([empty], [paragraph(words(empty))])
    return Message.of(lines, blocks)


def _became(outcome: Outcome) -> list[tuple[str, str]]:
    """Return what became of the next step, as far as the presenter told colleagues."""
    return [
        (f"{_WEEKS[row.number]} later {outcome.presenter} {_TOLD[Tried(row.answer)]}", row.note)
        for row in outcome.follow_ups
        if row.answer and row.note and row.number < len(_WEEKS)
    ]


def thanks_message(outcome: Outcome, thanks: str) -> Message:
    """Return a presenter's word of thanks, said by the bot for them."""
    first = f"{outcome.presenter} thanks you:"
    return Message.of(
        [f"{escape(first)} {escape(thanks)}"],
        [paragraph(words(f"{first} ", bold=True), *said(thanks))],
    )


def _form(callback_id: str, title: str, blocks: Sequence[Block], metadata: str) -> View:
    return View(
        type="modal",
        callback_id=callback_id,
        title=plain(title),
        submit=plain("Keep"),
        close=plain("Cancel"),
        blocks=blocks,
        private_metadata=metadata,
    )


def _warning(suspicions: Sequence[Suspicion]) -> list[Block]:
    if not suspicions:
        return []
    quoted = ", ".join(f"“{one.excerpt}”" for one in suspicions[:3])
    first = (
        f"This may tell who a student is: {quoted}. Nothing is kept yet. "
        "You can take it out, or tick this box."
    )
    return [paragraph(words(first)), NOBODY_RECOGNISED.drawn()]
