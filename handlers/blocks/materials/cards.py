"""The card of a material in its channel: who saved what, what to know of it, what one can do."""

from __future__ import annotations

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    Option,
    OverflowMenuElement,
)

from handlers.blocks.hangouts.facts import Phrase, grey_line, phrase
from handlers.blocks.materials.facts import Known, a_kind, lineage, material_facts, warning_of
from handlers.blocks.materials.ids import ATTACH, DELETE, EDIT, MORE, REMIX, SHOW, USED
from handlers.blocks.message import Message
from handlers.blocks.pilots.facts import typed
from handlers.blocks.text import paragraph, plain, words
from models.materials.material import Material

WITHDRAWN = "This material was deleted."
# What the menu offers. Everyone sees it; who may do what is asked on the press.
CHOICES = {SHOW: "Look closer", EDIT: "Edit", ATTACH: "Attach to something", DELETE: "Delete"}


def material_card(material: Material, known: Known) -> Message:
    """Return the card as it is now, for everybody who reads the channel."""
    headline = phrase(
        known.person(material.owner_id),
        f" saved {a_kind(material)}: ",
        known.title(material, bold=True),
    )
    return drawn(material, known, [headline, *body(material, known)])


def withdrawn() -> Message:
    """Return what stands where a material stood that was deleted."""
    return Message.of([WITHDRAWN], [paragraph(words(WITHDRAWN))])


def body(material: Material, known: Known) -> list[Phrase]:
    """Return a warning if it needs one, its note, and what it was made from or became."""
    note = [typed(material.note)] if material.note else []
    return [*warning_of(material), *note, *lineage(material, known)]


def drawn(material: Material, known: Known, lines: list[Phrase]) -> Message:
    """Return the lines, one grey line of facts and what one can do."""
    facts = material_facts(material, known)
    grey: list[Block] = [grey_line(facts)] if facts else []
    return Message.of(
        [*(line.text for line in lines), phrase(" · ".join(facts)).text],
        [*(line.block for line in lines), *grey, card_buttons(material)],
    )


def card_buttons(material: Material) -> ActionsBlock:
    """Return what everybody who sees it can do with it."""
    value = str(material.id)
    options = [
        Option(value=f"{choice.rpartition('.')[2]}:{value}", text=plain(label))
        for choice, label in CHOICES.items()
    ]
    return ActionsBlock(
        elements=[
            ButtonElement(text="I used this", action_id=USED, value=value),
            ButtonElement(text="Remix", action_id=REMIX, value=value),
            OverflowMenuElement(action_id=MORE, options=options),
        ]
    )


def menu_choice(value: str) -> tuple[str | None, str]:
    """Return the id of what was chosen in a menu, None for a forged one, and the material's."""
    choice, _, material_id = value.partition(":")
    action_id = next((one for one in CHOICES if one.rpartition(".")[2] == choice), None)
    return action_id, material_id
