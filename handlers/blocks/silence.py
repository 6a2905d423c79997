"""How it is said that nothing is written unasked any more, and that letters come again."""

from handlers.blocks.forms import TickField
from handlers.blocks.message import Message
from handlers.blocks.request import plain
from models.members import SWITCHES, Member

SILENT = TickField(
    name="is_silent",
    label="Peace and quiet",
    choice="Write me nothing unasked, whatever is ticked below",
    hint="Saying stop ticks this box, saying start unticks it. The rest of this form stays kept.",
)
# Stands first in the settings of whoever said stop.
SILENCE = "You asked me to stop, so I write nothing unasked until you untick the first box."


def kept(*, is_silent: bool) -> Message:
    """Tell a member that their settings are kept, and what else keeps letters from coming."""
    silence = " I write nothing unasked until you say `start`." if is_silent else ""
    return plain(f"Your settings are kept.{silence}")


def stopped() -> Message:
    """Return the answer to `stop`."""
    return plain(
        "I won’t write to you unasked any more, no weekly letter either. What you had chosen stays "
        "kept: say `start` and it holds again."
    )


def started(member: Member) -> Message:
    """Return the answer to `start`: what is written from now on."""
    again = "I will write to you again, as you had chosen."
    if not any(member.wants(switch) for switch in SWITCHES):
        again = "I may write to you again, but every kind of letter is switched off."
    weekly = " Your weekly letter comes as well." if member.has_digest else ""
    return plain(f"{again}{weekly} `/staffroom settings` lets you choose when and what.")
