"""The card of public thanks, as it stands in the community's channel."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    Option,
    OverflowMenuElement,
)

from handlers.blocks.hangouts.facts import grey_line, phrase
from handlers.blocks.message import Message
from handlers.blocks.text import paragraph, plain, words
from handlers.blocks.thanks.facts import Facts, line_of, pointed_of, seconded_of
from handlers.blocks.thanks.ids import MORE, SECOND

# The same whoever took it away, and why: that is nobody's business.
NOT_HERE_ANY_MORE = "These words of thanks are not here any more."


class More(StrEnum):
    """What the card's menu offers. Everyone sees it; who may do it is asked on the press.

    KEEP_PRIVATE is offered by a journal alone, to whoever was thanked.
    """

    EDIT = "edit"
    UNDO = "undo"
    DELETE = "delete"
    KEEP_PRIVATE = "keep_private"

    def option(self, thanks_id: int) -> Option:
        """Return this choice about these thanks, whose value `chosen` reads."""
        return Option(value=f"{self}:{thanks_id}", text=plain(_LABELS[self]))


_LABELS = {
    More.EDIT: "Edit",
    More.UNDO: "Undo",
    More.DELETE: "Delete",
    More.KEEP_PRIVATE: "Keep private",
}


def chosen(value: str) -> tuple[str, str]:
    """Return what was chosen in a menu, "" for a bare number, and the number of the thanks."""
    choice, _, thanks_id = value.rpartition(":")
    return choice, thanks_id


def thanks_card(facts: Facts, now: datetime) -> Message:
    """Return the card as it is now; its giver can change it for some minutes only."""
    lines = [line_of(facts), *pointed_of(facts)]
    known = [one for one in (facts.thanks.reason or "", seconded_of(facts)) if one]
    blocks: list[Block] = [line.block for line in lines]
    if known:
        blocks.append(grey_line(known))
    return Message.of(
        [*(line.text for line in lines), phrase(" · ".join(known)).text],
        [*blocks, _buttons(facts, now)],
    )


def gone() -> Message:
    """Take away thanks that are deleted, or between the people now; what stays is no more."""
    blocks = [paragraph(words(NOT_HERE_ANY_MORE))]
    return Message(NOT_HERE_ANY_MORE, blocks, is_over=True)


def menu(facts: Facts, now: datetime) -> OverflowMenuElement:
    """Return the menu of what can still be done with the words."""
    is_new = facts.thanks.may_change(now)
    choices = [More.EDIT, More.UNDO, More.DELETE] if is_new else [More.DELETE]
    options = [choice.option(facts.thanks.id) for choice in choices]
    return OverflowMenuElement(action_id=MORE, options=options)


def _buttons(facts: Facts, now: datetime) -> ActionsBlock:
    value = str(facts.thanks.id)
    second = ButtonElement(text="Second this", action_id=SECOND, value=value)
    return ActionsBlock(elements=[second, menu(facts, now)])
