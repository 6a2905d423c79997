"""How values look once they are noted: the short answer, one's own list, marks of change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    DatePickerElement,
    InputBlock,
)
from slack_sdk.models.views import View

from handlers.blocks.forms import TextField
from handlers.blocks.hangouts.facts import Phrase, linked, phrase
from handlers.blocks.message import Message
from handlers.blocks.pilots.entering import NOTHING_TYPED, log_button, value_fields
from handlers.blocks.pilots.ids import NOTE_CHANGE, OBSERVATIONS, SHOW
from handlers.blocks.problems.facts import facts_line
from handlers.blocks.problems.fields import form, plain_section, warning
from handlers.blocks.text import excerpt, plain
from models.pilots.changing import WORDS_LENGTH
from models.pilots.measures import Value, written
from models.pilots.observation import ChangeNote, Observation
from models.pilots.observing import ObservationPage
from models.pilots.pilot import Circle, Pilot
from models.student_data import Suspicion

# Each the id of a value, or of a mark.
EDIT_VALUE = "pilots.edit_value"
UNDO_VALUE = "pilots.undo_value"
NOTE_AGAIN = "pilots.note_again"
REMOVE_CHANGE = "pilots.remove_change"
EDIT_VALUE_FORM = "pilots.edit_value_form"
CHANGE_FORM = "pilots.change_form"
# The value is a pilot's id, a colon and a page.
TURN_VALUES = "pilots.turn_values"
QUOTED = 150

CHANGE_WORDS = TextField(
    name="words",
    label="What changed?",
    max_length=WORDS_LENGTH,
    placeholder="New seating plan",
    hint="A few words, as they will stand on the chart. No students’ names, please.",
)


@dataclass(frozen=True)
class Noted:
    """A value as its teacher reads it; `summary` is what the series says so far, in one line.

    `is_new` is False for one that was there already, `is_changed` says that it was another before.
    """

    pilot: Pilot
    observation: Observation
    summary: str
    is_new: bool = True
    is_changed: bool = False


def noted_answer(noted: Noted) -> Message:
    """Tell that it worked, what was noted, and how the series stands; all in a glance."""
    pilot, observation = noted.pilot, noted.observation
    begins = "Noted for " if noted.is_new else "Already noted for "
    first = phrase(
        "Changed for " if noted.is_changed else begins,
        phrase(pilot.own_name, bold=True),
        ": ",
        value_line(pilot, observation),
        ".",
    )
    told = told_words(observation)
    buttons = [
        ButtonElement(text="Add more", action_id=EDIT_VALUE, value=str(observation.id)),
        ButtonElement(text="Take it back", action_id=UNDO_VALUE, value=str(observation.id)),
        ButtonElement(text="See the chart", action_id=SHOW, value=str(pilot.id)),
    ]
    if not noted.is_new:
        again = ButtonElement(text="Note it again", action_id=NOTE_AGAIN, value=buttons[0].value)
        buttons.insert(0, again)
    blocks = [
        first.block,
        *([told.block] if told else []),
        facts_line([noted.summary]),
        ActionsBlock(block_id=UNDO_VALUE, elements=buttons),
    ]
    return Message.of([first.text, told.text, phrase(noted.summary).text], blocks)


def taken_back(pilot: Pilot, gone: Phrase) -> Message:
    """Tell that a value is gone; `gone` is what it was, so that nothing typed is lost."""
    told = phrase("Taken back from ", phrase(pilot.own_name, bold=True), ": ", gone, ".")
    return Message.of([told.text], [told.block, ActionsBlock(elements=[log_button(pilot)])])


def gone_already(pilot: Pilot) -> Message:
    """Tell that this value was taken back before."""
    told = phrase("That value of ", phrase(pilot.own_name, bold=True), " was taken back already.")
    return Message.of([told.text], [told.block, ActionsBlock(elements=[log_button(pilot)])])


def everything_noted(pilot: Pilot, observation: Observation) -> Phrase:
    """Return a value with every word that was noted with it."""
    parts = [value_line(pilot, observation)]
    for words in (observation.saw, observation.surprised, observation.evidence_url):
        if words:
            parts.append(phrase(" · ", words))
    return phrase(*parts)


def value_line(pilot: Pilot, observation: Observation) -> Phrase:
    """Return the value and its day, such as "18 of 26 students, Tuesday 17 November"."""
    value = written(Value(observation.value, observation.total), pilot.measure, pilot.unit)
    return phrase(phrase(value, bold=True), f", {day_words(observation.on_date)}")


def day_words(day: date) -> str:
    """Return a day as it is said."""
    return f"{day:%A} {day.day} {day:%B}"


def told_words(observation: Observation) -> Phrase:
    """Return the beginning of what was seen, and where the evidence is."""
    parts: list[str | Phrase] = []
    if observation.saw:
        parts.append(f"“{excerpt(observation.saw, QUOTED)}”")
    if observation.surprised:
        parts.append(f"Surprised: “{excerpt(observation.surprised, QUOTED)}”")
    if observation.evidence_url:
        parts.append(linked("Evidence", observation.evidence_url))
    if observation.evidence_name:
        parts.append(f"File: {excerpt(observation.evidence_name, QUOTED)}")
    between = [part for one in parts for part in (" · ", one)]
    return phrase(*between[1:])


def value_list(pilot: Pilot, page: ObservationPage, changes: Sequence[ChangeNote]) -> Message:
    """Return one page of what was noted, for its teacher only, each with its buttons."""
    heading = phrase(
        "What you noted in ", phrase(pilot.own_name, bold=True), " · only you see this list"
    )
    if not page.total:
        heading = phrase("Nothing is noted yet in ", phrase(pilot.own_name, bold=True), ".")
    blocks: list[Block] = [heading.block]
    lines = [heading.text]
    rows = [_value_row(pilot, one) for one in page.observations]
    if page.number == 0:
        rows += [_change_row(one) for one in changes]
    for row_lines, row_blocks in rows:
        lines += row_lines
        blocks += row_blocks
    return Message.of(lines, [*blocks, ActionsBlock(elements=_list_buttons(pilot, page))])


def _value_row(pilot: Pilot, observation: Observation) -> tuple[list[str], list[Block]]:
    line, told = value_line(pilot, observation), told_words(observation)
    buttons = [
        ButtonElement(text="Edit", action_id=EDIT_VALUE, value=str(observation.id)),
        ButtonElement(text="Take it back", action_id=UNDO_VALUE, value=str(observation.id)),
    ]
    blocks = [line.block, *([told.block] if told else []), ActionsBlock(elements=buttons)]
    return [line.text, told.text], blocks


def _change_row(change: ChangeNote) -> tuple[list[str], list[Block]]:
    line = phrase("Changed: ", phrase(change.words, bold=True), f", {day_words(change.on_date)}")
    button = ButtonElement(text="Take the mark away", action_id=REMOVE_CHANGE, value=str(change.id))
    return [line.text], [line.block, ActionsBlock(elements=[button])]


def _list_buttons(pilot: Pilot, page: ObservationPage) -> list[ButtonElement]:
    turned = [
        (f"{TURN_VALUES}.earlier", "Earlier", page.number + 1, page.has_earlier),
        (f"{TURN_VALUES}.later", "Later", page.number - 1, page.number > 0),
    ]
    buttons = [
        ButtonElement(text=text, action_id=action_id, value=f"{pilot.id}:{number}")
        for action_id, text, number, is_there in turned
        if is_there
    ]
    if pilot.is_running:
        buttons.insert(0, log_button(pilot))
    return [
        *buttons,
        ButtonElement(text="Note a change", action_id=NOTE_CHANGE, value=str(pilot.id)),
    ]


def edit_value_form(
    pilot: Pilot,
    *,
    today: date,
    metadata: str,
    typed: Mapping[str, Any] = NOTHING_TYPED,
    suspicions: Sequence[Suspicion] = (),
) -> View:
    """Return the form with a value as it is noted, or as `typed`."""
    blocks: list[Block] = [
        plain_section(f"For “{pilot.own_name}”. The chart follows what you keep here."),
        *warning(suspicions, typed),
        *value_fields(typed, pilot, today),
    ]
    return form(EDIT_VALUE_FORM, "What I noted", "Keep", blocks, metadata)


def typed_of(pilot: Pilot, observation: Observation) -> dict[str, Any]:
    """Return what the form of a value holds."""
    value = Value(observation.value, observation.total)
    return {
        "value": written(value, pilot.measure),
        "saw": observation.saw,
        "surprised": observation.surprised,
        "evidence_url": observation.evidence_url,
        "evidence_name": observation.evidence_name,
        "on_date": observation.on_date,
    }


def change_form(
    pilot: Pilot,
    *,
    today: date,
    metadata: str,
    typed: Mapping[str, Any] = NOTHING_TYPED,
    suspicions: Sequence[Suspicion] = (),
) -> View:
    """Return the form that marks a change on the chart."""
    who = "Only you see it." if pilot.circle == Circle.ME else "Whoever sees the chart reads it."
    day = DatePickerElement(action_id="on_date", initial_date=f"{typed.get('on_date') or today}")
    blocks: list[Block] = [
        plain_section(f"A mark on the chart of “{pilot.own_name}”. {who}"),
        *warning(suspicions, typed),
        CHANGE_WORDS.drawn(typed.get("words")),
        InputBlock(block_id="on_date", label=plain("Since when?"), element=day),
    ]
    return form(CHANGE_FORM, "Note a change", "Mark it", blocks, metadata)


def change_noted(pilot: Pilot, change: ChangeNote) -> Message:
    """Tell that the mark is on the chart."""
    told = phrase(
        "On the chart of ",
        phrase(pilot.own_name, bold=True),
        ": ",
        phrase(change.words, bold=True),
        f", since {day_words(change.on_date)}.",
    )
    buttons = [
        ButtonElement(text="See the chart", action_id=SHOW, value=str(pilot.id)),
        ButtonElement(text="All I noted", action_id=OBSERVATIONS, value=str(pilot.id)),
    ]
    return Message.of([told.text], [told.block, ActionsBlock(elements=buttons)])
