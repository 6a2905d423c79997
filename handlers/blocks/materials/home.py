"""What App Home shows of materials, and the few lines that explain the command."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from handlers.blocks.hangouts.facts import phrase
from handlers.blocks.materials.facts import Known
from handlers.blocks.materials.ids import LIST, save_button
from handlers.blocks.materials.lists import WHAT_IT_IS, find_button, material_rows
from handlers.blocks.message import Message
from models.materials.material import Material

# Three blocks each; the whole page takes a hundred (slack-facts 1.3), and a phone shows few.
SHOWN_AT_MOST = 3
HELP = (
    ("/material https://… Fraction rubric", "opens the form with the link and title in it"),
    ("/material", "opens the empty form, also for a file"),
    ("/material find fractions kind:rubric grade:5", "the best first; also subject: and topic:"),
    ("/material list", "what is kept here, newest first"),
    ("/material show 2", "one of that list with all that colleagues say of it; a title works too"),
    ("/material mine", "what you saved"),
    ("/material archive", "for facilitators: all that is public here, as documents to keep"),
)


def home_part(latest: Sequence[Material], known: Known) -> list[Block]:
    """Return the latest of my communities; `latest` may have one more than is shown."""
    if not latest:
        said = phrase(f"No materials yet. {WHAT_IT_IS}")
        return [said.block, ActionsBlock(elements=[save_button(), find_button()])]
    buttons = [save_button(), find_button()]
    if len(latest) > SHOWN_AT_MOST:
        buttons.append(ButtonElement(text="See all", action_id=LIST, value=""))
    return [
        phrase("Latest materials of my communities", bold=True).block,
        *material_rows(latest[:SHOWN_AT_MOST], known),
        ActionsBlock(elements=buttons),
    ]


def material_help() -> Message:
    """Return what `/material` does, in a few lines with examples."""
    first = phrase(WHAT_IT_IS)
    lines = phrase("\n".join(f"• {command}: {does}" for command, does in HELP))
    buttons = ActionsBlock(elements=[save_button(), find_button()])
    return Message.of([first.text, lines.text], [first.block, lines.block, buttons])
