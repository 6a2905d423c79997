"""Championing a pilot: the form for a lead's kind word, and the letter to the teacher."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import ActionsBlock
from slack_sdk.models.views import View

from handlers.blocks.forms import TextField, carried
from handlers.blocks.hangouts.facts import phrase
from handlers.blocks.members import mute_button
from handlers.blocks.message import Message
from handlers.blocks.pilots.buttons import show_button
from handlers.blocks.pilots.facts import Known, typed
from handlers.blocks.problems.fields import form, plain_section, warning
from models.pilots.championing import WORDS_LENGTH
from models.pilots.observation import Champion
from models.pilots.pilot import Pilot
from models.pilots.posted import NEWS
from models.student_data import Suspicion

CHAMPION_FORM = "pilots.champion_form"
WORDS = TextField(
    name="words",
    label="Your kind word",
    max_length=WORDS_LENGTH,
    placeholder="Thank you for trying this in a busy month, and for showing what didn’t work.",
    is_long=True,
)


def champion_form(
    pilot: Pilot,
    teacher: str,
    written: str | None = None,
    suspicions: Sequence[Suspicion] = (),
    asked_in: str | None = None,
) -> View:
    """Return the form, with what this lead has `written` before."""
    blocks = [
        plain_section(
            f"This goes to {teacher}, and onto the card of {pilot.name} with your name. "
            "It affirms the try, whatever came of it."
        ),
        *warning(suspicions),
        WORDS.drawn(written),
    ]
    metadata = carried(pilot_id=pilot.id, asked_in=asked_in)
    return form(CHAMPION_FORM, "Champion a pilot", "Send", blocks, metadata)


def championed(teacher: str) -> Message:
    """Tell the lead that it worked."""
    said = phrase(f"Sent. {teacher} reads it in a letter, and it stands on the card.")
    return Message.of([said.text], [said.block])


def champion_letter(pilot: Pilot, champion: Champion, known: Known) -> Message:
    """Tell a teacher who stands behind their try."""
    said = phrase(
        known.person(champion.member_id),
        " stands behind your ",
        phrase(pilot.name, bold=True),
        ": ",
        typed(champion.words),
    )
    buttons = ActionsBlock(elements=[show_button(pilot), mute_button(NEWS)])
    return Message.of([said.text], [said.block, buttons])
