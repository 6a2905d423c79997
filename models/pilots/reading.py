"""Reading: what somebody wrote in one line about a lesson, "18/26 they explained to each other"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from models.errors import RuleError
from models.pilots.entries import LENGTHS, Entry
from models.pilots.measures import read_leading_value, read_value
from models.pilots.observation import Observation
from models.pilots.pilot import Pilot

NO_VALUE = "What is the value? I did not find one at the beginning."


@dataclass(frozen=True)
class Reading:
    """One line, taken apart: the value as typed, and the words after it.

    `entry` is what can be noted; where there is none `asked` says what has to be known first.
    """

    value: str
    words: str
    entry: Entry | None = None
    asked: str = ""

    @classmethod
    def of(cls, pilot: Pilot, text: str, today: date) -> Reading:
        """Return the text as that pilot's measure understands it; `today` is local there."""
        value, words = read_leading_value(text)
        if not value:
            return cls(value, words, asked=NO_VALUE)
        try:
            amount = read_value(value, pilot.measure)
            entry = Entry.of(amount, {"saw": words}, on_date=None, today=today)
        except RuleError as error:
            return cls(value, words, asked=str(error))
        return cls(value, words, entry)

    def instead_of(self, row: Observation) -> Entry | None:
        """Return what is noted after the line was put differently: its day and more stay."""
        if self.entry is None:
            return None
        kept = Entry.kept_in(row)
        saw = self.entry.saw or kept.saw
        return replace(kept, value=self.entry.value, total=self.entry.total, saw=saw)

    @property
    def fits_the_form(self) -> bool:
        """Whether the form's fields can hold all of it."""
        return len(self.words) <= LENGTHS["saw"]


def fits(pilot: Pilot, text: str) -> bool:
    """Say whether the value that the text begins with can be one of that pilot's."""
    try:
        read_value(read_leading_value(text)[0], pilot.measure)
    except RuleError:
        return False
    return True
