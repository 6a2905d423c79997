"""What the bot says about a problem: to its author, to whoever offers help, and in its thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    RichTextElement,
    RichTextElementParts,
)

from handlers.blocks.message import Message
from handlers.blocks.problems.facts import Legend, first_upper
from handlers.blocks.problems.letters import answer_button
from handlers.blocks.request import with_kept
from handlers.blocks.text import bullets, day, escape, excerpt, link, paragraph, said, words
from models.problems import LENGTHS, Problem, Standing

SIMILAR_AT_MOST = 3
LEARNED_LENGTH = 200


def shared_confirmation(
    problem: Problem, channel_id: str, similar: Sequence[Standing], legend: Legend
) -> Message:
    """Tell the author that it worked, with up to three earlier problems like it."""
    pieces = [
        words("Shared in "),
        RichTextElementParts.Channel(channel_id=channel_id),
        words(": "),
        link(problem.focus, legend.link(problem)),
    ]
    first = f"Shared in <#{channel_id}>: {escape(problem.focus)}"
    blocks: list[Block] = [paragraph(*pieces)]
    lines = [first, then := _what_happens_next(problem, is_new=not similar)]
    if similar:
        shown = similar[:SIMILAR_AT_MOST]
        lines += [before := "Something like it came up before:"]
        lines += [_line(one, legend) for one in shown]
        blocks += [paragraph(words(before)), bullets(*(_bullet(one, legend) for one in shown))]
    blocks.append(paragraph(words(then)))
    if problem.is_without_name:
        blocks.append(ActionsBlock(elements=[answer_button(problem)]))
    return Message.of(lines, blocks)


def _what_happens_next(problem: Problem, *, is_new: bool) -> str:
    """Return what to expect, in one line below earlier problems, and how to stay unnamed."""
    then = "Answers come in its thread."
    if is_new:
        then += " If nobody has one in two days, I bring it back once."
    if problem.is_without_name:
        then += " Your name shows if you write there yourself; the button keeps it out."
    return then


def resolution(problem: Problem) -> Message:
    """Return what the thread hears when its problem is resolved."""
    first = "This problem is resolved. Thank you for thinking along."
    learned = problem.learned or ""
    return Message.of(
        [first, f"What was learned: {escape(learned)}"],
        [
            paragraph(words(first)),
            paragraph(words("What was learned: ", bold=True), *said(learned)),
        ],
    )


def answer_without_name(answer: str) -> Message:
    """Return an answer of whoever shared the problem without a name, said by the bot for them."""
    first = "Whoever shared this problem answers:"
    return Message.of(
        [first, escape(answer)], [paragraph(words(first, bold=True), words("\n"), *said(answer))]
    )


def return_message(standing: Standing, legend: Legend, tz: str, now: datetime) -> Message:
    """Bring back a problem that nobody answered yet, or say what became of it since.

    `tz` is the community's zone.
    """
    problem = standing.problem
    on = day(problem.shared_at, tz, now)
    is_named = problem.author_id is not None and problem.author_id in legend.names
    whose = f"{legend.asker(problem)}’s" if is_named else "A"
    state, last = _became(standing)
    first = f"{whose} question from {on} {state}:"
    title = link(problem.title, legend.link(problem), bold=True)
    asked = [paragraph(*said(problem.question))] if problem.question else []
    text = [f"{escape(first)} {escape(problem.title)}", escape(problem.question or "")]
    return Message.of(
        [*text, escape(last)],
        [paragraph(words(f"{first} "), title), *asked, paragraph(*said(last))],
    )


def _became(standing: Standing) -> tuple[str, str]:
    """Return how the question stands, and what to say about it."""
    problem = standing.problem
    if not problem.is_open:
        return "is resolved", f"What was learned: {_learned(problem)}"
    if not standing.is_unanswered:
        return "has its first answer", "More are welcome, here in a thread or in its own."
    last = "One sentence of what worked for you is plenty. Reply under this, or in its thread."
    return "is still open", last


def offer_thanks(problem: Problem, legend: Legend) -> Message:
    """Tell whoever offered help, in private, that it arrived."""
    asker = first_upper(legend.asker(problem)) if problem.author_id else "Whoever asked"
    return _note(
        f"Thank you. {asker} knows that you can help; the thread is a good place to start."
    )


def edited() -> Message:
    return _note("Saved. The card shows the new words.")


def resolved() -> Message:
    return _note(
        "Resolved. What was learned is in the thread, and colleagues who meet something like it "
        "find it. The card’s menu reopens it."
    )


def reopened() -> Message:
    return _note("It is open again. What was learned so far is kept.")


def open_already() -> Message:
    return _note("This problem is open already. Its thread takes your thoughts.")


def shared_already(problem: Problem, legend: Legend) -> Message:
    """Tell whoever wants to make a problem of a problem's own card."""
    first = "This is a problem already:"
    return Message.of(
        [f"{first} {escape(problem.title)}"],
        [paragraph(words(f"{first} "), link(problem.title, legend.link(problem)))],
    )


def withdrawn() -> Message:
    return _note("Withdrawn. The card says so, and the words are deleted.")


def withdrawn_since() -> Message:
    """Return what stands where something was said about a problem that was withdrawn since."""
    return _note("This was about a problem that was withdrawn.")


def answer_noted() -> Message:
    """Tell whoever answers without a name, in private, that their answer is on its way."""
    return _note("Your answer is in the thread, without your name.")


def left_over(rest: str) -> Message:
    """Return, in private, the end of a text that is too long for the form."""
    first = (
        f"The form takes {LENGTHS['happening']:,} characters. Here is the rest of your text, for "
        "example for the thread:"
    )
    return with_kept(_note(first), rest)


def interest_noted(*, counts: bool) -> Message:
    """Tell whoever pressed *Me too*, in private, what the press did."""
    if counts:
        return _note("Noted: you have this too. Pressing “Me too” again takes it back.")
    return _note("Taken back: you no longer count among those who have this too.")


def _note(text: str) -> Message:
    return Message.of([escape(text)], [paragraph(words(text))])


def _bullet(standing: Standing, legend: Legend) -> list[RichTextElement]:
    problem = standing.problem
    learned = _learned(problem)
    return [
        link(problem.title, legend.link(problem)),
        words(f" ({_state(problem, legend)})" + (f": {learned}" if learned else "")),
    ]


def _line(standing: Standing, legend: Legend) -> str:
    problem = standing.problem
    learned = _learned(problem)
    tail = f" ({_state(problem, legend)})" + (f": {learned}" if learned else "")
    return escape(f"• {problem.title}{tail}")


def _state(problem: Problem, legend: Legend) -> str:
    return f"{'open' if problem.is_open else 'resolved'}, {legend.asker(problem)}"


def _learned(problem: Problem) -> str:
    return excerpt(problem.learned or "", LEARNED_LENGTH) if not problem.is_open else ""
