"""How noting a value looks: the form, which pilot is meant, and what has to be asked first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    DatePickerElement,
    InputBlock,
    Option,
    StaticSelectElement,
)
from slack_sdk.models.blocks.block_elements import FileInputElement
from slack_sdk.models.views import View

from handlers.blocks.forms import TextField
from handlers.blocks.hangouts.facts import phrase
from handlers.blocks.message import Message
from handlers.blocks.pilots.ids import LOG, SHOW, start_button
from handlers.blocks.problems.fields import form, plain_section, warning
from handlers.blocks.request import LABEL_LENGTH, with_kept
from handlers.blocks.text import excerpt, plain
from models.pilots.entries import LENGTHS
from models.pilots.measures import EXAMPLES
from models.pilots.pilot import Circle, Measure, Pilot
from models.student_data import Suspicion

LOG_FORM = "pilots.log_form"
# Opens the form with what is kept of a message or command; the value is a draft's id.
LOG_DRAFT = "pilots.log_draft"
# Each followed by a number; the value is a draft's id, a colon and a pilot's id.
LOG_FOR = "pilots.log_for"
VALUE_LENGTH = 80
# Slack takes 100 options in a select, and more than these buttons nobody reads.
PILOTS_AT_MOST, BUTTONS_AT_MOST = 100, 10
NOTHING_TYPED: Mapping[str, Any] = MappingProxyType({})

_WHO_SEES = {
    Circle.ME: "Only you see it.",
    Circle.COMMUNITY: "The value is on the chart your community sees. Your notes only you see.",
    Circle.NETWORK: "The value is on the chart your colleagues see. Your notes only you see.",
}
SAW = TextField(
    name="saw",
    label="What did you see?",
    max_length=LENGTHS["saw"],
    placeholder="They explained it to each other before they asked me.",
    hint="No students’ names, please: “a student in period 3” says enough.",
    is_long=True,
    is_optional=True,
)
SURPRISED = TextField(
    name="surprised",
    label="What surprised you?",
    max_length=LENGTHS["surprised"],
    placeholder="The quiet ones wrote the most.",
    is_long=True,
    is_optional=True,
)
EVIDENCE_URL = TextField(
    name="evidence_url",
    label="A link to evidence",
    max_length=LENGTHS["evidence_url"],
    placeholder="https://…",
    is_optional=True,
)


def log_form(
    pilots: Sequence[Pilot],
    *,
    today: date,
    metadata: str,
    typed: Mapping[str, Any] = NOTHING_TYPED,
    notice: str = "",
    suspicions: Sequence[Suspicion] = (),
) -> View:
    """Return the form to note a value; of several pilots it asks which one.

    `typed` holds what is filled in already, `notice` what has to be asked, in plain words.
    """
    only = pilots[0] if len(pilots) == 1 else None
    blocks: list[Block] = [plain_section(_opening(only))]
    if notice:
        blocks.append(plain_section(notice))
    blocks += warning(suspicions, typed)
    if only is None:
        blocks.append(_which(pilots, str(typed.get("pilot_id") or "")))
    blocks += value_fields(typed, only, today)
    return form(LOG_FORM, "Note a value", "Note it", blocks, metadata)


def value_fields(typed: Mapping[str, Any], pilot: Pilot | None, today: date) -> list[Block]:
    """Return what is asked of each value; `typed["on_date"]` is a date or its ISO text."""
    day = typed.get("on_date") or today
    chosen = DatePickerElement(action_id="on_date", initial_date=f"{day}")
    kept = typed.get("evidence_name")
    hint = f"“{excerpt(str(kept), 100)}” is kept; another one takes its place." if kept else None
    return [
        _value_field(pilot).drawn(typed.get("value")),
        SAW.drawn(typed.get("saw")),
        SURPRISED.drawn(typed.get("surprised")),
        InputBlock(block_id="on_date", label=plain("When?"), optional=True, element=chosen),
        EVIDENCE_URL.drawn(typed.get("evidence_url")),
        InputBlock(
            block_id="evidence_file",
            label=plain("A photo or file as evidence"),
            hint=plain(hint or "Without students’ faces or names, please."),
            optional=True,
            element=FileInputElement(action_id="evidence_file", max_files=1),
        ),
    ]


def which_pilot(pilots: Sequence[Pilot], draft_id: int, text: str) -> Message:
    """Ask for which pilot the value is; the draft keeps it."""
    question = phrase("For which pilot is ", phrase(excerpt(text, 150), bold=True), "?")
    shown = pilots[:BUTTONS_AT_MOST]
    buttons = [
        ButtonElement(
            text=plain(excerpt(pilot.own_name, LABEL_LENGTH)),
            action_id=f"{LOG_FOR}.{number}",
            value=f"{draft_id}:{pilot.id}",
        )
        for number, pilot in enumerate(shown)
    ]
    if len(pilots) > len(shown):
        buttons.append(ButtonElement(text="Another one", action_id=LOG_DRAFT, value=str(draft_id)))
    names = [phrase(f"• {excerpt(pilot.own_name, LABEL_LENGTH)}").text for pilot in shown]
    return Message.of([question.text, *names], [question.block, ActionsBlock(elements=buttons)])


def asked_first(notice: str, draft_id: int, text: str) -> Message:
    """Say what has to be known before the value is noted; what was written is kept."""
    asked = phrase(notice, " What you wrote is kept, nothing is noted yet.")
    button = ButtonElement(
        text="Open the form", action_id=LOG_DRAFT, value=str(draft_id), style="primary"
    )
    message = Message.of([asked.text], [asked.block, ActionsBlock(elements=[button])])
    return with_kept(message, text)


def shall_i(pilot: Pilot, value: str, draft_id: int, text: str) -> Message:
    """Ask whether words that begin with a number are a value; nothing is noted yet."""
    asked = phrase(
        "Shall I note ", phrase(value, bold=True), " for ", phrase(pilot.own_name, bold=True), "?"
    )
    quoted = phrase(f"“{excerpt(text, 150)}”")
    buttons = [
        ButtonElement(
            text="Note it",
            action_id=f"{LOG_FOR}.0",
            value=f"{draft_id}:{pilot.id}",
            style="primary",
        ),
        ButtonElement(text="Open the form", action_id=LOG_DRAFT, value=str(draft_id)),
    ]
    return Message.of(
        [asked.text, quoted.text], [asked.block, quoted.block, ActionsBlock(elements=buttons)]
    )


def no_number(draft_id: int, text: str) -> Message:
    """Answer a reply to the bot's question in which there is no value; the form takes it up."""
    told = phrase("No number in that, so nothing is noted. A week without a value is fine.")
    button = ButtonElement(text="Open the form", action_id=LOG_DRAFT, value=str(draft_id))
    message = Message.of([told.text], [told.block, ActionsBlock(elements=[button])])
    return with_kept(message, text)


