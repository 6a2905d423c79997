"""What came of a consultancy, as it stands in the thread of its problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.blocks.hangouts.facts import name_of
from handlers.blocks.message import Message
from handlers.blocks.text import escape, excerpt, first_upper, paragraph, said, words
from models.consultancies.consultancy import Consultancy
from models.consultancies.follow_ups import FollowUp, Tried
from models.problems import Problem

# The switch of the letters afterwards, as Member.muted keeps it.
AFTERWARDS = "hangouts.afterwards"
ABOUT_LENGTH = 150
# How long after it each follow-up is asked, as one says it.
WEEKS = ("Two weeks", "Six weeks")
_TOLD = {
    Tried.TRIED: "tried it",
    Tried.NOT_YET: "has not come to it yet",
    Tried.CHANGED: "changed it on the way",
}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A consultancy and what came of it. `link` leads to the problem's card."""

    consultancy: Consultancy
    problem: Problem | None
    follow_ups: Sequence[FollowUp]
    names: Mapping[str, str]
    link: str | None = None

    @property
    def about(self) -> str:
        """What it was about, in one line."""
        focus = self.problem.focus if self.problem and not self.problem.deleted_at else ""
        return excerpt(self.consultancy.question or focus or "what you brought", ABOUT_LENGTH)

    @property
    def presenter(self) -> str:
        """Who presented; whoever shared without a name has none here either."""
        if self.consultancy.presenter_id is None:
            return "Whoever brought it"
        return first_upper(name_of(self.consultancy.presenter_id, self.names))


def outcome_message(outcome: Outcome) -> Message:
    """Return what stands in the problem's thread: outcome, next step and what became of it."""
    consultancy = outcome.consultancy
    problem = outcome.problem
    if problem is not None and problem.deleted_at is not None:
        gone = "What was said here belonged to a problem that was withdrawn."
        return Message.of([gone], [paragraph(words(gone))])
    lines, blocks = [], []
    for label, text in (
        ("What came of thinking about it together", consultancy.outcome),
        (f"{outcome.presenter} will try", consultancy.next_step),
        *_became(outcome),
    ):
        if text:
            lines.append(f"{escape(label)}: {escape(text)}")
            blocks.append(paragraph(words(f"{label}: ", bold=True), *said(text)))
    if not blocks:
        empty = "The outcome was taken back."
        return Message.of([empty], [paragraph(words(empty))])
    return Message.of(lines, blocks)


def _became(outcome: Outcome) -> list[tuple[str, str]]:
    """Return what became of the next step, as far as the presenter told colleagues."""
    return [
        (f"{WEEKS[row.number]} later {outcome.presenter} {_TOLD[Tried(row.answer)]}", row.note)
        for row in outcome.follow_ups
        if row.answer and row.note and row.number < len(WEEKS)
    ]
