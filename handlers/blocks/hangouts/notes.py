"""What is seen after a hangout: did you come, its notes, and notes that were found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    InputBlock,
    UserMultiSelectElement,
)
from slack_sdk.models.views import View

from handlers.blocks.forms import TextField, carried
from handlers.blocks.hangouts.facts import (
    Phrase,
    day_and_time,
    linked,
    local_day_and_time,
    name_of,
    phrase,
)
from handlers.blocks.hangouts.ids import CAME, DID_NOT_COME, NOTES
from handlers.blocks.members import mute_button
from handlers.blocks.message import Message
from handlers.blocks.problems.fields import form, warning
from handlers.blocks.text import escape, excerpt, first_upper, paragraph, plain, said, words
from models.consultancies.afterwards import LENGTHS
from models.consultancies.consultancy import Consultancy
from models.consultancies.noting import NOTES_LENGTH
from models.hangouts.hangout import Hangout
from models.student_data import Suspicion

AFTERWARDS, FACILITATING = "hangouts.afterwards", "hangouts.facilitating"
# The name of the field for what came of a consultancy ends with its id.
OUTCOME_FIELD = "outcome_"
# A form has room for a few; a hangout of an hour has hardly more.
OUTCOMES_AT_MOST = 6
LABEL_LENGTH = 100
FOUND_LENGTH = 200
NOTES_FIELD = TextField(
    name="notes",
    label="What was said and decided",
    max_length=NOTES_LENGTH,
    placeholder="We tried wait time: three seconds feel long, five are better.",
    hint="A few lines are plenty. No student names.",
    is_long=True,
    is_optional=True,
)


@dataclass(frozen=True, kw_only=True)
class Noted:
    """A hangout with what came of its consultancies, and names by member id."""

    hangout: Hangout
    consultancies: Sequence[Consultancy]
    names: Mapping[str, str]

    def presenter(self, consultancy: Consultancy) -> str:
        return first_upper(name_of(consultancy.presenter_id, self.names))


def attendance_letter(hangout: Hangout, *, came: bool | None) -> Message:
    """Ask whether somebody came; once they have said so, show it and leave a way back."""
    value = str(hangout.id)
    yes = ButtonElement(text="I came", action_id=CAME, value=value)
    no = ButtonElement(text="I could not", action_id=DID_NOT_COME, value=value)
    match came:
        case None:
            line = phrase("Did you come to the hangout of ", day_and_time(hangout), "?")
            buttons = [yes, no]
        case True:
            line = phrase("You came to the hangout of ", day_and_time(hangout), ". Noted.")
            buttons = [no]
        case False:
            line = phrase(
                "You could not come to the hangout of ", day_and_time(hangout), ". Noted."
            )
            buttons = [yes]
    return Message.of(
        [line.text],
        [line.block, ActionsBlock(elements=[*buttons, mute_button(AFTERWARDS)])],
    )


def notes_wanted_letter(hangout: Hangout) -> Message:
    """Remind whoever led it of the notes, with the form a press away."""
    line = phrase("How was the hangout of ", day_and_time(hangout), "?")
    more = "Two lines help whoever could not come. Anyone who was there can write them as well."
    return Message.of(
        [line.text, more],
        [
            line.block,
            paragraph(words(more)),
            ActionsBlock(
                elements=[
                    ButtonElement(text="Write notes", action_id=NOTES, value=str(hangout.id)),
                    mute_button(FACILITATING),
                ]
            ),
        ],
    )


def notes_form(
    noted: Noted,
    came: Sequence[str],
    typed: Mapping[str, str] | None = None,
    suspicions: Sequence[Suspicion] = (),
) -> View:
    """Return the form for a hangout's notes, with what is there already or what was `typed`."""
    hangout = noted.hangout
    words_of = {"notes": hangout.notes or ""} | {
        f"{OUTCOME_FIELD}{one.id}": one.outcome or "" for one in noted.consultancies
    }
    shown = words_of if typed is None else typed
    first = (
        f"Notes of {local_day_and_time(hangout)}. Everyone in the community can read and find "
        "them; each outcome also goes to the thread of its problem."
    )
    blocks: list[Block] = [paragraph(words(first)), *warning(suspicions)]
    blocks.append(NOTES_FIELD.drawn(shown.get("notes")))
    blocks += [
        _outcome_field(noted, one).drawn(shown.get(f"{OUTCOME_FIELD}{one.id}"))
        for one in noted.consultancies[:OUTCOMES_AT_MOST]
    ]
    blocks.append(_who_came(came))
    seen_at = hangout.noted_at.isoformat() if hangout.noted_at else None
    metadata = carried(hangout_id=hangout.id, seen_at=seen_at)
    return form(NOTES, "Notes", "Keep", blocks, metadata)