def student_notice(suspicions: Sequence[Suspicion]) -> str:
    """Return the question whether a student is named, for an answer outside of a form."""
    quoted = ", ".join(f"“{one.excerpt}”" for one in suspicions[:3])
    return f"This may tell who a student is: {quoted}."


def nothing_running(text: str = "") -> Message:
    """Return what a pilot is, for somebody who has none that runs; what they wrote comes back."""
    told = phrase(
        "You have no pilot running. A pilot is one small test with one class for two weeks, "
        "for example an exit ticket every Friday."
    )
    if text:
        told = phrase(told, " What you wrote is below.")
    buttons = ActionsBlock(elements=[start_button()])
    return with_kept(Message.of([told.text], [told.block, buttons]), text)


def finished_already(pilot: Pilot, text: str) -> Message:
    """Answer a value for a pilot that is over; what was written comes back."""
    told = phrase(
        phrase(pilot.own_name, bold=True),
        " is finished. Its menu has Reopen; then more values can be noted.",
    )
    button = ButtonElement(text="Look closer", action_id=SHOW, value=str(pilot.id))
    return with_kept(Message.of([told.text], [told.block, ActionsBlock(elements=[button])]), text)


def log_button(pilot: Pilot | None = None, text: str = "Log") -> ButtonElement:
    """Return the button that opens the form; without a pilot the form asks for which one."""
    return ButtonElement(
        text=text, action_id=LOG, value=str(pilot.id) if pilot else None, style="primary"
    )


def _opening(pilot: Pilot | None) -> str:
    if pilot is None:
        return "The value goes onto the chart of the pilot you choose. Your notes only you see."
    return f"For “{pilot.own_name}”. {_WHO_SEES[Circle(pilot.circle)]}"


def _which(pilots: Sequence[Pilot], chosen: str) -> InputBlock:
    options = {
        str(pilot.id): Option(
            value=str(pilot.id), text=plain(excerpt(pilot.own_name, LABEL_LENGTH))
        )
        for pilot in pilots[:PILOTS_AT_MOST]
    }
    select = StaticSelectElement(
        action_id="pilot_id",
        placeholder=plain("Choose a pilot"),
        options=list(options.values()),
        initial_option=options.get(chosen),
    )
    return InputBlock(block_id="pilot_id", label=plain("Which pilot?"), element=select)


def _value_field(pilot: Pilot | None) -> TextField:
    if pilot is None:
        label, hint, example = "The value", None, "18 of 26, 69 %, 4.5"
    else:
        label, example = pilot.measure_name, EXAMPLES[pilot.measure]
        hint = _hint(pilot)
    return TextField(
        name="value", label=label, max_length=VALUE_LENGTH, placeholder=example, hint=hint
    )


def _hint(pilot: Pilot) -> str:
    if pilot.measure == Measure.NUMBER and pilot.unit:
        return f"In {pilot.unit}."
    return _HINTS[Measure(pilot.measure)]


_HINTS = {
    Measure.COUNT: "How many of how many.",
    Measure.PERCENT: "A percentage.",
    Measure.NUMBER: "A number.",
    Measure.RATING: "From 1 to 5.",
}
