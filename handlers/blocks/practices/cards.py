"""The card of a practice: how it goes, who tried it and how it spread, for one reader's eyes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    InteractiveElement,
    Option,
    OverflowMenuElement,
    RichTextBlock,
    RichTextListElement,
    RichTextSectionElement,
)

from handlers.blocks.hangouts.facts import Phrase, name_of, phrase
from handlers.blocks.materials.attaching import attach_here_button
from handlers.blocks.message import Message
from handlers.blocks.pilots.ids import START, start_value
from handlers.blocks.practices.sparks import FEWEST_TRIALS, sparks_picture, spread_button
from handlers.blocks.practices.summary import summary_blocks, summary_lines
from handlers.blocks.problems.facts import facts_line
from handlers.blocks.text import escape, paragraph, said, words
from models.materials.material import About
from models.practices.lineage import Lineage
from models.practices.practice import Practice
from models.practices.summing_up import Summary

# The menu of those who may change it; each value is a choice and a practice's id.
MORE = "practices.more"


class More(StrEnum):
    """What the card's menu offers."""

    EDIT = "edit"
    WITHDRAW = "withdraw"

    def about(self, practice: Practice) -> str:
        """Return the value of this choice for that practice, as `chosen` reads it."""
        return f"{self}:{practice.id}"


_LABELS = {More.EDIT: "Edit", More.WITHDRAW: "Withdraw"}


def chosen(value: str) -> tuple[More | None, str]:
    """Return what was chosen in the menu and the practice's id; a forged choice is None."""
    choice, _, practice_id = value.partition(":")
    return (More(choice) if choice in list(More) else None), practice_id


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a card tells one reader besides the practice's own words; `names` are by member id.

    `materials` are those attached to it that this reader sees, in one line.
    """

    summary: Summary
    lineage: Lineage
    names: Mapping[str, str] = field(default_factory=dict)
    may_change: bool = False
    materials: Phrase = field(default_factory=phrase)


def practice_card(practice: Practice, told: Told) -> Message:
    """Return the card as this reader sees it."""
    lines = [line for line in [*_body(practice), told.materials] if line]
    known = practice_facts(practice, told.names)
    blocks: list[Block] = [
        paragraph(words(f"{practice.name}\n", bold=True), *said(practice.what)),
        _steps(practice),
        *[line.block for line in lines],
        facts_line(known),
        *summary_blocks(told.summary, told.names),
    ]
    text = [
        f"*{escape(practice.name)}*",
        escape(practice.what),
        *[escape(f"{number}. {step}") for number, step in enumerate(practice.steps, 1)],
        *[line.text for line in lines],
        escape(" · ".join(known)),
        *map(escape, summary_lines(told.summary, told.names)),
    ]
    card = Message.of(text, [*blocks, ActionsBlock(elements=_buttons(practice, told))])
    return replace(card, picture=sparks_picture(told.lineage, told.names, at=len(blocks)))


def practice_facts(practice: Practice, names: Mapping[str, str]) -> list[str]:
    """Return the facts of a card's grey line, each in a few words."""
    facts = [minutes_words(practice.minutes), ", ".join(practice.topics), practice.subject or ""]
    facts += [practice.grades or "", _whose(practice, names)]
    return [fact for fact in facts if fact]


def minutes_words(minutes: int | None) -> str:
    """Return how long it takes, "" where nobody said so."""
    return f"{minutes} minute{'s' * (minutes > 1)}" if minutes else ""


def try_button(practice: Practice, text: str = "Try this") -> ButtonElement:
    """Return the button that opens the form for a pilot of it."""
    return ButtonElement(
        text=text,
        action_id=START,
        value=start_value(practice_id=practice.id),
        style="primary",
    )


def _whose(practice: Practice, names: Mapping[str, str]) -> str:
    if practice.added_by:
        whose = f"added by {name_of(practice.added_by, names)}"
    else:
        whose = "comes with Staffroom"
    if practice.edited_by and practice.edited_by != practice.added_by:
        whose += f", changed by {name_of(practice.edited_by, names)}"
    return whose


def _steps(practice: Practice) -> RichTextBlock:
    points = [RichTextSectionElement(elements=said(step)) for step in practice.steps]
    return RichTextBlock(elements=[RichTextListElement(style="ordered", elements=points)])


def _body(practice: Practice) -> list[Phrase]:
    return [_labelled("When it fits: ", practice.fits), _labelled("You need: ", practice.materials)]


def _labelled(label: str, text: str | None) -> Phrase:
    if not text:
        return Phrase((), "")
    return phrase(phrase(label, bold=True), Phrase(tuple(said(text)), escape(text)))


def _buttons(practice: Practice, told: Told) -> list[InteractiveElement]:
    buttons: list[InteractiveElement] = [try_button(practice)]
    if len(told.lineage.trials) >= FEWEST_TRIALS:
        buttons.append(spread_button(practice))
    buttons.append(attach_here_button(About.PRACTICE, practice.id))
    if told.may_change:
        options = [Option(value=one.about(practice), text=_LABELS[one]) for one in More]
        buttons.append(OverflowMenuElement(action_id=MORE, options=options))
    return buttons
