"""What the doctor says of one thing it looked at."""

from dataclasses import dataclass
from enum import Enum


class Mark(Enum):
    """How one thing is, as a sign and as a word for who cannot see the sign."""

    GOOD = ("✓", "ok")
    NOTE = ("!", "note")
    BAD = ("✗", "wrong")


GOOD, NOTE, BAD = Mark.GOOD, Mark.NOTE, Mark.BAD


@dataclass(frozen=True)
class Finding:
    """One check: how it is, what was looked at, and in a sentence or two how to mend it."""

    mark: Mark
    about: str
    words: str

    def __str__(self) -> str:
        sign, word = self.mark.value
        return f"{sign} {word}  {self.about}: {self.words}"
