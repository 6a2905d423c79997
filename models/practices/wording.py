"""The words of a practice: what has to be there, and how long it may be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from models.errors import RuleError
from models.text import clean, one_line

# Characters by field; `steps` and `topics` are lists, as they are typed.
LENGTHS: Mapping[str, int] = MappingProxyType(
    {
        "name": 80,
        "what": 1000,
        "steps": 2000,
        "minutes": 12,
        "fits": 500,
        "materials": 500,
        "topics": 200,
        "subject": 60,
        "grades": 60,
    }
)
STEPS_AT_MOST, STEP_LENGTH = 10, 150
TOPICS_AT_MOST, TOPIC_LENGTH = 5, 30
LONGEST = 180

_MISSING = {
    "name": "Please give it a name. Two or three words are plenty.",
    "what": "Please say in a sentence what it is.",
    "steps": "Please write down how it goes, one step a line. One line is enough.",
}
_ONE_LINE = ("name", "subject", "grades")
# What somebody may put before a step: "1.", "2)", "-", "•".
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.)]\s+|[-*•–]\s+)")
_MINUTES = re.compile(r"(\d{1,3})\s*(?:min|mins|minute|minutes)?\.?", re.IGNORECASE)


class PracticeMissingError(RuleError):
    """Something is missing without which nobody could try it."""


class PracticeTooLongError(RuleError):
    """More than somebody reads between two lessons."""


class MinutesError(RuleError):
    """Minutes that no lesson has."""

    field = "minutes"


@dataclass(frozen=True, kw_only=True)
class PracticeWording:
    """Everything a member writes about a practice, cleaned and within its limits."""

    name: str
    what: str
    steps: tuple[str, ...]
    minutes: int | None = None
    fits: str | None = None
    materials: str | None = None
    topics: tuple[str, ...] = ()
    subject: str | None = None
    grades: str | None = None

    @classmethod
    def of(
        cls,
        *,
        name: str | None,
        what: str | None,
        steps: str | None,
        minutes: str | None = None,
        **others: str | None,
    ) -> PracticeWording:
        """Return what was typed, fit to keep; raises a RuleError that names the field at fault.

        `steps` is typed one a line, `topics` with commas between them; `others` are the other
        fields of LENGTHS.
        """
        return cls(
            name=_written("name", name),
            what=_written("what", what),
            steps=_steps(_written("steps", steps)),
            minutes=_minutes(_written("minutes", minutes)),
            fits=_written("fits", others.get("fits")) or None,
            materials=_written("materials", others.get("materials")) or None,
            topics=_topics(_written("topics", others.get("topics"))),
            subject=_written("subject", others.get("subject")) or None,
            grades=_written("grades", others.get("grades")) or None,
        )

    @property
    def everything(self) -> str:
        """All of the text, for a look at what it may give away, and for the search."""
        lines = (self.name, self.what, *self.steps, self.fits, self.materials, *self.topics)
        return "\n".join(line for line in (*lines, self.subject, self.grades) if line)


def _written(field: str, text: str | None) -> str:
    kept = one_line(text or "") if field in _ONE_LINE else clean(text or "")
    if not kept and field in _MISSING:
        raise PracticeMissingError(_MISSING[field], field=field)
    _require_short(kept, LENGTHS[field], field)
    return kept


def _require_short(text: str, most: int, field: str) -> None:
    if len(text) > most:
        raise PracticeTooLongError(
            f"This is {len(text):,} characters long and {most:,} fit here. "
            "The shorter it is, the sooner somebody tries it.",
            field=field,
        )


def _steps(typed: str) -> tuple[str, ...]:
    """Return one step a line, without the numbers that people put before them."""
    steps = [one_line(_NUMBERED.sub("", line)) for line in typed.splitlines()]
    kept = tuple(step for step in steps if step)
    if not kept:
        raise PracticeMissingError(_MISSING["steps"], field="steps")
    if len(kept) > STEPS_AT_MOST:
        raise PracticeTooLongError(
            f"These are {len(kept)} steps and {STEPS_AT_MOST} fit. Which can be one?",
            field="steps",
        )
    for number, step in enumerate(kept, 1):
        if len(step) > STEP_LENGTH:
            raise PracticeTooLongError(
                f"Step {number} has {len(step)} characters and {STEP_LENGTH} fit. "
                "Perhaps it is two steps, on a line each?",
                field="steps",
            )
    return kept


def _minutes(typed: str) -> int | None:
    """Return whole minutes; "5", "5 min" and "5 minutes" are understood."""
    if not typed:
        return None
    told = _MINUTES.fullmatch(typed)
    minutes = int(told[1]) if told else 0
    if not 1 <= minutes <= LONGEST:
        raise MinutesError(f"Please write whole minutes from 1 to {LONGEST}, such as 5.")
    return minutes


def _topics(typed: str) -> tuple[str, ...]:
    """Return each topic once, in the order and spelling in which it was first typed."""
    topics: dict[str, str] = {}
    for part in re.split(r"[,;\n]", typed):
        topic = one_line(part.strip().lstrip("#"))
        if topic:
            topics.setdefault(topic.casefold(), topic)
    if len(topics) > TOPICS_AT_MOST or any(len(topic) > TOPIC_LENGTH for topic in topics.values()):
        raise PracticeTooLongError(
            f"Up to {TOPICS_AT_MOST} topics fit, of {TOPIC_LENGTH} characters each, "
            "with commas between them.",
            field="topics",
        )
    return tuple(topics.values())
