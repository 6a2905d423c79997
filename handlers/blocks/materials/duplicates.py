"""A link that is there already: who brings it again adds to it, or keeps it as their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block, InputBlock, Option, RadioButtonsElement
from slack_sdk.models.views import View

from handlers.blocks.forms import TextField, carried
from handlers.blocks.materials.forms import TOPICS
from handlers.blocks.problems.fields import form, plain_section, warning
from handlers.blocks.text import excerpt, plain
from models.materials.material import Material
from models.materials.wording import LENGTHS
from models.student_data import Suspicion

TWIN_FORM = "materials.twin_form"
# What is done with it.
ADD, SAVE_ANYWAY = "add", "save"
TITLE_LENGTH = 100

ADDED_NOTE = TextField(
    name="note",
    label="What would you add?",
    max_length=LENGTHS["note"],
    placeholder="With my grade 5 it took two lessons. Page 3 can wait.",
    hint="It stands below the note that is there, with your name.",
    is_long=True,
    is_optional=True,
)


@dataclass(frozen=True)
class TwinAsked:
    """What is asked about, besides the twin: what the form carries, and what was typed so far.

    `is_elsewhere`: the twin belongs to another community, so one's own may have it as well.
    """

    facts: Mapping[str, Any]
    typed: Mapping[str, Any]
    is_elsewhere: bool
    suspicions: Sequence[Suspicion] = ()


def twin_form(twin: Material, owner: str, asked: TwinAsked) -> View:
    """Return the question what to do with a link or file that is kept already.

    `owner` is who saved it, as a sentence begins with them.
    """
    blocks: list[Block] = [
        plain_section(
            f"{owner} saved this already: “{excerpt(twin.title, TITLE_LENGTH)}”. "
            "You can add what you know about it, so that everything is in one place."
        ),
        *warning(asked.suspicions, asked.typed),
        *([_wish()] if asked.is_elsewhere else []),
        ADDED_NOTE.drawn(asked.typed.get("note")),
        TOPICS.drawn(asked.typed.get("topics")),
    ]
    submit = "Go on" if asked.is_elsewhere else "Add to it"
    return form(TWIN_FORM, "It is there already", submit, blocks, carried(**asked.facts))


def _wish() -> InputBlock:
    options = [
        Option(value=ADD, text=plain("Add this to it")),
        Option(
            value=SAVE_ANYWAY,
            text=plain("Save mine as well"),
            description=plain("For your community, with all you filled in"),
        ),
    ]
    radio = RadioButtonsElement(action_id="wish", options=options, initial_option=options[0])
    return InputBlock(block_id="wish", label=plain("What shall I do?"), element=radio)
