"""A sheet: things of one kind that are kept about somebody, a row for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.time import zone

Cell = str | int | float | None


@dataclass(frozen=True)
class Sheet:
    """`name` is that of its file, `heading` what stands above it in the document.

    `one` and `several` are how its rows are counted in a sentence, such as "pilot" and "pilots".
    """

    name: str
    heading: str
    one: str
    several: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    @property
    def counted(self) -> str:
        """How much there is, in words, such as "one pilot" or "12 pilots"."""
        number = len(self.rows)
        return f"one {self.one}" if number == 1 else f"{number:,} {self.several}"


def moment(at: datetime | None, tz: str | None) -> str | None:
    """Return the minute on the clocks of that zone, as spreadsheets sort it."""
    return f"{at.astimezone(zone(tz)):%Y-%m-%d %H:%M}" if at else None


def yes_or_no(is_so: bool | None) -> str | None:
    return None if is_so is None else "yes" if is_so else "no"


def listed(words: Sequence[object] | None) -> str | None:
    return ", ".join(str(word) for word in words or ()) or None
