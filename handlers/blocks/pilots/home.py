"""What App Home shows of pilots, and the few lines that explain the command."""

from collections.abc import Sequence

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from handlers.blocks.hangouts.facts import phrase
from handlers.blocks.message import Message
from handlers.blocks.pilots.facts import Known
from handlers.blocks.pilots.ids import LOG, start_button
from handlers.blocks.pilots.lists import RUN, WHAT_IT_IS, colleagues_button, pilot_rows
from models.pilots.finding import PilotPage
from models.pilots.pilot import Pilot

# Three blocks each; the whole page takes a hundred (slack-facts 1.3), and a phone shows few.
SHOWN_AT_MOST = 4
WAITING_SHOWN = 3
HELP = (
    ("/pilot", "your pilots, each with a button to log a value"),
    ("/pilot start exit ticket", "opens the form for a small test"),
    (
        "/pilot log 18/26 they explained to each other",
        "notes a value; “18 of 26”, 69%, 4.5 work too",
    ),
    ("/pilot finish", "prediction beside result, and what you decide"),
    ("/pilot pause, resume, stop", "whether and when I ask you for values"),
    ("/pilot list", "what colleagues share here"),
    ("/pilot show exit ticket", "one pilot with its chart"),
    ("/pilot find exit ticket", "what was tried and learned before"),
)


def home_part(page: PilotPage, known: Known, member_id: str) -> list[Block]:
    """Return my pilots, those running first, with *Log*."""
    if not page.total:
        said = phrase(f"No pilots yet. {WHAT_IT_IS}")
        return [said.block, ActionsBlock(elements=[start_button(), colleagues_button()])]
    shown = page.pilots[:SHOWN_AT_MOST]
    buttons = [start_button()]
    if page.total > len(shown):
        buttons.append(ButtonElement(text="See all", action_id=RUN, value="mine"))
    buttons.append(colleagues_button())
    return [
        phrase("My pilots · only you see this", bold=True).block,
        *pilot_rows(shown, known, member_id),
        ActionsBlock(elements=buttons),
    ]


def waiting_part(pilots: Sequence[Pilot]) -> list[Block]:
    """Return the pilots that wait for a value, a line and a button each."""
    blocks: list[Block] = []
    for pilot in pilots:
        line = phrase("What did you see? ", phrase(pilot.name, bold=True))
        log = ButtonElement(text="Log", action_id=LOG, value=str(pilot.id), style="primary")
        blocks += [line.block, ActionsBlock(elements=[log])]
    return blocks


def pilot_help() -> Message:
    """Return what `/pilot` does, in a few lines with examples."""
    first = phrase(WHAT_IT_IS)
    lines = phrase("\n".join(f"• {command}: {does}" for command, does in HELP))
    return Message.of(
        [first.text, lines.text],
        [first.block, lines.block, ActionsBlock(elements=[start_button()])],
    )
