"""The words that all drawings of a protocol share: its length, and who speaks in a step."""

from __future__ import annotations

from handlers.blocks.hangouts.facts import Phrase, phrase
from handlers.blocks.text import first_upper
from models.consultancies.protocols import Protocol
from models.consultancies.steps import Speaks, Step

WHOEVER_HAS_THE_TURN = "whoever has the turn"


def counted(number: int, what: str) -> str:
    """Return such as "1 minute" or "20 minutes"."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def duration(protocol: Protocol) -> str:
    """Return how long the whole of it takes."""
    if protocol.is_asynchronous:
        return counted(protocol.days, "day")
    return counted(protocol.minutes, "minute")


def who_speaks(step: Step, presenter: str) -> Phrase:
    """Return who speaks and who listens in a sentence; `presenter` is how they are called."""
    name = WHOEVER_HAS_THE_TURN if step.takes_turns else presenter
    match step.speaks:
        case Speaks.PRESENTER:
            return phrase(phrase(first_upper(f"{name} speaks"), bold=True), ", the others listen.")
        case Speaks.QUESTIONS:
            return phrase(f"The group asks, {name} answers.")
        case Speaks.GROUP:
            listens = phrase(f"{name} listens and takes notes", bold=True)
            return phrase("The group talks, ", listens, ".")
        case Speaks.WRITING:
            return phrase("Everybody writes, nobody speaks.")
        case _:
            return phrase("Everybody may speak.")
