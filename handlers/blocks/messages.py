"""How the bot answers words it does not know."""

from handlers.blocks.message import Message
from handlers.blocks.request import plain
from handlers.blocks.text import escape


def hint(word: str, nearest: str | None) -> Message:
    """Return one short hint; the nearest right word when there is one."""
    if nearest:
        return plain(f"Did you mean `{escape(nearest)}`? `help` shows what I understand.")
    return plain(
        f"I do not know “{escape(word)}”. Try `problem` and what you would like to think about, "
        "or `help`."
    )
