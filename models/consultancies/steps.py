"""Steps: what a protocol consists of, who speaks in each, and for how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Speaks(StrEnum):
    """Who speaks in a step, in the words that facilitators type."""

    PRESENTER = "presenter"
    QUESTIONS = "questions"
    GROUP = "group"
    EVERYBODY = "everybody"
    WRITING = "writing"


@dataclass(frozen=True)
class Step:
    """One step of a protocol: `minutes` of a live one, `days` of one that runs over days.

    `prompt` says what to do, to everybody. With `takes_turns` the members present one after the
    other, so that "the presenter" is whoever has the turn.
    """

    name: str
    prompt: str
    speaks: str
    minutes: int = 0
    days: int = 0
    takes_turns: bool = False

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Step:
        """Return the step that `to_dict` wrote."""
        return cls(**kept)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def is_presenter_silent(self) -> bool:
        return self.speaks == Speaks.GROUP

    @property
    def gathers_questions(self) -> bool:
        """Say whether what the group writes in this step are questions to the presenter."""
        return self.speaks == Speaks.QUESTIONS


@dataclass(frozen=True, kw_only=True)
class Protocol:
    """A way to think about one problem together. `source` names where it comes from."""

    key: str
    name: str
    steps: tuple[Step, ...]
    is_asynchronous: bool = False
    source: str

    @property
    def minutes(self) -> int:
        """How long it takes at a hangout; 0 for one that runs over days."""
        return sum(step.minutes for step in self.steps)

    @property
    def days(self) -> int:
        return sum(step.days for step in self.steps)
