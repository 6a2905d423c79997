"""How the bot answers words it does not know."""

from handlers.blocks.message import Message
from handlers.blocks.text import escape, excerpt, paragraph, words

WORD_LENGTH = 60
TRY = (
    "Try “problem”, “log 18/26” for a pilot, “thanks @ana for …”, “material”, “hangout”, “join” or "
    "“leave”, or “help”."
)


def hint(word: str, nearest: str | None) -> Message:
    """Return one short hint; the nearest right word when there is one."""
    shown = excerpt(word, WORD_LENGTH)
    if nearest:
        text = f"Did you mean “{nearest}”? “help” shows what I understand."
    elif any(character.isalnum() for character in shown):
        text = f"I do not know “{shown}”. {TRY}"
    else:
        text = f"I did not understand that. {TRY}"
    return Message.of([escape(text)], [paragraph(words(text))])
