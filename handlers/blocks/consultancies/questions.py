"""What was asked in a consultancy over some days: for the presenter, and for whoever looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import ActionsBlock, Block

from handlers.blocks.consultancies.days import Days
from handlers.blocks.consultancies.steps import counted
from handlers.blocks.hangouts.facts import name_of
from handlers.blocks.members import mute_button
from handlers.blocks.message import Message
from handlers.blocks.problems.letters import answer_button
from handlers.blocks.text import bullets, escape, excerpt, first_upper, link, paragraph, words
from models.consultancies.questions import Question

# The switch of the letters with questions.
QUESTIONS = "consultancies.questions"
# So many of that length fit into a message that is read aloud.
QUESTION_LENGTH = 180
QUESTIONS_SHOWN = 15


def questions_letter(days: Days, questions: Sequence[Question]) -> Message:
    """Give the presenter what was asked in the steps that are over, for their eyes only."""
    number = "a question" if len(questions) == 1 else f"{len(questions)} questions"
    problem, focus = days.problem, days.problem.focus
    heading = paragraph(words(f"Colleagues asked {number} about "), link(focus, days.link_to_card))
    last = "A short answer in the thread is plenty."
    buttons = [mute_button(QUESTIONS)]
    if problem.is_without_name:
        last += " Your name shows if you write there yourself; the button keeps it out."
        buttons.insert(0, answer_button(problem))
    first = f"Colleagues asked {number} about {escape(focus)}"
    shown = _listed(days, questions)
    return Message.of(
        [first, *shown.lines, last],
        [heading, *shown.blocks, paragraph(words(last)), ActionsBlock(elements=buttons)],
    )


def questions_so_far(days: Days, questions: Sequence[Question]) -> Message:
    """Show whoever asks, in private, what was asked so far and by whom."""
    if not questions:
        empty = (
            "No questions yet. In the steps for questions, every message in the thread with a "
            "question mark is gathered here."
        )
        return Message.of([empty], [paragraph(words(empty))])
    heading = f"{first_upper(counted(len(questions), 'question'))} so far:"
    shown = _listed(days, questions)
    return Message.of([heading, *shown.lines], [paragraph(words(heading)), *shown.blocks])


@dataclass(frozen=True)
class _Listed:
    lines: list[str]
    blocks: list[Block]


def _listed(days: Days, questions: Sequence[Question]) -> _Listed:
    """Return the first of the questions, each with who asked; the others are in the thread."""
    lines, items = [], []
    for question in questions[:QUESTIONS_SHOWN]:
        who = first_upper(name_of(question.member_id, days.names))
        asked = excerpt(question.text, QUESTION_LENGTH)
        lines.append(escape(f"• {who}: {asked}"))
        items.append([words(f"{who}: "), link(asked, days.link_to(question.ts))])
    blocks: list[Block] = [bullets(*items)]
    if (rest := len(questions) - QUESTIONS_SHOWN) > 0:
        more = f"{counted(rest, 'more question')} in the thread."
        lines.append(more)
        blocks.append(paragraph(words(more)))
    return _Listed(lines, blocks)
