"""What the bot writes to a problem's author in private: offers, answers, what others changed."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from handlers.blocks.members import mute_button
from handlers.blocks.message import Message
from handlers.blocks.pilots.ids import start_button
from handlers.blocks.problems.cards import MORE, More
from handlers.blocks.problems.facts import Legend
from handlers.blocks.text import escape, excerpt, first_upper, link, listed, paragraph, said, words
from models.problems import Problem

# Buttons under what the bot says to an author in private.
OPEN_ANSWER = "problems.open_answer"
# The kinds of letters that can be switched off, as Member.muted keeps them.
OFFERS = "problems.offers"
ANSWERS = "problems.answers"
CHANGES = "problems.changes"

LEARNED_LENGTH = 300


def offer_notice(problem: Problem, helper_id: str, legend: Legend) -> Message:
    """Tell the author that somebody can help."""
    helper = first_upper(legend.name(helper_id))
    last = "A word in its thread is a good start."
    if problem.is_without_name:
        last = f"{helper} can’t see that it is yours. You can answer in its thread without a name."
    first = f"{helper} can help with your problem:"
    return _letter(
        problem, first, problem.title, [last], legend, [*_answer(problem), mute_button(OFFERS)]
    )


def answers_letter(problem: Problem, member_ids: Sequence[str], legend: Legend) -> Message:
    """Tell the author who answered since the last such letter."""
    who = first_upper(listed([legend.name(one) for one in member_ids]))
    more = []
    if problem.is_without_name:
        more = ["Your name shows if you write in the thread yourself. The button keeps it out."]
    first = f"{who} answered your question:"
    return _letter(
        problem, first, problem.focus, more, legend, [*_answer(problem), mute_button(ANSWERS)]
    )


def change_letter(problem: Problem, change: More, changer_id: str, legend: Legend) -> Message:
    """Tell the author what a facilitator edited, resolved or deleted."""
    who = first_upper(legend.name(changer_id))
    match change:
        case More.RESOLVE:
            learned = excerpt(problem.learned or "", LEARNED_LENGTH)
            first, more = f"{who} resolved your problem:", [f"What was learned: {learned}"]
        case More.DELETE:
            first = f"{who} withdrew a problem of yours."
            more = ["Its words are deleted. What colleagues wrote stays in the thread."]
        case _:
            first = f"{who} edited your problem:"
            more = ["The card shows the new words. Its menu lets you change them."]
    buttons = [mute_button(CHANGES)]
    if change is More.RESOLVE:
        value = More.REOPEN.about(problem)
        reopen = ButtonElement(text="Reopen", action_id=MORE, value=value)
        buttons = [start_button(problem_id=problem.id), reopen, *buttons]
    return _letter(problem, first, problem.title, more, legend, buttons)


def _letter(
    problem: Problem,
    first: str,
    about: str,
    more: Sequence[str],
    legend: Legend,
    buttons: Sequence[ButtonElement],
) -> Message:
    """Return a letter. A problem that was withdrawn has no words to be `about` any more."""
    named = [words(" "), link(about, legend.link(problem))] if about else []
    blocks: list[Block] = [paragraph(words(first), *named)]
    blocks += [paragraph(*said(line)) for line in more]
    text = [f"{escape(first)} {escape(about)}".strip(), *map(escape, more)]
    return Message.of(text, [*blocks, ActionsBlock(elements=buttons)])


def answer_button(problem: Problem) -> ButtonElement:
    """Return the button with which whoever shared without a name answers without it."""
    value = str(problem.id)
    return ButtonElement(text="Answer without my name", action_id=OPEN_ANSWER, value=value)


def _answer(problem: Problem) -> list[ButtonElement]:
    return [answer_button(problem)] if problem.is_without_name else []
