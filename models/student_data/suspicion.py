"""One suspicion: a few words that may tell who a student is."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What it looks like."""

    NAME = "name"
    NUMBER = "number"
    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True)
class Suspicion:
    """A few words that may tell who a student is, as they were written."""

    kind: Kind
    excerpt: str


Span = tuple[int, int, Kind]
