"""The next step of a presenter: the letter that asks for it, its form, and a word of thanks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    InputBlock,
    UserMultiSelectElement,
)
from slack_sdk.models.views import View

from handlers.blocks.consultancies.outcomes import AFTERWARDS, Outcome
from handlers.blocks.forms import TextField, TickField, carried
from handlers.blocks.hangouts.facts import linked, phrase
from handlers.blocks.members import mute_button
from handlers.blocks.message import Message
from handlers.blocks.problems.fields import form, warning
from handlers.blocks.text import escape, paragraph, plain, said, words
from models.consultancies.afterwards import LENGTHS
from models.consultancies.consultancy import Consultancy
from models.merging import mark_of
from models.student_data import Suspicion
from models.thanks.thanks import RECEIVERS_AT_MOST

NEXT_STEP = "consultancies.next_step"
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
    placeholder="your question about the first minute, which was the one",
    hint="Leave it empty for none.",
    is_long=True,
    is_optional=True,
)
BETWEEN_US = TickField(
    name="is_private",
    label="Who sees these thanks?",
    choice="Only those I thank",
    hint="Otherwise everybody in the community’s channel does.",
)


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
    typed: Mapping[str, Any],
    suspicions: Sequence[Suspicion] = (),
) -> View:
    """Return the form for the next step; `typed` are answers by field, as far as there are any."""
    consultancy = outcome.consultancy
    who = "Your name is not shown. " if consultancy.presenter_id is None else ""
    first = f"Goes into the thread of your problem, where colleagues can read it. {who}".strip()
    fields = [field.drawn(typed.get(field.name)) for field in (NEXT_STEP_FIELD, OUTCOME_FIELD)]
    if consultancy.presenter_id is not None:
        # Thanks name who says them.
        fields += _thanks_fields(typed)
    return form(
        NEXT_STEP,
        "My next step",
        "Keep",
        [
            paragraph(words(first)),
            *warning(suspicions),
            *fields,
        ],
        carried(consultancy_id=consultancy.id, seen=mark_of(consultancy.outcome)),
    )


def first_answers(consultancy: Consultancy, member_ids: Sequence[str]) -> dict[str, Any]:
    """Return what the form begins with: what was noted, and those who took part."""
    return {
        "next_step": consultancy.next_step,
        "outcome": consultancy.outcome,
        "receiver_ids": list(member_ids),
    }


def _thanks_fields(typed: Mapping[str, Any]) -> list[InputBlock]:
    whom = UserMultiSelectElement(
        action_id="receiver_ids",
        initial_users=list(typed.get("receiver_ids") or []) or None,
        max_selected_items=RECEIVERS_AT_MOST,
    )
    return [
        THANKS_FIELD.drawn(typed.get("thanks")),
        InputBlock(
            block_id="receiver_ids",
            label=plain("Whom do you thank?"),
            hint=plain(
                "Those who signed up or led are chosen already; take out who was not there. With "
                "nobody chosen your words go into the thread where colleagues thought along."
            ),
            optional=True,
            element=whom,
        ),
        BETWEEN_US.drawn(is_ticked=bool(typed.get("is_private"))),
    ]


def thanks_message(outcome: Outcome, thanks: str) -> Message:
    """Return a presenter's word of thanks, said by the bot for them."""
    first = f"{outcome.presenter} thanks you:"
    return Message.of(
        [f"{escape(first)} {escape(thanks)}"],
        [paragraph(words(f"{first} ", bold=True), *said(thanks))],
    )
