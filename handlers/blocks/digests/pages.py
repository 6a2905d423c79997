"""Pages: all that a digest tells, a few lines at a time, for one reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from handlers.blocks.digests.ids import see_all_value
from handlers.blocks.digests.items import Section
from handlers.blocks.hangouts.facts import Phrase, grey_line, phrase
from handlers.blocks.message import Message
from handlers.blocks.text import bullets

PAGE_SIZE = 10
PRIVATELY = "Only you see this"


@dataclass(frozen=True, kw_only=True)
class Turns:
    """How its reader turns the pages: the ids of both buttons, and the digest they name."""

    back: str
    further: str
    number: int
    week: str

    def buttons(self, page: int, *, has_more: bool) -> list[ButtonElement]:
        turns = [("Back", self.back, page - 1)] if page else []
        turns += [("More", self.further, page + 1)] if has_more else []
        return [
            ButtonElement(
                text=text, action_id=action_id, value=see_all_value(self.number, self.week, to)
            )
            for text, action_id, to in turns
        ]


def page_of(opening: Phrase, sections: Sequence[Section], page: int, turns: Turns) -> Message:
    """Return that page of all lines, or the last one, each under its section's heading."""
    lines = [(section.heading, line) for section in sections for line in section.lines]
    number = max(0, min(page, (len(lines) - 1) // PAGE_SIZE))
    shown = lines[number * PAGE_SIZE : (number + 1) * PAGE_SIZE]
    blocks: list[Block] = [opening.block]
    texts = [opening.text]
    for heading in dict.fromkeys(heading for heading, _ in shown):
        here = [line for its, line in shown if its == heading]
        first = phrase(heading, bold=True)
        blocks += [first.block, bullets(*(list(line.pieces) for line in here))]
        texts += [first.text, *(f"• {line.text}" for line in here)]
    blocks.append(grey_line([PRIVATELY]))
    has_more = (number + 1) * PAGE_SIZE < len(lines)
    if buttons := turns.buttons(number, has_more=has_more):
        blocks.append(ActionsBlock(elements=buttons))
    return Message.of([*texts, PRIVATELY], blocks)
