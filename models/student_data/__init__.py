"""Looks in what a teacher wrote for words that may tell who a student is, to ask before sharing.

It only ever asks, so it rather misses a name than asks about every capital letter. Every pattern
reads the text once from left to right, so none takes long, whatever the text.
"""

from models.student_data.names import names
from models.student_data.numbers import (
    birthdays,
    emails,
    labelled_numbers,
    numbers,
    without_harmless,
)
from models.student_data.suspicion import Kind, Suspicion

__all__ = ["Kind", "Suspicion", "suspicions"]

EXCERPT_LENGTH = 80


def suspicions(text: str) -> list[Suspicion]:
    """Return each suspicious piece of the text once, in the order of the text."""
    looked_at = without_harmless(text)
    looks = (names, labelled_numbers, emails, numbers)
    # Of two that begin at the same place the longer one says more.
    found_in_it = [span for look in looks for span in look(looked_at)]
    spans = sorted([*found_in_it, *birthdays(text)], key=lambda span: (span[0], -span[1]))
    found: dict[str, Suspicion] = {}
    covered = 0
    for start, end, kind in spans:
        if start >= covered:
            covered = end
            excerpt = " ".join(text[start:end].split())[:EXCERPT_LENGTH]
            found.setdefault(excerpt, Suspicion(kind, excerpt))
    return list(found.values())