def _outcome_field(noted: Noted, consultancy: Consultancy) -> TextField:
    about = consultancy.question or "what was brought"
    return TextField(
        name=f"{OUTCOME_FIELD}{consultancy.id}",
        label=excerpt(f"What came of {noted.presenter(consultancy)}’s “{about}”", LABEL_LENGTH),
        max_length=LENGTHS["outcome"],
        placeholder="Writing first, then pairs, then the whole group.",
        is_long=True,
        is_optional=True,
    )


def _who_came(came: Sequence[str]) -> InputBlock:
    return InputBlock(
        block_id="came",
        label=plain("Who was there"),
        optional=True,
        element=UserMultiSelectElement(action_id="came", initial_users=list(came) or None),
    )


def notes_message(noted: Noted) -> Message:
    """Return the notes as the channel reads them, with what came of each consultancy."""
    hangout = noted.hangout
    by = name_of(hangout.noted_by, noted.names)
    first = phrase("Notes of ", day_and_time(hangout), f", by {by}")
    lines, blocks = [first.text], [first.block]
    if hangout.notes:
        lines.append(escape(hangout.notes))
        blocks.append(paragraph(*said(hangout.notes)))
    for one in noted.consultancies:
        if not one.outcome:
            continue
        about = f"{noted.presenter(one)}: {one.question}" if one.question else noted.presenter(one)
        lines.append(f"{escape(about)}: {escape(one.outcome)}")
        blocks.append(paragraph(words(f"{about}\n", bold=True), *said(one.outcome)))
    return Message.of(lines, blocks)


def notes_kept(*, is_merged: bool) -> str:
    """Return what shows that the notes are kept."""
    if is_merged:
        return "Kept. Somebody wrote notes meanwhile, so both are in there, theirs first."
    return "Kept. The notes are in the channel, and `/hangout notes wait time` finds such words."


def found_notes(
    sought: str, found: Sequence[tuple[Hangout, str | None]], corrected: Mapping[str, str]
) -> Message:
    """Return hangouts whose notes have these words; each with the address of its notes."""
    if not found:
        nothing = f"I found no notes with “{excerpt(sought, FOUND_LENGTH)}”. Fewer words may help."
        return Message.of([escape(nothing)], [paragraph(words(nothing))])
    heading = f"Notes with “{excerpt(sought, FOUND_LENGTH)}”"
    if corrected:
        shown, instead = (", ".join(some) for some in (corrected.values(), corrected))
        heading = f"Showing notes with “{shown}” instead of “{instead}”"
    lines, blocks = [escape(heading)], [paragraph(words(heading, bold=True))]
    for hangout, address in found:
        row = _row(hangout, address)
        lines.append(row.text)
        blocks.append(row.block)
    return Message.of(lines, blocks)


def _row(hangout: Hangout, address: str | None) -> Phrase:
    skill = f"{hangout.skill} · " if hangout.skill else ""
    notes = excerpt(hangout.notes or "Outcomes of its consultancies", FOUND_LENGTH)
    return phrase(day_and_time(hangout), f" · {skill}", linked(notes, address))
