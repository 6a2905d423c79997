"""Filters: what narrows a search for materials, typed as "kind:rubric grade:5" or chosen in a form.

A search for them may say no words at all; then the filters find the newest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields

from rapidfuzz import process

from models.materials.material import Kind
from models.text import clean, one_line

# What a button may carry of a search: Slack takes 2,000 characters, JSON may need six for one.
WORDS_LENGTH, VALUE_LENGTH, VALUES_AT_MOST = 200, 60, 3
# rapidfuzz gives 0 to 100; below this a word is no misspelled kind.
NEAR_ENOUGH = 70
# Nobody teaches more grades at once, and no wider range was meant as one.
GRADES_AT_MOST = 14

_NAMES = {
    "kind": "kind",
    "type": "kind",
    "subject": "subject",
    "grade": "grade",
    "year": "grade",
    "topic": "topic",
    "tag": "topic",
}
_FILTER = re.compile(
    rf"""(?<!\S)(?P<name>{"|".join(_NAMES)})s?:\s*(?P<value>["“”][^"“”]+["“”]|[^\s"“”]+)""",
    re.IGNORECASE,
)
_KINDS = {kind.value: kind for kind in Kind} | {
    "slides": Kind.SLIDES,
    "deck": Kind.SLIDES,
    "presentation": Kind.SLIDES,
    "plan": Kind.LESSON,
    "film": Kind.VIDEO,
    "clip": Kind.VIDEO,
}
_SUBJECTS = {"maths": "math", "mathematics": "math", "phys ed": "pe", "physical education": "pe"}
_RANGE = re.compile(r"(?<!\w)(k|\d{1,2})\s*(?:[-–—]|to)\s*(\d{1,2})(?!\w)")
_GRADE = re.compile(r"(?<!\w)(k|\d{1,2})(?:st|nd|rd|th)?(?!\w)")


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What somebody looks for: words, and for each filter the values of which one has to fit.

    All filter values are in small letters, kinds as Kind has them.
    """

    words: str = ""
    kind: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    grade: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()

    @classmethod
    def typed(cls, text: str) -> Sought:
        """Return what a command's words ask for; a filter of no sense stays a word."""
        found: dict[str, list[str]] = {}

        def take(match: re.Match[str]) -> str:
            name = _NAMES[match["name"].lower()]
            values = _read(name, match["value"].strip('"“”').split(","))
            found.setdefault(name, []).extend(values)
            return " " if values else match[0].replace(":", " ")

        words = _FILTER.sub(take, clean(text))
        return cls.of(words=words, **found)

    @classmethod
    def of(cls, *, words: str | None = None, **chosen: Iterable[str] | None) -> Sought:
        """Return what a form's fields or a button's value ask for; what is forged is left out."""
        values = {name: _read(name, chosen.get(name) or ()) for name in FILTERS}
        return cls(words=one_line(words or "")[:WORDS_LENGTH].rstrip(), **values)

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """Return what narrows the search, as models.search takes it."""
        return {name: getattr(self, name) for name in FILTERS if getattr(self, name)}

    @property
    def is_empty(self) -> bool:
        return not self.words and not self.filters

    @property
    def facts(self) -> dict[str, object]:
        """Return it as a button carries it; `of` reads that again."""
        return {"words": self.words, **{name: list(all_) for name, all_ in self.filters.items()}}

    def __str__(self) -> str:
        """Return it as one would type it."""
        named = [
            f"{name}:{_quoted(one)}" for name, all_of in self.filters.items() for one in all_of
        ]
        return " ".join([*([self.words] if self.words else []), *named])


FILTERS = tuple(one.name for one in fields(Sought) if one.name != "words")


def grades_in(text: str) -> list[str]:
    """Return each grade that a free text names, such as "k", "1" and "2" for "K–2".

    A text without any, such as "adults", is a grade of its own.
    """
    text = one_line(text).casefold().replace("kindergarten", "k")
    grades: dict[str, None] = {}
    for first, last in _RANGE.findall(text):
        start, end = 0 if first == "k" else int(first), int(last)
        for grade in range(start, min(end, start + GRADES_AT_MOST) + 1):
            grades[str(grade) if grade or first != "k" else "k"] = None
    for grade in _GRADE.findall(_RANGE.sub(" ", text)):
        grades[grade.lstrip("0") or "0"] = None
    return list(grades)[:GRADES_AT_MOST] or ([text] if text else [])


def subjects_in(text: str) -> list[str]:
    """Return what a subject is found by: its name as one, and each subject it lists."""
    whole = one_line(text).casefold()
    parts = [whole, *re.split(r"\s*[,;/&+]\s*|\s+and\s+", whole)]
    return list(dict.fromkeys(_SUBJECTS.get(part, part) for part in parts if part))


def kind_in(text: str) -> str | None:
    """Return the kind that a word means, also a misspelled or plural one."""
    word = one_line(text).casefold()
    near = process.extractOne(word.removesuffix("s"), list(_KINDS), score_cutoff=NEAR_ENOUGH)
    if word in _KINDS:
        return _KINDS[word].value
    return _KINDS[near[0]].value if near else None


def _read(name: str, values: Iterable[object]) -> tuple[str, ...]:
    """Return a filter's values as the search has them."""
    texts = [one_line(str(one)).casefold()[:VALUE_LENGTH] for one in list(values)[:VALUES_AT_MOST]]
    read: list[str] = []
    for text in texts:
        match name:
            case "kind":
                read += [kind] if (kind := kind_in(text)) else []
            case "grade":
                read += grades_in(text)
            case "subject":
                read += subjects_in(text)[:1]
            case _:
                read += [text] if text else []
    return tuple(dict.fromkeys(read))


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
