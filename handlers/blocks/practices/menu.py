"""A community's menu of practices: for one reader, as a card in the channel, and as a form."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, InputBlock
from slack_sdk.models.views import View

from handlers.blocks.forms import TextField, TickField
from handlers.blocks.message import Message
from handlers.blocks.practices.choosing import several_practices_select
from handlers.blocks.practices.ids import MENU
from handlers.blocks.practices.lists import (
    add_button,
    browse_button,
    practice_row,
    row_words,
)
from handlers.blocks.problems.fields import form, plain_section, warning
from handlers.blocks.text import escape, excerpt, paragraph, plain, said, words
from models.communities import Community
from models.practices.menus import MENU_AT_MOST, NOTE_LENGTH
from models.practices.practice import Practice
from models.student_data import Suspicion

MENU_FORM = "practices.menu_form"
NO_MENU = (
    "{name} has no menu yet. A menu is a few practices in an order, for example one for each "
    "month; everybody may still take any other."
)
NOTE = TextField(
    name="note",
    label="A word to go with it",
    max_length=NOTE_LENGTH,
    placeholder="One a month. Tell us at the hangout how it went.",
    is_long=True,
    is_optional=True,
)
IN_CHANNEL = TickField(
    name="in_channel",
    label="In the channel",
    choice="Show the menu in the channel",
    hint="One message, which follows every change of the menu.",
)


@dataclass(frozen=True, kw_only=True)
class MenuShown:
    """A community's menu as it is now, without what left the tool belt."""

    community: Community
    practices: Sequence[Practice] = ()
    note: str | None = None

    @property
    def heading(self) -> str:
        return f"The menu of {self.community.name}"


def menu_for_reader(
    shown: MenuShown, *, tried: Collection[int] = (), may_change: bool = False
) -> Message:
    """Return the menu for one reader; `tried` are the ids of what they have tried themselves."""
    buttons = [browse_button("All practices"), add_button()]
    if may_change:
        label = "Change the menu" if shown.practices else "Set the menu"
        community_id = str(shown.community.id)
        buttons.append(ButtonElement(text=label, action_id=MENU, value=community_id))
    if not shown.practices:
        text = NO_MENU.format(name=shown.community.name)
        blocks = [paragraph(words(text)), ActionsBlock(elements=buttons)]
        return Message.of([escape(text)], blocks)
    marks = [
        f"{number}. {'(you have tried it) ' if one.id in tried else ''}"
        for number, one in enumerate(shown.practices, 1)
    ]
    return _menu(shown, marks, buttons)


def menu_card(shown: MenuShown) -> Message:
    """Return the card that stands in the channel."""
    if not shown.practices:
        text = "The menu is empty at the moment. /practice shows the whole tool belt."
        return Message.of([text], [paragraph(words(text))])
    marks = [f"{number}. " for number in range(1, len(shown.practices) + 1)]
    return _menu(shown, marks, [browse_button("All practices")])


def menu_form(
    shown: MenuShown,
    *,
    is_in_channel: bool,
    metadata: str,
    is_wanted: bool = False,
    suspicions: Sequence[Suspicion] = (),
) -> View:
    """Return the form in which facilitators set the menu, as it is or as they typed it.

    One that `is_wanted` in the channel has that box ticked; `suspicions` make it ask once more.
    """
    first = f"Everybody in {shown.community.name} sees this menu first when they type /practice."
    if is_in_channel:
        first += " The message in the channel follows."
    tick = [] if is_in_channel else [IN_CHANNEL.drawn(is_ticked=is_wanted)]
    blocks = [
        plain_section(first),
        *warning(suspicions),
        _practices(shown.practices),
        NOTE.drawn(shown.note),
        *tick,
    ]
    return form(MENU_FORM, "Menu of practices", "Save", blocks, metadata)


def _practices(chosen: Sequence[Practice]) -> InputBlock:
    return InputBlock(
        block_id="practices",
        label=plain("Practices, in their order"),
        hint=plain(
            f"Up to {MENU_AT_MOST}. They are listed in the order in which you choose them; take "
            "one out and choose it again to move it to the end."
        ),
        element=several_practices_select(chosen, at_most=MENU_AT_MOST),
        optional=True,
    )


def menu_kept(shown: MenuShown, *, is_in_channel: bool) -> Message:
    """Return that it worked, and what everybody sees now."""
    name = shown.community.name
    if not shown.practices:
        text = f"The menu of {name} is empty now. /practice shows the whole tool belt there."
    else:
        listed = excerpt(", ".join(one.name for one in shown.practices), 500)
        text = f"The menu of {name} is set: {listed}."
        if is_in_channel:
            text += " The message in the channel shows it."
    buttons = [ButtonElement(text="Change the menu", action_id=MENU, value=str(shown.community.id))]
    return Message.of([escape(text)], [paragraph(words(text)), ActionsBlock(elements=buttons)])


def _menu(shown: MenuShown, marks: Sequence[str], buttons: Sequence[ButtonElement]) -> Message:
    blocks: list[Block] = [paragraph(words(shown.heading, bold=True))]
    if shown.note:
        blocks.append(paragraph(*said(shown.note)))
    rows = list(zip(shown.practices, marks, strict=True))
    blocks += [practice_row(practice, mark) for practice, mark in rows]
    lines = [mark + row_words(practice).replace("\n", ": ") for practice, mark in rows]
    return Message.of(
        map(escape, [shown.heading, shown.note or "", *lines]),
        [*blocks, ActionsBlock(elements=list(buttons))],
    )
