"""What is asked after a hangout: did you come, and the form for its notes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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
    local_day_and_time,
    name_of,
    phrase,
)
from handlers.blocks.hangouts.ids import CAME, DID_NOT_COME, NOTES
from handlers.blocks.members import mute_button
from handlers.blocks.message import Message
from handlers.blocks.problems.fields import form, warning
from handlers.blocks.text import excerpt, first_upper, paragraph, plain, words
from models.consultancies.afterwards import LENGTHS
from models.consultancies.consultancy import Consultancy
from models.consultancies.noting import NOTES_LENGTH
from models.hangouts.hangout import Hangout
from models.merging import mark_of
from models.student_data import Suspicion

AFTERWARDS, FACILITATING = "hangouts.afterwards", "hangouts.facilitating"
# The name of the field for what came of a consultancy ends with its id.
OUTCOME_FIELD = "outcome_"
# What the form showed is remembered by facts whose names begin so.
SEEN = "seen_"
# A form has room for a few; a hangout of an hour has hardly more.
OUTCOMES_AT_MOST = 10
LABEL_LENGTH = 100
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
    """A hangout with what came of its consultancies, and names by member id.

    `materials` are those attached to it, in one line, as far as the reader may see them.
    """

    hangout: Hangout
    consultancies: Sequence[Consultancy]
    names: Mapping[str, str]
    materials: Phrase = field(default_factory=phrase)

    @property
    def has_words(self) -> bool:
        return bool(self.hangout.notes or any(one.outcome for one in self.consultancies))

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
    seen = {f"{SEEN}{one.id}": mark_of(one.outcome) for one in noted.consultancies}
    seen[f"{SEEN}notes"] = mark_of(hangout.notes)
    metadata = carried(hangout_id=hangout.id, **seen)
    return form(NOTES, "Notes", "Keep", blocks, metadata)


def _outcome_field(noted: Noted, consultancy: Consultancy) -> TextField:
    about = f"“{consultancy.question}”" if consultancy.question else "question"
    return TextField(
        name=f"{OUTCOME_FIELD}{consultancy.id}",
        label=excerpt(f"What came of {noted.presenter(consultancy)}’s {about}", LABEL_LENGTH),
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


def notes_kept(noted: Noted, *, is_merged: bool) -> str:
    """Return what shows that the notes are kept, with a word by which they are found."""
    if not noted.has_words:
        return "Kept who was there. Nothing is said in the channel."
    if is_merged:
        return "Kept. Somebody wrote notes meanwhile, so both are in there, theirs first."
    where = "Kept. The notes are in the channel"
    found = max(re.findall(r"[^\W\d_]{5,}", noted.hangout.notes or ""), key=len, default="")
    return f"{where}, and `/hangout notes {found}` finds them." if found else f"{where}."
