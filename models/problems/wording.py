"""The words of a problem: what has to be there, and how long it may be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from models.errors import RuleError
from models.text import clean, one_line

# Characters by field. Slack takes no more than 3,000 in one input (slack-facts 1.3).
LENGTHS: Mapping[str, int] = MappingProxyType(
    {
        "title": 150,
        "happening": 3000,
        "tried": 3000,
        "question": 300,
        "topics": 200,
        "learned": 3000,
        "answer": 3000,
    }
)
TOPICS_AT_MOST = 5
TOPIC_LENGTH = 30

_MISSING = {
    "title": "Please give it a title. A few words are plenty.",
    "happening": "Please say in a sentence or two what is happening.",
    "learned": "Please write down what you learned. One sentence is plenty.",
    "answer": "Please write your answer first.",
}


class WantedHelp(StrEnum):
    """What would help with a problem."""

    IDEAS = "ideas"
    HANGOUT = "hangout"
    ASYNCHRONOUS = "asynchronous"


class UnknownHelpError(RuleError):
    """A choice that the form does not offer."""

    field = "wanted_help"


class EmptyFieldError(RuleError):
    """Something that colleagues need to think along is missing, or is only spaces."""


class TooLongError(RuleError):
    """More text than fits where it will be read."""


class TooManyTopicsError(RuleError):
    """More topics, or longer ones, than a card's line of facts can hold."""

    field = "topics"


@dataclass(frozen=True, kw_only=True)
class Wording:
    """Everything a member writes about a problem, cleaned and within its limits."""

    title: str
    happening: str
    tried: str | None
    question: str | None
    topics: tuple[str, ...]
    wanted_help: WantedHelp = WantedHelp.IDEAS

    @classmethod
    def of(
        cls,
        *,
        title: str | None,
        happening: str | None,
        tried: str | None = None,
        question: str | None = None,
        topics: str | None = None,
        wanted_help: str | None = None,
    ) -> Wording:
        """Return what was typed, fit to keep; raises a RuleError that names the field at fault.

        `topics` is a list with commas, as it is typed; `wanted_help` may be forged, and missing
        in a form that was opened before it was asked for.
        """
        return cls(
            title=one_line(written("title", title)),
            happening=written("happening", happening),
            tried=written("tried", tried) or None,
            question=one_line(written("question", question)) or None,
            topics=_topics(written("topics", topics)),
            wanted_help=_help(wanted_help),
        )

    @property
    def everything(self) -> str:
        """All of the text, for a look at what it may give away."""
        parts = (self.title, self.question, self.happening, self.tried, ", ".join(self.topics))
        return "\n".join(part for part in parts if part)


def written(field: str, text: str | None) -> str:
    """Return one field's text, cleaned; raises a RuleError when it is missing or too long.

    An empty text is fine where the field may be left out. `field` is a key of LENGTHS.
    """
    kept, most = clean(text or ""), LENGTHS[field]
    if not kept and field in _MISSING:
        raise EmptyFieldError(_MISSING[field], field=field)
    if len(kept) > most:
        raise TooLongError(
            f"This is {len(kept):,} characters long and {most:,} fit here. "
            "Please shorten it; the rest can go into the thread.",
            field=field,
        )
    return kept


def _help(chosen: str | None) -> WantedHelp:
    try:
        return WantedHelp(chosen or WantedHelp.IDEAS)
    except ValueError:
        raise UnknownHelpError("Please choose one of the three kinds of help.") from None


def _topics(typed: str) -> tuple[str, ...]:
    """Return each topic once, in the order and spelling in which it was first typed."""
    topics: dict[str, str] = {}
    for part in re.split(r"[,;\n]", typed):
        topic = one_line(part.strip().lstrip("#"))
        if len(topic) > TOPIC_LENGTH:
            raise TooManyTopicsError(
                f"“{topic[:TOPIC_LENGTH]}…” is long for a topic. "
                f"Up to {TOPIC_LENGTH} characters fit, with commas between topics."
            )
        if topic:
            topics.setdefault(topic.casefold(), topic)
    if len(topics) > TOPICS_AT_MOST:
        raise TooManyTopicsError(
            f"These are {len(topics)} topics and {TOPICS_AT_MOST} fit. Which ones matter most?"
        )
    return tuple(topics.values())
