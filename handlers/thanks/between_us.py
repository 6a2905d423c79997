"""Between us: whether the words after /thanks ask to be kept from everybody else.

private @ana …      before the names
@ana privately …    or after them
"""

from __future__ import annotations

import re
from enum import StrEnum

from rapidfuzz import fuzz

from models.thanks.naming import Roster

# What leads on from the names to what somebody is thanked for.
LEADS_ON = re.compile(r"\b(?:for|because)\b", re.I)
# After the names it is asked for where no sentence about something private goes on.
_AFTER = re.compile(
    r"[\s,;:.(–—-]*(?:and\s+)?(?:(?:in|this is|keep (?:it|this)|please)\s+)*(?:private|privately)"
    r"(?:\s*[,;:.)–—-]+|\s+(?=(?:for|because)\b)|\s*$)\s*",
    re.I,
)
_LAST_WORD = re.compile(r"[,;.(–—-]\s*(\w+)\W*$")
# rapidfuzz gives 0 to 100; whatever is that near to "private" must not be said in public.
PRIVATE_ENOUGH = 75
# So many words before the "for" may say that it is private.
WORDS_BEFORE = 4


class How(StrEnum):
    """How clearly it is asked for. What is only nearly clear is better asked than said."""

    NOT = ""
    NEARLY = "nearly"
    SURELY = "surely"


def asked_first(told: str, roster: Roster) -> tuple[How, str]:
    """Return whether the first word asks for it, and what follows that word."""
    first, *more = told.split(maxsplit=1) or [""]
    word = first.strip(":,.")
    rest = more[0] if more else ""
    if word.casefold() in ("private", "privately"):
        return How.SURELY, rest
    if _is_nearly(word) and not roster.named(word):
        return How.NEARLY, rest
    return How.NOT, told


def asked_after(rest: str) -> tuple[How, str]:
    """Return whether the words that follow the names ask for it, and these without that."""
    if found := _AFTER.match(rest):
        return How.SURELY, rest[found.end() :]
    lead = LEADS_ON.search(rest)
    words = re.findall(r"\w+", rest[: lead.start()] if lead else rest)[:WORDS_BEFORE]
    last = _LAST_WORD.search(rest)
    is_nearly = any(_is_nearly(one) for one in [*words, *(last.groups() if last else ())])
    return (How.NEARLY if is_nearly else How.NOT), rest


def _is_nearly(word: str) -> bool:
    known = ("private", "privately")
    return any(fuzz.ratio(word.casefold(), one) >= PRIVATE_ENOUGH for one in known)
