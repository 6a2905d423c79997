"""What App Home shows of the tool belt, the few lines of help, and what is said after a change."""

from __future__ import annotations

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from handlers.blocks.message import Message
from handlers.blocks.practices.cards import try_button
from handlers.blocks.practices.ids import SHOW
from handlers.blocks.practices.lists import (
    WHAT_IT_IS,
    add_button,
    browse_button,
    practice_row,
)
from handlers.blocks.text import escape, paragraph, words
from models.practices.menus import Suggested
from models.practices.practice import Practice

HELP = (
    ("/practice", "your community’s menu, or the whole tool belt"),
    ("/practice find discussion", "practices by words, the best first"),
    ("/practice list", "all of them; /practice mine, those you added or tried"),
    ("/practice show exit ticket", "one practice: how it goes, who tried it, how it spread"),
    ("/practice add", "adds one of yours"),
    ("/practice edit exit ticket", "changes its words"),
    ("/practice menu", "what your community suggests; facilitators set it"),
)


def home_part(suggested: Suggested) -> list[Block]:
    """Return a few practices to try next, and the ways into the tool belt."""
    heading = "From the tool belt"
    if suggested.community is not None:
        heading = f"Next on the menu of {suggested.community.name}"
    blocks: list[Block] = [paragraph(words(heading, bold=True))]
    if not suggested.practices:
        blocks.append(paragraph(words(WHAT_IT_IS)))
    blocks += map(practice_row, suggested.practices)
    return [*blocks, ActionsBlock(elements=[browse_button(), add_button()])]


def practice_help() -> Message:
    """Return what `/practice` does, in a few lines with examples."""
    lines = [f"• {command}: {does}" for command, does in HELP]
    blocks = [paragraph(words(WHAT_IT_IS)), paragraph(words("\n".join(lines)))]
    buttons = ActionsBlock(elements=[browse_button(), add_button()])
    return Message.of(map(escape, [WHAT_IT_IS, *lines]), [*blocks, buttons])


def added(practice: Practice) -> Message:
    """Return that it worked, and what one may do next."""
    return _kept(practice, "is in the tool belt now. Everybody in the workspace can find it.")


def edited(practice: Practice) -> Message:
    return _kept(practice, "is changed. Everybody sees the new words.")


def withdrawn(name: str) -> Message:
    text = f"{name} left the tool belt and every menu. Pilots of it stay."
    buttons = ActionsBlock(elements=[browse_button(), add_button()])
    return Message.of([escape(text)], [paragraph(words(text)), buttons])


def _kept(practice: Practice, what: str) -> Message:
    look = ButtonElement(text="Look at it", action_id=SHOW, value=str(practice.id))
    shown = paragraph(words(practice.name, bold=True), words(f" {what}"))
    buttons = ActionsBlock(elements=[try_button(practice), look])
    return Message.of([f"*{escape(practice.name)}* {escape(what)}"], [shown, buttons])
