"""Finds words that may be a student's name, by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.student_data.suspicion import Kind, Span
from models.student_data.words import FIRST_NAMES, NOT_NAMES

_WORD = r"[^\W\d_][^\W_]*+(?:['’\-][^\W\d_]++){0,3}+"
_NAME = rf"(?P<first>{_WORD})(?:[ \t]{{1,2}}(?P<last>{_WORD}))?"
_CHILD = r"(?:student|pupil|learner|kid|child|boy|girl)"
_FAMILY = (
    r"(?:parents?|mother|father|mom|mum|dad|guardians?|grandmother|grandfather|grandma|sister"
    r"|brother|family)"
)

# "my student Maria Lopez", "one of my students, Maria". In a headline every word has a capital, so
# this one waits for a lower-case "student".
_MY_STUDENT = re.compile(
    rf"\b(?:[Mm]y|[Oo]ur)\s(?:[a-z\d-]{{1,15}}\s){{0,2}}(?:{_CHILD},?|{_CHILD}s,)\s{_NAME}"
)
# "Student: Maria Lopez", "student named Maria".
_LABELLED = re.compile(
    rf"\b(?:[Ss]tudent(?:[’']?s)?(?:\sname)?\s?:"
    rf"|(?i:{_CHILD}s?)\s(?:is\s)?(?:named|called|whose\sname\sis))\s?{_NAME}"
)
# "the student Maria": only with a first name that is known as such.
_STUDENT = re.compile(rf"\b(?i:{_CHILD}),?\s{_NAME}")
# "my students Jason and Mia": only with a first name that is known as such.
_MY_STUDENTS = re.compile(rf"\b[Mm]y\s{_CHILD}s\s{_NAME}")
# "Jason M. refuses": a known first name and an initial, before a small word.
_INITIAL = re.compile(rf"\b(?P<first>{_WORD})[ \t](?P<last>[A-Z])(?=\.\s[a-z])")
# "Jane D. in my class".
_IN_MY_CLASS = re.compile(
    rf"\b{_NAME}(?P<dot>\.?),?\s(?:in|from)\s(?:my|our)\s(?:[\w-]{{1,15}}\s){{0,3}}"
    r"(?:class|period|homeroom|course|group|block|section)\b"
)
# "parents of Maria Lopez", "Maria Lopez’s mother".
_FAMILY_OF = re.compile(rf"\b(?i:{_FAMILY})\sof\s{_NAME}")
_WHOSE_FAMILY = re.compile(rf"\b(?:(?P<first>{_WORD})[ \t])?(?P<last>{_WORD})\s{_FAMILY}\b")

_FIRST_NAMES = frozenset(FIRST_NAMES.split())
_NOT_NAMES = frozenset(NOT_NAMES.split())
_TITLE_ENDINGS = ("tion", "ment", "ness", "ship", "ics", "ing", "ies")


def names(text: str) -> Iterator[Span]:
    """Yield where a student may be named."""
    for found in _MY_STUDENT.finditer(text):
        if _could_be(found["first"]):
            yield found.start(), _end(found), Kind.NAME
    for pattern in (_LABELLED, _FAMILY_OF, _STUDENT):
        for found in pattern.finditer(text):
            is_full = pattern is not _STUDENT and _is_pair(found)
            if is_full or _is_known(found["first"]):
                yield found.start(), _end(found), Kind.NAME
    for pattern in (_MY_STUDENTS, _INITIAL):
        for found in pattern.finditer(text):
            if _is_known(found["first"]) and _could_be(found["first"]):
                end = found.end() + 1 if pattern is _INITIAL else _end(found)
                yield found.start(), end, Kind.NAME
    for found in _IN_MY_CLASS.finditer(text):
        if _is_classmate(found):
            yield found.start(), found.end(), Kind.NAME
    for found in _WHOSE_FAMILY.finditer(text):
        if _is_owner(found):
            yield found.start(), found.end(), Kind.NAME


def _is_known(word: str | None) -> bool:
    """Say whether it is a common first name; in "a student named maria" it may be small."""
    return word is not None and word.casefold() in _FIRST_NAMES


def _could_be(word: str | None) -> bool:
    """Say whether it looks like a name: a capital, and no word of every school day."""
    if word is None or not word[0].isupper() or (word.isupper() and len(word) < 4):
        return False
    small = word.casefold()
    return small not in _NOT_NAMES and (small in _FIRST_NAMES or not small.endswith(_TITLE_ENDINGS))


def _is_pair(found: re.Match[str]) -> bool:
    return _could_be(found["first"]) and _could_be(found["last"])


def _end(found: re.Match[str]) -> int:
    """Return where the name ends: after the last name, if that is one."""
    is_initial = bool(found["last"]) and len(found["last"]) == 1 and found["last"].isupper()
    return found.end("last" if is_initial or _could_be(found["last"]) else "first")


def _is_classmate(found: re.Match[str]) -> bool:
    """Tell "Jane D. in my class" and "Jane in my class" from "Exit Tickets in my class"."""
    first, last = found["first"], found["last"]
    if _is_known(first) and first[0].isupper():
        return True
    has_initial = last is not None and len(last) == 1 and last.isupper() and bool(found["dot"])
    return (has_initial and _could_be(first)) or (_is_known(last) and last[0].isupper())


def _is_owner(found: re.Match[str]) -> bool:
    """Tell "Maria Lopez’s mother" from "the school’s parents"."""
    owner, apostrophe, ending = found["last"].replace("’", "'").rpartition("'")
    if not apostrophe or ending not in ("s", ""):
        return False
    return _is_known(owner) or (_could_be(found["first"]) and _could_be(owner))
